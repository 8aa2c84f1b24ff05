import json

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, f1_score

from onrecord.errors import ReadingError
from onrecord.evals import stance
from onrecord.evals.pairs import read_stance_set
from onrecord.evals.stance import answer, measure
from onrecord.neural import Reading
from tests.cli.doubles import BrokenVerifier, WordVerifier

KEYS = {
    *("n", "labels", "accuracy", "macro_f1", "balanced_accuracy", "per_label", "ece", "brier"),
    *("claim_only_macro_f1", "majority_macro_f1", "tfidf_macro_f1", "pairs_per_s", "memory_mb"),
    *("coverage", "intervals", "data_sha256", "model", "folded"),
}


class ClaimVerifier(WordVerifier):
    """Never looks at the evidence."""

    def _one(self, claim, passage):
        even = int(claim.split()[3]) % 2 == 0
        return Reading(0.8, 0.1, 0.1) if even else Reading(0.1, 0.1, 0.8)


class SureVerifier(WordVerifier):
    """Gives the same reading to every pair."""

    def __init__(self, *reading):
        self._reading = Reading(*reading)

    def _one(self, claim, passage):
        return self._reading


class CountingVerifier(WordVerifier):
    def __init__(self):
        self.asked = []

    def read(self, pairs):
        self.asked.append(list(pairs))
        return super().read(pairs)


def test_a_verifier_that_reads_well(three_way):
    found = measure(three_way, WordVerifier())
    assert (found.n, found.held, found.folded, found.metric) == (24, 24, None, "macro_f1")
    assert found.accuracy == found.macro_f1 == found.balanced_accuracy == found.value == 1
    assert found.ece == pytest.approx(1 - (2 * 0.92 + 0.9) / 3)
    assert found.claim_only_macro_f1 == found.majority_macro_f1 == pytest.approx(1 / 6)
    assert found.claim_only_balanced_accuracy == pytest.approx(1 / 3)
    assert found.intervals["macro_f1"] == (1, 1)
    assert found.intervals["over_majority"] == pytest.approx((5 / 6, 5 / 6))
    assert (found.model, found.model_sha256) == ("overlap/1", "1" * 64)
    assert found.data_sha256 == three_way.sha256
    assert {score.support for score in found.per_label.values()} == {8}


def test_the_figures_are_the_librarys(three_way):
    verifier = ClaimVerifier()
    gold = [pair.label for pair in three_way.pairs]
    guesses = [
        ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO")[
            int(np.argmax([one.supports, one.refutes, one.not_enough_info]))
        ]
        for one in verifier.read([(pair.claim, pair.evidence) for pair in three_way.pairs])
    ]
    found = measure(three_way, verifier)
    assert found.macro_f1 == pytest.approx(f1_score(gold, guesses, average="macro"))
    assert found.balanced_accuracy == pytest.approx(balanced_accuracy_score(gold, guesses))


def test_one_that_never_looks_at_the_evidence_is_no_better_than_its_ablation(three_way):
    found = measure(three_way, ClaimVerifier())
    assert found.claim_only_macro_f1 == found.macro_f1
    assert found.intervals["over_claim_only"] == (0, 0)


def test_plain_data_has_what_is_promised(three_way):
    plain = json.loads(json.dumps(measure(three_way, WordVerifier()).plain()))
    assert set(plain) >= KEYS
    assert set(plain["per_label"]["REFUTES"]) == {"precision", "recall", "f1", "support"}
    assert set(plain["intervals"]) == {
        *("accuracy", "macro_f1", "balanced_accuracy"),
        *("over_claim_only", "over_majority", "over_tfidf"),
    }
    assert plain["coverage"][-1]["coverage"] == 1
    assert plain["pairs_per_s"] > 0
    assert plain["memory_mb"] is None or plain["memory_mb"] > 10


def test_without_refutes_the_rest_is_one_answer(two_way):
    given = two_way("REFUTES")
    found = measure(given, SureVerifier(0.4, 0.3, 0.3))
    assert (found.folded, found.metric) == ("supported_or_not", "balanced_accuracy")
    assert found.labels == ("SUPPORTS", "NOT_SUPPORTED")
    assert found.per_label["NOT_SUPPORTED"].recall == 1
    assert found.balanced_accuracy == found.value == 0.5
    assert found.ece == pytest.approx(0.1)
    assert measure(given, WordVerifier()).balanced_accuracy == 1


def test_without_silence_each_pair_gets_one_of_the_two(two_way):
    given = two_way("NOT_ENOUGH_INFO")
    found = measure(given, SureVerifier(0.02, 0.03, 0.95))
    assert (found.folded, found.metric) == ("supported_or_refuted", "balanced_accuracy")
    assert found.labels == ("SUPPORTS", "REFUTES")
    assert found.per_label["REFUTES"].recall == 1
    assert found.ece == pytest.approx(0.1)
    assert measure(given, WordVerifier()).balanced_accuracy == 1


def test_the_ablation_is_folded_too(two_way):
    found = measure(two_way("NOT_ENOUGH_INFO"), WordVerifier())
    assert found.claim_only_balanced_accuracy == 0.5
    assert found.majority_balanced_accuracy == 0.5


def test_a_set_of_one_label(pairs_file):
    rows = [(f"Port {n} sold boats.", "Rain fell.", "NOT_ENOUGH_INFO") for n in range(6)]
    found = measure(read_stance_set(pairs_file(rows)), WordVerifier())
    assert found.folded == "supported_or_not"
    assert found.accuracy == found.balanced_accuracy == 1


def test_one_pair(pairs_file):
    given = read_stance_set(pairs_file([("Boats left.", "Boats left.", "SUPPORTS")]))
    found = measure(given, WordVerifier())
    assert found.accuracy == 1
    assert found.tfidf_macro_f1 is None
    assert "over_tfidf" not in found.intervals
    assert found.baseline("tfidf") is None


def test_blanked_claims_are_read_once_and_the_evidence_is_gone(three_way):
    verifier = CountingVerifier()
    measure(three_way, verifier)
    first, second = verifier.asked
    assert first == [(pair.claim, pair.evidence) for pair in three_way.pairs]
    assert second == [(claim, "") for claim in dict.fromkeys(p.claim for p in three_way.pairs)]


def test_progress_is_reported_while_many_are_read(three_way, monkeypatch):
    monkeypatch.setattr(stance, "TOGETHER", 10)
    seen = []
    answer(three_way, WordVerifier(), lambda *report: seen.append(report))
    assert seen == [("read", done, 24) for done in (0, 10, 20, 24)]
    whole = answer(three_way, WordVerifier())
    monkeypatch.setattr(stance, "TOGETHER", 7)
    assert (answer(three_way, WordVerifier()).probabilities == whole.probabilities).all()


def test_a_verifier_that_fails_is_no_answer(three_way):
    with pytest.raises(ReadingError, match="on purpose"):
        measure(three_way, BrokenVerifier())


def test_the_same_on_every_run(three_way):
    one, same = (measure(three_way, ClaimVerifier()).plain() for _ in range(2))
    for plain in (one, same):
        del plain["pairs_per_s"], plain["memory_mb"]
    assert one == same
