import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evidence.reported import Manner, Reported, reported
from tests.model.strategies import texts


def read(text: str) -> list[tuple[str | None, str, str]]:
    """Source, cue and content of each attribution outside quotations, as printed."""
    return [
        (
            text[slice(*one.source)] if one.source else None,
            text[slice(*one.cue)],
            " | ".join(text[start:end] for start, end in one.content),
        )
        for one in reported(text)
        if not one.quoted
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Ann Roe said it rained.", "Ann Roe", "said", "it rained"),
        ("Ann Roe said that it rained.", "Ann Roe", "said", "that it rained"),
        ("Ann Roe said on Monday that it rained.", "Ann Roe", "said", "that it rained"),
        ("Ann Roe said: “It rained.”", "Ann Roe", "said", "“It rained.”"),
        ("“It rained,” Ann Roe said.", "Ann Roe", "said", "“It rained,”"),
        ("“It rained,” said Ann Roe.", "Ann Roe", "said", "“It rained,”"),
        ("“Did it rain?” Ann Roe asked.", "Ann Roe", "asked", "“Did it rain?”"),
        ('"It rained. It poured," she said.', "she", "said", '"It rained. It poured,"'),
        ("''It rained,'' he said in an interview.", "he", "said", "''It rained,''"),
        ("It rained, Ann Roe said.", "Ann Roe", "said", "It rained"),
        ("It rained, said Ann Roe, a sailor.", "Ann Roe, a sailor", "said", "It rained"),
        ("According to the Wire, it rained.", "the Wire", "According to", "it rained"),
        ("It rained, according to the Wire.", "the Wire", "according to", "It rained"),
        ("As noted by the Wire, it rained.", "the Wire", "As noted by", "it rained"),
        ("As reported in the Wire, it rained.", "the Wire", "As reported in", "it rained"),
        ("The aide told the Wire that it rained.", "The aide", "told", "that it rained"),
        ("Ann Roe called it “a lie.”", "Ann Roe", "called", "it “a lie.”"),
        ("Ann Roe accused the navy of theft.", "Ann Roe", "accused", "the navy of theft"),
        ("Ann Roe called for a vote.", "Ann Roe", "called for", "a vote"),
        ("Ann Roe refused to resign.", "Ann Roe", "refused", "to resign"),
        ("The poll found a lead for Roe.", "The poll", "found", "a lead for Roe"),
        ("Ann Roe went on to say it rained.", "Ann Roe", "went on to say", "it rained"),
        ("The plan was denounced by Ann Roe.", "Ann Roe", "was denounced", "The plan"),
        ("Poll: Voters Want Rain", "Poll", ":", "Voters Want Rain"),
        ("Asked about the rain, she left.", None, "Asked about", "the rain"),
    ],
)
def test_one_attribution(text: str, source: str | None, cue: str, content: str) -> None:
    assert read(text)[0] == (source, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "It rained.",
        "He found a coin.",
        "She will add a room.",
        "The claims were heard.",
        "They refused the offer.",
        "He was jailed for criticising the plan.",
        "",
    ],
)
def test_no_attribution(text: str) -> None:
    assert read(text) == []


def test_a_quotation_goes_on_after_its_speaker() -> None:
    text = "“It rained,” Ann Roe said. “It also snowed.” The roads were closed."
    assert read(text) == [("Ann Roe", "said", "“It rained,” | “It also snowed.”")]


def test_a_quotation_that_is_broken_by_its_speaker_is_one() -> None:
    assert read("“It rained,” she said, “and snowed.”") == [
        ("she", "said", "“It rained,” | “and snowed.”")
    ]


def test_another_paragraph_is_another_quotation() -> None:
    assert read("“It rained,” Ann Roe said.\n\n“It snowed.”") == [
        ("Ann Roe", "said", "“It rained,”")
    ]


def test_a_quotation_runs_over_paragraphs_that_are_not_closed() -> None:
    text = "Ann Roe said: “It rained.\n\n“It snowed.”\n\n“No.”"
    assert read(text) == [("Ann Roe", "said", "“It rained. | “It snowed.”")]


def test_verbs_and_participles_share_a_subject() -> None:
    text = "Ann Roe praised the crew and said it rained, adding that it would snow."
    assert [(source, cue) for source, cue, _ in read(text)] == [
        ("Ann Roe", "praised"),
        ("Ann Roe", "said"),
        ("Ann Roe", "adding"),
    ]


def test_an_attribution_in_an_attribution() -> None:
    assert read("The Wire reported that Ann Roe told the court that it rained.") == [
        ("The Wire", "reported", "that Ann Roe told the court that it rained"),
        ("Ann Roe", "told", "that it rained"),
    ]


def test_an_attitude_in_what_someone_says_is_not_attributed_again() -> None:
    assert len(read("Ann Roe said that he wants a vote.")) == 1


def test_who_quotes_whom() -> None:
    assert read("“It rained,” the Wire quoted Ann Roe as saying.") == [
        ("the Wire", "quoted", "“It rained,”"),
        ("Ann Roe", "as saying", "“It rained,”"),
    ]


def test_a_relative_pronoun_stands_for_who_is_meant() -> None:
    text = "The captain, who said it rained, left."
    (one,) = reported(text)
    assert one.source is not None
    assert one.who is not None
    assert text[slice(*one.source)] == "who"
    assert text[slice(*one.who)] == "The captain"


def test_what_is_denied_may_be_taken_up() -> None:
    assert read("The Wire accused the navy of theft, which the navy denies.")[1] == (
        "the navy",
        "denies",
        "The Wire accused the navy of theft",
    )


def test_citing_says_who_stands_behind_what() -> None:
    text = "Six jets came, citing two officers."
    one = reported(text)[0]
    assert [text[slice(*span)] for span in one.content] == ["two officers"]
    assert [text[slice(*span)] for span in one.backed] == ["Six jets came"]


def test_to_whom_it_was_told() -> None:
    text = "An aide told The Evening Wire that it rained."
    (one,) = reported(text)
    assert one.hearer is not None
    assert text[slice(*one.hearer)] == "The Evening Wire"


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("“It rained,” she said.", Manner.DIRECT),
        ("She said it “rained hard” there.", Manner.MIXED),
        ("She said it rained.", Manner.INDIRECT),
    ],
)
def test_the_manner_in_which_words_are_given(text: str, manner: Manner) -> None:
    assert reported(text)[0].manner is manner


def test_a_cue_may_be_denied() -> None:
    assert reported("Ann Roe did not say that it rained.")[0].negated


def test_what_is_said_in_a_quotation_is_marked() -> None:
    found = reported("“Bo Li said that it rained,” Ann Roe said.")
    assert [one.quoted for one in found] == [False, True]


def _spans(one: Reported) -> list[tuple[int, int]]:
    return [*one.content, *one.backed, one.cue, *filter(None, (one.source, one.who, one.hearer))]


WORDS = (
    'Ann|said|,|“|”|"|it rained|who|according to|:|.|told|the Wire|that|citing|quoted|as saying|'
    "which|and|\n\n|(|)|Asked|by|asked|As noted by|was|to|He|claims|’s|—|?”|in|Monday|not|,”"
)


@given(texts | st.lists(st.sampled_from(WORDS.split("|")), max_size=30).map(" ".join))
def test_spans_lie_in_the_text_and_are_not_empty(text: str) -> None:
    found = reported(text)
    for one in found:
        assert one.content
        assert all(0 <= start < end <= len(text) for start, end in _spans(one))
    assert reported(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "A said, " * 3000,
        "saying " * 9000,
        "said " * 9000,
        "“a” said X, " * 3000,
        "according to " * 4000,
        "who said " * 4000,
        ", with " * 5000 + "according to X",
        "A and " * 9000 + "said",
        "X said: “he said that it is so. " * 1000,
    ],
)
def test_hostile_texts_are_read(text: str) -> None:
    assert isinstance(reported(text), tuple)
