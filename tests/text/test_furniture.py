import pytest
from hypothesis import given

from onrecord.text.furniture import is_prose, prose
from tests.model.strategies import texts

PAGE = """Skip to content

Live

Ships Leave the Old Port
00:00 0:01:30
Loading, one moment

By Ann Roe

The last ship left the old port on Monday, the harbour office said.

Two men wave on the quay. (Ann Roe/Wire)
Two men wave on the quay. (Ann Roe/Wire)

“We shall not come back,” a sailor said

S
M
XL"""


def test_only_sentences_of_a_page_are_prose() -> None:
    assert [PAGE[start:end] for start, end in prose(PAGE)] == [
        "The last ship left the old port on Monday, the harbour office said.",
        "Two men wave on the quay. (Ann Roe/Wire)",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It rained all day.", True),
        ("“It rained all day,” he said.", True),
        ("He said “it rained all day.”", True),
        ("It rained.", False),
        ("RAIN ALL DAY LONG.", False),
        ("Share this article with friends", False),
        ("word " * 30, True),
        ("", False),
    ],
)
def test_prose_by_its_form(line: str, expected: bool) -> None:
    assert is_prose(line) is expected


@given(texts)
def test_prose_lies_in_the_text(text: str) -> None:
    last = 0
    for start, end in prose(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        last = end
