import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evidence.captions import captions
from tests.model.strategies import texts


@pytest.mark.parametrize(
    ("credit", "maker", "agency", "handed_out"),
    [
        ("(Ann Roe/Wire)", "Ann Roe", "Wire", False),
        ("(Photo by Ann Roe/Wire)", "Ann Roe", "Wire", False),
        ("(Photo by Ann Roe)", "Ann Roe", None, False),
        ("(ABC Photo/Ann Roe)", "Ann Roe", "ABC", False),
        ("(Ministry of Defence/via Wire)", "Ministry of Defence", "Wire", True),
        ("(Ministry of Defence handout via Wire)", "Ministry of Defence", "Wire", True),
        ("(Courtesy of the Navy)", "Navy", None, False),
    ],
)
def test_who_took_it_and_who_brought_it(
    credit: str, maker: str, agency: str | None, handed_out: bool
) -> None:
    text = f"It rained.\nTwo men wave. {credit}\nIt snowed."
    (found,) = captions(text)
    assert text[slice(*found.text)] == "Two men wave. "
    assert text[slice(*found.credit)] == credit
    assert text[slice(*found.maker)] == maker
    assert (text[slice(*found.agency)] if found.agency else None) == agency
    assert found.handed_out is handed_out


@pytest.mark.parametrize(
    "text",
    [
        "Two men wave (Ann Roe/Wire) on the quay.",
        "The president (in office since May)",
        "(Ann Roe/Wire)",
        "Two men wave. (see page 3/4)",
    ],
)
def test_other_brackets_are_no_credits(text: str) -> None:
    assert captions(text) == ()


@given(
    texts
    | st.lists(st.sampled_from(["(A", "B", "/", ")", "via ", "\n", " "]), max_size=30).map("".join)
)
def test_captions_lie_in_the_text(text: str) -> None:
    for found in captions(text):
        assert 0 <= found.text[0] < found.text[1] <= found.credit[0] < found.credit[1] <= len(text)
        assert found.credit[0] < found.maker[0] < found.maker[1] < found.credit[1]


@pytest.mark.parametrize("text", ["(A/" * 20_000, "(Photo by " * 9_000, "a(" * 20_000])
def test_hostile_brackets_do_no_harm(text: str) -> None:
    assert captions(text) == ()
