import pytest
from hypothesis import given

from onrecord.text.dates.words import cut, fold
from tests.text.hostile import texts


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Nov. 6, 1989", "MONTH N12 COMMA YEAR"),
        ("the 1980s", "THE DECADE"),
        ("the '80s", "THE DECADE"),
        ("of '89", "OF SHORT"),
        ("10 p.m.", "N12 MERIDIEM"),
        ("9:30", "CLOCK"),
        ("2022-08-05", "ISO"),
        ("the 3rd", "THE ORDINAL"),
        ("2,158", "FIGURE"),
        ("$1999", "OTHER FIGURE"),
        ("F16", "OTHER FIGURE"),
        ("1999 people", "FIGURE OTHER"),
        ("last year's", "LAST UNIT OWNER"),
        ("in May", "IN MONTH"),
        ("they may", "OTHER OTHER"),
        ("a may 3", "AN OTHER N12"),
        ("this fall", "THIS SEASON"),
        ("prices fall", "OTHER OTHER"),
        ("sat. down", "OTHER OTHER"),
        ("Sat. night", "WEEKDAY PART"),
    ],
)
def test_words_are_of_kinds(text: str, kinds: str) -> None:
    words = cut(text)
    assert [words.kind(rank) for rank in range(len(words))] == kinds.split()


@given(texts)
def test_words_stand_in_the_text(text: str) -> None:
    words = cut(text)
    assert len(words.spans) == len(words.lower) == len(words.values) == len(words.symbols)
    for rank, (start, end) in enumerate(words.spans):
        assert words.lower[rank] == fold(text[start:end])
    assert words.at(-1) == words.at(len(words)) == ""


@given(texts)
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)
