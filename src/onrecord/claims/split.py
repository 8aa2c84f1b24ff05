"""A claim into the parts that can be checked one by one, and those that cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from onrecord.claims.checkable import QUESTION, not_checkable
from onrecord.claims.facts import facts
from onrecord.claims.verbs import verb_forms
from onrecord.model import Claim, ClaimPart
from onrecord.text.dates import Kind, times
from onrecord.text.names import names
from onrecord.text.passages import sentences
from onrecord.text.quantities import figures
from onrecord.text.quotes import quotations
from onrecord.text.speech import Form
from onrecord.text.wordlists import listed

VERSION = "split/2"

_LIST = re.compile(
    r"^(?P<before>[^,;]+?),\s+(?P<middle>[^,;]+(?:,\s+(?!and\b)[^,;]+)*?),?\s+and\s+(?P<rest>.+?)(?P<stop>[.!?]?)$"
)
_TAIL = re.compile(r"\s(?:to|in|for|at|from|with|since|by|on|into|across|over|during)\s")
_VERB = re.compile(
    r"(?:\w+ed|was|were|is|are|has|have|had|did|does|went|took|made|gave|sold|fled|said)\s"
)
_SEMICOLON = re.compile(r";")
_QUOTE = re.compile(r"[\"“”„«»]")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_HELPERS = listed("was were is are has have had did does do will would can could may might must")
_NOT_IN_THINGS = _HELPERS | listed("that which who to in for at from with since by on into")


def split(claim: Claim) -> tuple[ClaimPart, ...]:
    """The claim's parts: as a person gave them, else one for each thing that it says.

    'X sold arms and blocked a vote' is two parts, 'X brings cooperation, peace, and stability to
    the region' is three; 'X brings peace and stability' stays whole, and so does what cannot be
    cut without guessing. 'A because B' is three: A, B, and that the one comes of the other. Parts
    that no record can decide say why, with one of `checkable.REASONS`. All words of a part are the
    claim's. Dates in a part are read against the day of the claim.
    """
    if claim.parts:
        return claim.parts
    texts = [
        part
        for sentence in _sentences(claim.text)
        for text in _said_in(sentence)
        for part in _listed(text)
    ]
    return tuple(
        _part(f"p{number}", text, claim.made_on)
        for number, text in enumerate(dict.fromkeys(texts), start=1)
    )


def _part(name: str, text: str, made_on: str) -> ClaimPart:
    dates = (time.when for time in times(text, made_on) if time.kind is Kind.DATE)
    return ClaimPart(
        id=name,
        text=text,
        not_checkable=not_checkable(text),
        names=names(text),
        quantities=tuple(figure.quantity for figure in figures(text, made_on)),
        dates=tuple(dates),
    )


def _sentences(text: str) -> list[str]:
    """The sentences and what semicolons part; what is quoted within the text stays together."""
    quoted = [q for q in quotations(text) if q.end - q.start < len(text.strip())]
    found = []
    for start, end in sentences(text):
        cuts = (start, *(match.end() for match in _SEMICOLON.finditer(text, start, end)))
        found += [(left, right) for left, right in pairwise((*cuts, end)) if left < right]
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and any(q.start < start < q.end for q in quoted):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    pieces = (text[start:end].strip().removesuffix(";").strip() for start, end in joined)
    return [piece for piece in pieces if any(c.isalnum() for c in piece)]


def _said_in(clause: str) -> list[str]:
    """The clause, or the sentences that it falls into."""
    bare = clause.rstrip(" .!")
    if not bare or not_checkable(clause) == QUESTION:
        return [clause]
    found = facts(bare)
    return [clause] if found == [bare] else [_sentence(text) for text in found]


def _sentence(text: str) -> str:
    stop = "" if _STOPPED.search(text) else "."
    return f"{text[0].upper()}{text[1:]}{stop}"


@dataclass(frozen=True)
class _Series:
    head: str
    items: tuple[str, ...]
    tail: str


def _listed(clause: str) -> list[str]:
    series = _series(clause)
    if series is None:
        return [clause]
    return [
        " ".join(f"{series.head} {item} {series.tail}".split()).rstrip(" .!?") + "."
        for item in series.items
    ]


def _series(clause: str) -> _Series | None:
    """The list in 'HEAD a, b and c TAIL'; None unless its members are short and unnamed.

    How many words before the first comma belong to the list is taken from its second member.
    """
    match = _LIST.match(clause)
    if match is None or _QUOTE.search(clause):
        return None
    middle = [item.strip() for item in match["middle"].split(",")]
    size = len(middle[0].split())
    before = match["before"].split()
    if len(before) < size + 2:
        return None
    cut = _TAIL.search(match["rest"])
    last, tail = (
        (match["rest"][: cut.start()], match["rest"][cut.start() :]) if cut else (match["rest"], "")
    )
    items = (" ".join(before[-size:]), *middle, last)
    head = before[:-size]
    if not all(_is_thing(item) for item in items) or set(tail.split()) & _HELPERS:
        return None
    if head[-1].lower() in ("a", "an"):
        return None  # 'is a lie, plain and simple'
    return _Series(" ".join(head), items, tail)


def _is_thing(item: str) -> bool:
    """Whether a member of a list is short, unnamed, and has no verb."""
    words = item.split()
    counted = len(words) > 1 and item[:1].isdigit()
    return (
        len(words) <= 5
        and "," not in item
        and not item.endswith(("ly", "otherwise"))
        and (item[:1].islower() or counted)
        and not _VERB.match(item)
        and not any(word in _NOT_IN_THINGS for word in words)
        and not any(verb_forms(word) & Form.PAST for word in words[1:])
    )
