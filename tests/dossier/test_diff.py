from typing import Any

import pytest

from onrecord.dossier import differences, read_review, reviewed
from onrecord.dossier.diff import ABSENT, PRESENT
from onrecord.model import Dossier, Fault


def changed(dossier: Dossier, **fields: Any) -> Dossier:
    return Dossier(**{**{name: getattr(dossier, name) for name in Dossier.model_fields}, **fields})


def told(recorded: Dossier, found: Dossier) -> list[tuple[str, str, str]]:
    named = differences(recorded, found)
    assert bool(named) == (recorded.hash != found.hash)
    return [(item.where, item.recorded, item.found) for item in named]


def test_a_dossier_does_not_differ_from_itself(dossier: Dossier) -> None:
    assert told(dossier, Dossier.from_json(dossier.to_json())) == []


def test_a_review_is_no_difference(
    dossier: Dossier, tmp_path_factory: pytest.TempPathFactory, review_text: str
) -> None:
    path = tmp_path_factory.mktemp("review") / "review.yaml"
    path.write_text(review_text, "utf-8")
    assert told(reviewed(dossier, read_review(path, dossier)), dossier) == []


def test_another_model_is_named(dossier: Dossier) -> None:
    search, verifier = dossier.methods
    other = changed(dossier, methods=(search, verifier.model_copy(update={"sha256": "cd" * 32})))
    assert told(dossier, other) == [("methods.verifier.sha256", f'"{"ab" * 32}"', f'"{"cd" * 32}"')]


def test_another_reading_is_named(dossier: Dossier) -> None:
    first, second = dossier.evidence
    stance = first.stances[0].model_copy(update={"refutes": 0.8})
    other = changed(dossier, evidence=(first.model_copy(update={"stances": (stance,)}), second))
    (difference,) = differences(dossier, other)
    assert str(difference) == "evidence.e1.stances.p1.refutes: recorded 0.9, found 0.8"


def test_another_outcome_is_named(dossier: Dossier) -> None:
    outcome = dossier.assessment.outcome.model_copy(update={"probability": 0.8})
    part = dossier.assessment.parts[0]
    push = part.trace[0].model_copy(update={"log_odds": -1.0})
    parts = (part.model_copy(update={"trace": (push,)}),)
    assessment = dossier.assessment.model_copy(
        update={"outcome": outcome, "parts": parts, "decisive": ("e2", "e1")}
    )
    assert told(dossier, changed(dossier, assessment=assessment)) == [
        ("assessment.outcome.probability", "0.9", "0.8"),
        ("assessment.decisive.1", '"e1"', '"e2"'),
        ("assessment.decisive.2", ABSENT, '"e1"'),
        ("assessment.parts.p1.trace.e1.log_odds", "-2.2", "-1.0"),
    ]


def test_evidence_and_faults_that_one_side_lacks(dossier: Dossier) -> None:
    fault = Fault(step="neural.verifier", subject="d-2", message="ended early")
    other = changed(
        dossier, evidence=dossier.evidence[:1], faults=(*dossier.faults, fault), searches=()
    )
    assert told(dossier, other) == [
        ("searches.1", PRESENT, ABSENT),
        ("searches.2", PRESENT, ABSENT),
        ("evidence.e2", PRESENT, ABSENT),
        ("faults.2", ABSENT, PRESENT),
    ]


def test_searches_are_named_by_rank(dossier: Dossier) -> None:
    first, second = dossier.searches
    other = changed(dossier, searches=(first, second.model_copy(update={"found": 7})))
    assert told(dossier, other) == [("searches.2.found", "1", "7")]


def test_another_order_is_a_difference(dossier: Dossier) -> None:
    other = changed(dossier, documents=dossier.documents[::-1])
    assert [item[0] for item in told(dossier, other)] == ["documents.order"]


def test_options_of_another_type_differ(dossier: Dossier) -> None:
    other = changed(dossier, options={**dossier.options, "top": 50.0, "exact": 1, "more": "x"})
    assert told(dossier, other) == [
        ("options.top", "50", "50.0"),
        ("options.exact", "true", "1"),
        ("options.more", ABSENT, '"x"'),
    ]


def test_items_of_one_name_are_told_by_rank(dossier: Dossier) -> None:
    method = dossier.methods[1]
    recorded = changed(dossier, methods=(method, method))
    found = changed(dossier, methods=(method, method.model_copy(update={"version": "2"})))
    assert told(recorded, found) == [("methods.2.version", '"1"', '"2"')]


def test_a_changed_span_is_named_by_its_end(dossier: Dossier) -> None:
    first, second = dossier.evidence
    attribution = first.attribution.model_copy(update={"cue": (0, 4)})
    recorded = changed(
        dossier, evidence=(first.model_copy(update={"attribution": attribution}), second)
    )
    assert told(recorded, dossier) == [("evidence.e1.attribution.cue", "[0,4]", "null")]
