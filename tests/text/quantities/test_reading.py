import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quantities import figures
from tests.text.hostile import HOSTILE, texts


def read(text: str) -> list[tuple[float, str | None]]:
    return [(figure.quantity.value, figure.quantity.qualifier) for figure in figures(text)]


def units(text: str) -> list[str]:
    return [figure.quantity.unit for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,158 people were killed", 2158),
        ("2,158, the monitor said", 2158),
        ("a toll of 2,158.", 2158),
        ("1,234,567 refugees", 1_234_567),
        ("1,234.5 tonnes", 1234.5),
        ("42 dead", 42),
        ("3.5 per household", 3.5),
        ("zero cases", 0),
        ("Twelve companies", 12),
        ("twenty-one days", 21),
        ("NINETY-NINE", 99),
        ("five hundred troops", 500),
        ("two hundred and fifty troops", 250),
        ("three hundred fifty troops", 350),
        ("one hundred and two thousand men", 102_000),
        ("two thousand troops", 2000),
        ("2 thousand", 2000),
        ("3.5 million people", 3_500_000),
        ("one million people", 1_000_000),
        ("a dozen eggs", 12),
        ("two dozen eggs", 24),
        ("half a million men", 500_000),
        ("a quarter of a million men", 250_000),
        ("a $5-million deal", 5_000_000),
        ("(117 states)", 117),
        ("٣٤ men", 34),
        ("1,800 soldiers", 1800),
        ("2,022 people", 2022),
        ("23mm rounds", 23),
    ],
)
def test_a_figure_has_its_value(text: str, value: float) -> None:
    assert read(text) == [(pytest.approx(value), None)]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than 2,000", "more than"),
        ("More  than\n2,000", "more than"),
        ("over 2,000", "more than"),
        ("just over 2,000", "more than"),
        ("upwards of 2,000", "more than"),
        ("at least 2,000", "at least"),
        ("no fewer than 2,000", "at least"),
        ("not less than 2,000", "at least"),
        ("2,000 or more", "at least"),
        ("2,000+", "at least"),
        ("fewer than 2,000", "less than"),
        ("under 2,000", "less than"),
        ("up to 2,000", "at most"),
        ("as many as 2,000", "at most"),
        ("no more than 2,000", "at most"),
        ("not more than 2,000", "at most"),
        ("2,000 or fewer", "at most"),
        ("about two thousand", "about"),
        ("some 2,000", "about"),
        ("an estimated 2,000", "about"),
        ("nearly 2,000", "nearly"),
        ("almost two thousand", "nearly"),
        ("turnover 2,000", None),
    ],
)
def test_a_figure_has_its_qualifier(text: str, qualifier: str | None) -> None:
    assert read(text) == [(2000, qualifier)]


@pytest.mark.parametrize(
    ("text", "least", "qualifier"),
    [
        ("dozens of people", 24, "dozens"),
        ("Scores of people", 40, "scores"),
        ("hundreds were hurt", 200, "hundreds"),
        ("several hundred people", 200, "several hundred"),
        ("tens of thousands of refugees", 20_000, "tens of thousands"),
        ("hundreds of thousands of refugees", 200_000, "hundreds of thousands"),
        ("a few ships", 2, "few"),
        ("many of the ships", 3, "many"),
        ("the first flood in decades", 2, "decades"),
    ],
)
def test_words_for_numbers_are_the_least_they_mean(text: str, least: float, qualifier: str) -> None:
    assert read(text) == [(least, qualifier)]


@pytest.mark.parametrize(
    "text",
    ["test scores rose", "how many ships", "as many again", "few ships came", "in recent decades"],
)
def test_words_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 3 and 5 men", 3, 5),
        ("10-12 tanks", 10, 12),
        ("10 – 12 tanks", 10, 12),
        ("3 to 5 million men", 3e6, 5e6),
        ("two or three men", 2, 3),
        ("$300,000 to $400,000", 3e5, 4e5),
        ("$3bn-$4bn", 3e9, 4e9),
    ],
)
def test_a_range_has_both_ends(text: str, low: float, high: float) -> None:
    (figure,) = figures(text)
    assert (figure.quantity.value, figure.high) == (low, high)
    assert figure.quantity.qualifier == "between"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose from 10 to 12 men", [10, 12]),
        ("won by 52 to 48", [52, 48]),
        ("3 and 5 men", [3, 5]),
        ("from 1 to 900 men", [1, 900]),
    ],
)
def test_two_numbers_are_no_range(text: str, values: list[float]) -> None:
    assert [value for value, _ in read(text)] == values


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("75%", "%", 75),
        ("75 %", "%", 75),
        ("75 percent", "%", 75),
        ("75 Percent", "%", 75),
        ("75 per cent of the voters", "% of voter", 75),
        ("half of its members", "% of member", 50),
        ("two-thirds of seats", "% of seat", 200 / 3),
        ("a third of the water", "% of water", 100 / 3),
        ("one in five children", "%", 20),
    ],
)
def test_shares_are_per_cent_of_something(text: str, unit: str, value: float) -> None:
    (figure,) = figures(text)
    assert (figure.quantity.unit, figure.quantity.value) == (unit, pytest.approx(value))


def test_a_part_is_about_that_unless_the_text_says_otherwise() -> None:
    assert read("a third of voters")[0][1] == "about"
    assert read("more than a third of voters")[0][1] == "more than"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("$1.2 billion", "USD", 1.2e9),
        ("US$ 5m", "USD", 5e6),
        ("C$40", "CAD", 40),
        ("EUR 3m", "EUR", 3e6),
        ("€3bn", "EUR", 3e9),
        ("£90k", "GBP", 9e4),
        ("5 million dollars", "USD", 5e6),
        ("5 million Australian dollars", "AUD", 5e6),
        ("5 million pounds", "GBP", 5e6),
        ("20 pounds", "pound", 20),
        ("5 percentage points", "percentage point", 5),
        ("500kg", "kilogram", 500),
        ("3 miles", "mile", 3),
        ("20 square kilometres", "square kilometre", 20),
        ("five years", "year", 5),
    ],
)
def test_money_and_measures_have_their_unit(text: str, unit: str, value: float) -> None:
    (figure,) = figures(text)
    assert (figure.quantity.unit, figure.quantity.value) == (unit, value)
    assert figure.quantity.text == text or unit == "pound"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("19 foreign companies sold", "company"),
        ("two of six new Su-30 fighter jets", "jet"),
        ("four pro-democracy activists", "activist"),
        ("2,158 “people, and others” have been killed", "person killed"),
        ("it had executed four activists", "activist executed"),
        ("scores of people", "person"),
        ("42 dead", "person killed"),
        ("killed 12 men", "man killed"),
        ("12 were arrested", "person arrested"),
        ("1,024 deaths", "person killed"),
        ("nine of the hostages", "hostage"),
        ("ten boxes", "box"),
        ("a toll of 2,158.", ""),
        ("35 bodies lay there, and 12 men were killed", "body"),
    ],
)
def test_a_count_says_what_it_counts(text: str, unit: str) -> None:
    assert units(text)[0] == unit


def test_others_are_of_what_was_counted_before() -> None:
    assert units("It destroyed 17 houses and damaged about 40 others.") == ["house", "house"]


def test_many_of_which_are_of_what_was_counted_before() -> None:
    _, many = figures("Sanctions on 19 companies, many of which traded on.")
    assert (many.quantity.of_total, many.quantity.unit) == (19, "company")


@pytest.mark.parametrize(
    ("text", "value", "total"),
    [
        ("117 of the 193 members", 117, 193),
        ("3 out of 5", 3, 5),
        ("two of twelve", 2, 12),
        ("3 of 12 million", 3, 12_000_000),
        ("5 of them", 5, None),
    ],
)
def test_a_figure_has_its_total(text: str, value: float, total: float | None) -> None:
    found = [(f.quantity.value, f.quantity.of_total) for f in figures(text)]
    assert found == [(value, total)]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("As of August 5, 2,158 had died.", "2022-08-05"),
        ("By Monday 61 people had died.", "2022-08-15"),
        ("61 people had died by August 5.", "2022-08-05"),
        ("On August 5, 61 people died.", None),
        ("That was as of August 5. Then 61 died.", None),
    ],
)
def test_a_figure_has_the_day_for_which_it_holds(text: str, as_of: str | None) -> None:
    assert [f.quantity.as_of for f in figures(text, "2022-08-20")] == [as_of]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Su-30 and Su-35 jets",
        "MiG-29s",
        "an F16",
        "in 2021",
        "since 1999, and until 2022",
        "August 3, 2022",
        "3 August 2022",
        "on August 3",
        "Aug. 3",
        "August 2022",
        "2022-08-05",
        "2022-08",
        "2022/23",
        "a 60-year-old",
        "the 1,000-strong force",
        "March 15-20",
        "at 12:30",
        "version 1.2.3",
        "10,00",
        "1,0000",
        "one man",
        "No one said",
        "someone, often",
        "the 3rd",
        "½",
        "http://example.org/2022/08",
        "He read chapter 3 of it",
        "under Resolution 2758",
        "A Boeing 737 crashed",
        "three weeks ago",
    ],
)
def test_dates_designators_articles_and_names_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("text", ["one per cent", "at least one man", "one thousand men"])
def test_one_is_a_figure_where_it_is_counted(text: str) -> None:
    assert len(figures(text)) == 1


def test_figures_come_in_order_at_their_places() -> None:
    text = "At least 2,158 people and some 30 banks 😀 in two villages in 2021."
    found = figures(text)
    assert [f.quantity.value for f in found] == [2158, 30, 2]
    assert [text[f.start : f.end] for f in found] == ["At least 2,158", "some 30", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400 + " men",
        "1" * 308 + " trillion",
        "3 of " + "9" * 400,
        "$" + "9" * 305 + "bn",
        "\x00\u202e7\ufeff",
        "\ud800 7 men",
    ],
)
def test_numbers_that_cannot_be_counted_do_no_harm(text: str) -> None:
    assert all(math.isfinite(f.quantity.value) for f in figures(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_any_length_is_read(text: str) -> None:
    end = 0
    for figure in figures(text, "2022-08-05"):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ſix men", (6, None)),
        ("sıx men", (6, None)),
        ("5 thouſand", (5000, None)),
        ("leſs than 5", (5, "less than")),
    ],
)
def test_letters_that_only_look_like_others_change_no_figure(
    text: str, expected: tuple[float, str | None]
) -> None:
    assert read(text) == [expected]


@given(texts)
def test_any_text_has_figures_at_their_places(text: str) -> None:
    end = 0
    found = figures(text, "2022-08-05")
    for figure in found:
        assert end <= figure.start < figure.end <= len(text)
        assert figure.quantity.text == text[figure.start : figure.end]
        end = figure.end
    assert found == figures(text, "2022-08-05")


@given(st.integers(0, 10**12))
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    assert read(f"at least {number:,} people") == [(number, "at least")]
