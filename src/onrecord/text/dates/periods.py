"""Periods of the calendar: a day, a week, a quarter ... with what comes before and after them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12}
_YEARS = {"decade": 10, "century": 100}
_DAYS = {"day": 1, "week": 7, "weekend": 7}
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}
UNITS = (
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
)
"""From the shortest to the longest."""


@dataclass(frozen=True)
class Period:
    """A period of the calendar. Seasons are those of the northern half, as EDTF numbers them."""

    unit: str
    """One of UNITS."""
    first: date

    @staticmethod
    def of(unit: str, day: date) -> Period:
        """The period of that unit in which the day lies.

        Raises ValueError where that began before the year 1.
        """
        return Period(unit, _beginning(unit, day))

    @property
    def last(self) -> date:
        """Its last day; 31 December 9999 where the calendar ends before it."""
        try:
            return self.shifted(1).first - timedelta(days=6 if self.unit == "weekend" else 1)
        except (ValueError, OverflowError):
            return date.max

    def shifted(self, count: int) -> Period:
        """The period of the same unit that many after it, or before it.

        Raises ValueError or OverflowError where the calendar has none.
        """
        if self.unit in _DAYS:
            return Period(self.unit, self.first + timedelta(days=count * _DAYS[self.unit]))
        months = count * (_MONTHS.get(self.unit) or 12 * _YEARS[self.unit])
        year, month = divmod(12 * self.first.year + self.first.month - 1 + months, 12)
        return Period(self.unit, date(year, month + 1, 1))

    @property
    def edtf(self) -> str:
        """As EDTF of level 1; weeks, quarters and halves as intervals."""
        year, first, last = self.first.year, self.first, self.last
        match self.unit:
            case "day":
                return first.isoformat()
            case "month":
                return f"{year:04d}-{first.month:02d}"
            case "season":
                return f"{year:04d}-{_EDTF_SEASONS[first.month]}"
            case "quarter" | "half":
                return f"{year:04d}-{first.month:02d}/{last.year:04d}-{last.month:02d}"
            case "year":
                return f"{year:04d}"
            case "decade":
                return f"{year // 10:03d}X"
            case "century":
                return f"{year // 100:02d}XX"
            case _:
                return f"{first.isoformat()}/{last.isoformat()}"

    @property
    def timex(self) -> str:
        """As TimeML writes it in the value of a TIMEX3."""
        year, first = self.first.year, self.first
        match self.unit:
            case "quarter":
                return f"{year:04d}-Q{(first.month + 2) // 3}"
            case "half":
                return f"{year:04d}-H{1 if first.month == 1 else 2}"
            case "season":
                return f"{year:04d}-{_SEASONS[first.month]}"
            case "week" | "weekend":
                number = first.isocalendar()
                return f"{number.year:04d}-W{number.week:02d}" + (
                    "-WE" if self.unit == "weekend" else ""
                )
            case "decade":
                return f"{year // 10:03d}"
            case "century":
                return f"{year // 100:02d}"
            case _:
                return self.edtf


def _beginning(unit: str, day: date) -> date:
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "weekend":
            return day - timedelta(days=day.weekday()) + timedelta(days=5)
        case "season":
            month = day.month // 3 * 3
            return date(day.year, month, 1) if month else date(day.year - 1, 12, 1)
        case "decade" | "century":
            return date(max(1, day.year // _YEARS[unit] * _YEARS[unit]), 1, 1)
        case _:
            months = _MONTHS[unit]
            return date(day.year, (day.month - 1) // months * months + 1, 1)


def add(day: date, count: int, unit: str) -> date:
    """The day that many units later, or earlier: on the last of a month where it has no such day.

    Raises ValueError or OverflowError where the calendar has none.
    """
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    months = count * (_MONTHS.get(unit) or 12 * _YEARS[unit])
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year} is beyond the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reach(first: date, last: date, unit: str) -> str:
    """EDTF from one day to another, no finer than the unit: 'day', 'month' or 'year'."""
    low, high = Period.of(unit, first).edtf, Period.of(unit, last).edtf
    return low if low == high else f"{low}/{high}"


def grain(edtf: str) -> str:
    """How fine an EDTF text is at its coarser end: 'day', 'month' or 'year'."""
    sizes = [len(end.rstrip("?~%")) for end in edtf.split("/") if end not in ("", "..")]
    size = min(sizes, default=4)
    return "day" if size >= 10 else "month" if size == 7 else "year"
