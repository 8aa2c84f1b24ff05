"""Quotations in a text: what stands between quotation marks, whichever marks they are.

Newsrooms mix curly and straight marks, double the single one (''), open a quotation again at the
head of each paragraph that it runs over, and leave the last paragraph's mark alone to close it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from onrecord.text.passages import Span

LONGEST = 4000
"""A quotation has at most so many characters in one paragraph; a longer one was never closed."""

_OPENERS = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "‹": "›",
    "''": "''",
    "``": "''",
    '"': '"”',
    "‘": "’",
    "'": "'",
}
"""Each mark that opens, with those that may close after it."""
_MARK = re.compile(r"''|``|[“”„«»‹›\"‘’']")
_BEFORE_OPENER = re.compile(r"[\s(\[{—–:/-]")
_ELIDED = re.compile(r"['’](?:\d\ds?|em|til|tis|twas|cause|bout|n)\b", re.IGNORECASE)
_BREAK = re.compile(r"\n[^\S\n]*\n|\n(?=[“\"„«])")


@dataclass(frozen=True)
class Quotation:
    """A quotation with its marks: code points `start` to `end`, end exclusive."""

    start: int
    end: int
    inner: Span
    """What stands between the marks."""
    goes_on: bool = False
    """It is not closed: the next paragraph opens with a mark and goes on with it."""


def quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order; they never overlap.

    A quotation that is not closed in its paragraph counts when the next paragraph opens one, and
    is stray when not.
    """
    found: list[Quotation] = []
    blocks = _blocks(text)
    for number, (start, end) in enumerate(blocks):
        following = text[blocks[number + 1][0] :][:1] if number + 1 < len(blocks) else ""
        found += _in_block(text, start, end, opens_next=following in _OPENERS and following != "'")
    return tuple(found)


def _blocks(text: str) -> list[Span]:
    """Paragraphs, in order, without the whitespace around them."""
    cuts = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    spans = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if left < right:
            spans.append((left, right))
    return spans


def _in_block(text: str, start: int, end: int, *, opens_next: bool) -> list[Quotation]:
    marks = [match.span() for match in _MARK.finditer(text, start, end)]
    closing = {closers: _closing(text, marks, closers) for closers in set(_OPENERS.values())}
    found: list[Quotation] = []
    last = start
    for left, right in marks:
        mark = text[left:right]
        if left < last or not _opens(text, left, right, start):
            continue
        close = _next(closing[_OPENERS[mark]], right)
        if close and close[0] - left <= LONGEST:
            found.append(Quotation(left, close[1], (right, close[0])))
            last = close[1]
        elif opens_next and mark not in ("'", "‘"):
            found.append(Quotation(left, end, (right, end), goes_on=True))
            break
    return found


def _opens(text: str, left: int, right: int, start: int) -> bool:
    mark = text[left:right]
    if mark not in _OPENERS or right >= len(text) or text[right].isspace():
        return False
    if mark in "'‘" and _ELIDED.match(text, left):
        return False
    if mark in ("“", "„", "«", "‹", "``"):
        return True
    return left == start or _BEFORE_OPENER.match(text, left - 1) is not None


def _closing(text: str, marks: list[Span], closers: str) -> list[Span]:
    """The marks among them that can close a quotation which one of the closers ends."""
    return [
        (left, right)
        for left, right in marks
        if text[left:right] in closers
        and not (text[right : right + 1].isalnum() or text[left - 1 : left].isspace())
    ]


def _next(marks: list[Span], after: int) -> Span | None:
    """The first of the marks that leaves something between it and the place."""
    index = bisect_right(marks, after, key=lambda mark: mark[0])
    return marks[index] if index < len(marks) else None
