import re

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


def test_parts_that_can_be_checked_stand_beside_those_that_cannot() -> None:
    said = "Norland closed the mine and will open a dam. Our miners are heroes. Who else did that?"
    assert [(part.text, part.not_checkable) for part in split(claim(said))] == [
        ("Norland closed the mine.", None),
        ("Norland will open a dam.", "prediction"),
        ("Our miners are heroes.", "vague praise"),
        ("Who else did that?", "question"),
    ]


def test_a_part_has_the_names_figures_and_dates_that_it_gives() -> None:
    said = "In March 2021 Norland sold six tanks to Orvia, and the army lost 300 soldiers."
    first, second = split(claim(said))
    assert first.names == ("Norland", "Orvia")
    assert [(q.value, q.unit) for q in first.quantities] == [(6, "tank")]
    assert [(when.text, when.edtf) for when in first.dates] == [("March 2021", "2021-03")]
    assert second.names == ()
    assert [(q.value, q.unit) for q in second.quantities] == [(300, "soldier")]


def test_dates_are_read_against_the_day_of_the_claim() -> None:
    (part,) = split(claim("Norland closed the mine last month."))
    assert [when.edtf for when in part.dates] == ["2022-07"]


def test_a_part_that_names_and_counts_nothing_is_written_as_before() -> None:
    (part,) = split(claim("it rained"))
    assert part.to_json() == '{"id":"p1","text":"it rained","not_checkable":null}'
    assert ClaimPart.from_json(part.to_json()) == part


def test_what_a_part_names_is_kept_in_files() -> None:
    (part,) = split(claim("Norland sold six tanks in March 2021."))
    assert part.names
    assert part.quantities
    assert part.dates
    assert ClaimPart.from_json(part.to_json()) == part


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Orlo said "we won. They lost; it is over" in May.', None),
        ('Orlo said "we won" in May. He lied.', ['Orlo said "we won" in May.', "He lied."]),
        ("The army sold 40 tanks, 12 jets and 3 ships to Orvia.", [
            "The army sold 40 tanks to Orvia.",
            "The army sold 12 jets to Orvia.",
            "The army sold 3 ships to Orvia.",
        ]),
        ("The army said guns, tanks and ships were sold.", None),
        ("Orlo promised to repeal the law, build a wall, and free the miners.", [
            "Orlo promised to repeal the law.",
            "Orlo promised to build a wall.",
            "Orlo promised to free the miners.",
        ]),
        ("Orlo promised to sell arms, build a wall, and free the miners.", None),
        ("He was found in May, 2019 and 2020.", None),
        ("That is a lie, plain and simple.", None),
        ("They are areas of ruin, economically and otherwise.", None),
    ],
)  # fmt: skip
def test_quotations_and_lists(text: str, expected: list[str] | None) -> None:
    assert texts(text) == (expected or [text])


_WORDS = (
    "Norland Orlo he the a sold blocked said fell was will not and but because while who "
    "which , , ; . ? to in 2019 May six arms 40 [and] because “arms sold” love best"
)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(_WORDS.split()),
        min_size=1,
        max_size=30,
    ).map(lambda words: " ".join(["Norland", *words]))
)
def test_all_words_of_the_parts_are_the_claims(text: str) -> None:
    said = claim(text)
    parts = split(said)
    words = set(re.findall(r"\w+", said.text.casefold()))
    assert parts == split(said)
    assert {w for part in parts for w in re.findall(r"\w+", part.text.casefold())} <= words


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
