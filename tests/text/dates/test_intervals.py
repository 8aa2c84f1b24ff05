import pytest

from onrecord.text.dates import between, bounded, first_of, last_of


@pytest.mark.parametrize(
    ("signal", "edtf", "expected"),
    [
        ("since", "2014", "2014/.."),
        ("after", "2022-08-01/2022-08-05", "2022-08-01/.."),
        ("by", "2022-08-05", "../2022-08-05"),
        ("until", "2022-08-01/2022-08-05", "../2022-08-05"),
        ("in", "2014", "2014"),
        (None, "2014", "2014"),
        ("since", "../2014", "../2014"),
    ],
)
def test_a_date_is_bounded_by_the_word_before_it(
    signal: str | None, edtf: str, expected: str
) -> None:
    assert bounded(signal, edtf) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014", "2016-05", "2014/2016-05"),
        ("2022-08-01/2022-08-05", "2022-09-01/2022-09-03", "2022-08-01/2022-09-03"),
        ("2016", "2014", "2016"),
    ],
)
def test_between_two_dates(first: str, last: str, expected: str) -> None:
    assert between(first, last) == expected


def test_the_ends_of_an_interval() -> None:
    assert (first_of("2014/2016"), last_of("2014/2016")) == ("2014", "2016")
    assert (first_of("2014"), last_of("2014")) == ("2014", "2014")
