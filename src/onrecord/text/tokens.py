"""Sentences as words and marks, each with the part it plays as far as its look tells.

No tagger: words of the closed classes are listed, all others are words or names. A quotation is
one token of the sentence that it stands in, so that what is quoted is not read as the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from onrecord.text.passages import Span, sentences
from onrecord.text.quotes import Quotation, quotations
from onrecord.text.speech import speaks

SENTENCE_TOKENS = 300
"""A sentence is read so far; what is longer is a list, or no prose."""


class Part(Enum):
    """The part that a word plays."""

    ADVERB = auto()
    BE = auto()
    BRACKET = auto()
    COMMA = auto()
    CONJUNCTION = auto()
    DETERMINER = auto()
    DO = auto()
    HAVE = auto()
    MARK = auto()
    """Dash, colon, semicolon and whatever else is neither a word nor listed here."""
    MODAL = auto()
    NAME = auto()
    NOT = auto()
    NUMBER = auto()
    OBJECT = auto()
    """A pronoun that is no subject: him."""
    POSSESSIVE = auto()
    PREPOSITION = auto()
    PRONOUN = auto()
    """A pronoun that may be a subject: he."""
    QUOTATION = auto()
    RELATIVE = auto()
    STOP = auto()
    SUBORDINATOR = auto()
    TIME = auto()
    TO = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a whole quotation: code points `start` to `end`, end exclusive."""

    start: int
    end: int
    text: str
    lower: str
    part: Part
    quotation: Quotation | None = None


class Sentence:
    """The tokens of a sentence. Asked for one that it has not, it gives none rather than fail."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens[:SENTENCE_TOKENS])
        self._parts = tuple(token.part for token in self.tokens)
        self._lowers = tuple(token.lower for token in self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def part(self, index: int) -> Part | None:
        """The part of the token; None outside the sentence."""
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def lower(self, index: int) -> str:
        """The token in lower case; empty outside the sentence and for quotations."""
        return self._lowers[index] if 0 <= index < len(self._lowers) else ""

    @property
    def is_quotation(self) -> bool:
        """Whether it is one quotation and nothing else but a stop."""
        parts = [part for part in self._parts if part is not Part.STOP]
        return parts == [Part.QUOTATION]

    def span(self, first: int, last: int) -> Span:
        """Code points of the tokens `first` to `last`, end exclusive; there must be one."""
        return self.tokens[first].start, self.tokens[last - 1].end


_LISTS = {
    Part.DETERMINER: "the a an this that these those each every no any some another both such",
    Part.NUMBER: "two three four five six seven eight nine ten eleven twelve",
    Part.POSSESSIVE: "his its their my our your whose 's ’s",
    Part.PRONOUN: """he she they we i it you someone somebody everyone everybody nobody anyone
        anybody others nothing everything something many""",
    Part.OBJECT: "him them us me himself herself themselves itself myself ourselves",
    Part.RELATIVE: "who which whom",
    Part.BE: "is are was were be been being am 're ’re 'm ’m",
    Part.HAVE: "has have had having 've ’ve",
    Part.DO: "do does did",
    Part.MODAL: "will would can could may might must shall should ca wo 'll ’ll 'd ’d cannot",
    Part.NOT: "not n't n’t never",
    Part.TO: "to",
    Part.CONJUNCTION: "and or but nor &",
    Part.SUBORDINATOR: """that while because as if when whenever before after though although since
        until unless whether where how why what whereas than so yet whatever""",
    Part.PREPOSITION: """of in on at by for from with about against into over under during through
        between among without within across toward towards around near behind despite following
        upon via per amid including like out off up down outside inside along beyond above below
        regarding concerning""",
    Part.ADVERB: """also later now then recently often once again already just even still ever
        always sometimes earlier however meanwhile too only soon further furthermore moreover
        instead therefore thus here there today yesterday tomorrow tonight simply perhaps maybe
        quite very rather almost far back away together ago else twice""",
    Part.TIME: """monday tuesday wednesday thursday friday saturday sunday january february march
        april june july august september october november december mon. tue. wed. thu. fri. sat.
        sun. jan. feb. mar. apr. aug. sept. oct. nov. dec.""",
}
_PARTS = {word: part for part, words in _LISTS.items() for word in words.split()}
_PARTS["that"] = Part.SUBORDINATOR
_MARKS = {
    ",": Part.COMMA,
    ".": Part.STOP,
    "!": Part.STOP,
    "?": Part.STOP,
    "(": Part.BRACKET,
    ")": Part.BRACKET,
    "[": Part.BRACKET,
    "]": Part.BRACKET,
}
_ABBREVIATED = (
    r"Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr|Sr|Inc|Co|Corp|Ltd|"
    r"Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|No|vs"
)
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|\b(?:{_ABBREVIATED})\."
    r"|[$€£¥]?\d(?:[\d,.:/]{0,20}\d)?%?"
    r"|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|[^\W_]+?(?=n['’]t\b)"
    r"|[^\W_]+(?:[-&.]?[^\W_]|['’](?!(?:s|re|ve|ll|d|m|t)\b)[^\W_])*"
    r"|''|``|--+|\.\.+|[^\w\s]|_+"
)
_CONTENT_MARK = re.compile(r"[?!,]['\"”’»]*\Z")
_WORD = re.compile(r"[\w.’'-]{1,40}")
SPEAKER_WORDS = 6


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order. What ends inside a quotation does not end a sentence."""
    return _read(text, 0, len(text))


def read_quoted(text: str, quotation: Quotation) -> tuple[Sentence, ...]:
    """The sentences inside a quotation of the text."""
    return _read(text, *quotation.inner)


def _read(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    inner = text[start:end]
    quoted = quotations(inner)
    found = []
    for left, right in _unbroken(inner, quoted):
        inside = [q for q in quoted if left <= q.start < right]
        found.append(Sentence([_moved(t, start) for t in _tokens(inner, left, right, inside)]))
    return tuple(found)


def _moved(token: Token, by: int) -> Token:
    if not by:
        return token
    quotation = token.quotation
    if quotation:
        quotation = Quotation(
            quotation.start + by,
            quotation.end + by,
            (quotation.inner[0] + by, quotation.inner[1] + by),
            quotation.goes_on,
        )
    return Token(token.start + by, token.end + by, token.text, token.lower, token.part, quotation)


def _unbroken(text: str, quoted: Sequence[Quotation]) -> list[Span]:
    """Spans of the sentences, those put together that a quotation or its speaker was cut from."""
    joined: list[Span] = []
    index = 0
    for start, end in sentences(text):
        while index < len(quoted) and quoted[index].end <= start:
            index += 1
        inside = index < len(quoted) and quoted[index].start < start
        if joined and (inside or _names_speaker(text, joined[-1][1], start, end)):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _names_speaker(text: str, before: int, start: int, end: int) -> bool:
    """Whether a sentence opens with the speaker of what was quoted before it: '“No!” she said'."""
    if "\n" in text[before:start] or not _CONTENT_MARK.search(text, max(0, before - 3), before):
        return False
    for number, match in enumerate(_WORD.finditer(text, start, min(end, start + 120))):
        if number >= SPEAKER_WORDS:
            return False
        if speaks(match[0].lower().rstrip(".")):
            return number > 0
    return False


def _tokens(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> Iterator[Token]:
    place, opening = start, True
    for quotation in quoted:
        yield from _words(text, place, quotation.start, opening)
        words = text[quotation.start : quotation.end]
        yield Token(quotation.start, quotation.end, words, "", Part.QUOTATION, quotation)
        place, opening = quotation.end, False
    yield from _words(text, place, end, opening)


def _words(text: str, start: int, end: int, opening: bool) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        lower = word.lower()
        yield Token(match.start(), match.end(), word, lower, _part(word, lower, opening))
        opening = False


def _part(word: str, lower: str, opening: bool) -> Part:
    if word in _MARKS:
        return _MARKS[word]
    part = _PARTS.get(lower)
    if part and not (len(word) > 1 and word.isupper()):
        return _listed(part, word, opening)
    if word[0].isdigit() or word[0] in "$€£¥":
        return Part.NUMBER
    if not word[0].isalnum():
        return Part.MARK
    if lower.endswith("ly") and len(lower) > 4 and (opening or word.islower()):
        return Part.ADVERB
    return Part.NAME if word[0].isupper() else Part.WORD


def _listed(part: Part, word: str, opening: bool) -> Part:
    """The part of a word of a closed class, but for days and helpers that are names: May, Will."""
    if word == "That" and opening:
        return Part.DETERMINER
    if part is Part.TIME:
        return Part.TIME if word[0].isupper() else Part.WORD
    if part is Part.MODAL and word[0].isupper() and not opening:
        return Part.TIME if word == "May" else Part.NAME
    return part
