import pytest

from onrecord.model import When
from onrecord.publish.dates import full_date, in_words, machine_date, when_view
from onrecord.publish.view import DateView


@pytest.mark.parametrize(
    ("edtf", "words", "machine"),
    [
        ("2022-08-03", "August 3, 2022", "2022-08-03"),
        ("2022-08", "August 2022", "2022-08"),
        ("2022", "2022", "2022"),
        ("2022-07~", "about July 2022", None),
        ("2022?", "2022 (uncertain)", None),
        ("2022-07-04%", "about July 4, 2022 (uncertain)", None),
        ("2021-02/2022-08-05", "February 2021 to August 5, 2022", None),
        ("../2022-07-28", "July 28, 2022 or earlier", None),
        ("2021-02/..", "February 2021 or later", None),
        ("2021-22", "summer 2021", None),
        ("202X", "202X", None),
        ("2021-33", "2021-33", None),
        ("2022-08-03T10:05:00Z", "August 3, 2022, 10:05 UTC", "2022-08-03"),
        ("2022-08-03T10:05:00+02:00", "August 3, 2022, 10:05 +02:00", "2022-08-03"),
        ("2022-08-03T10:05:00", "August 3, 2022, 10:05", "2022-08-03"),
    ],
)
def test_dates_in_words(edtf: str, words: str, machine: str | None) -> None:
    assert in_words(edtf) == words
    assert machine_date(edtf) == machine


def test_only_a_whole_day_is_a_full_date() -> None:
    assert full_date("2022-08-03") == full_date("2022-08-03T10:05:00Z") == "2022-08-03"
    assert [full_date(text) for text in ("2022-08", "2022-08-03~", None)] == [None] * 3


def test_the_date_of_a_text_has_its_basis_and_its_words() -> None:
    when = When(text="in March", edtf="2022-03", basis="year from publication")
    assert when_view(when) == DateView(
        "March 2022", "2022-03", "year from publication (‘in March’)"
    )
    assert when_view(When(edtf=None, basis="none given")) == DateView("undated", None, "none given")
