"""How well a verifier reads: labelled pairs of claim and evidence, beside what it must beat."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.evals import baselines
from onrecord.evals.bootstrap import Draws, Interval, draws, interval
from onrecord.evals.metrics import (
    Bin,
    CoveragePoint,
    Floats,
    Integers,
    LabelScore,
    brier,
    calibration_error,
    coverage_curve,
    figures,
    per_label,
    reliability,
)
from onrecord.evals.pairs import Fold, StanceSet
from onrecord.evals.throughput import memory_mb

if TYPE_CHECKING:
    from onrecord import Progress
    from onrecord.check import Verifier

TOGETHER = 256
"""Pairs that are read between two reports of progress."""


@dataclass(frozen=True)
class Answers:
    """What a verifier said of a set's pairs, folded as the set is."""

    fold: Fold
    gold: Integers
    probabilities: Floats
    groups: Integers
    """Numbers of the claims: pairs with one number are about one claim."""

    @property
    def guesses(self) -> Integers:
        """Numbers of the labels that are most probable; of equals the first."""
        found: Integers = self.probabilities.argmax(1)
        return found

    def figures(self, guesses: Integers) -> dict[str, float]:
        """Accuracy, macro-F1 and balanced accuracy of guesses, the verifier's or others."""
        return figures(self.gold, guesses, len(self.fold.labels))

    def draws(self, guesses: Integers) -> Draws:
        """The same figures of resamples."""
        return draws(self.gold, guesses, len(self.fold.labels), self.groups)


@dataclass(frozen=True)
class StanceResult:
    """What was measured on a set."""

    set: str
    n: int
    """Pairs that were read."""
    held: int
    """Pairs that the file has."""
    labels: tuple[str, ...]
    """Those that answers are compared by."""
    folded: str | None
    """'supported_or_not', 'supported_or_refuted', or None where the labels stand (see `Fold`)."""
    metric: str
    """The figure to go by: 'balanced_accuracy' where labels are folded, else 'macro_f1'."""
    accuracy: float
    macro_f1: float
    balanced_accuracy: float
    per_label: dict[str, LabelScore]
    ece: float
    brier: float
    claim_only_macro_f1: float
    """Of the same verifier with the evidence blanked."""
    claim_only_balanced_accuracy: float
    majority_macro_f1: float
    majority_balanced_accuracy: float
    tfidf_macro_f1: float | None
    """Of a TF-IDF model that learns from the set itself, cross-validated (see `baselines`); None
    when the set is too small."""
    tfidf_balanced_accuracy: float | None
    intervals: dict[str, Interval]
    """Of 95 %, by bootstrap over the claims: of accuracy, macro_f1 and balanced_accuracy, and of
    what macro_f1 is above a baseline ('over_claim_only', 'over_majority', 'over_tfidf'). The
    calibration error has none: resampling makes it larger than it is."""
    reliability: tuple[Bin, ...]
    coverage: tuple[CoveragePoint, ...]
    pairs_per_s: float
    """With the model loaded."""
    memory_mb: float | None
    """Most memory that this process ever held; None on Windows, which does not say."""
    model: str
    model_sha256: str
    data_sha256: str

    @property
    def value(self) -> float:
        """The figure to go by."""
        return float(getattr(self, self.metric))

    def baseline(self, name: str) -> float | None:
        """The same figure of 'claim_only', 'majority' or 'tfidf'."""
        found: float | None = getattr(self, f"{name}_{self.metric}")
        return found

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def answer(given: StanceSet, verifier: Verifier, progress: Progress | None = None) -> Answers:
    """The verifier's answers to a set. Raises ReadingError when it fails on a pair."""
    found = said(verifier, [(pair.claim, pair.evidence) for pair in given.pairs], progress)
    return _answers(given, found)


def measure(given: StanceSet, verifier: Verifier, progress: Progress | None = None) -> StanceResult:
    """Everything that is measured of a verifier on a set.

    Raises ReadingError when the verifier fails on a pair: a fault is no answer.
    """
    began = time.perf_counter()
    answers = answer(given, verifier, progress)
    rate = len(given.pairs) / (time.perf_counter() - began)
    memory = memory_mb()
    guesses = {
        "claim_only": _claim_only(given, verifier, progress).guesses,
        "majority": baselines.majority(answers.gold),
        "tfidf": baselines.tfidf(
            [f"{pair.claim}\n{pair.evidence}" for pair in given.pairs],
            answers.gold,
            answers.groups,
        ),
    }
    bins = reliability(answers.gold, answers.probabilities)
    return StanceResult(
        set=given.name,
        n=len(given.pairs),
        held=given.held,
        labels=answers.fold.labels,
        folded=answers.fold.name,
        metric=answers.fold.metric,
        **answers.figures(answers.guesses),
        per_label=per_label(answers.gold, answers.guesses, answers.fold.labels),
        ece=calibration_error(bins),
        brier=brier(answers.gold, answers.probabilities),
        **_baseline_figures(answers, guesses),
        intervals=_intervals(answers, guesses),
        reliability=bins,
        coverage=coverage_curve(answers.gold, answers.probabilities),
        pairs_per_s=rate,
        memory_mb=memory,
        model=verifier.name,
        model_sha256=verifier.sha256,
        data_sha256=given.sha256,
    )


def _claim_only(given: StanceSet, verifier: Verifier, progress: Progress | None) -> Answers:
    """The answers with the evidence blanked, each claim read once."""
    claims = list(dict.fromkeys(pair.claim for pair in given.pairs))
    found = dict(zip(claims, said(verifier, [(c, "") for c in claims], progress), strict=True))
    return _answers(given, np.array([found[pair.claim] for pair in given.pairs]))


def _answers(given: StanceSet, found: Floats) -> Answers:
    fold = given.fold
    claims = [pair.claim for pair in given.pairs]
    return Answers(
        fold=fold,
        gold=fold.gold(given.pairs),
        probabilities=fold.probabilities(found),
        groups=np.unique(claims, return_inverse=True)[1].astype(np.int64),
    )


def said(
    verifier: Verifier, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
) -> Floats:
    """What a verifier says of pairs, [N,3] in the order of LABELS. Raises ReadingError."""
    rows: list[tuple[float, float, float]] = []
    for start in range(0, len(pairs), TOGETHER):
        if progress:
            progress("read", start, len(pairs))
        rows += [
            (found.supports, found.refutes, found.not_enough_info)
            for found in verifier.read(pairs[start : start + TOGETHER])
        ]
    if progress:
        progress("read", len(pairs), len(pairs))
    return np.array(rows, dtype=np.float64)


def _baseline_figures(answers: Answers, guesses: dict[str, Integers | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, guessed in guesses.items():
        shown = answers.figures(guessed) if guessed is not None else {}
        for metric in ("macro_f1", "balanced_accuracy"):
            found[f"{name}_{metric}"] = shown.get(metric)
    return found


def _intervals(answers: Answers, guesses: dict[str, Integers | None]) -> dict[str, Interval]:
    own = answers.draws(answers.guesses)
    found = {field.name: interval(getattr(own, field.name)) for field in fields(Draws)}
    for name, guessed in guesses.items():
        if guessed is not None:
            found[f"over_{name}"] = interval(own.macro_f1 - answers.draws(guessed).macro_f1)
    return found
