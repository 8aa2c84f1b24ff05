from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import bounds
from onrecord.text.dates.periods import UNITS, Period, add, grain, reach

DAYS = st.dates(date(1100, 1, 1), date(8900, 12, 31))


@pytest.mark.parametrize(
    ("unit", "edtf", "timex"),
    [
        ("day", "2022-08-05", "2022-08-05"),
        ("week", "2022-08-01/2022-08-07", "2022-W31"),
        ("weekend", "2022-08-06/2022-08-07", "2022-W31-WE"),
        ("month", "2022-08", "2022-08"),
        ("quarter", "2022-07/2022-09", "2022-Q3"),
        ("season", "2022-22", "2022-SU"),
        ("half", "2022-07/2022-12", "2022-H2"),
        ("year", "2022", "2022"),
        ("decade", "202X", "202"),
        ("century", "20XX", "20"),
    ],
)
def test_a_period_as_edtf_and_as_timex(unit: str, edtf: str, timex: str) -> None:
    period = Period.of(unit, date(2022, 8, 5))
    assert (period.edtf, period.timex) == (edtf, timex)


def test_january_is_in_the_winter_that_began_before_it() -> None:
    assert Period.of("season", date(2022, 1, 5)).edtf == "2021-24"


@given(st.sampled_from(UNITS), DAYS)
def test_a_period_holds_its_days(unit: str, day: date) -> None:
    period = Period.of(unit, day)
    assert period.first <= period.last
    assert unit == "weekend" or period.first <= day <= period.last
    assert Period.of(unit, period.first) == period
    if unit != "season":  # EDTF's seasons are of no certain days
        assert bounds(period.edtf) == (period.first, period.last)


@given(st.sampled_from(UNITS), DAYS, st.integers(-9, 9))
def test_periods_follow_each_other(unit: str, day: date, count: int) -> None:
    period = Period.of(unit, day)
    assert period.shifted(count).shifted(-count) == period
    assert (period.shifted(1).first > period.last) or unit == "weekend"


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (1, "month", date(2024, 2, 29)),
        (-11, "month", date(2023, 2, 28)),
        (2, "week", date(2024, 2, 14)),
        (1, "decade", date(2034, 1, 31)),
    ],
)
def test_a_month_without_such_a_day_gives_its_last(count: int, unit: str, expected: date) -> None:
    assert add(date(2024, 1, 31), count, unit) == expected


def test_beyond_the_calendar_is_an_overflow() -> None:
    with pytest.raises(OverflowError):
        add(date(9999, 1, 1), 1, "year")
    assert Period.of("year", date(9999, 1, 1)).last == date.max


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("day", "2022-07-30/2022-08-02"), ("month", "2022-07/2022-08"), ("year", "2022")],
)
def test_reach_is_no_finer_than_the_unit(unit: str, expected: str) -> None:
    assert reach(date(2022, 7, 30), date(2022, 8, 2), unit) == expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022", "year"),
        ("2022-08~", "month"),
        ("2022-08-05", "day"),
        ("2022-08/2022-08-05", "month"),
        ("../2022-08-05", "day"),
        ("2021/..", "year"),
    ],
)
def test_grain_is_that_of_the_coarser_end(edtf: str, expected: str) -> None:
    assert grain(edtf) == expected
