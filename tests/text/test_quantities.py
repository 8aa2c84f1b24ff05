import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Quantity
from onrecord.text.quantities import Comparison, bounds_of, compare, figures

QUALIFIERS = [None, "more than", "at least", "less than", "at most", "about"]
WITHIN, OUTSIDE, OPEN = Comparison.WITHIN, Comparison.OUTSIDE, Comparison.OPEN


def quantity(value: float, qualifier: str | None = None) -> Quantity:
    return Quantity(value=value, unit="person", text=str(value), qualifier=qualifier)


def read(text: str) -> list[tuple[float, str | None]]:
    return [(figure.quantity.value, figure.quantity.qualifier) for figure in figures(text)]


quantities = st.builds(
    quantity, st.integers(-(10**9), 10**9).map(float), st.sampled_from(QUALIFIERS)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,158 people were killed", 2158),
        ("2,158, the AAPP said", 2158),
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
        ("2 thousand", 2000),
        ("3.5 million people", 3_500_000),
        ("one million people", 1_000_000),
        ("$5 million", 5_000_000),
        ("€1.2 billion", 1.2e9),
        ("(117 states)", 117),
        ("٣٤ men", 34),
        ("1,800 soldiers", 1800),
        ("2,022 people", 2022),
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
        ("upwards of 2,000", "more than"),
        ("at least 2,000", "at least"),
        ("no fewer than 2,000", "at least"),
        ("not less than 2,000", "at least"),
        ("fewer than 2,000", "less than"),
        ("under 2,000", "less than"),
        ("up to 2,000", "at most"),
        ("no more than 2,000", "at most"),
        ("not more than 2,000", "at most"),
        ("about two thousand", "about"),
        ("some 2,000", "about"),
        ("nearly 2,000", "about"),
        ("turnover 2,000", None),
    ],
)
def test_a_figure_has_its_qualifier(text: str, qualifier: str | None) -> None:
    assert read(text) == [(2000, qualifier)]


@pytest.mark.parametrize(
    "text", ["75%", "75 %", "75 per cent of voters", "75 percent", "75 Percent"]
)
def test_percentages_have_their_unit(text: str) -> None:
    assert [f.quantity.unit for f in figures(text)] == ["%"]


def test_percentage_points_are_no_percentages() -> None:
    assert figures("5 percentage points")[0].quantity.unit != "%"


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
    "text",
    [
        "",
        "Su-30 and Su-35 jets",
        "MiG-29s",
        "23mm rounds",
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
        "two-thirds",
        "½",
        "http://example.org/2022/08",
    ],
)
def test_dates_years_designators_and_articles_are_no_figures(text: str) -> None:
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
        "at most " * 3000 + "five",
        "one-" * 3000,
        "1," + "000," * 3000,
        "2 of " * 3000,
        " " * 20_000 + "7",
        "\x00\u202e7\ufeff",
    ],
)
def test_hostile_figures_do_no_harm(text: str) -> None:
    assert all(math.isfinite(f.quantity.value) for f in figures(text))


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


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.from_regex(r"[ -~]{0,40}")
)
def test_any_text_has_figures_at_their_places(text: str) -> None:
    end = 0
    for figure in figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert figure.quantity.text == text[figure.start : figure.end].strip()
        end = figure.end


@given(st.integers(0, 10**12))
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    assert read(f"at least {number:,} people") == [(number, "at least")]


@pytest.mark.parametrize(
    ("claimed", "given", "expected"),
    [
        (quantity(2000, "more than"), quantity(2158), WITHIN),
        (quantity(3000, "more than"), quantity(2158), OUTSIDE),
        (quantity(2000, "more than"), quantity(2000), OUTSIDE),
        (quantity(2000, "at least"), quantity(2000), WITHIN),
        (quantity(2000, "at least"), quantity(2000, "more than"), WITHIN),
        (quantity(2000, "more than"), quantity(2000, "at least"), OPEN),
        (quantity(2000, "more than"), quantity(2100, "at least"), WITHIN),
        (quantity(3000, "more than"), quantity(2158, "at least"), OPEN),
        (quantity(2000), quantity(2003), OUTSIDE),
        (quantity(2000), quantity(2000), WITHIN),
        (quantity(2000), quantity(2000, "about"), OPEN),
        (quantity(2000, "about"), quantity(2158), WITHIN),
        (quantity(2000, "about"), quantity(2200), WITHIN),
        (quantity(2000, "about"), quantity(2201), OUTSIDE),
        (quantity(2000, "about"), quantity(2158, "about"), OPEN),
        (quantity(10, "less than"), quantity(10), OUTSIDE),
        (quantity(10, "less than"), quantity(9), WITHIN),
        (quantity(10, "at most"), quantity(10), WITHIN),
        (quantity(10, "at most"), quantity(10, "less than"), WITHIN),
        (quantity(10, "at most"), quantity(11, "at least"), OUTSIDE),
        (quantity(-10, "about"), quantity(-10), WITHIN),
        (quantity(0, "about"), quantity(1), OUTSIDE),
        (quantity(0.3), quantity(0.1 + 0.2), OUTSIDE),
    ],
)
def test_figures_are_compared_as_numbers(
    claimed: Quantity, given: Quantity, expected: Comparison
) -> None:
    assert compare(claimed, given) is expected


@given(quantities)
def test_a_figure_bears_itself_out(one: Quantity) -> None:
    assert compare(one, one) is WITHIN


@given(quantities, quantities, st.integers(-(10**9), 10**9))
def test_within_and_outside_mean_what_they_say(
    claimed: Quantity, other: Quantity, number: int
) -> None:
    low, high = bounds_of(claimed)
    given_low, given_high = bounds_of(other)
    if not given_low <= number <= given_high:
        return
    outcome = compare(claimed, other)
    assert outcome is not WITHIN or low <= number <= high
    assert outcome is not OUTSIDE or not low <= number <= high


@given(quantities, quantities)
def test_ranges_that_do_not_meet_are_outside_of_each_other(one: Quantity, other: Quantity) -> None:
    assert (compare(one, other) is OUTSIDE) == (compare(other, one) is OUTSIDE)
