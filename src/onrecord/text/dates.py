"""Dates as texts print them, as EDTF with the basis on which a missing year was filled."""

from __future__ import annotations

import re
from datetime import date

from onrecord.model import When, bounds

_MONTH_NAMES = (
    "january february march april may june july august september october november december"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        _MONTH_NAMES.split(),
        start=1,
    )
}
_MONTH = "|".join(_MONTHS)
_FOLDED = str.maketrans("ſıİK", "siik")
"""Letters that match an ASCII one without regard to case, and are not it in lower case."""

_PATTERNS = (
    re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:,?\s+(?P<year>\d{{4}}))?\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>\d{{4}}))?\b", re.I),
    re.compile(rf"\b(?P<month>{_MONTH})(?:\s+of)?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(r"\b(?:in|since|during|by)\s+(?P<year>(?:19|20)\d{2})\b", re.I),
)

LEAP = 9
"""Years among which there always is a leap year, so that 29 February has a place."""


def first_date(text: str, published: str | None) -> When | None:
    """The first date that the text prints; None when it prints none that can be placed.

    A day without a year is the last such day not after publication; without a known day of
    publication it has no place.
    """
    matches = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda found: (found.start(), -found.end())):
        when = _when(match, published)
        if when is not None:
            return when
    return None


def _when(match: re.Match[str], published: str | None) -> When | None:
    parts = match.groupdict()
    month = _MONTHS[parts["month"].translate(_FOLDED).lower()] if parts.get("month") else None
    day = int(parts["day"]) if parts.get("day") else None
    basis = "printed"
    year = int(parts["year"]) if parts.get("year") else None
    if year is None:
        year, basis = _year(month, day, published), "year from publication"
    if year is None:
        return None
    edtf = (
        f"{year:04d}"
        + (f"-{month:02d}" if month else "")
        + (f"-{day:02d}" if day is not None else "")
    )
    try:
        bounds(edtf)
    except ValueError:
        return None  # 'May 34' is no date
    return When(text=match[0], edtf=edtf, basis=basis)


def _year(month: int | None, day: int | None, published: str | None) -> int | None:
    latest = bounds(published)[1] if published else None
    if latest is None or month is None:
        return None
    for year in range(latest.year, latest.year - LEAP, -1):
        try:
            if date(year, month, 1 if day is None else day) <= latest:
                return year
        except ValueError:
            continue  # 29 February of a common year, or 'May 34'
    return None
