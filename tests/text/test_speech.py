import pytest

from onrecord.text.speech import Form, Frame, is_noun_too, speaks, verb_entries


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("said", "say", Form.PAST | Form.PARTICIPLE),
        ("says", "say", Form.THIRD),
        ("saying", "say", Form.ING),
        ("wrote", "write", Form.PAST),
        ("written", "write", Form.PARTICIPLE),
        ("denies", "deny", Form.THIRD),
        ("denied", "deny", Form.PAST | Form.PARTICIPLE),
        ("denying", "deny", Form.ING),
        ("stressed", "stress", Form.PAST | Form.PARTICIPLE),
        ("stresses", "stress", Form.THIRD),
        ("admitted", "admit", Form.PAST | Form.PARTICIPLE),
        ("foreseeing", "foresee", Form.ING),
        ("agreed", "agree", Form.PAST | Form.PARTICIPLE),
        ("conveying", "convey", Form.ING),
        ("conveyed", "convey", Form.PAST | Form.PARTICIPLE),
    ],
)
def test_forms_of_verbs(word: str, lemma: str, form: Form) -> None:
    assert (lemma, form) in [(entry.cue.lemma, entry.form) for entry in verb_entries(word)]


def test_verbs_of_most_words_come_first() -> None:
    entries = verb_entries("called")
    assert [len(entry.rest) for entry in entries] == sorted(
        (len(entry.rest) for entry in entries), reverse=True
    )
    assert ("call for", ("for",)) in [(entry.cue.lemma, entry.rest) for entry in entries]


@pytest.mark.parametrize("word", ["", "table", "Said", "saids"])
def test_other_words_attribute_nothing(word: str) -> None:
    assert verb_entries(word) == ()


@pytest.mark.parametrize(("word", "expected"), [("said", True), ("asks", True), ("say", False)])
def test_words_that_follow_a_quotation(word: str, expected: bool) -> None:
    assert speaks(word) is expected


def test_a_verb_has_the_frames_of_all_its_lines() -> None:
    (entry,) = verb_entries("warned")[-1:]
    assert Frame.SAY in entry.cue.frame
    assert Frame.TELL in entry.cue.frame


@pytest.mark.parametrize(("lemma", "expected"), [("claim", True), ("say", False)])
def test_verbs_that_are_nouns_too(lemma: str, expected: bool) -> None:
    assert is_noun_too(lemma) is expected
