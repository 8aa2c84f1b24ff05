import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evidence.attribution import (
    UNAWARE,
    Reading,
    attribution,
    does_not_corroborate,
    same_name,
)
from onrecord.model import Attribution, CitedKind, Source
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
        ("Residents told us that it rained.", ANONYMOUS),
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
    ("passage", "cue", "source", "content"),
    [
        ("Jets came, according to the Wire.", "according to", "the Wire", "Jets came"),
        ("Yesterday, officials said it rained.", "said", "officials", "it rained"),
        ("😀 Lavrov denied it.", "denied", "Lavrov", "it"),
    ],
)
def test_spans_point_at_cue_source_and_content(
    passage: str, cue: str, source: str, content: str
) -> None:
    before = "A title.\n\n"
    text = before + passage
    found = attribution(passage, len(before), IRRAWADDY)
    assert found.cue is not None
    assert found.source is not None
    assert text[slice(*found.cue)] == cue
    assert text[slice(*found.source)] == source
    assert [text[slice(*piece)] for piece in found.content] == [content]


def test_the_outermost_comes_first() -> None:
    found = attribution("The ministry said it rained, according to the AAPP.", 0, IRRAWADDY)
    assert [cited.name for cited in found.chain] == ["the AAPP", "The ministry"]


@given(st.integers(0, 1000), texts, st.sampled_from([" said so.", ", according to Reuters", ""]))
def test_any_passage_is_attributed_within_it(start: int, text: str, cue: str) -> None:
    passage = text + cue
    found = attribution(passage, start, IRRAWADDY)
    if found.cue:
        assert start <= found.cue[0] < found.cue[1] <= start + len(passage)
        assert found.chain
        assert found.source is not None
        assert start <= found.source[0] < found.source[1] <= start + len(passage)


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


GAZETTE = Source(id="gazette", name="The Gazette")
STORY = """On July 4, the Harbour Times reported that two of six ships had left, citing sources \
who once served with the navy.

However, in its report, Border Watch said it was not aware of the ships “being sold or moved.” \
The group accused the navy of “theft.”

In May, a navy spokesman said: “The ships are ours.” He added that “no sale is planned,” the \
Evening Post reported.

The navy (Norway’s smallest) was founded in 1900. Foreign Minister Ann Roe told Wire News that she \
“would welcome” a vote, which the navy opposes. “We shall see,” Roe said. “It is late.”

Two ships lie at the quay. (Bo Li/Wire News)
"""


def of(words: str) -> Attribution:
    start = STORY.index(words)
    return Reading(STORY).attribution(start, start + len(words), GAZETTE)


@pytest.mark.parametrize(
    ("words", "chain", "reporter"),
    [
        (
            "two of six ships had left",
            ["the Harbour Times", "sources who once served with the navy"],
            "the Harbour Times",
        ),
        ("it was not aware of the ships", ["Border Watch"], "Border Watch"),
        ("the navy of “theft.”", ["Border Watch"], "Border Watch"),
        ("“The ships are ours.”", ["the Evening Post", "a navy spokesman"], "the Evening Post"),
        ("“no sale is planned,”", ["the Evening Post", "a navy spokesman"], "the Evening Post"),
        ("(Norway’s smallest)", [], None),
        ("was founded in 1900", [], None),
        ("“would welcome” a vote", ["Wire News", "Ann Roe"], "Wire News"),
        ("“It is late.”", ["Ann Roe"], None),
        ("Two ships lie at the quay.", ["Wire News", "Bo Li"], "Wire News"),
    ],
)
def test_each_piece_of_a_story_has_its_own_chain(
    words: str, chain: list[str], reporter: str | None
) -> None:
    found = of(words)
    assert [cited.name for cited in found.chain] == chain
    assert (found.reported_by.name if found.reported_by else None) == reporter
    assert found.reporter == "gazette"


def test_unawareness_is_a_finding_of_its_own() -> None:
    assert of("it was not aware of the ships").act == UNAWARE


def test_a_role_is_kept() -> None:
    assert of("“would welcome” a vote").chain[1].role == "Foreign Minister"


def test_every_attribution_of_a_passage() -> None:
    start = STORY.index("However")
    end = STORY.index("In May")
    found = Reading(STORY).attributions(start, end, GAZETTE)
    assert [(one.chain[-1].name, one.act) for one in found] == [
        ("Border Watch", UNAWARE),
        ("Border Watch", "accuses"),
    ]


def test_a_denial_does_not_pass_on_what_it_denies() -> None:
    text = "Border Watch accused the navy of theft, which the navy denies."
    reading = Reading(text)
    assert [c.name for c in reading.attribution(0, len(text), GAZETTE).chain] == ["Border Watch"]
    assert [one.act for one in reading.attributions(0, len(text), GAZETTE)] == ["accuses", "denies"]


@pytest.mark.parametrize(
    "passage",
    [
        "Russia backed the junta with arms.",
        "The army attacked three villages.",
        "The visit underscored its support for the junta.",
        "The company wants to sell ships.",
    ],
)
def test_conduct_and_attitudes_are_the_publishers_own_words(passage: str) -> None:
    assert attribution(passage, 0, GAZETTE).chain == ()


def test_a_picture_handed_out_is_of_who_hands_it_out() -> None:
    text = "Two ships lie at the quay. (Foreign Ministry/via Wire News)"
    found = Reading(text).attribution(0, len(text), GAZETTE)
    assert [cited.name for cited in found.chain] == ["Foreign Ministry", "Wire News"]
    assert found.reported_by is not None
    assert found.reported_by.name == "Foreign Ministry"
    assert found.act == "photographs"


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_any_place_of_any_text_can_be_asked(text: str, start: int, length: int) -> None:
    text = text + " Ann Roe said it rained, according to the Wire."
    reading = Reading(text)
    end = min(len(text), start + length)
    found = reading.attribution(min(start, end), end, GAZETTE)
    assert Attribution.from_json(found.to_json()) == found
    assert Reading(text).attribution(min(start, end), end, GAZETTE) == found


@pytest.mark.parametrize(
    "text",
    ["The group said it. " * 3000, "“A b, citing X, " * 2000, "X said: “he said it. " * 2000],
)
def test_long_documents_are_read(text: str) -> None:
    assert isinstance(Reading(text).chain(0, 40), tuple)
