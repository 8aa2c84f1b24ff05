"""A text cut into numbers, words and marks, and the numbers among them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_FOLDED = str.maketrans("ſıİK", "siik")
"""Letters that match an ASCII one without regard to case, and are not it in lower case."""
_PIECE = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’.][^\W\d_]+)*|[^\w\s]|_")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNDER_TWENTY = {word: value for value, word in enumerate(_TO_TWENTY.split())}
_TENS = {word: 10 * tens for tens, word in enumerate(_TENS_WORDS.split(), start=2)}
_WORDS = _UNDER_TWENTY | _TENS
SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
"""Scales that are printed right behind a sum of money: '$3bn'."""
_DASHES = frozenset("-–")


@dataclass(frozen=True)
class Number:
    """A number at its place: pieces `first` to `end`, end exclusive."""

    first: int
    end: int
    value: float
    scale: float = 1.0
    """Of the scale that is printed with it: 1e6 for 'million'."""


class Pieces:
    """The pieces of a text, by rank; beyond the text all are empty."""

    def __init__(self, text: str) -> None:
        self.text = text
        folded = text.translate(_FOLDED).lower()
        self.spans = [match.span() for match in _PIECE.finditer(folded)]
        self._lower = [folded[start:end] for start, end in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    def at(self, rank: int) -> str:
        """The piece in lower case; empty beyond the text."""
        return self._lower[rank] if 0 <= rank < len(self._lower) else ""

    def printed(self, rank: int) -> str:
        """The piece as it stands in the text."""
        start, end = self.spans[rank]
        return self.text[start:end]

    def slice(self, first: int, end: int) -> tuple[str, ...]:
        """Pieces in lower case."""
        return tuple(self._lower[max(0, first) : max(0, end)])

    def glued(self, rank: int) -> bool:
        """Whether nothing stands between the piece and the one before it."""
        return 0 < rank < len(self) and self.spans[rank - 1][1] == self.spans[rank][0]

    def number(self, rank: int, *, joined: bool = False) -> Number | None:
        """The number that begins with the piece; None when none does.

        What is part of a longer word or of another thing (Su-30, F16, 12:30, 1.2.3) is none, but
        for what is known to be `joined` to a number before it (10-12).
        """
        piece = self.at(rank)
        if not joined and self._joined(rank):
            return None
        if piece[:1].isdigit():
            found = self._digits(rank)
        elif piece in _WORDS:
            found = self._worded(rank)
        else:
            found = self._article(rank)
        return found if found and math.isfinite(found.value) else None

    def _joined(self, rank: int) -> bool:
        """Whether the piece goes on a word before it: 'Su-30', 'F16', 'no-one'."""
        if not self.glued(rank):
            return False
        before = self.at(rank - 1)
        return before[-1:].isalnum() or before in ("_", ".", ",", "/", "-", ":")

    def _digits(self, rank: int) -> Number | None:
        piece = self.at(rank)
        if not _DIGITS.fullmatch(piece):
            return None
        value, end = float(piece.replace(",", "")), rank + 1
        scale, after = self._scale(end)
        return Number(rank, after, value * scale, scale)

    def _scale(self, rank: int) -> tuple[float, int]:
        """The scale there, perhaps behind a hyphen, and the rank behind it; 1 for none."""
        if self.at(rank) in _DASHES and self.glued(rank) and self.glued(rank + 1):
            scale = SCALES.get(self.at(rank + 1))
            return (scale, rank + 2) if scale else (1.0, rank)
        scale = None if self.glued(rank) else SCALES.get(self.at(rank))
        return (scale, rank + 1) if scale else (1.0, rank)

    def _article(self, rank: int) -> Number | None:
        """'a dozen', 'a million', 'half a million'."""
        half = self.at(rank) == "half"
        first = rank + half
        if self.at(first) not in ("a", "an"):
            return None
        scale, end = self._scale(first + 1)
        return Number(rank, end, scale / (1 + half), scale) if end > first + 1 else None

    def _worded(self, rank: int) -> Number:
        """'twenty-one', 'ninety-nine', 'two hundred and fifty thousand'."""
        value, end = self._small(rank)
        total, greatest = 0.0, 1.0
        while True:
            scale, after = self._scale(end)
            if after == end:
                return Number(rank, end, total + value, greatest)
            end, greatest = after, max(greatest, scale)
            if scale >= 1e3:
                total, value = total + (value or 1) * scale, 0.0
            else:
                value *= scale
            more = end + (self.at(end) == "and")
            if self.at(more) in _WORDS and (more > end or scale == 1e2):
                small, end = self._small(more)
                value += small

    def _small(self, rank: int) -> tuple[float, int]:
        """A number below a hundred, and the rank behind it."""
        value = float(_WORDS[self.at(rank)])
        ones = _UNDER_TWENTY.get(self.at(rank + 2), 0)
        hyphened = self.at(rank + 1) in _DASHES and self.glued(rank + 1) and self.glued(rank + 2)
        if self.at(rank) in _TENS and 0 < ones < 10 and hyphened:
            return value + ones, rank + 3
        return value, rank + 1

    def cut_off(self, rank: int) -> bool:
        """Whether a word goes on at the rank: '3rd', '60-year-old', '2/3'."""
        if not self.glued(rank):
            return False
        piece = self.at(rank)
        if piece in ("-", "/", "_", "–"):
            return self.glued(rank + 1) and self.at(rank + 1)[:1].isalnum()
        return piece[:1].isalnum()
