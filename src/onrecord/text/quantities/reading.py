"""Figures in running text: their value, what they count, and for when they hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Quantity
from onrecord.text.dates import Kind, TimeExpression, last_of, times
from onrecord.text.quantities.cores import COUNTABLE, Core, core_at, money
from onrecord.text.quantities.nouns import counted_noun, printed_unit, share_of
from onrecord.text.quantities.pieces import Pieces
from onrecord.text.wordlists import listed

_QUALIFIERS = {
    "more than": "more than, over, above, upwards of, just over, slightly more than, well over, "
    "a little over, in excess of",
    "at least": "at least, no fewer than, no less than, not less than, not fewer than, "
    "a minimum of, as few as",
    "less than": "fewer than, less than, under, below, just under, slightly less than",
    "at most": "up to, at most, no more than, not more than, as many as, as much as, a maximum of",
    "about": "about, around, roughly, some, approximately, close to, an estimated, estimated",
    "nearly": "nearly, almost",
}
_BEFORE = {
    tuple(phrase.split()): name
    for name, phrases in _QUALIFIERS.items()
    for phrase in phrases.split(", ")
}
_MOST_WORDS = 3
"""Words in a qualifier, at most."""
_BEHIND = {"more": "at least", "fewer": "at most", "less": "at most"}
_LABELS = listed(
    "chapter page pages article section resolution flight route no number room gate line phase "
    "level category paragraph volume part episode season channel highway interstate"
)
"""Words that make a number a name."""
_STOPS = (". ", "! ", "? ", "\n\n")
_FAR = 400
"""Code points within which the words of one sentence lie."""


@dataclass(frozen=True)
class Figure:
    """A figure at its place: code points `start` to `end`, qualifier and unit of measure included.

    Of a range the quantity has the lower end and the qualifier 'between'; of a word for a number
    the least that it can mean, with the word as qualifier ('scores'). Shares are in per cent, with
    what they are of in the unit: '% of voter'.
    """

    start: int
    end: int
    quantity: Quantity
    high: float | None = None
    """Upper end of a range: 12 of '10 to 12'."""

    @property
    def takes_of(self) -> bool:
        """Whether 'of' stands between it and what it counts: 'dozens of jets'."""
        return self.quantity.text.lower().rpartition(" ")[2] in COUNTABLE


def figures(text: str, published: str | None = None) -> tuple[Figure, ...]:
    """The figures of a text in order; dates, years, designators (Su-30) and 'one' are none.

    `published` is the date of the text as EDTF, against which 'as of August 5' is resolved; raises
    ValueError when it is no EDTF.
    """
    return tuple(_Reader(Pieces(text), times(text, published)).read())


class _Reader:
    """Reads the figures of a text from left to right."""

    def __init__(self, pieces: Pieces, found: Sequence[TimeExpression]) -> None:
        self._p = pieces
        self._taken = frozenset(_taken(pieces, found))
        self._as_of = [e for e in found if e.signal in ("as of", "by") and e.edtf]
        self._as_of_starts = [expression.start for expression in self._as_of]
        self._last: Figure | None = None

    def read(self) -> Iterator[Figure]:
        """The figures in order; none overlaps another."""
        rank = free = 0
        while rank < len(self._p):
            core = None if rank in self._taken else core_at(self._p, rank, self._taken)
            figure = self._figure(core, free) if core and core.first >= free else None
            if core and figure:
                yield figure
                self._last = figure
                free = rank = max(core.end, bisect_left(self._p.spans, (figure.end, 0)))
            else:
                rank = core.end if core else rank + 1

    def _figure(self, core: Core, free: int) -> Figure | None:
        """The figure of the core, with what stands before and behind it."""
        p = self._p
        before = money(p, core.first)
        first, currency = before if before and before[0] >= free else (core.first, None)
        first, qualifier = self._qualified(first, free)
        core = self._followed(core)
        if core.share and qualifier:
            core = replace(core, qualifier=None)  # 'nearly half' is not about that
        core, qualifier = self._with_unit(core, currency), core.qualifier or qualifier
        unit = core.unit or self._noun(core, first)
        if self._is_article(core, qualifier) or (
            first == core.first and self._is_label(core, unit)
        ):
            return None
        start, end = p.spans[first][0], p.spans[core.end - 1][1]
        quantity = Quantity(
            value=core.value,
            unit=unit,
            text=p.text[start:end],
            of_total=core.total if core.total is not None else self._of_those(core),
            qualifier=qualifier,
            as_of=self._held(start),
        )
        return Figure(start, end, quantity, core.high)

    def _qualified(self, first: int, free: int) -> tuple[int, str | None]:
        """Where the qualifier before the piece begins, and what it is."""
        if self._p.at(first - 1) == "between" and first - 1 >= free:
            return first - 1, None
        for size in range(min(_MOST_WORDS, first - free), 0, -1):
            if name := _BEFORE.get(self._p.slice(first - size, first)):
                return first - size, name
        return first, None

    def _followed(self, core: Core) -> Core:
        """The core with a qualifier behind it: '2,000 or more', '2,000+'."""
        p, end = self._p, core.end
        if p.at(end) == "+" and p.glued(end):
            return replace(core, end=end + 1, qualifier="at least")
        name = _BEHIND.get(p.at(end + 1)) if p.at(end) == "or" else None
        return replace(core, end=end + 2, qualifier=name) if name else core

    def _with_unit(self, core: Core, currency: str | None) -> Core:
        """The core with a unit of money or measure, and the words behind it that give it."""
        if core.unit or core.share:
            return core
        if currency:
            return replace(core, unit=currency)
        found = printed_unit(self._p, core)
        return replace(core, unit=found[0], end=found[1]) if found else core

    def _noun(self, core: Core, first: int) -> str:
        """What is counted, or of what it is a share; of 'others' what was counted before."""
        if core.share:
            return share_of(self._p, core)
        noun = counted_noun(self._p, core, first)
        last = self._before(core)
        return last.quantity.unit if last and (noun == "others" or self._is_those(core)) else noun

    def _of_those(self, core: Core) -> float | None:
        """'many of which': of what the sentence counted last."""
        last = self._before(core) if self._is_those(core) else None
        return last.quantity.value if last else None

    def _is_those(self, core: Core) -> bool:
        return self._p.slice(core.end, core.end + 2) in (("of", "which"), ("of", "whom"))

    def _before(self, core: Core) -> Figure | None:
        """The figure before it in its sentence."""
        start = self._p.spans[core.first][0]
        return self._last if self._last and self._together(self._last.end, start) else None

    def _is_article(self, core: Core, qualifier: str | None) -> bool:
        """'One man' is no figure; 'one million', 'one per cent' and 'at least one' are."""
        bare = self._p.at(core.first) == "one" and core.pieces == 1
        return bare and not (qualifier or core.unit or core.share)

    def _is_label(self, core: Core, unit: str) -> bool:
        """'Chapter 3', 'Resolution 2758' and 'Boeing 737' are names."""
        p, before = self._p, core.first - 1
        if core.pieces != 1 or core.unit or before < 0:
            return False
        name = p.printed(before)[:1].isupper() and p.at(before - 1)[:1].isalnum()
        return p.at(before) in _LABELS or (name and not unit)

    def _held(self, start: int) -> str | None:
        """As of when the figure at the code point holds, where its sentence says."""
        place = bisect_left(self._as_of_starts, start)
        for expression in self._as_of[max(0, place - 1) : place + 1]:
            if self._together(*sorted((expression.start, start))):
                return last_of(expression.edtf or "")
        return None

    def _together(self, start: int, end: int) -> bool:
        """Whether both places are of one sentence."""
        if end - start > _FAR:
            return False
        return not any(stop in self._p.text[start:end] for stop in _STOPS)


def _taken(pieces: Pieces, found: Sequence[TimeExpression]) -> Iterator[int]:
    """Ranks of the pieces that are parts of dates, of times of day and of frequencies."""
    starts = [start for start, _ in pieces.spans]
    for expression in found:
        if expression.kind is not Kind.DURATION:
            first = max(0, bisect_right(starts, expression.start) - 1)
            yield from range(first, bisect_left(starts, expression.end))
