import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims import queries
from onrecord.claims.queries import CONTRARIES


def test_a_part_is_asked_for_in_its_own_words() -> None:
    assert queries("Six jets landed.", None) == ("Six jets landed.",)


def test_context_is_added() -> None:
    assert queries("Six jets landed.", "Visit to Myanmar") == (
        "Six jets landed.",
        "Six jets landed. Visit to Myanmar",
    )


@pytest.mark.parametrize(
    ("part", "context", "contrary"),
    [
        ("Russia brings Peace.", None, f"Russia brings {CONTRARIES['peace']}"),
        ("Russia brings peace.", "Myanmar", f"Russia brings {CONTRARIES['peace']} Myanmar"),
        (
            "It denied, supported it.",
            None,
            f"It denied, {CONTRARIES['denied']} {CONTRARIES['supported']}",
        ),
    ],
)
def test_the_contrary_is_asked_for_too(part: str, context: str | None, contrary: str) -> None:
    assert queries(part, context)[-1] == contrary


def test_a_longer_word_has_no_contrary_of_a_shorter() -> None:
    assert queries("Lawyers met.", None) == ("Lawyers met.",)


@given(st.text(min_size=1), st.none() | st.text())
def test_queries_are_distinct_and_begin_with_the_part(part: str, context: str | None) -> None:
    asked = queries(part, context)
    assert asked[0] == part
    assert len(set(asked)) == len(asked)
