"""Reads the time expressions of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.model import When, bounds
from onrecord.text.dates.anchoring import from_event
from onrecord.text.dates.events import Anchors, Event, dated, events, given
from onrecord.text.dates.expressions import expressions
from onrecord.text.dates.meaning import Expression, Kind, Stretch
from onrecord.text.dates.resolve import Resolved, resolve
from onrecord.text.dates.words import Words, cut


@dataclass(frozen=True)
class TimeExpression:
    """A time expression at its place: code points `start` to `end`."""

    start: int
    end: int
    text: str
    """As printed."""
    kind: Kind
    value: str
    """As in a TIMEX3 (TimeML): '2022-08-05', '1989-Q3', 'P2W', 'PAST_REF'."""
    edtf: str | None
    """No finer than the text and the date of publication are; None when it names no date."""
    basis: str
    """'printed', 'year from publication', 'relative to anchor: coup' ..."""
    modifier: str | None = None
    """As in TimeML: START, MID, END, APPROX, LESS_THAN, MORE_THAN ..."""
    signal: str | None = None
    """The word that ties it to what is dated: 'since', 'by', 'as of'; None when there is none."""

    @property
    def when(self) -> When:
        """As a noun."""
        return When(text=self.text, edtf=self.edtf, basis=self.basis)


@dataclass(frozen=True)
class Reading:
    """The time expressions of a text, and what is known of the events that it names."""

    words: Words
    found: tuple[TimeExpression, ...]
    ranks: tuple[tuple[int, int], ...]
    """Ranks of the first and last word of each."""
    events: tuple[Event, ...]
    anchors: Anchors
    """The events that the text, or the caller, gives a date beside them."""
    meant: tuple[Expression, ...]
    """What each means by itself."""

    def counted(self, rank: int, sign: int, edtf: str) -> str | None:
        """The date that lies the length of a time expression before (-1) or after (1) another.

        None where the expression is no length, or the date is open.
        """
        expression = self.meant[rank]
        if not edtf or not isinstance(expression.meaning, Stretch):
            return None
        try:
            return from_event(expression.meaning, expression.modifier, sign, edtf)
        except (ValueError, OverflowError):
            return None


def times(
    text: str, published: str | None = None, anchors: Mapping[str, str] | None = None
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text in order; none overlaps another.

    `published` is the date of the text as EDTF; what leans on it is resolved for its first and its
    last day, and given as an interval where these differ. None, or one that is open at its end,
    leaves unresolved what leans on it. `anchors` are dates of events that are known otherwise, by
    a word for them: {'coup': '2021-02-01'}. Raises ValueError when a date is no EDTF.
    """
    return read(text, published, anchors).found


def read(
    text: str, published: str | None = None, anchors: Mapping[str, str] | None = None
) -> Reading:
    """The time expressions of a text as `times` gives them, with its dated events."""
    w = cut(text)
    found = expressions(w)
    named = events(w)
    first, last = bounds(published) if published else (None, None)
    days = (first or last, last) if last else (None, None)
    known = Anchors(given(anchors or {}))
    resolved = _resolved(w, found, days, known)
    places = [
        (e.first, e.last, r.edtf)
        for e, r in zip(found, resolved, strict=True)
        if r and r.edtf and not isinstance(e.meaning, Stretch)
    ]
    if places and named:
        known = Anchors([*given(anchors or {}), *dated(w, named, places)])
        if any(expression.event for expression in found):
            resolved = _resolved(w, found, days, known)
    kept = [(e, r) for e, r in zip(found, resolved, strict=True) if r]
    starts = [*(e.first for e, _ in kept[1:]), len(w)]
    placed = [(e, r, _last(e, r, end)) for (e, r), end in zip(kept, starts, strict=False)]
    return Reading(
        words=w,
        found=tuple(_expression(w, *one) for one in placed),
        ranks=tuple((e.first, last) for e, _, last in placed),
        events=named,
        anchors=known,
        meant=tuple(e for e, _ in kept),
    )


def _resolved(
    w: Words,
    found: Sequence[Expression],
    days: tuple[date | None, date | None],
    anchors: Anchors,
) -> list[Resolved | None]:
    first, last = days
    late = list(resolve(w, found, last, anchors))
    if first == last:
        return late
    early = resolve(w, found, first, anchors)
    return [_both(one, other) for one, other in zip(early, late, strict=True)]


def _both(early: Resolved | None, late: Resolved | None) -> Resolved | None:
    """What is true whether the text is of the first or of the last day that it can be of."""
    if not early or not late or early.edtf == late.edtf or not early.edtf or not late.edtf:
        return late
    low, high = early.edtf.partition("/")[0], late.edtf.rpartition("/")[2]
    try:
        bounds(f"{low}/{high}")
    except ValueError:
        return replace(late, edtf=None)
    return replace(late, edtf=f"{low}/{high}")


def _last(expression: Expression, resolved: Resolved, end: int) -> int:
    """Rank of its last word: the event from which it counts is part of it."""
    last = resolved.last if resolved.last is not None else expression.last
    return last if last < end else expression.last


def _expression(w: Words, expression: Expression, resolved: Resolved, last: int) -> TimeExpression:
    start, end = w.spans[expression.first][0], w.spans[last][1]
    placed = expression.kind is Kind.DURATION and resolved.period
    return TimeExpression(
        start=start,
        end=end,
        text=w.text[start:end],
        kind=Kind.DATE if placed else expression.kind,
        value=resolved.value,
        edtf=resolved.edtf,
        basis=resolved.basis,
        modifier=expression.modifier,
        signal=expression.signal,
    )


def first_date(text: str, published: str | None) -> When | None:
    """The first date in the text that can be placed; None when there is none."""
    dates = (found for found in times(text, published) if found.kind in (Kind.DATE, Kind.TIME))
    return next((found.when for found in dates if found.edtf), None)
