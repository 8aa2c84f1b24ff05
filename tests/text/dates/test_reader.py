import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import bounds
from onrecord.text.dates import Kind, TimeExpression, first_date, read, times
from tests.text.hostile import HOSTILE, texts

PUBLISHED = "2022-08-05"  # a Friday


def only(text: str, published: str | None = PUBLISHED) -> TimeExpression:
    (found,) = times(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "edtf", "printed"),
    [
        ("On August 3, 2021, it fell.", "2021-08-03", "August 3, 2021"),
        ("On August 3 2021 it fell.", "2021-08-03", "August 3 2021"),
        ("on 3 August 2021", "2021-08-03", "3 August 2021"),
        ("on the 3rd of August, 2021", "2021-08-03", "the 3rd of August, 2021"),
        ("on Tuesday, Aug. 3, 2021", "2021-08-03", "Tuesday, Aug. 3, 2021"),
        ("AUGUST 3, 2021", "2021-08-03", "AUGUST 3, 2021"),
        ("2021-08-03 12", "2021-08-03", "2021-08-03"),
        ("on 27/3/2021", "2021-03-27", "27/3/2021"),
        ("on 3/27/2021", "2021-03-27", "3/27/2021"),
        ("on 27.3.2021", "2021-03-27", "27.3.2021"),
        ("March 15-20, 2014", "2014-03-15/2014-03-20", "March 15-20, 2014"),
        ("in August 2021", "2021-08", "August 2021"),
        ("in August of 2021", "2021-08", "August of 2021"),
        ("in May 2021", "2021-05", "May 2021"),
        ("since 2019", "2019", "2019"),
        ("By 1999 it had", "1999", "1999"),
        ("in 1066", "1066", "1066"),
        ("from 2014-16", "2014/2016", "2014-16"),
        ("in fiscal 1989", "1989", "fiscal 1989"),
        ("in the 1980s", "198X", "the 1980s"),
        ("in the late '90s", "199X", "the late '90s"),
        ("in the nineties", "199X", "the nineties"),
        ("in the 20th century", "19XX", "the 20th century"),
        ("in the third quarter of 1990", "1990-07/1990-09", "the third quarter of 1990"),
        ("in the summer of 2021", "2021-22", "the summer of 2021"),
        ("nineteen ninety-seven", "1997", "nineteen ninety-seven"),
        ("auguſt 3, 2021", "2021-08-03", "auguſt 3, 2021"),
        ("aprıl 3, 2021", "2021-04-03", "aprıl 3, 2021"),
    ],
)
def test_a_printed_date_is_taken_as_it_is(text: str, edtf: str, printed: str) -> None:
    for published in (PUBLISHED, None):
        found = only(text, published)
        assert (found.edtf, found.text, found.basis) == (edtf, printed, "printed")


def test_where_both_could_be_the_month_only_the_year_is_sure() -> None:
    assert only("on 3/4/2021").edtf == "2021"


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("It fell on August 3.", PUBLISHED, "2022-08-03"),
        ("on August 5", PUBLISHED, "2022-08-05"),
        ("It fell on August 6.", PUBLISHED, "2022-08-06"),
        ("It ends on Dec. 15.", "2022-10-26", "2022-12-15"),
        ("They would meet on July 28.", PUBLISHED, "2022-07-28"),
        ("on 31 December", "2022-02-01", "2021-12-31"),
        ("on February 29", PUBLISHED, "2020-02-29"),
        ("on February 29", "1904-02-28", "1904-02-29"),
        ("on August 6", "2022-08", "2022-08-06"),
        ("on August 6", "2022", "2021-08-06/2022-08-06"),
        ("on August 6", "../2022-07-28", "2022-08-06"),
        ("It fell in July.", PUBLISHED, "2022-07"),
        ("It fell in February.", PUBLISHED, "2022-02"),
        ("In January, it fell.", "2022-10-27", "2022-01"),
        ("It will open in January.", "2022-10-27", "2023-01"),
        ("Sales rose in the third quarter.", PUBLISHED, "2022-07/2022-09"),
        ("Sales rose in the fourth quarter.", PUBLISHED, "2021-10/2021-12"),
        ("It fell in the spring.", PUBLISHED, "2022-21"),
    ],
)
def test_a_missing_year_comes_from_publication(text: str, published: str, edtf: str) -> None:
    found = only(text, published)
    assert (found.edtf, found.basis) == (edtf, "year from publication")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It rose in March 2021. On March 27, it fell.", "2021-03-27"),
        ("It fell on May 2. (Taken on May 2, 2019.)", "2019-05-02"),
        ("In 2021 there was a strike on February 1.", "2021-02-01"),
        ("In 2021 there was a strike in February.", "2021-02"),
    ],
)
def test_a_missing_year_comes_from_what_the_text_speaks_of(text: str, edtf: str) -> None:
    found = [f for f in times(text, PUBLISHED) if f.edtf == edtf]
    assert [f.basis for f in found[:1]] == ["year from context"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("today", "2022-08-05"),
        ("yesterday", "2022-08-04"),
        ("tomorrow", "2022-08-06"),
        ("last month", "2022-07"),
        ("last year", "2021"),
        ("next year", "2023"),
        ("last week", "2022-07-25/2022-07-31"),
        ("this week", "2022-08-01/2022-08-07"),
        ("over the weekend", "2022-07-30/2022-07-31"),
        ("later this month", "2022-08"),
        ("this summer", "2022-22"),
        ("last May", "2022-05"),
        ("last August", "2021-08"),
        ("next Tuesday", "2022-08-09"),
        ("last Friday", "2022-07-29"),
        ("ten days ago", "2022-07-26"),
        ("three weeks ago", "2022-07-12/2022-07-18"),
        ("five months ago", "2022-03"),
        ("two years ago", "2020"),
        ("about two years ago", "2020~"),
        ("a decade ago", "201X"),
        ("two days from now", "2022-08-07"),
        ("in the past five years", "2017/2022"),
        ("in the past three months", "2022-05/2022-08"),
        ("in the past two weeks", "2022-07-22~/2022-08-05"),
        ("the next two years", "2022/2024"),
        ("last year's third quarter", "2021-07/2021-09"),
        ("the current year", "2022"),
    ],
)
def test_what_leans_on_publication(text: str, edtf: str) -> None:
    found = only(text)
    assert (found.edtf, found.basis) == (edtf, "relative to publication")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on Tuesday.", "2022-08-02"),
        ("They met on Friday.", "2022-08-05"),
        ("They will meet on Tuesday.", "2022-08-09"),
        ("On Tuesday, they are expected to meet.", "2022-08-09"),
        ("They were to meet; they met Tuesday.", "2022-08-02"),
        ("They met Tuesday night.", "2022-08-02"),
    ],
)
def test_weekdays_lie_where_the_verb_points(text: str, edtf: str) -> None:
    assert only(text).edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It fell on March 27, 2021. The previous day it rose.", "2021-03-26"),
        ("It fell on March 27, 2021. Two days later it rose.", "2021-03-29"),
        ("It fell on March 27, 2021, and the next day it rose.", "2021-03-28"),
        ("It fell in March 2021. The following month it rose.", "2021-04"),
        ("It fell on March 27, 2021. That year it rose.", "2021"),
        ("It fell in 2015. Three years earlier it rose.", "2012"),
    ],
)
def test_what_leans_on_the_date_before_it(text: str, edtf: str) -> None:
    before, found = times(text, PUBLISHED)
    assert (found.edtf, found.basis) == (edtf, f"relative to anchor: {before.edtf}")


@pytest.mark.parametrize("words", ["Two days later", "The previous month", "That day"])
def test_nothing_finer_is_counted_from_a_year(words: str) -> None:
    assert times(f"It fell in 2015. {words} it rose.", PUBLISHED)[1].edtf is None


COUP = "After the February 2021 coup it rained. "


@pytest.mark.parametrize(
    ("text", "edtf", "printed", "word"),
    [
        ("In the month following the coup", "2021-03", "the month following the coup", "coup"),
        ("the month before the coup", "2021-01", "the month before the coup", "coup"),
        (
            "Two days after the takeover",
            "2021-02/2021-03",
            "Two days after the takeover",
            "takeover",
        ),
        ("a year after the coup", "2022", "a year after the coup", "coup"),
        ("just days before the coup", "2021-01/2021-02", "days before the coup", "coup"),
        ("two days after the coup of 2019", "2019/2019", "", ""),
    ],
)
def test_what_is_counted_from_a_dated_event(text: str, edtf: str, printed: str, word: str) -> None:
    found = times(COUP + text, PUBLISHED)[1]
    if printed:
        assert (found.edtf, found.text) == (edtf, printed)
        assert (found.kind, found.basis) == (Kind.DATE, f"relative to anchor: {word}")


def test_an_event_may_be_dated_from_outside() -> None:
    text = "in the week after the putsch"
    assert only(text).edtf is None or "relative to anchor" not in only(text).basis
    found = times(text, PUBLISHED, {"coup": "2021-02-01"})[0]
    assert found.edtf == "2021-02-02/2021-02-08"


def test_an_event_that_nobody_dates_leaves_a_length() -> None:
    found = only("two days after the coup")
    assert (found.kind, found.value, found.edtf) == (Kind.DURATION, "P2D", None)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("for five years", Kind.DURATION, "P5Y"),
        ("a two-year boom", Kind.DURATION, "P2Y"),
        ("a five year low", Kind.DURATION, "P5Y"),
        ("a few days", Kind.DURATION, "PXD"),
        ("a couple of years", Kind.DURATION, "P2Y"),
        ("twenty-one days", Kind.DURATION, "P21D"),
        ("the first nine months", Kind.DURATION, "P9M"),
        ("for years", Kind.DURATION, "PXY"),
        ("three hours", Kind.DURATION, "PT3H"),
        ("for a fortnight", Kind.DURATION, "P2W"),
        ("each year", Kind.SET, "P1Y"),
        ("every Tuesday", Kind.SET, "XXXX-WXX-2"),
        ("every July", Kind.SET, "XXXX-07"),
        ("$5 a year", Kind.SET, "P1Y"),
        ("daily", Kind.SET, "P1D"),
        ("now", Kind.DATE, "PRESENT_REF"),
        ("recently", Kind.DATE, "PAST_REF"),
        ("in the near future", Kind.DATE, "FUTURE_REF"),
        ("10 p.m. Wednesday", Kind.TIME, "2022-08-03T22:00"),
        ("at 9:30 on Aug. 3", Kind.TIME, "2022-08-03T9:30"),
        ("this morning", Kind.TIME, "2022-08-05TMO"),
        ("at midnight", Kind.TIME, "2022-08-05T24:00"),
        ("last week", Kind.DATE, "2022-W30"),
        ("the third quarter", Kind.DATE, "2022-Q3"),
    ],
)
def test_types_and_values_are_those_of_timeml(text: str, kind: Kind, value: str) -> None:
    found = only(text)
    assert (found.kind, found.value) == (kind, value.replace("T9:", "T09:"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date",
        "on May 34, he said",
        "on February 30",
        "May he rest",
        "Theresa May said",
        "they may 3 times",
        "soldiers march home",
        "the fall of Kabul",
        "a quarter of it",
        "three-quarters of it",
        "2022 people",
        "$1999",
        "Su-30 and 2,158",
        "two thousand troops",
        "the last day of school",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [found for found in times(text, PUBLISHED) if found.edtf] == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("on August 3", None),
        ("on August 3", "2022/.."),
        ("last month", None),
        ("on Tuesday", None),
        ("yesterday", "2022/.."),
        ("on August 3", "0001-01-01"),
        ("two thousand years ago", "0900-01-01"),
        ("in the next 9000 years", PUBLISHED),
    ],
)
def test_what_has_no_place_in_the_calendar_has_no_edtf(text: str, published: str | None) -> None:
    found = [f.edtf for f in times(text, published)]
    assert found in ([], [None], ["0001-08-03"])


@pytest.mark.parametrize(
    ("text", "modifier", "signal", "printed"),
    [
        ("since early 2021", "START", "since", "early 2021"),
        ("by the end of 2021", "END", "by", "the end of 2021"),
        ("in mid-March 2021", "MID", "in", "mid-March 2021"),
        ("for nearly two years", "LESS_THAN", "for", "nearly two years"),
        ("just over a week", "MORE_THAN", None, "just over a week"),
        ("as of August 5", None, "as of", "August 5"),
        ("prior to 2014", None, "prior to", "2014"),
        ("sanctions over its 2014 seizure", None, "over", "its 2014"),
    ],
)
def test_what_stands_before_a_date_is_kept(
    text: str, modifier: str | None, signal: str | None, printed: str
) -> None:
    found = only(text)
    assert (found.modifier, found.signal, found.text) == (modifier, signal, printed)


def test_a_range_of_publication_leaves_what_it_cannot_tell() -> None:
    within = "2022-08-05/2022-08-31"
    assert only("yesterday", within).edtf == "2022-08-04/2022-08-30"
    assert only("next year", within).edtf == "2023"
    assert only("on August 3", within).edtf == "2022-08-03"


def test_in_reports_of_a_quarter_a_year_ago_is_that_quarter() -> None:
    text = "Profit rose in the third quarter. It was lower a year ago."
    assert [found.value for found in times(text, "1989-11-02")] == ["1989-Q3", "1988-Q3"]


def test_the_first_date_is_the_first_that_has_a_place() -> None:
    when = first_date("For years, on May 34, then on June 2, 2021, it fell.", None)
    assert when is not None
    assert (when.edtf, when.text, when.basis) == ("2021-06-02", "June 2, 2021", "printed")
    assert first_date("in the past five years", PUBLISHED) is None


def test_events_that_a_text_dates_are_anchors() -> None:
    reading = read("The 2014 seizure came before the war of February 2022.", PUBLISHED)
    assert reading.anchors.of("annexation", 0) is not None
    anchor = reading.anchors.of("war", 0)
    assert anchor is not None
    assert anchor.edtf == "2022-02"


@settings(max_examples=40)
@given(st.dates(date(1000, 1, 1), date(9990, 1, 1)), st.dates(date(1000, 1, 1), date(9990, 1, 1)))
def test_a_day_without_a_year_is_near_publication(day: date, published: date) -> None:
    found = only(f"It fell on {day:%B} {day.day}.", published.isoformat())
    assert found.edtf is not None
    start = bounds(found.edtf)[0]
    assert start is not None
    assert (start.month, start.day) == (day.month, day.day)
    assert -9 * 366 < (start - published).days <= 100


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_in_full_is_read_as_it_was_written(day: date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", str(day)):
        assert [found.edtf for found in times(text)] == [day.isoformat()]


_FINER = re.compile(r"\d{4}-\d{2}-\d{2}")


@given(st.sampled_from(["last month", "next year", "in July", "two years ago", "this summer"]))
def test_no_day_is_given_that_the_text_does_not_give(text: str) -> None:
    for published in (PUBLISHED, "2022-08", "2022"):
        edtf = only(text, published).edtf
        assert edtf is not None
        assert not _FINER.search(edtf)


@given(texts, st.sampled_from([None, PUBLISHED, "2022", "2022-08-05/2022-08-31", "../2022-07"]))
def test_any_text_has_expressions_at_their_places(text: str, published: str | None) -> None:
    end = 0
    found = times(text, published)
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.edtf is None or bounds(one.edtf)
        end = one.end
    assert found == times(text, published)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_any_length_is_read(text: str) -> None:
    found = times(text, PUBLISHED)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
