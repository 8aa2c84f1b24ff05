from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import bounds
from onrecord.text.dates import first_date

PUBLISHED = "2022-08-05"


@pytest.mark.parametrize(
    ("text", "edtf", "printed"),
    [
        ("On August 3, 2021, it fell.", "2021-08-03", "August 3, 2021"),
        ("On August 3 2021 it fell.", "2021-08-03", "August 3 2021"),
        ("on 3 August 2021", "2021-08-03", "3 August 2021"),
        ("AUGUST 3, 2021", "2021-08-03", "AUGUST 3, 2021"),
        ("in August 2021", "2021-08", "August 2021"),
        ("in August of 2021", "2021-08", "August of 2021"),
        ("since 2019", "2019", "since 2019"),
        ("By 1999 it had", "1999", "By 1999"),
        ("May 34, 2021; then June 2, 2021", "2021-06-02", "June 2, 2021"),
        ("February 29, 2023, or March 2023", "2023-03", "March 2023"),
        ("in 2019, then on August 3, 2021", "2019", "in 2019"),
        ("auguſt 3, 2021", "2021-08-03", "auguſt 3, 2021"),
        ("aprıl 3, 2021", "2021-04-03", "aprıl 3, 2021"),
    ],
)
def test_a_printed_date_is_taken_as_it_is(text: str, edtf: str, printed: str) -> None:
    for published in (PUBLISHED, None):
        when = first_date(text, published)
        assert when is not None
        assert (when.edtf, when.text, when.basis) == (edtf, printed, "printed")


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("on August 3", PUBLISHED, "2022-08-03"),
        ("on August 5", PUBLISHED, "2022-08-05"),
        ("on August 6", PUBLISHED, "2021-08-06"),
        ("on 31 December", PUBLISHED, "2021-12-31"),
        ("on February 29", PUBLISHED, "2020-02-29"),
        ("on February 29", "1904-02-28", "1896-02-29"),
        ("on August 6", "2022-08", "2022-08-06"),
        ("on August 6", "2022", "2022-08-06"),
        ("on August 6", "../2022-07-28", "2021-08-06"),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day(text: str, published: str, edtf: str) -> None:
    when = first_date(text, published)
    assert when is not None
    assert (when.edtf, when.basis) == (edtf, "year from publication")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("", PUBLISHED),
        ("no date", PUBLISHED),
        ("on August 3", None),
        ("on August 3", "2022/.."),
        ("on May 34", PUBLISHED),
        ("on May 0", PUBLISHED),
        ("on February 30", PUBLISHED),
        ("2019", PUBLISHED),
        ("Su-30 and 2,158", PUBLISHED),
        ("in 1066", PUBLISHED),
        ("on August 3", "0001-01-01"),
        ("August 3, 0000", None),
        ("in August", PUBLISHED),
    ],
)
def test_what_has_no_place_is_no_date(text: str, published: str | None) -> None:
    assert first_date(text, published) is None


@settings(max_examples=40)
@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_day_without_a_year_is_never_after_publication(day: date, published: date) -> None:
    when = first_date(f"on {day:%B} {day.day}", published.isoformat())
    assert when is not None
    assert when.edtf is not None
    found = bounds(when.edtf)[0]
    assert found is not None
    assert found <= published
    assert (found.month, found.day) == (day.month, day.day)


@given(st.text(max_size=40) | st.from_regex(r"(May|June 0|March) [0-9]{1,2},? ?[0-9]{0,4}"))
def test_any_text_has_a_date_or_none(text: str) -> None:
    when = first_date(text, PUBLISHED)
    assert when is None or (when.text is not None and when.text in text)
