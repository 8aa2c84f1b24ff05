import pytest
from hypothesis import given

from onrecord.evidence.sources import can_speak, cited, head_noun, may_report
from onrecord.model import CitedKind
from tests.model.strategies import some_texts

PERSON, ORGANISATION = CitedKind.PERSON, CitedKind.ORGANISATION
DOCUMENT, ANONYMOUS = CitedKind.DOCUMENT, CitedKind.ANONYMOUS


@pytest.mark.parametrize(
    ("words", "name", "kind", "role"),
    [
        ("Ann Roe", "Ann Roe", PERSON, None),
        ("Mr. Tanaka", "Tanaka", PERSON, None),
        ("Senator Rubin", "Rubin", PERSON, "Senator"),
        ("Foreign Minister Anna Lind", "Anna Lind", PERSON, "Foreign Minister"),
        ("Brian Fallon, a spokesman for Roe,", "Brian Fallon", PERSON, "a spokesman for Roe"),
        (
            "Norway’s ministry spokeswoman, Ann Roe,",
            "Ann Roe",
            PERSON,
            "Norway’s ministry spokeswoman",
        ),
        ("Reuters", "Reuters", ORGANISATION, None),
        ("the United Nations", "the United Nations", ORGANISATION, None),
        ("The Harbour Times", "The Harbour Times", ORGANISATION, None),
        ("the rights group Border Watch", "Border Watch", ORGANISATION, None),
        ("Researchers at the rights group Border Watch", "Border Watch", ORGANISATION, None),
        ("a May 2 report from Norway’s Harbour Times", "Harbour Times", ORGANISATION, None),
        (
            "a study by the U.N. Panel of Experts on Libya",
            "the U.N. Panel of Experts",
            ORGANISATION,
            None,
        ),
        ("the military junta", "the military junta", ORGANISATION, None),
        ("the study", "the study", DOCUMENT, None),
        ("court records", "court records", DOCUMENT, None),
        ("two officials", "two officials", ANONYMOUS, None),
        ("Yesterday officials", "officials", ANONYMOUS, None),
        ("A Kremlin spokesman", "A Kremlin spokesman", ANONYMOUS, None),
        ("former members of the air force", "former members of the air force", ANONYMOUS, None),
        ("officials at the Harbour Ministry", "officials at the Harbour Ministry", ANONYMOUS, None),
        ("news reports", "news reports", ANONYMOUS, None),
        ("Analysts", "Analysts", ANONYMOUS, None),
    ],
)
def test_who_is_named(words: str, name: str, kind: CitedKind, role: str | None) -> None:
    found = cited(words)
    assert (found.name, found.kind, found.role) == (name, kind, role)


def test_a_surname_is_the_person_whom_the_document_names() -> None:
    assert cited("Roe", {"Roe": ["Ann Roe"]}).name == "Ann Roe"
    assert cited("Roe", {"Roe": ["Ann Roe", "Bo Roe"]}).name == "Roe"
    assert cited("Roe", {"Roe": ["Sergey Roe", "Sergei Roe"]}).name == "Sergey Roe"


@pytest.mark.parametrize(
    ("words", "reports"),
    [
        ("the Harbour Times", True),
        ("the state broadcaster Zenit", True),
        ("Border Watch", True),
        ("the Foreign Ministry", False),
        ("the army", False),
        ("Norway", False),
        ("Norway and Sweden", False),
        ("Zenit", False),
        ("Ann Roe", False),
        ("two officials", False),
    ],
)
def test_who_reports_and_who_is_a_party(words: str, reports: bool) -> None:
    assert cited(words).reports is reports


def test_a_single_word_may_be_an_outlet() -> None:
    assert may_report(cited("Zenit"))
    assert not may_report(cited("the ministry"))
    assert not may_report(cited("Ann Roe"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [("the visit", False), ("the villagers", True), ("a teacher", True), ("Norway", True)],
)
def test_events_cannot_speak(words: str, expected: bool) -> None:
    assert can_speak(cited(words)) is expected


@pytest.mark.parametrize(
    ("words", "noun"),
    [("the head of the union", "head"), ("people familiar with it", "people"), ("", "")],
)
def test_the_noun_a_phrase_is_about(words: str, noun: str) -> None:
    assert head_noun(words) == noun


@given(some_texts)
def test_any_words_name_someone(words: str) -> None:
    assert cited(words) == cited(words)


@pytest.mark.parametrize("words", ["A " * 9000, "of the " * 9000, "’s " * 9000, "A, " * 9000])
def test_hostile_words_do_no_harm(words: str) -> None:
    assert len(cited(words).name) <= 300
