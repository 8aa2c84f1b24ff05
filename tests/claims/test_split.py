import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims import not_checkable, split
from onrecord.model import Claim, Claimant, ClaimPart, Segment, SegmentKind
from tests.model.strategies import some_texts


def claim(text: str, parts: tuple[ClaimPart, ...] = ()) -> Claim:
    return Claim(
        id="c1",
        quote=(Segment(kind=SegmentKind.VERBATIM, text=text),),
        claimant=Claimant(name="Maria Zakharova"),
        made_on="2022-08-03",
        parts=parts,
    )


def texts(text: str) -> list[str]:
    return [part.text for part in split(claim(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Russia brings cooperation, peace, and stability to the region. Russia operates on "
            "the basis of international law, mutual respect and the mutual consideration of "
            "interests.",
            [
                "Russia brings cooperation to the region.",
                "Russia brings peace to the region.",
                "Russia brings stability to the region.",
                "Russia operates on the basis of international law.",
                "Russia operates on the basis of mutual respect.",
                "Russia operates on the basis of the mutual consideration of interests.",
            ],
        ),
        (
            "The army has burned villages; it denies this.",
            ["The army has burned villages", "it denies this."],
        ),
        ("It rained. It rained.", ["It rained."]),
        ("It rained; ; !", ["It rained"]),
    ],
)
def test_a_claim_falls_into_what_it_asserts(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russia brings peace and stability to the region.",
        "Russia, China and Iran supplied weapons to Myanmar.",
        "He visited Moscow, Beijing and Tehran in July.",
        "More than 2,158 people were killed, U.N. experts said.",
        "In 2021, he moved to Paris, and he died there.",
        "peace",
        "½",
    ],
)
def test_what_is_no_list_of_things_stays_whole(text: str) -> None:
    assert texts(text) == [text]


def test_editorial_words_and_omissions_do_not_hinder() -> None:
    kinds = SegmentKind
    quote = [
        (kinds.VERBATIM, "Russia brings cooperation, peace, "),
        (kinds.INSERTION, "[and]"),
        (kinds.VERBATIM, " stability to the region"),
        (kinds.ELLIPSIS, "[...]"),
    ]
    said = Claim(
        id="c1",
        quote=tuple(Segment(kind=kind, text=text) for kind, text in quote),
        claimant=Claimant(name="N"),
        made_on="2022",
    )
    assert len(split(said)) == 3


def test_a_persons_own_parts_are_kept() -> None:
    parts = (ClaimPart(id="mine", text="Russia, it is said, brings peace; order."),)
    assert split(claim("Anything else.", parts)) == parts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We love peace.", "opinion"),
        ("It is the greatest country.", "opinion"),
        ("I think that it rained.", "opinion"),
        ("In my view it rained.", "opinion"),
        ("It will rain.", "prediction"),
        ("Prices are going to fall.", "prediction"),
        ("Russia should leave.", "advice"),
        ("They must not be armed.", "advice"),
        ("It rained.", None),
        ("Against the will of the people he stayed.", None),
        ("Will Smith was arrested.", None),
        ("Wills were read in Glovebury.", None),
        ("He musters men.", None),
    ],
)
def test_what_no_record_can_decide_says_why(text: str, reason: str | None) -> None:
    assert not_checkable(text) == reason
    assert [part.not_checkable for part in split(claim(text))] == [reason]


@settings(deadline=None)
@given(
    some_texts.map(lambda text: text + "a")
    | st.from_regex(r"\A([a-zA-Z]{1,5}[ ,;.!?]{1,2}(and )?){1,8}[a-z]\Z")
)
def test_any_text_with_letters_has_parts_with_ids_of_their_own(text: str) -> None:
    parts = split(claim(text))
    assert parts
    assert len({part.id for part in parts}) == len(parts)
    assert len({part.text for part in parts}) == len(parts)


@pytest.mark.parametrize(
    "text", ["a, " * 2000 + "b", "x; " * 2000, "and , and " * 1000, "a,   b,   " * 500, "a " * 9000]
)
def test_hostile_lists_do_no_harm(text: str) -> None:
    assert split(claim(text))
