import pytest
from hypothesis import given
from pydantic import ValidationError

from onrecord.model import Claim, Claimant, ClaimPart, Segment, SegmentKind, claim_id
from tests.model import strategies as nouns

V, IN, E, T = (
    SegmentKind.VERBATIM,
    SegmentKind.INSERTION,
    SegmentKind.ELLIPSIS,
    SegmentKind.TRANSLATION,
)


def claim(*quote: tuple[SegmentKind, str], parts: tuple[ClaimPart, ...] = ()) -> Claim:
    return Claim(
        id="c1",
        quote=tuple(Segment(kind=kind, text=text) for kind, text in quote),
        claimant=Claimant(name="Maria Zakharova"),
        made_on="2022-08-03",
        parts=parts,
    )


@pytest.mark.parametrize(
    ("quote", "text", "printed"),
    [
        ([(V, "Peace.")], "Peace.", "Peace."),
        (
            [(V, "peace, "), (IN, "[and]"), (V, " stability")],
            "peace, and stability",
            "peace, [and] stability",
        ),
        ([(V, "He came "), (E, "[...]"), (V, " and left.")], "He came and left.", None),
        ([(V, "He came"), (E, "[...]"), (V, "and left.")], "He came and left.", None),
        ([(V, "He came"), (E, "…"), (V, "and left"), (E, "...")], "He came and left", None),
        ([(E, "… "), (V, "peace")], "peace", "… peace"),
        ([(T, "мир,"), (V, "\n\n peace")], "мир, peace", None),
        ([(V, "a[0] is "), (IN, "[the first]")], "a[0] is the first", None),
        ([(IN, "[[Russia]]"), (V, " brings peace")], "Russia brings peace", None),
    ],
)
def test_text_is_the_quotation_in_plain_words(
    quote: list[tuple[SegmentKind, str]], text: str, printed: str | None
) -> None:
    said = claim(*quote)
    assert said.text == text
    assert said.printed == (printed or "".join(words for _, words in quote))


@given(nouns.claims)
def test_text_has_no_space_to_spare_and_always_words(said: Claim) -> None:
    assert said.text == " ".join(said.text.split())
    assert any(character.isalnum() for character in said.text)


@pytest.mark.parametrize(
    "quote", [[], [(V, "")], [(V, "... !?")], [(E, "words left out")], [(IN, "[]"), (V, "\u200b")]]
)
def test_a_quotation_without_words_is_refused(quote: list[tuple[SegmentKind, str]]) -> None:
    with pytest.raises(ValidationError):
        claim(*quote)


def test_parts_may_not_share_an_id() -> None:
    part = ClaimPart(id="p1", text="Russia brings peace.")
    with pytest.raises(ValidationError, match="share an id"):
        claim((V, "Russia"), parts=(part, part))


def test_a_claimant_needs_a_name() -> None:
    with pytest.raises(ValidationError, match="name"):
        Claimant(name="")


def test_a_part_says_whether_it_can_be_checked() -> None:
    assert ClaimPart(id="p1", text="It rained.").checkable
    assert not ClaimPart(id="p1", text="It is nice.", not_checkable="opinion").checkable


def test_claim_id_is_of_what_was_said_by_whom_and_when() -> None:
    same = claim_id("Peace.", "Maria Zakharova", "2022-08-03")
    assert same == claim_id("Peace.", "Maria Zakharova", "2022-08-03")
    others = {
        claim_id("Peace!", "Maria Zakharova", "2022-08-03"),
        claim_id("Peace.", "Sergey Lavrov", "2022-08-03"),
        claim_id("Peace.", "Maria Zakharova", "2022-08-04"),
    }
    assert len({same, *others}) == 4
    assert same.startswith("c-")
    assert len(same) == 14
