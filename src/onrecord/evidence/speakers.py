"""Who 'he', 'the group' and 'that report' are, by what the document said before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onrecord.evidence.sources import cited, head_noun, is_body_noun, is_many
from onrecord.model import Cited, CitedKind
from onrecord.text.names import full_names
from onrecord.text.passages import Span
from onrecord.text.wordlists import listed

PRONOUN_REACH = 1
"""A pronoun is followed back over so many paragraph breaks."""

NOUN_REACH = 3
"""'The group' is followed back over so many."""

_SELF = listed("i we me us")
_NOBODY = listed("you who which that this these those what someone one both")
_AGAIN = re.compile(
    r"(?:the|that|this|its|their|his|her)\s+(?:[\w-]{1,40}\s+){0,2}?(?P<noun>[\w-]{1,40})",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\n\s*")
_SHE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Madam|\w{0,20}woman|actress|mother|daughter|queen|wife)\b", re.I
)
_HE = re.compile(r"\b(?:Mr|Sir|(?!\w{0,20}woman)\w{0,20}man|father|son|king|husband)\b", re.I)


MENTIONS = 50
"""Of those mentioned only so many of the last are remembered."""


@dataclass(frozen=True)
class _Mention:
    who: Cited
    words: str
    paragraph: int


class Speakers:
    """Remembers who spoke in a document, to tell who speaks again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._people = _by_surname(full_names(text))
        self._breaks = [match.start() for match in _BREAK.finditer(text)]
        self._heard: list[_Mention] = []

    def paragraph(self, place: int) -> int:
        """How many paragraph breaks come before the place."""
        return bisect_left(self._breaks, place)

    def named(self, source: Span, speaking: Cited | None = None) -> Cited | None:
        """Who the words of a source are; None when they could be several people, or nobody.

        Sources must be asked for in the order of the text. `speaking` is whose quotation the
        source stands in, who is meant by 'I'.
        """
        words = " ".join(self._text[slice(*source)].split()).strip(" ,")
        paragraph = self.paragraph(source[0])
        who = self._who(words, paragraph, speaking)
        if who is not None:
            self._heard.append(_Mention(who, words, paragraph))
        return who

    def _who(self, words: str, paragraph: int, speaking: Cited | None) -> Cited | None:
        lower = words.lower()
        if lower in _SELF:
            return speaking
        if lower in _NOBODY or not any(char.isalnum() for char in words):
            return None
        if lower in _PRONOUNS:
            return self._only(paragraph, _PRONOUNS[lower])
        again = _AGAIN.fullmatch(words)
        if again and not any(word[0].isupper() for word in words.split()[1:]):
            return self._again(again["noun"].lower(), paragraph) or cited(words, self._people)
        return cited(words, self._people)

    def _again(self, noun: str, paragraph: int) -> Cited | None:
        """Who was mentioned before under such a noun: 'group', 'report', 'spokesman'."""
        last = reversed(self._heard[-MENTIONS:])
        near = [mention for mention in last if paragraph - mention.paragraph <= NOUN_REACH]
        for mention in near:
            if re.search(rf"\b{re.escape(noun)}\b", mention.words, re.IGNORECASE):
                return mention.who
        if is_body_noun(noun):
            return next((mention.who for mention in near if mention.who.reports), None)
        return None

    def _only(self, paragraph: int, fits: Callable[[_Mention], bool]) -> Cited | None:
        """The one who fits in this paragraph, else in the one before; None when there are two."""
        for back in range(PRONOUN_REACH + 1):
            found = {
                mention.who.name: mention.who
                for mention in self._heard[-MENTIONS:]
                if paragraph - mention.paragraph == back and fits(mention)
            }
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None


def _by_surname(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.split()[-1], []).append(name)
    return found


def _is_he(mention: _Mention) -> bool:
    return _is_one_person(mention) and _SHE.search(mention.words) is None


def _is_she(mention: _Mention) -> bool:
    return _is_one_person(mention) and _HE.search(mention.words) is None


def _is_one_person(mention: _Mention) -> bool:
    kind = mention.who.kind
    named = kind is CitedKind.PERSON
    return named or (kind is CitedKind.ANONYMOUS and not is_many(head_noun(mention.who.name)))


def _is_it(mention: _Mention) -> bool:
    return mention.who.kind in (CitedKind.ORGANISATION, CitedKind.DOCUMENT)


def _are_they(mention: _Mention) -> bool:
    return _is_it(mention) or is_many(head_noun(mention.who.name))


_PRONOUNS: dict[str, Callable[[_Mention], bool]] = {
    "he": _is_he,
    "she": _is_she,
    "it": _is_it,
    "they": _are_they,
}
