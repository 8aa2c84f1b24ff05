"""How far figures would move on other claims of the same kind: the bootstrap (Efron 1979)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from onrecord.evals.metrics import Floats, Integers

SEED = 0
RESAMPLES = 1000
LEVEL = 95
"""Per cent of the resamples that lie within an interval."""

Interval = tuple[float, float]


@dataclass(frozen=True)
class Draws:
    """A figure of each resample; None of them is the figure itself."""

    accuracy: Floats
    macro_f1: Floats
    balanced_accuracy: Floats


def draws(gold: Integers, guesses: Integers, labels: int, groups: Integers) -> Draws:
    """Figures of RESAMPLES resamples, drawn by group: those of one group come or go together.

    Pairs about one claim are not independent of each other, so it is claims that are drawn
    (cluster bootstrap, Davison and Hinkley 1997). The same groups give the same resamples,
    whatever the guesses: the difference of two models' draws is a paired one.
    """
    cells = np.zeros((int(groups.max()) + 1, labels * labels))
    np.add.at(cells, (groups, gold * labels + guesses), 1)
    confusions = resample(cells, lambda drawn: drawn.sum(0)).reshape(-1, labels, labels)
    return _figures(confusions)


def resample(rows: Floats, statistic: Callable[[Floats], Floats]) -> Floats:
    """The statistic of RESAMPLES resamples of the rows, each as many as there are."""
    rng = np.random.default_rng(SEED)
    return np.array(
        [statistic(rows[rng.integers(0, len(rows), len(rows))]) for _ in range(RESAMPLES)]
    )


def interval(found: Floats) -> Interval:
    """The percentile interval of LEVEL per cent."""
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(found, (tail, 100 - tail))
    return float(low), float(high)


def _figures(confusions: Floats) -> Draws:
    """Figures of confusion matrices [resamples, gold, guess]; a label that is nowhere has F1 0."""
    hits = np.diagonal(confusions, axis1=1, axis2=2)
    golds, guessed = confusions.sum(2), confusions.sum(1)
    with np.errstate(invalid="ignore"):
        f1 = np.nan_to_num(2 * hits / (golds + guessed))
        recalls = hits / golds
    return Draws(
        accuracy=hits.sum(1) / golds.sum(1),
        macro_f1=f1.mean(1),
        balanced_accuracy=np.nanmean(recalls, axis=1),
    )
