import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onrecord.model import COARSE, Dossier, RatingLevel, RatingScale, Review
from tests.model import strategies as nouns

FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REVIEW = {
    "dossier": "sha256:0",
    "rating": "False",
    "headline": "Russia supplied jets",
    "explanation": [{"text": "It did."}],
    "author": "A. Writer",
    "editor": "An Editor",
    "published": "2022-08-05",
}


def plain(dossier: Dossier) -> dict[str, object]:
    found: dict[str, object] = json.loads(dossier.to_json())
    return found


@FEW
@given(st.data())
def test_a_review_does_not_change_the_hash(data: st.DataObject) -> None:
    draft = data.draw(nouns.drafts())
    review = data.draw(nouns.reviews(draft.hash, ()))
    reviewed = Dossier.from_plain(plain(draft) | {"review": json.loads(review.to_json())})
    assert reviewed.hash == draft.hash


@FEW
@given(nouns.drafts(), st.sampled_from(["archive_sequence", "options"]))
def test_any_other_change_changes_the_hash(draft: Dossier, field: str) -> None:
    other = {"archive_sequence": draft.archive_sequence + 1}
    changed = other.get(field, {**draft.options, "one more": True})
    assert Dossier.from_plain(plain(draft) | {field: changed}).hash != draft.hash


@FEW
@given(nouns.drafts())
def test_a_review_of_another_dossier_is_refused(draft: Dossier) -> None:
    with pytest.raises(ValidationError, match="the review is of dossier sha256:0"):
        Dossier.from_plain(plain(draft) | {"review": REVIEW})


@FEW
@given(nouns.drafts())
def test_a_review_that_cites_unknown_evidence_is_refused(draft: Dossier) -> None:
    review = REVIEW | {"dossier": draft.hash, "explanation": [{"text": "x", "cites": ["e99"]}]}
    with pytest.raises(ValidationError, match="e99"):
        Dossier.from_plain(plain(draft) | {"review": review})


@FEW
@given(nouns.drafts(least=1))
def test_evidence_of_a_missing_document_is_refused(draft: Dossier) -> None:
    with pytest.raises(ValidationError, match="not in the dossier"):
        Dossier.from_plain(plain(draft) | {"documents": []})


@FEW
@given(nouns.drafts(least=1))
def test_evidence_whose_passage_lies_outside_is_refused(draft: Dossier) -> None:
    beyond = plain(draft)
    beyond["evidence"][0]["passage"]["end"] = 10_000  # type: ignore[index]
    with pytest.raises(ValidationError, match="lies beyond"):
        Dossier.from_plain(beyond)


@FEW
@given(nouns.drafts(), st.sampled_from(["onrecord-dossier-2", "", None]))
def test_another_format_is_refused(draft: Dossier, other: str | None) -> None:
    with pytest.raises(ValidationError, match="format"):
        Dossier.from_plain(plain(draft) | {"format": other})


@FEW
@given(nouns.drafts(least=1))
def test_references_to_nowhere_are_refused(draft: Dossier) -> None:
    unknown = plain(draft)
    unknown["evidence"][0]["stances"][0]["part"] = "nowhere"  # type: ignore[index]
    with pytest.raises(ValidationError, match="no parts"):
        Dossier.from_plain(unknown)
    unknown = plain(draft)
    unknown["assessment"]["decisive"] = ["e99"]  # type: ignore[index]
    with pytest.raises(ValidationError, match="e99"):
        Dossier.from_plain(unknown)
    twice = plain(draft)
    twice["evidence"] = [twice["evidence"][0]] * 2  # type: ignore[index]
    with pytest.raises(ValidationError, match="share an id"):
        Dossier.from_plain(twice)


@FEW
@given(nouns.drafts())
def test_every_quotation_is_found_in_its_document(draft: Dossier) -> None:
    for item in draft.evidence:
        assert draft.quotation(item) in draft.document(item).text


@FEW
@given(nouns.drafts(least=1))
def test_a_forged_document_is_refused(draft: Dossier) -> None:
    forged = plain(draft)
    forged["documents"][0]["text"] += " And more."  # type: ignore[index]
    with pytest.raises(ValidationError, match="not the hash"):
        Dossier.from_plain(forged)


@pytest.mark.parametrize(
    ("author", "editor"),
    [
        ("Hla", "Hla"),
        ("Hla", " hla "),
        ("Daw Hla", "Daw  Hla"),
        ("Daw Hla", "Daw\u00a0Hla"),
        ("Élodie", "E\u0301LODIE"),
        ("Straße", "STRASSE"),
        ("", "Hla"),
        (" ", "Hla"),
        ("Hla", "\t"),
    ],
)
def test_author_and_editor_are_two_named_people(author: str, editor: str) -> None:
    with pytest.raises(ValidationError, match=r"two people|by name|at least 1 character"):
        Review.from_plain(REVIEW | {"author": author, "editor": editor})


@pytest.mark.parametrize("rating", ["false", "", "Half true", "False "])
def test_the_rating_is_a_label_of_the_scale(rating: str) -> None:
    with pytest.raises(ValidationError, match="has no rating"):
        Review.from_plain(REVIEW | {"rating": rating})


def test_a_review_may_use_a_scale_of_its_publisher() -> None:
    level = RatingLevel(label="Half true", value=3, definition="Half of it.")
    scale = RatingScale(id="mine", levels=(*COARSE.levels, level))
    review = Review.from_plain(
        REVIEW | {"rating": "Half true", "scale": json.loads(scale.to_json())}
    )
    assert review.scale.level(review.rating) == level


@pytest.mark.parametrize(
    "changes",
    [
        {"explanation": []},
        {"explanation": [{"text": ""}]},
        {"headline": ""},
        {"version": 0},
        {"published": "yesterday"},
    ],
)
def test_an_incomplete_review_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Review.from_plain(REVIEW | changes)


def test_scales_rank_their_levels() -> None:
    assert (COARSE.best, COARSE.worst) == (5, 1)
    with pytest.raises(KeyError, match="Maybe"):
        COARSE.level("Maybe")
    with pytest.raises(ValidationError, match="share a label"):
        RatingScale(id="twice", levels=(COARSE.levels[0], COARSE.levels[0]))
    with pytest.raises(ValidationError):
        RatingScale(id="one", levels=COARSE.levels[:1])
