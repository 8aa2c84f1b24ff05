"""The words of a text as the grammar of time expressions sees them.

Each word is one symbol of its kind (a month, a unit, a number that can be a day ...). The grammar
is a set of regular expressions over these symbols: a text is cut into words once, and what has
nothing to do with time is one symbol that no rule asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.text.dates.lexicon import (
    KINDS,
    MONTHS,
    SEASONS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WORDS,
    Value,
)
from onrecord.text.wordlists import listed

_FOLDED = str.maketrans("ſıİK", "siik")
"""Letters that match an ASCII one without regard to case, and are not it in lower case."""
_FIRST = 0x100
SYMBOLS = {kind: chr(_FIRST + rank) for rank, kind in enumerate(KINDS)}
"""The symbol of each kind. None of them means anything to a regular expression."""

_WORD = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]))"
    r"|(?P<numeric>[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})(?![\w/]|\.[0-9]))"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![\w:]))"
    r"|(?P<decade>(?:[12][0-9]|['’])[0-9]0['’]?s\b)"
    r"|(?P<ordinal>[0-9]{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<short>['’][0-9]{2}\b)"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<meridiem>[ap]\.\s?m\.?|[ap]m\b)"
    r"|(?P<shortened>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri"
    r"|sat|sun)\.)"
    r"|(?P<owner>['’]s?(?![^\W_]))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\w\s])"
)
_MARKS = {",": "COMMA", "-": "DASH", "–": "DASH", "—": "DASH", "/": "OR"}
_MONEY = frozenset("$£€¥#")


@dataclass(frozen=True)
class Words:
    """A text cut into words, numbers and marks."""

    text: str
    spans: tuple[tuple[int, int], ...]
    lower: tuple[str, ...]
    """The words in lower case."""
    values: tuple[Value, ...]
    """What a word counts, where its kind has a value: 3 for 'March', 20 for 'twenty'."""
    symbols: str
    """One character a word."""

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, rank: int) -> str:
        """The word in lower case; empty beyond the text."""
        return self.lower[rank] if 0 <= rank < len(self.lower) else ""

    def kind(self, rank: int) -> str:
        """The kind of the word; OTHER beyond the text."""
        if 0 <= rank < len(self.symbols):
            return KINDS[ord(self.symbols[rank]) - _FIRST]
        return "OTHER"

    def number(self, rank: int) -> int:
        """What the word counts; 0 when it counts nothing."""
        value = self.values[rank]
        return value if isinstance(value, int) else 0

    def capital(self, rank: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[self.spans[rank][0]].isupper()


def fold(text: str) -> str:
    """The text in lower case, letters that only look like ASCII ones included; of equal length."""
    return text.translate(_FOLDED).lower()


def cut(text: str) -> Words:
    """The words of a text."""
    matches = list(_WORD.finditer(fold(text)))
    lower = [match[0] for match in matches]
    readings = [
        WORDS.get(word) or _reading(m, text) for m, word in zip(matches, lower, strict=True)
    ]
    kinds = [kind for kind, _ in readings]
    spans = tuple([match.span() for match in matches])
    for rank, word in enumerate(lower):
        if word in _DOUBTFUL or kinds[rank] == "YEAR":
            capital = text[spans[rank][0]].isupper()
            if not _meant(rank, lower, kinds, capital=capital):
                kinds[rank] = "FIGURE" if kinds[rank] == "YEAR" else "OTHER"
    return Words(
        text=text,
        spans=spans,
        lower=tuple(lower),
        values=tuple([value for _, value in readings]),
        symbols="".join([SYMBOLS[kind] for kind in kinds]),
    )


def _reading(match: re.Match[str], text: str) -> tuple[str, Value]:
    """Kind and value of a word that the lexicon does not have."""
    word = match[0]
    match match.lastgroup:
        case "word":
            return "OTHER", None
        case "mark":
            return _MARKS.get(word, "OTHER"), None
        case "number":
            return _number(match, word, text)
        case "shortened":
            return _shortened(word[:-1]) if text[match.start()].isupper() else ("OTHER", None)
        case "decade":
            digits = int(re.sub("[^0-9]", "", word))
            return "DECADE", digits // 10 if digits > 99 else 190 + digits // 10
        case "ordinal" | "short":
            return str(match.lastgroup).upper(), int(re.sub("[^0-9]", "", word))
        case "owner":
            return "OWNER", None
        case form:
            return str(form).upper(), word


def _shortened(stem: str) -> tuple[str, Value]:
    month = SHORT_MONTHS.get(stem)
    return ("MONTH", month) if month else ("WEEKDAY", SHORT_WEEKDAYS[stem])


def _number(match: re.Match[str], word: str, text: str) -> tuple[str, Value]:
    start, end = match.span()
    glued = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
    meridiem = fold(text[end : end + 2]) in ("am", "pm")
    if (glued and not meridiem) or text[start - 1 : start] in _MONEY:
        return "FIGURE", None
    if not word.isdigit() or len(word) > 4:
        return "FIGURE", None
    value = int(word)
    if len(word) == 4:
        return ("YEAR" if 1000 <= value < 2200 else "FIGURE"), value
    return ("N12" if 1 <= value <= 12 else "N31" if 12 < value <= 31 else "N999"), value


_DOUBTFUL = frozenset([*MONTHS, *SEASONS, "present"])
_BEFORE_MONTH = listed(
    "in of since until till by from through to last next this early late mid for during after "
    "before every each between and or past previous following - –"
)
_BEFORE_SEASON = listed(
    "this last next the in of early late mid since each every during by past previous following "
    "coming -"
)
_COUNTED = listed("% percent per people men women troops points shares soldiers")
_DAYS = frozenset(("N12", "N31", "ORDINAL"))


def _meant(rank: int, lower: list[str], kinds: list[str], *, capital: bool) -> bool:
    """Whether a word that can mean other things means time here, to judge by its neighbours."""
    before = lower[rank - 1] if rank else ""
    previous = kinds[rank - 1] if rank else "OTHER"
    following = lower[rank + 1] if rank + 1 < len(lower) else ""
    after = kinds[rank + 1] if rank + 1 < len(kinds) else "OTHER"
    match kinds[rank]:
        case "YEAR" if following in _COUNTED:
            return False
        case "YEAR":
            likely = 1900 <= int(lower[rank]) < 2100
            return likely or previous in ("IN", "MONTH", "OF", "FROM", "TO", "COMMA", "DASH")
        case "MONTH":
            figure = after in _DAYS or after == "YEAR" or previous in _DAYS
            if lower[rank] in ("may", "march"):
                return capital and (figure or before in _BEFORE_MONTH)
            return capital or figure
        case "SEASON" if before == "the" and following == "of":
            return kinds[rank + 2 : rank + 3] == ["YEAR"]  # the fall of a city is none
        case "SEASON":
            return before in _BEFORE_SEASON or after == "YEAR" or following == "of"
        case "LATEST":
            return after == "PERIOD" or after.startswith(("UNIT", "QUARTER"))
        case _:
            return True
