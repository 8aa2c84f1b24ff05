import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Quantity
from onrecord.text.quantities import (
    Compared,
    Comparison,
    Figure,
    Relation,
    alike,
    bounds_of,
    compare,
    figures,
)

QUALIFIERS = [None, "more than", "at least", "less than", "at most", "about", "nearly"]
WITHIN, OUTSIDE, OPEN = Comparison.WITHIN, Comparison.OUTSIDE, Comparison.OPEN


def figure(
    value: float,
    qualifier: str | None = None,
    *,
    unit: str = "person killed",
    high: float | None = None,
    as_of: str | None = None,
) -> Figure:
    text = f"{value:g}"
    quantity = Quantity(value=value, unit=unit, text=text, qualifier=qualifier, as_of=as_of)
    return Figure(0, len(text), quantity, high)


def said(claim: str, evidence: str) -> Compared:
    """The first figures of both held against each other."""
    return compare(figures(claim)[0], figures(evidence)[0])


some_figures = st.builds(
    figure, st.integers(-(10**9), 10**9).map(float), st.sampled_from(QUALIFIERS)
)


@pytest.mark.parametrize(
    ("claimed", "given", "expected"),
    [
        (figure(2000, "more than"), figure(2158), WITHIN),
        (figure(3000, "more than"), figure(2158), OUTSIDE),
        (figure(2000, "more than"), figure(2000), OUTSIDE),
        (figure(2000, "at least"), figure(2000), WITHIN),
        (figure(2000, "at least"), figure(2000, "more than"), WITHIN),
        (figure(2000, "more than"), figure(2000, "at least"), OPEN),
        (figure(2000, "more than"), figure(2100, "at least"), WITHIN),
        (figure(3000, "more than"), figure(2158, "at least"), OPEN),
        (figure(2000), figure(2003), OUTSIDE),
        (figure(2000), figure(2000), WITHIN),
        (figure(2000), figure(2000, "about"), OPEN),
        (figure(2000, "about"), figure(2158), WITHIN),
        (figure(2000, "about"), figure(2200), WITHIN),
        (figure(2000, "about"), figure(2201), OUTSIDE),
        (figure(2000, "about"), figure(2158, "about"), OPEN),
        (figure(2000, "nearly"), figure(1958), WITHIN),
        (figure(2000, "nearly"), figure(2000), OUTSIDE),
        (figure(10, "less than"), figure(10), OUTSIDE),
        (figure(10, "less than"), figure(9), WITHIN),
        (figure(10, "at most"), figure(10), WITHIN),
        (figure(10, "at most"), figure(10, "less than"), WITHIN),
        (figure(10, "at most"), figure(11, "at least"), OUTSIDE),
        (figure(10, "between", high=12), figure(11), WITHIN),
        (figure(10, "between", high=12), figure(12), WITHIN),
        (figure(10, "between", high=12), figure(13), OUTSIDE),
        (figure(10, "between", high=12), figure(12, "at least"), OPEN),
        (figure(10, "more than"), figure(11, "between", high=12), WITHIN),
        (figure(24, "dozens"), figure(34), WITHIN),
        (figure(24, "dozens"), figure(3), OUTSIDE),
        (figure(-10, "about"), figure(-10), WITHIN),
        (figure(0, "about"), figure(1), OUTSIDE),
        (figure(0.3), figure(0.1 + 0.2), OUTSIDE),
    ],
)
def test_figures_are_compared_as_numbers(
    claimed: Figure, given: Figure, expected: Comparison
) -> None:
    assert compare(claimed, given).comparison is expected


@pytest.mark.parametrize(
    ("claim", "evidence", "relation", "words"),
    [
        ("more than 2,000 men", "2,158 men", "more", "2,158 is more than 2,000, by 158"),
        ("more than 3,000 men", "2,158 men", "less", "2,158 is less than 3,000, by 842"),
        ("2,000 men", "2,000 men", "equal", "2,000 equals 2,000"),
        ("10 to 12 men", "11 men", "within", "11 lies within 10 to 12"),
        ("10 to 12 men", "15 men", "more", "15 is more than 12, by 3"),
        ("10 to 12 men", "7 men", "less", "7 is less than 10, by 3"),
        ("75%", "80%", "more", "80% is more than 75%, by 5"),
        ("at least 9 men", "at least 9 men", "more", "at least 9 is no less than 9"),
        ("up to 9 men", "up to 9 men", "less", "up to 9 is no more than 9"),
        (
            "more than 9 men",
            "at least 5 men",
            "overlapping",
            "at least 5 may or may not be more than 9",
        ),
        ("a third of seats", "two of six seats", "within", "two of six (33.33%) lies within"),
        ("more than $3 million", "$3.5m", "more", "$3.5m is more than 3,000,000, by 500,000"),
    ],
)
def test_the_arithmetic_is_printed(claim: str, evidence: str, relation: str, words: str) -> None:
    compared = said(claim, evidence)
    assert compared.relation == relation
    assert compared.arithmetic.startswith(words)


@pytest.mark.parametrize(
    ("claim", "evidence", "words"),
    [
        ("2,000 people were killed", "2,158 people were arrested", "person arrested is not"),
        ("$2 million", "2 million men", "man is not USD"),
        ("$2 million", "€2 million", "EUR is not USD"),
        ("75% of voters", "75 voters", "voter is not % of voter"),
        ("5 km", "5 kg", "kilogram is not kilometre"),
        ("many men", "5 men", "'many' is no number"),
    ],
)
def test_figures_of_different_things_are_not_compared(
    claim: str, evidence: str, words: str
) -> None:
    compared = said(claim, evidence)
    assert (compared.relation, compared.comparison) == (Relation.NOT_COMPARABLE, OPEN)
    assert words in compared.arithmetic


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("5 miles", "8 km", WITHIN),
        ("5 miles", "20 km", OUTSIDE),
        ("more than 5 km", "4 miles", WITHIN),
        ("2 years", "24 months", WITHIN),
        ("less than 1 tonne", "900 kg", WITHIN),
    ],
)
def test_measures_are_compared_across_units(
    claim: str, evidence: str, expected: Comparison
) -> None:
    assert said(claim, evidence).comparison is expected


def test_what_was_converted_is_shown() -> None:
    words = said("5 miles", "20 km").arithmetic
    assert words == "20 km is more than 5.50 mile (20 km is 12.43 mile)"


MAY, JULY = "2022-05-01", "2022-07-01"


@pytest.mark.parametrize(
    ("claimed", "given", "expected"),
    [
        (figure(2000, "at least", as_of=JULY), figure(2158, as_of=MAY), WITHIN),
        (figure(3000, "at least", as_of=JULY), figure(2158, as_of=MAY), OPEN),
        (figure(2000, as_of=JULY), figure(2158, as_of=MAY), OUTSIDE),
        (figure(2000, "at least", as_of=MAY), figure(2158, as_of=JULY), OPEN),
        (figure(2000, "at least", as_of=MAY), figure(1900, as_of=JULY), OUTSIDE),
        (figure(2000, "at most", as_of=MAY), figure(1900, as_of=JULY), WITHIN),
        (figure(2000, as_of=MAY), figure(2000, as_of=MAY), WITHIN),
        (figure(2000, as_of="2022"), figure(2000, as_of=MAY), WITHIN),
        (figure(2000, as_of=JULY), figure(2000), WITHIN),
    ],
)
def test_a_count_that_cannot_fall_bounds_other_days(
    claimed: Figure, given: Figure, expected: Comparison
) -> None:
    assert compare(claimed, given).comparison is expected


def test_a_count_that_can_fall_says_nothing_of_other_days() -> None:
    claimed = figure(2000, "at least", unit="prisoner", as_of=JULY)
    compared = compare(claimed, figure(2158, unit="prisoner", as_of=MAY))
    assert compared.relation is Relation.NOT_COMPARABLE
    assert compared.arithmetic.endswith(f"it is for {MAY}, not for {JULY}")


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("12 men", "3 villages", True),
        ("12 men killed", "3 men were arrested", True),
        ("$5", "€5", True),
        ("5 km", "3 miles", True),
        ("a third of seats", "two of six seats", True),
        ("12 men", "5%", False),
        ("12 men", "$5", False),
        ("12 men", "many men", False),
        ("two of six seats", "a third of seats", False),
    ],
)
def test_figures_of_one_kind_are_alike(claim: str, evidence: str, expected: bool) -> None:
    assert alike(figures(claim)[0], figures(evidence)[0]) is expected


@given(some_figures)
def test_a_figure_bears_itself_out(one: Figure) -> None:
    assert compare(one, one).comparison is WITHIN


@given(some_figures, some_figures, st.integers(-(10**9), 10**9))
def test_within_and_outside_mean_what_they_say(claimed: Figure, other: Figure, number: int) -> None:
    low, high = bounds_of(claimed)
    given_low, given_high = bounds_of(other)
    if not given_low <= number <= given_high:
        return
    outcome = compare(claimed, other).comparison
    assert outcome is not WITHIN or low <= number <= high
    assert outcome is not OUTSIDE or not low <= number <= high


@given(some_figures, some_figures)
def test_ranges_that_do_not_meet_are_outside_of_each_other(one: Figure, other: Figure) -> None:
    first, second = compare(one, other), compare(other, one)
    assert (first.comparison is OUTSIDE) == (second.comparison is OUTSIDE)


@given(some_figures, some_figures)
def test_more_and_less_are_what_numbers_are(claimed: Figure, other: Figure) -> None:
    low, high = bounds_of(other)
    match compare(claimed, other).relation:
        case Relation.MORE:
            assert low >= claimed.quantity.value or low > bounds_of(claimed)[1]
        case Relation.LESS:
            assert high <= claimed.quantity.value or high < bounds_of(claimed)[0]
        case Relation.EQUAL:
            assert low == high == claimed.quantity.value


@given(some_figures)
def test_bounds_hold_the_number_or_exclude_it_at_an_end(one: Figure) -> None:
    low, high = bounds_of(one)
    assert low <= high
    assert math.isinf(low) or math.isinf(high) or low <= one.quantity.value
