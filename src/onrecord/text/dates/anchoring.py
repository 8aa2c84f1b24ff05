"""Dates counted from an event: 'two days after the election', 'the month following the coup'."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.model import bounds
from onrecord.text.dates.meaning import Shift, Stretch
from onrecord.text.dates.periods import UNITS, Period, add, grain, reach

_SOME = (2, 10)
"""What 'days', 'weeks' or 'years' can mean where no number is given."""
_DAY = timedelta(days=1)


def from_event(
    meaning: Shift | Stretch, modifier: str | None, sign: int, anchor: str
) -> str | None:
    """EDTF of what lies that long before (sign -1) or after (1) a date given as EDTF.

    No finer than the words or the date are: days after a month are months. None where the date is
    open, or the words count nothing. Raises ValueError or OverflowError beyond the calendar.
    """
    low, high = bounds(anchor)
    if low is None or high is None:
        return None
    if isinstance(meaning, Shift):
        return _period(meaning.unit, sign, low, high, grain(anchor))
    counted = _counted(meaning, modifier)
    if counted is None:
        return None
    least, most, unit = counted
    near = add(low if sign > 0 else high, sign * least, unit)
    far = add(high if sign > 0 else low, sign * most, unit)
    first, last = sorted((near, far))
    return reach(first, last, _coarser(_grain_of(meaning.unit), grain(anchor)))


def _period(unit: str, sign: int, low: date, high: date, fine: str) -> str | None:
    """'the month following', 'the day before'."""
    if unit not in UNITS:
        return None
    if unit == fine:
        return Period.of(unit, low).shifted(sign).edtf
    if UNITS.index(unit) < UNITS.index(fine):
        return reach(low + sign * _DAY, high + sign * _DAY, fine)
    if sign > 0:
        return reach(high + _DAY, add(high, 1, unit), fine)
    return reach(add(low, -1, unit), low - _DAY, fine)


def _counted(stretch: Stretch, modifier: str | None) -> tuple[int, int, str] | None:
    """Least and most that the words allow, in days or months.

    'just over a week' is up to a week and a half, 'nearly a month' at least three quarters of one.
    """
    per = _PER.get(stretch.unit)
    if per is None:
        return None
    size, unit = per
    if stretch.amount is None:
        return _SOME[0] * size, _SOME[1] * size, unit
    whole = int(stretch.amount * size)
    match modifier:
        case "MORE_THAN" | "EQUAL_OR_MORE":
            return whole + 1, max(whole + 1, whole * 3 // 2), unit
        case "LESS_THAN" | "EQUAL_OR_LESS":
            return max(1, whole * 3 // 4), max(1, whole - 1), unit
        case "APPROX":
            return whole * 3 // 4, whole * 5 // 4, unit
        case _ if stretch.unit == "week":
            return whole - 3, whole + 3, unit
        case _:
            return whole, whole, unit


_PER = {
    "day": (1, "day"),
    "week": (7, "day"),
    "fortnight": (14, "day"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "year": (12, "month"),
    "decade": (120, "month"),
    "century": (1200, "month"),
}


def _grain_of(unit: str) -> str:
    if unit in ("day", "week", "fortnight"):
        return "day"
    return "month" if unit in ("month", "quarter") else "year"


def _coarser(one: str, other: str) -> str:
    return max(one, other, key=UNITS.index)
