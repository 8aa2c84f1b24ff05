"""Time expressions held against the day of publication and against dates that the text gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.model import bounds
from onrecord.text.dates.anchoring import from_event
from onrecord.text.dates.events import Anchors
from onrecord.text.dates.grammar import SEASON_CODES, length
from onrecord.text.dates.meaning import (
    Day,
    Expression,
    Kind,
    Moment,
    Named,
    Often,
    Origin,
    Shift,
    Stretch,
    Vague,
    Whole,
)
from onrecord.text.dates.periods import UNITS, Period, add, grain
from onrecord.text.dates.tense import direction
from onrecord.text.dates.words import Words

PRINTED = "printed"
YEAR_FROM_PUBLICATION = "year from publication"
YEAR_FROM_TEXT = "year from context"
FROM_PUBLICATION = "relative to publication"

NEAR_DAYS, FAR_DAYS = 100, 240
"""What comes within NEAR_DAYS is meant rather than the same of last year, FAR_DAYS ago or more: one
prints the year of what is so long ago."""
LEAP = 9
"""Years among which there always is a leap year, so that 29 February has a place."""
_STOPS = frozenset(".!?")


@dataclass(frozen=True)
class Resolved:
    """What an expression comes to."""

    value: str
    """As in the attribute of a TIMEX3."""
    edtf: str | None
    """None when no stretch of the calendar is named."""
    basis: str
    period: Period | None = None
    """The stretch of the calendar, where it is one period."""
    last: int | None = None
    """Rank of the word that names the event from which it is counted; None when there is none."""


@dataclass
class _Told:
    """What the text has spoken of so far."""

    w: Words
    today: date | None
    anchors: Anchors
    printed: Mapping[tuple[int, int], set[int]]
    """Years of the dates that the text prints in full, by month and day."""
    last: Period | None = None
    """What the last date named."""
    here: Period | None = None
    """The same, where the sentence has named one."""
    year: int | None = None
    """The year in which the sentence speaks: 'In 2021, ...'."""
    quarter: Period | None = None


def resolve(
    w: Words, found: Sequence[Expression], today: date | None, anchors: Anchors
) -> Iterator[Resolved | None]:
    """What each expression comes to, in order; None where the calendar has no such day.

    `today` is the day of publication, None when it is not known; `anchors` are dated events.
    """
    told = _Told(w, today, anchors, _printed(found))
    end = 0
    for expression in found:
        if not _STOPS.isdisjoint(w.lower[end : expression.first]):
            told.here = told.year = None
        end = expression.last
        try:
            resolved = _resolved(expression, told)
        except (ValueError, OverflowError):
            resolved = None  # 'May 34' is no date, nor is a day before the year 1
        if resolved and resolved.period and expression.kind in (Kind.DATE, Kind.TIME):
            told.last = told.here = resolved.period
            if resolved.period.unit == "year" and expression.signal in ("in", "during"):
                told.year = resolved.period.first.year
            if isinstance(expression.meaning, Named) and resolved.period.unit == "quarter":
                told.quarter = resolved.period
        yield resolved


def _printed(found: Sequence[Expression]) -> dict[tuple[int, int], set[int]]:
    years: dict[tuple[int, int], set[int]] = {}
    for expression in found:
        meaning = expression.meaning
        if isinstance(meaning, Day) and meaning.year:
            years.setdefault((meaning.month, meaning.day), set()).add(meaning.year)
    return years


def _resolved(expression: Expression, told: _Told) -> Resolved | None:
    found = _from_event(expression, told) or _meant(expression, told)
    period = found.period if found else None
    if not found or not period:
        return found
    if expression.moment and period.unit == "day":
        found = replace(found, value=f"{found.value}T{expression.moment}")
    edtf = period.edtf
    if expression.modifier == "APPROX" and found.edtf == edtf and "/" not in edtf:
        return replace(found, edtf=f"{edtf}~")
    return found


def _from_event(expression: Expression, told: _Told) -> Resolved | None:
    event, meaning = expression.event, expression.meaning
    anchor = told.anchors.of(event.name, event.rank) if event else None
    if not event or not anchor or not isinstance(meaning, Shift | Stretch):
        return None
    edtf = from_event(meaning, expression.modifier, event.sign, anchor.edtf)
    if edtf is None:
        return None
    period = _period_of(edtf)
    value = period.timex if period else edtf
    return Resolved(value, edtf, f"relative to anchor: {event.word}", period, event.rank)


def _period_of(edtf: str) -> Period | None:
    """The period that the EDTF text is, or with which it begins; None where that is open."""
    first = bounds(edtf)[0]
    return Period.of(grain(edtf), first) if first else None


def _meant(expression: Expression, told: _Told) -> Resolved | None:
    match expression.meaning:
        case Day() as day:
            return _day(day, expression, told)
        case Named(unit="day") as weekday:
            return _weekday(weekday, expression, told)
        case Named() as named:
            return _named(named, expression, told)
        case Whole() as whole:
            return _whole(whole)
        case Shift() as shift:
            return _shift(shift, told)
        case Stretch() as stretch:
            return _stretch(stretch, told.today)
        case Often(value) | Vague(value):
            return Resolved(value, None, PRINTED)
        case Moment(value):
            today = told.today.isoformat() if told.today else "XXXX-XX-XX"
            return Resolved(f"{today}T{value}", None, PRINTED)


def _placed(period: Period, basis: str) -> Resolved:
    return Resolved(period.timex, period.edtf, basis, period)


def _day(day: Day, expression: Expression, told: _Told) -> Resolved | None:
    year, basis = (day.year, PRINTED) if day.year else _year_of(day, expression, told)
    if year is None:
        return Resolved(f"XXXX-{day.month:02d}-{day.day:02d}", None, PRINTED)
    found = _placed(Period("day", date(year, day.month, day.day)), basis)
    if day.until and day.until > day.day:
        end = date(year, day.month, day.until)
        return replace(found, edtf=f"{found.edtf}/{end.isoformat()}")
    return found


def _year_of(day: Day, expression: Expression, told: _Told) -> tuple[int | None, str]:
    """The year in which the text has such a day, or a month that it lies in; else one beside
    publication.
    """
    years = told.printed.get((day.month, day.day), set())
    if len(years) == 1:
        return min(years), YEAR_FROM_TEXT
    narrated = _narrated(day, told)
    if told.today is None:
        return narrated, YEAR_FROM_TEXT
    found = _beside("day", day.month, day.day, told.today, _direction(expression, told))
    if found is None:
        return narrated, YEAR_FROM_TEXT
    if narrated and abs((found.first - told.today).days) > NEAR_DAYS:
        return narrated, YEAR_FROM_TEXT
    return found.first.year, YEAR_FROM_PUBLICATION


def _narrated(day: Day, told: _Told) -> int | None:
    """The year that the sentence speaks of, or that of the month that the text last spoke of, where
    the day lies in it.
    """
    last = told.last
    if told.year or not last or last.unit not in ("day", "month"):
        return told.year
    return last.first.year if last.first.month == day.month else None


def _direction(expression: Expression, told: _Told) -> int:
    return direction(told.w, expression.first, expression.last)


def _beside(unit: str, month: int, day: int, today: date, toward: int) -> Period | None:
    """The last such period that has begun, or the next that has not ended, as the verb tells.

    Where no verb tells it is the past, but for what is near ahead. None where the calendar has
    none.
    """
    periods = _each_year(unit, month, day, today)
    before = [period for period in periods if period.first <= today]
    after = [period for period in periods if period.last >= today]
    if not before or not after:
        return next(iter(before[-1:] or after), None)
    ahead, ago = (after[0].first - today).days, (today - before[-1].last).days
    if unit in ("quarter", "half"):
        return after[0] if toward > 0 and ago > FAR_DAYS else before[-1]
    if unit == "day" and ahead > FAR_DAYS and ago <= NEAR_DAYS:
        return before[-1]
    near = 0 < ahead <= NEAR_DAYS and ago > FAR_DAYS
    return after[0] if toward > 0 or (near and (toward == 0 or unit == "day")) else before[-1]


def _each_year(unit: str, month: int, day: int, today: date) -> list[Period]:
    """The periods that begin on that day of the years around today."""
    found = []
    reach = LEAP if (month, day) == (2, 29) else 2
    for year in range(max(1, today.year - reach), min(9998, today.year + reach) + 1):
        try:
            found.append(Period(unit, date(year, month, day)))
        except ValueError:
            continue  # 29 February of a common year
    return found


_MONTHS = {"month": 1, "quarter": 3, "half": 6}


def _named(named: Named, expression: Expression, told: _Told) -> Resolved | None:
    months = _MONTHS.get(named.unit)
    first = (named.number - 1) * months + 1 if months else named.number
    today = told.today
    if named.year is not None:
        return _placed(Period(named.unit, date(named.year, first, 1)), PRINTED)
    if told.year and named.which is None and named.years is None:
        return _placed(Period(named.unit, date(told.year, first, 1)), YEAR_FROM_TEXT)
    if today is None:
        return Resolved(_yearless(named, first), None, PRINTED)
    if named.years is not None:
        day = date(today.year + named.years, first, 1)
        return _placed(Period(named.unit, day), FROM_PUBLICATION)
    if named.which is not None:
        chosen = _chosen(_each_year(named.unit, first, 1, today), today, named.which)
        return _placed(chosen, FROM_PUBLICATION) if chosen else None
    found = _beside(named.unit, first, 1, today, _direction(expression, told))
    return _placed(found, YEAR_FROM_PUBLICATION) if found else None


def _yearless(named: Named, first: int) -> str:
    match named.unit:
        case "month":
            return f"XXXX-{first:02d}"
        case "season":
            return f"XXXX-{SEASON_CODES[first]}"
        case unit:
            return f"XXXX-{unit[0].upper()}{named.number}"


def _chosen(periods: list[Period], today: date, which: int) -> Period | None:
    """The last one that is over, the next that has not begun, or that of the running year."""
    over = [period for period in periods if period.last < today]
    match which:
        case 0:
            fitting = [period for period in periods if period.first.year == today.year]
        case 1:
            fitting = [period for period in periods if period.first > today]
        case _:
            fitting = over[-1:]
    return fitting[0] if fitting else None


def _weekday(weekday: Named, expression: Expression, told: _Told) -> Resolved:
    today = told.today
    if today is None:
        return Resolved(f"XXXX-WXX-{weekday.number + 1}", None, PRINTED)
    back = (today.weekday() - weekday.number) % 7
    match weekday.which:
        case -1:
            days = -(back or 7)
        case 1:
            days = 7 - back
        case _:
            days = 7 - back if back and _direction(expression, told) > 0 else -back
    return _placed(Period("day", today + timedelta(days=days)), FROM_PUBLICATION)


def _whole(whole: Whole) -> Resolved:
    found = _placed(Period(whole.unit, date(max(1, whole.year), 1, 1)), PRINTED)
    if whole.until:
        return replace(found, edtf=f"{whole.year:04d}/{whole.until:04d}")
    return found


def _shift(shift: Shift, told: _Told) -> Resolved | None:
    if shift.unit == "weekend" and told.today and not shift.counted:
        return _weekend(shift.count or 0, told.today)
    origin, basis = _origin(shift, told)
    if shift.count is None:
        return Resolved("PAST_REF" if shift.earlier else "FUTURE_REF", None, basis)
    if origin is None:
        return Resolved("XXXX", None, basis)
    unit, count = shift.unit, shift.count
    if unit == "fortnight":
        unit, count = "week", 2 * count
    if unit in ("second", "minute", "hour"):
        return None
    if unit == "period":
        unit = "quarter"
    if shift.counted:
        return _counted(origin, unit, count, basis)
    return _placed(Period.of(unit, origin.first).shifted(count), basis)


def _weekend(count: int, today: date) -> Resolved:
    """The last weekend that has begun, or the one before or after it."""
    begun = Period.of("weekend", today)
    begun = begun if begun.first <= today else begun.shifted(-1)
    if count < 0 and begun.last < today:
        count += 1
    return _placed(begun.shifted(count), FROM_PUBLICATION)


def _origin(shift: Shift, told: _Told) -> tuple[Period | None, str]:
    """The period from which is counted, and the basis."""
    last: Period | None = None
    if shift.counted and shift.unit == "year" and abs(shift.count or 0) == 1 and told.quarter:
        last = told.quarter  # of results, 'a year ago' is the same quarter
    elif shift.origin is Origin.TEXT:
        last = told.quarter if shift.unit in ("quarter", "period") else told.last
    elif shift.origin is Origin.SENTENCE:
        last = told.here
    elif shift.origin is Origin.QUARTER and told.quarter:
        last = told.quarter.shifted(1)
    if last:
        return (last if _holds(last, shift) else None), f"relative to anchor: {last.edtf}"
    return (Period("day", told.today) if told.today else None), FROM_PUBLICATION


def _holds(origin: Period, shift: Shift) -> bool:
    """Whether the origin is fine enough to count such units from it: a year has no next day."""
    return shift.unit not in UNITS or UNITS.index(origin.unit) <= UNITS.index(shift.unit)


def _counted(origin: Period, unit: str, count: int, basis: str) -> Resolved:
    """So many units from the origin, no finer than the text counts."""
    day = add(origin.first, count, unit)
    if unit == "week":
        found = Period("day", day)
        around = f"{found.shifted(-3).edtf}/{found.shifted(3).edtf}"
        return Resolved(found.timex, around, basis)
    if unit == "year" and origin.unit in ("month", "quarter", "half", "season"):
        return _placed(Period.of(origin.unit, day), basis)
    return _placed(Period.of(unit, day), basis)


def _stretch(stretch: Stretch, today: date | None) -> Resolved:
    value = length(stretch.unit, stretch.amount)
    if today is None or not stretch.toward:
        return Resolved(value, None, PRINTED)
    return Resolved(value, _reach(stretch, today), FROM_PUBLICATION)


def _reach(stretch: Stretch, today: date) -> str | None:
    """From publication as far back, or ahead, as the text counts: no finer than its unit."""
    if not stretch.amount or stretch.amount != int(stretch.amount):
        return None
    try:
        far = add(today, stretch.toward * int(stretch.amount), stretch.unit)
    except (KeyError, ValueError, OverflowError):
        return None
    near = today
    unit = stretch.unit if stretch.unit in ("day", "week", "month", "year") else "year"
    unit = "day" if unit == "week" else unit
    mark = "~" if stretch.unit == "week" else ""
    first, last = sorted((far, near))
    ends = [Period.of(unit, first).edtf, Period.of(unit, last).edtf]
    ends[0 if stretch.toward < 0 else 1] += mark
    return "/".join(ends)
