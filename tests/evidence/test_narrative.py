import pytest
from hypothesis import given

from onrecord.evidence.narrative import Role, Sentence, first_date, narrate, people
from onrecord.text.dates import read
from tests.text.hostile import texts


def only(text: str) -> Sentence:
    (found,) = narrate(text, read(text, "2022-08-05"))
    return found


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("On July 4 it rained.", ["event"]),
        ("A July 4 report said so.", ["report"]),
        ("In their report, published on July 4, they said so.", ["report"]),
        ("The minister's statement of July 4 was short.", ["report"]),
        ("On July 4, the Times reported a storm.", ["said"]),
        ("The minister said on Tuesday that it rained in May.", ["said", "event"]),
        ("The Times reported that on July 4 it rained.", ["event"]),
        ("On July 4 a storm with reported losses came.", ["event"]),
        ("As of July 4, 12 had died.", ["as of"]),
        ("It was the bloodiest day since 2014.", ["scope"]),
        ("The 1973 building fell on July 4.", ["scope", "event"]),
        ("The 2014 seizure was brief.", ["event"]),
    ],
)
def test_a_date_has_its_role(text: str, roles: list[str]) -> None:
    assert [dated.role for dated in only(text).dates] == roles


@pytest.mark.parametrize(
    ("text", "subject", "reporter"),
    [
        ("Olaf Berg said it rained.", "berg", "olaf berg"),
        ("The spokeswoman, Maria Sund, weighed in.", "sund", None),
        ("He added that it rained.", "he", None),
        ("Northland's army shot four men.", None, None),
        ("The Harbour Times reported a storm.", "times", "harbour times"),
        ("Justice for Sailors found that it rained.", "sailors", "justice for sailors"),
        ("It rained, according to the Harbour Times.", None, "harbour times"),
        ("In a report from Northland's Harbour Times, it rained.", None, "harbour times"),
        ("The outlet quoted Sund as saying so.", "sund", None),
        ("It rains.", None, None),
    ],
)
def test_subject_and_reporter(text: str, subject: str | None, reporter: str | None) -> None:
    found = only(text)
    if subject:
        assert found.subject == subject
    assert found.reporter == reporter


def test_a_piece_has_the_dates_and_events_in_it() -> None:
    found = only("On May 3 he came, and since the coup he had ruled until June 2020.")
    piece = found.piece(found.first, found.first + 5)
    assert [dated.expression.text for dated in piece.dates] == ["May 3"]
    assert piece.events == ()
    assert first_date(piece, Role.EVENT) == piece.dates[0].expression.when
    assert first_date(piece, Role.REPORT) is None


def test_people_are_named_in_full_at_first() -> None:
    words = read("Olaf Berg and Maria Sund met in Northland.").words
    assert people(words) == {"berg", "sund"}


@given(texts)
def test_any_text_falls_into_sentences_with_their_words(text: str) -> None:
    reading = read(text, "2022-08-05")
    end = 0
    for sentence in narrate(text, reading):
        assert end <= sentence.first <= sentence.last <= len(reading.words)
        assert all(sentence.first <= dated.first < sentence.last for dated in sentence.dates)
        end = sentence.last
