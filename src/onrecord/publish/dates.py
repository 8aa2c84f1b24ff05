"""EDTF dates in the words of a news page."""

from __future__ import annotations

import re

from onrecord.model import When
from onrecord.publish.view import DateView

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_CALENDAR = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]|2[1-4])(?:-(\d{2}))?)?([~?%])?", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(Z|[+-][\d:]+)?", re.ASCII)
_MARKS = {"~": "about {}", "?": "{} (uncertain)", "%": "about {} (uncertain)"}


def date_view(edtf: str, basis: str | None = None) -> DateView:
    """The date in words, with its machine form where HTML has one."""
    return DateView(words=in_words(edtf), machine=machine_date(edtf), basis=basis)


def when_view(when: When) -> DateView:
    """The date of a text, with its basis and the words that gave it."""
    printed = f" (‘{when.text}’)" if when.text else ""
    basis = f"{when.basis}{printed}"
    return date_view(when.edtf, basis) if when.edtf else DateView("undated", basis=basis)


def in_words(edtf: str) -> str:
    """'August 3, 2022' for 2022-08-03; EDTF that has no short words stays as it is."""
    if "/" in edtf:
        return _interval(*edtf.split("/", 1))
    if moment := _MOMENT.fullmatch(edtf):
        day, clock, zone = moment.groups("")
        return f"{in_words(day)}, {clock} {zone.replace('Z', 'UTC')}".rstrip()
    found = _CALENDAR.fullmatch(edtf)
    if not found:
        return edtf
    year, month, day, mark = found.groups()
    return _MARKS.get(mark, "{}").format(_calendar(year, month, day))


def machine_date(edtf: str) -> str | None:
    """The day, month or year when it is exact: what `<time datetime>` can carry."""
    moment = _MOMENT.fullmatch(edtf)
    day = moment[1] if moment else edtf
    found = _CALENDAR.fullmatch(day)
    exact = found and not found[4] and found[2] not in _SEASONS
    return day if exact else None


def full_date(edtf: str | None) -> str | None:
    """The day, YYYY-MM-DD, when it is exactly one; None otherwise."""
    day = machine_date(edtf) if edtf else None
    return day if day and len(day) == len("YYYY-MM-DD") else None


def _interval(first: str, last: str) -> str:
    if first in ("", ".."):
        return f"{in_words(last)} or earlier"
    if last in ("", ".."):
        return f"{in_words(first)} or later"
    return f"{in_words(first)} to {in_words(last)}"


def _calendar(year: str, month: str | None, day: str | None) -> str:
    if month is None:
        return year
    if month in _SEASONS:
        return f"{_SEASONS[month]} {year}"
    name = _MONTHS[int(month) - 1]
    return f"{name} {int(day)}, {year}" if day else f"{name} {year}"
