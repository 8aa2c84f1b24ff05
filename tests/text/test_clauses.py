import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.clauses import Clauses, Mood, is_agent
from onrecord.text.tokens import read_sentences


def clauses(text: str) -> Clauses:
    return Clauses(read_sentences(text)[0])


def place(found: Clauses, word: str) -> int:
    return [token.text for token in found.tokens].index(word)


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("Ann said it rained.", "said", Mood.FINITE),
        ("Ann has said it rained.", "said", Mood.FINITE),
        ("Ann is saying it rained.", "saying", Mood.FINITE),
        ("Ann didn't say it rained.", "say", Mood.FINITE),
        ("It was reported by Ann.", "reported", Mood.PASSIVE),
        ("Ann left, saying it rained.", "saying", Mood.PARTICIPLE),
        ("Ann began to criticise the plan.", "criticise", Mood.INFINITIVE),
        ("Many officials say it rained.", "say", Mood.FINITE),
        ("Ann claims it rained.", "claims", Mood.FINITE),
    ],
)
def test_verbs_that_attribute(text: str, verb: str, mood: Mood) -> None:
    found = clauses(text)
    group = found.group(place(found, verb))
    assert group is not None
    assert group.mood is mood


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The claims were many.", "claims"),
        ("Her claim was heard.", "claim"),
        ("Four states voted.", "states"),
        ("They read internal documents there.", "documents"),
        ("The United States sank.", "States"),
        ("The report came.", "report"),
    ],
)
def test_nouns_attribute_nothing(text: str, word: str) -> None:
    found = clauses(text)
    assert found.group(place(found, word)) is None


def test_a_denied_verb_is_negated() -> None:
    found = clauses("Ann did not say it.")
    group = found.group(place(found, "say"))
    assert group is not None
    assert group.negated


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The aide to Clinton said so.", "said", "The aide to Clinton"),
        (
            "Brian Fallon, a spokesman for Roe, said so.",
            "said",
            "Brian Fallon, a spokesman for Roe,",
        ),
        ("Sen. Ann Roe (R-Fla.) said so.", "said", "Sen. Ann Roe (R-Fla.)"),
        ("Last week Ann Roe and Bo Li said so.", "said", "Last week Ann Roe and Bo Li"),
        ("On Monday Ann Roe said so.", "said", "Ann Roe"),
        ("Ann Roe on Monday said so.", "said", "Ann Roe"),
        ("It snowed while she said so.", "said", "she"),
        ("The man who left said so.", "said", "The man who left"),
        ("Ann has won Iowa and Bo Li said so.", "said", "Bo Li"),
        ("The officials, who had left, said so.", "said", "The officials, who had left,"),
    ],
)
def test_subjects(text: str, verb: str, subject: str) -> None:
    found = clauses(text)
    group = found.group(place(found, verb))
    assert group is not None
    span = found.subject(group.first)
    assert span is not None
    assert text[slice(*found.span(*span))] == subject


@pytest.mark.parametrize(
    ("text", "first", "phrase"),
    [
        ("said Ann Roe, a teacher who swims.", 1, "Ann Roe, a teacher who swims"),
        ("said the head of the union on Monday.", 1, "the head of the union"),
        ("said she was ill.", 1, "she"),
        ("to Wire and the Gazette, it rained.", 1, "Wire and the Gazette"),
    ],
)
def test_phrases_after_a_cue(text: str, first: int, phrase: str) -> None:
    found = clauses(text)
    span = found.phrase_after(first)
    assert span is not None
    assert text[slice(*found.span(*span))] == phrase


def test_a_closed_phrase_leaves_the_clause_alone() -> None:
    found = clauses("to Wire, the ships left the port.")
    assert found.phrase_after(1, closed=True) == (1, 2)
    found = clauses("to Ann Roe, a captain, the ships left.")
    assert found.phrase_after(1, closed=True) == (1, 6)


@pytest.mark.parametrize(
    ("word", "expected"), [("reporter", True), ("regime", True), ("sea", False)]
)
def test_words_for_those_who_speak(word: str, expected: bool) -> None:
    assert is_agent(word) is expected


WORDS = "Ann , said who that and to the of ( ) “no,” saying not is “ ” — 5 . on May's asked it"


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40).map(" ".join))
def test_any_words_are_analysed(text: str) -> None:
    for sentence in read_sentences(text):
        found = Clauses(sentence)
        for index in range(len(found)):
            group = found.group(index)
            if group:
                assert 0 <= group.first <= group.verb < group.last <= len(found)
            for span in (found.subject(index), found.phrase_after(index)):
                assert span is None or 0 <= span[0] < span[1] <= len(found)
            main = found.main_subject(index)
            assert main is None or main[0] < index
