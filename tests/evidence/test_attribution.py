import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evidence.attribution import attribution, does_not_corroborate, same_name
from onrecord.model import CitedKind, Source
from tests.model.strategies import texts

IRRAWADDY = Source(id="irrawaddy", name="The Irrawaddy")
PERSON, ORGANISATION, ANONYMOUS = CitedKind.PERSON, CitedKind.ORGANISATION, CitedKind.ANONYMOUS


@pytest.mark.parametrize(
    ("passage", "name", "act"),
    [
        ("According to Reuters, six jets arrived.", "Reuters", "reports"),
        ("Six jets arrived, citing RFA, on Monday.", "RFA", "reports"),
        ("Six jets arrived, according to the AAPP, on Monday.", "the AAPP", "reports"),
        ("Min Aung Hlaing said on Tuesday it rained.", "Min Aung Hlaing", "says"),
        ("The AAPP, which counts the dead, said it rained.", "The AAPP", "says"),
        ("Amnesty has documented it.", "Amnesty", "documents"),
        ("Lavrov denied it.", "Lavrov", "denies"),
        ("ASEAN called for peace.", "ASEAN", "calls for"),
        ("Russia accused Ukraine.", "Russia", "accuses"),
    ],
)
def test_who_is_cited_and_what_they_do(passage: str, name: str, act: str) -> None:
    found = attribution(passage, 0, IRRAWADDY)
    assert [cited.name for cited in found.chain] == [name]
    assert found.act == act
    assert found.reporter == "irrawaddy"


@pytest.mark.parametrize(
    ("passage", "kind"),
    [
        ("Min Aung Hlaing said it rained.", PERSON),
        ("Sergey Lavrov told the press.", PERSON),
        ("Reuters reported it.", ORGANISATION),
        ("According to the AAPP, it rained.", ORGANISATION),
        ("According to former members of the air force, it rained.", ANONYMOUS),
        ("Sources close to the junta said it rained.", ANONYMOUS),
        ("Two unnamed officials said it rained.", ANONYMOUS),
        ("Residents told us.", ANONYMOUS),
        ("A Kremlin spokesman said it rained.", ANONYMOUS),
        ("According to news reports, it rained.", ANONYMOUS),
        ("Military officials called for peace.", ANONYMOUS),
    ],
)
def test_how_well_a_source_can_be_identified(passage: str, kind: CitedKind) -> None:
    assert [cited.kind for cited in attribution(passage, 0, IRRAWADDY).chain] == [kind]


@pytest.mark.parametrize(
    "passage",
    [
        "Six jets arrived.",
        "The Irrawaddy reported that six jets arrived.",
        "According to The Irrawaddy, six jets arrived.",
        "Irrawaddy has documented it.",
        "It said that six jets arrived.",
        "They told us.",
        "He accused them.",
        "Nothing was found.",
        "",
    ],
)
def test_own_voice_has_no_chain_and_no_cue(passage: str) -> None:
    found = attribution(passage, 5, IRRAWADDY)
    assert (found.chain, found.cue, found.act) == ((), None, "reports")


@pytest.mark.parametrize(
    ("passage", "hedge"),
    [
        ("Three people were reportedly killed.", "reportedly"),
        ("Allegedly, three were killed.", "allegedly"),
        ("Unconfirmed news came.", "unconfirmed"),
        ("The purportedly sold jets", "purportedly"),
        ("Three people were killed.", None),
        ("Three people were reported killed.", None),
    ],
)
def test_hedges(passage: str, hedge: str | None) -> None:
    assert attribution(passage, 0, IRRAWADDY).hedge == hedge


@pytest.mark.parametrize(
    "passage",
    [
        "“We are not aware of any such sale,” the spokesperson said.",
        "Reuters could not independently verify the report.",
        "The ministry cannot confirm it.",
        "There was no confirmation.",
        "Moscow has not confirmed it.",
    ],
)
def test_not_aware_is_no_denial(passage: str) -> None:
    assert does_not_corroborate(passage)
    assert attribution(passage, 0, IRRAWADDY).act == "is not aware"


@pytest.mark.parametrize(
    "passage", ["Moscow denied it.", "Moscow confirmed it.", "Be aware of it."]
)
def test_denial_is_not_unawareness(passage: str) -> None:
    assert not does_not_corroborate(passage)


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("Jets arrived, according to Reuters, today.", "according to Reuters"),
        ("Yesterday, officials said so.", "officials said"),
        ("😀 Lavrov denied it.", "Lavrov denied"),
    ],
)
def test_the_cue_points_at_the_words_that_attribute(passage: str, words: str) -> None:
    before = "A title.\n\n"
    cue = attribution(passage, len(before), IRRAWADDY).cue
    assert cue is not None
    assert (before + passage)[slice(*cue)] == words


def test_the_first_attribution_counts() -> None:
    found = attribution("Reuters reported it, according to the AAPP.", 0, IRRAWADDY)
    assert found.chain[0].name == "Reuters"


@given(st.integers(0, 1000), texts, st.sampled_from([" said so.", ", according to Reuters", ""]))
def test_any_passage_is_attributed_within_it(start: int, text: str, cue: str) -> None:
    passage = text + cue
    found = attribution(passage, start, IRRAWADDY)
    if found.cue:
        assert start <= found.cue[0] < found.cue[1] <= start + len(passage)
        assert found.chain[0].name.split()[0] in passage


@pytest.mark.parametrize(
    "passage", ["A " * 1800, "a-" * 1800, "the former " * 300, "Officials of " * 250, "A, " * 1200]
)
def test_hostile_passages_are_read_in_time(passage: str) -> None:
    assert attribution(passage, 0, IRRAWADDY).reporter == "irrawaddy"


def test_letters_that_only_look_like_others_do_no_harm() -> None:
    assert attribution("Officials ſaid so.", 0, IRRAWADDY).act == "reports"


@pytest.mark.parametrize(
    "passage", ["On Monday Reuters reported it.", "In August Reuters reported it."]
)
def test_a_day_is_no_part_of_the_name(passage: str) -> None:
    assert attribution(passage, 0, IRRAWADDY).chain[0].name == "Reuters"


@pytest.mark.parametrize("passage", ["Jets came, citing RFA.", "Jets came, according to RFA."])
def test_a_full_stop_is_no_part_of_the_name(passage: str) -> None:
    assert attribution(passage, 0, IRRAWADDY).chain[0].name == "RFA"


def test_an_opener_is_no_part_of_an_anonymous_source() -> None:
    assert attribution("Yesterday officials said so.", 0, IRRAWADDY).chain[0].name == "officials"


@pytest.mark.parametrize(
    "name", ["Amnesty International", "the United Nations", "Russia's Foreign Ministry"]
)
def test_an_organisation_of_two_words_is_no_person(name: str) -> None:
    found = attribution(f"According to {name}, it rained.", 0, IRRAWADDY)
    assert found.chain[0].kind is ORGANISATION


def test_an_anonymous_source_is_cited_in_full() -> None:
    passage = "Jets came, according to former members of the air force."
    found = attribution(passage, 0, IRRAWADDY)
    assert found.chain[0].name == "former members of the air force"


def test_an_apposition_may_hold_an_acronym() -> None:
    passage = "Tom Andrews, the U.N. special rapporteur, said so."
    assert attribution(passage, 0, IRRAWADDY).chain[0].name == "Tom Andrews"


@pytest.mark.parametrize("passage", ["It couldn't confirm it.", "It couldn’t verify that."])
def test_contractions_are_not_aware_either(passage: str) -> None:
    assert does_not_corroborate(passage)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Irrawaddy", "irrawaddy", True),
        ("Reuters'", "Reuters", False),
        ("Reuters’s", "Reuters", True),
        ("Theatre", "atre", False),
        ("Radio Free Asia", "RFA", False),
    ],
)
def test_same_name_but_for_case_and_article(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
