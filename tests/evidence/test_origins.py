import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evidence.origins import claimant_side, origins
from onrecord.model import (
    Attribution,
    Cited,
    CitedKind,
    Claim,
    Claimant,
    Segment,
    SegmentKind,
    Source,
)

IRRAWADDY = Source(id="irrawaddy", name="The Irrawaddy")
RFA = Source(id="rfa", name="Radio Free Asia", group="us-funded-media")
VOA = Source(id="voa", name="Voice of America", group="us-funded-media")
AAPP = Source(id="aapp", name="AAPP")
MINISTRY = Source(id="mid-ru", name="Russian Foreign Ministry")
KNOWN = {source.id: source for source in (IRRAWADDY, RFA, VOA, AAPP, MINISTRY)}


def by(source: Source, *cited: str) -> Attribution:
    chain = tuple(Cited(name=name, kind=CitedKind.ORGANISATION) for name in cited)
    return Attribution(reporter=source.id, chain=chain)


def keys(*reports: tuple[Source, tuple[str, ...], int]) -> tuple[str, ...]:
    return origins(
        [by(source, *cited) for source, cited, _ in reports],
        [source for source, _, _ in reports],
        [cluster for _, _, cluster in reports],
        KNOWN,
    )


def claim(name: str, role: str | None = None, affiliation: str | None = None) -> Claim:
    return Claim(
        id="c1",
        quote=(Segment(kind=SegmentKind.VERBATIM, text="Peace."),),
        claimant=Claimant(name=name, role=role, affiliation=affiliation),
        made_on="2022-08-03",
    )


def test_publishers_in_their_own_voice_are_origins_of_their_own() -> None:
    assert keys((IRRAWADDY, (), 0), (AAPP, (), 1)) == ("irrawaddy", "aapp")


def test_outlets_of_one_group_are_one_origin() -> None:
    assert keys((RFA, (), 0), (VOA, (), 1)) == ("us-funded-media", "us-funded-media")


def test_who_relies_on_a_known_organisation_goes_back_to_it() -> None:
    found = keys((IRRAWADDY, ("the AAPP",), 0), (RFA, ("AAPP",), 1), (AAPP, (), 2))
    assert set(found) == {"aapp"}


def test_the_far_end_of_the_chain_is_the_origin() -> None:
    assert keys((IRRAWADDY, ("Voice of America", "AAPP"), 0)) == ("aapp",)
    assert keys((IRRAWADDY, ("AAPP", "nobody known"), 0)) == ("aapp",)


def test_who_relies_on_an_unknown_name_is_the_origin() -> None:
    assert keys((IRRAWADDY, ("a man in the street",), 0)) == ("irrawaddy",)


def test_a_thousand_copies_are_one_origin() -> None:
    outlets = [Source(id=f"s{n}", name=f"Outlet {n}") for n in range(1000)]
    assert len(set(keys(*((outlet, (), 7) for outlet in outlets)))) == 1


@given(st.lists(st.tuples(st.sampled_from(sorted(KNOWN)), st.integers(0, 3)), max_size=12))
def test_a_cluster_is_never_more_than_one_origin(reports: list[tuple[str, int]]) -> None:
    found = keys(*((KNOWN[id_], (), cluster) for id_, cluster in reports))
    assert len(found) == len(reports)
    clusters = {cluster for _, cluster in reports}
    assert len({(c, key) for (_, c), key in zip(reports, found, strict=True)}) == len(clusters)


def test_lists_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        origins([by(AAPP)], [AAPP, RFA], [0], KNOWN)


@pytest.mark.parametrize(
    ("said", "side"),
    [
        (claim("Maria Zakharova", "Spokeswoman, Russian Foreign Ministry"), {"mid-ru"}),
        (claim("Maria Zakharova", None, "Russian foreign ministry"), {"mid-ru"}),
        (claim("Voice of America"), {"us-funded-media"}),
        (claim("Tom Andrews", "Special Rapporteur"), set()),
    ],
)
def test_the_claimants_side_is_whom_they_speak_for(said: Claim, side: set[str]) -> None:
    assert claimant_side(said, KNOWN) == side


def test_a_name_inside_of_a_word_is_nobodys_side() -> None:
    assert claimant_side(claim("Keir Starmer"), {"star": Source(id="star", name="Star")}) == set()


def test_a_short_name_has_a_side_too() -> None:
    said = claim("Margarita Simonyan", "Editor-in-chief", "BBC")
    assert claimant_side(said, {"bbc": Source(id="bbc", name="BBC")}) == {"bbc"}
