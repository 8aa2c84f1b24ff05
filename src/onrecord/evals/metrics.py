"""What is measured of answers that were given with probabilities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, precision_recall_fscore_support, recall_score

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

BINS = 15
"""Bins of equal width over [0, 1], as many as in Guo et al. 2017."""

COVERAGE_STEPS = 20


@dataclass(frozen=True)
class Bin:
    """Answers of like confidence, which is the probability of the label that was chosen."""

    low: float
    high: float
    n: int
    confidence: float | None
    """Their mean confidence; None in an empty bin, as is the accuracy."""
    accuracy: float | None


@dataclass(frozen=True)
class LabelScore:
    """How well one label was found; 0 where nothing was there to be found or was found."""

    precision: float
    recall: float
    f1: float
    support: int
    """How many have the label."""


@dataclass(frozen=True)
class CoveragePoint:
    """The accuracy when only the surest answers are kept (El-Yaniv and Wiener 2010)."""

    coverage: float
    """Share of the answers kept, above 0."""
    accuracy: float
    confidence: float
    """That of the least sure answer kept."""


def figures(gold: Integers, guesses: Integers, labels: int) -> dict[str, float]:
    """Accuracy, macro-F1 over all labels, and balanced accuracy.

    Balanced accuracy is the mean recall of the labels that occur (Brodersen et al. 2010). Labels
    are numbers below `labels`.
    """
    recalls = recall_score(
        gold, guesses, labels=np.unique(gold), average="macro", zero_division=0.0
    )
    f1 = precision_recall_fscore_support(
        gold, guesses, labels=range(labels), average="macro", zero_division=0.0
    )[2]
    return {
        "accuracy": float(accuracy_score(gold, guesses)),
        "macro_f1": float(f1),
        "balanced_accuracy": float(recalls),
    }


def per_label(gold: Integers, guesses: Integers, names: tuple[str, ...]) -> dict[str, LabelScore]:
    """Precision, recall, F1 and support of each label, by its name."""
    columns = precision_recall_fscore_support(
        gold, guesses, labels=range(len(names)), zero_division=0.0
    )
    return {
        name: LabelScore(float(precision), float(recall), float(f1), int(support))
        for name, precision, recall, f1, support in zip(names, *columns, strict=True)
    }


def reliability(gold: Integers, probabilities: Floats) -> tuple[Bin, ...]:
    """Confidence and accuracy in BINS bins, the diagram of DeGroot and Fienberg 1983.

    A confidence on the border of two bins belongs to the upper one, and 1 to the last.
    """
    sure, right = probabilities.max(1), probabilities.argmax(1) == gold
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    bins = []
    for number in range(BINS):
        here = place == number
        some = bool(here.any())
        bins.append(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                n=int(here.sum()),
                confidence=float(sure[here].mean()) if some else None,
                accuracy=float(right[here].mean()) if some else None,
            )
        )
    return tuple(bins)


def calibration_error(bins: Iterable[Bin]) -> float:
    """Expected calibration error: the mean gap of confidence and accuracy, weighted by bin size.

    From 0 to 1, over BINS bins of equal width (Naeini et al. 2015, Guo et al. 2017).
    """
    held = [bin_ for bin_ in bins if bin_.n]
    gaps = sum(b.n * abs((b.accuracy or 0.0) - (b.confidence or 0.0)) for b in held)
    return gaps / sum(b.n for b in held)


def merged(reliabilities: Iterable[tuple[Bin, ...]]) -> tuple[Bin, ...]:
    """The bins of several sets as if all their answers were of one; exact, bin by bin."""
    return tuple(_together(bins) for bins in zip(*reliabilities, strict=True))


def _together(bins: tuple[Bin, ...]) -> Bin:
    n = sum(b.n for b in bins)

    def mean(of: Iterable[float | None]) -> float | None:
        weighted = sum(b.n * (value or 0.0) for b, value in zip(bins, of, strict=True))
        return weighted / n if n else None

    return Bin(
        low=bins[0].low,
        high=bins[0].high,
        n=n,
        confidence=mean(b.confidence for b in bins),
        accuracy=mean(b.accuracy for b in bins),
    )


def brier(gold: Integers, probabilities: Floats) -> float:
    """Brier's score of 1950: squared differences summed over the labels, their mean; 0 to 2."""
    wanted = np.eye(probabilities.shape[1])[gold]
    return float(((probabilities - wanted) ** 2).sum(1).mean())


def coverage_curve(gold: Integers, probabilities: Floats) -> tuple[CoveragePoint, ...]:
    """Accuracy among the surest 5 %, 10 % ... 100 % of the answers; equals in their given order."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == gold
    order = np.argsort(-sure, kind="stable")
    accuracies = np.cumsum(right[order]) / np.arange(1, len(gold) + 1)
    sizes = sorted(
        {-(-step * len(gold) // COVERAGE_STEPS) for step in range(1, COVERAGE_STEPS + 1)}
    )
    return tuple(
        CoveragePoint(size / len(gold), float(accuracies[size - 1]), float(sure[order[size - 1]]))
        for size in sizes
    )
