import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quantities.pieces import Pieces
from tests.text.hostile import texts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("twenty-one", 21),
        ("two hundred and fifty thousand", 250_000),
        ("one hundred and two thousand", 102_000),
        ("a dozen", 12),
        ("half a million", 500_000),
        ("3-million", 3_000_000),
    ],
)
def test_a_number_has_its_value(text: str, value: float) -> None:
    number = Pieces(text).number(0)
    assert number is not None
    assert (number.value, number.end) == (value, len(Pieces(text)))


@pytest.mark.parametrize("text", ["a man", "half of", "1,0000", "10,00", "1.2.3", "12:30", "jets"])
def test_what_is_no_number(text: str) -> None:
    assert Pieces(text).number(0) is None


def test_what_goes_on_a_word_is_no_number() -> None:
    assert Pieces("Su-30").number(2) is None
    assert Pieces("10-12").number(2) is None
    assert Pieces("10-12").number(2, joined=True) is not None


@pytest.mark.parametrize(
    ("text", "expected"), [("3rd", True), ("60-year", True), ("2/n", True), ("3 men", False)]
)
def test_a_word_may_go_on_behind_a_number(text: str, expected: bool) -> None:
    assert Pieces(text).cut_off(1) is expected


@given(texts, st.integers(-3, 70))
def test_pieces_stand_in_the_text(text: str, rank: int) -> None:
    pieces = Pieces(text)
    for place, (start, end) in enumerate(pieces.spans):
        assert pieces.printed(place) == text[start:end]
    number = pieces.number(rank)
    assert number is None or rank < number.end <= len(pieces)
    assert pieces.at(rank) == "" or 0 <= rank < len(pieces)
