from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onrecord.model import When, bounds, known_by

FEW = settings(max_examples=30)

ACCEPTED = {
    "2022-08-05": ("2022-08-05", "2022-08-05"),
    "2022-08": ("2022-08-01", "2022-08-31"),
    "2022": ("2022-01-01", "2022-12-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2022~": ("2022-01-01", "2022-12-31"),
    "2022-08?": ("2022-08-01", "2022-08-31"),
    "2022-08-05%": ("2022-08-05", "2022-08-05"),
    "202X": ("2020-01-01", "2029-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "2022-XX": ("2022-01-01", "2022-12-31"),
    "2022-08-XX": ("2022-08-01", "2022-08-31"),
    "2022-21": ("2022-03-01", "2022-05-31"),
    "2022-08-05T10:00:00Z": ("2022-08-05", "2022-08-05"),
    "0001-01-01": ("0001-01-01", "0001-01-01"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "2021-02/2022-08-05": ("2021-02-01", "2022-08-05"),
    "2021~/2022?": ("2021-01-01", "2022-12-31"),
    "../2022-07-28": (None, "2022-07-28"),
    "/2022": (None, "2022-12-31"),
    "2021-02/..": ("2021-02-01", None),
    "2021-02/": ("2021-02-01", None),
    "../..": (None, None),
}
REFUSED = [
    "",
    " ",
    "..",
    "/",
    "5 August 2022",
    "August",
    "20220805",
    "2022-8-5",
    "2022-13",
    "2022-00",
    "2022-05-00",
    "2022-02-30",
    "2023-02-29",
    "2022-08-32",
    "2022-1X",
    "0000",
    "-0044",
    "XXXX",
    "Y170000002",
    "unknown",
    " 2022",
    "2022 ",
    "2022\n",
    "２０２２",
    "٢٠٢٢",
    "[2021,2022]",
    "{2021,2022}",
    "2022-08?-05",
    "1950S2",
    "2022-41",
    "2022/2021",
    "2022-08-05/2022-08-03",
    "2020/2021/2022",
    "../../..",
    "2022-08-03/08",
    "/" * 5000,
    "2" * 5000,
    "2022; rm -rf /",
]


@pytest.mark.parametrize(("text", "expected"), ACCEPTED.items())
def test_bounds_are_the_first_and_last_possible_day(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    assert tuple(day and day.isoformat() for day in bounds(text)) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_edtf_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|names no day|ends before"):
        bounds(text)
    with pytest.raises(ValidationError):
        When(edtf=text, basis="printed")


@given(st.text(max_size=12) | st.from_regex(r"\A[0-9X]{4}(-[0-9X]{2}){0,2}[?~%/.]{0,3}\Z"))
def test_any_text_has_bounds_or_is_refused(text: str) -> None:
    try:
        low, high = bounds(text)
    except ValueError:
        return
    assert low is None or high is None or low <= high


@FEW
@given(st.dates())
def test_a_day_is_its_own_bounds_and_lies_in_its_month_and_year(day: date) -> None:
    text = day.isoformat()
    assert bounds(text) == (day, day)
    for wider in (text[:7], text[:4], text[:4] + "~"):
        low, high = bounds(wider)
        assert low is not None
        assert high is not None
        assert low <= day <= high


@FEW
@given(st.dates(), st.dates())
def test_an_interval_runs_from_its_first_to_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@FEW
@given(st.dates(), st.dates())
def test_what_came_out_on_a_later_day_was_not_known(published: date, day: date) -> None:
    assert known_by(published.isoformat(), day) == (published <= day)


@pytest.mark.parametrize(
    ("published", "known"),
    [
        (None, False),
        ("", False),
        ("2022", False),
        ("2022-08", False),
        ("2022-07", True),
        ("2021~", True),
        ("2021/..", False),
        ("../2022-08-03", True),
    ],
)
def test_what_may_be_later_was_not_surely_known(published: str | None, known: bool) -> None:
    assert known_by(published, date(2022, 8, 3)) is known
