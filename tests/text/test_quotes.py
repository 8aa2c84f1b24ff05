import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotes import LONGEST, quotations

MARKS = "“ ” \" '' ' ‘ ’ « » „ `` a , . \n \n\n it’s dogs'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “it rains” today.", ["“it rains”"]),
        ('He said "it rains" today.', ['"it rains"']),
        ("He said ''it rains'' today.", ["''it rains''"]),
        ("Er sagt «es regnet» und „nein“.", ["«es regnet»", "„nein“"]),
        ('“Peace, [and] order," he said.', ['“Peace, [and] order,"']),
        ("She read ‘it rains’ aloud.", ["‘it rains’"]),
        ("She read 'it rains' aloud.", ["'it rains'"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("It’s the dogs’ day, don't they’ll?", []),
        ("Rock ’n’ roll of the ’90s and 'til '08", []),
        ('A 5" gun and a 6" gun', []),
        ("stray ” marks “ here", []),
        ("“never closed", []),
        ('""', []),
        ("", []),
    ],
)
def test_what_is_quoted(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == expected


def test_a_quotation_goes_on_where_the_next_paragraph_opens_one() -> None:
    text = "“It rained.\n\n“And it snowed,” he said."
    first, second = quotations(text)
    assert text[slice(*first.inner)] == "It rained."
    assert (first.goes_on, second.goes_on) == (True, False)
    assert text[second.start : second.end] == "“And it snowed,”"


def test_a_stray_mark_does_not_swallow_what_follows() -> None:
    text = "“It rained.\n\nHe said “no” then."
    assert [text[q.start : q.end] for q in quotations(text)] == ["“no”"]


def test_a_quotation_without_end_is_none() -> None:
    assert quotations("“" + "a" * (LONGEST + 1) + "”") == ()


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
    | st.lists(st.sampled_from(MARKS.split(" ")), max_size=30).map("".join)
    | st.lists(st.sampled_from(MARKS.split(" ")), max_size=30).map(" ".join)
)
def test_quotations_lie_in_order_within_the_text(text: str) -> None:
    last = 0
    for quotation in quotations(text):
        inner_start, inner_end = quotation.inner
        assert last <= quotation.start < inner_start < inner_end <= quotation.end <= len(text)
        last = quotation.end


@pytest.mark.parametrize("text", ['"a ' * 30_000, "“a " * 30_000, "'' " * 30_000, "“a\n\n" * 9_000])
def test_hostile_marks_do_no_harm(text: str) -> None:
    assert isinstance(quotations(text), tuple)
