"""Fits the calibration of an exported verifier on development rows (Guo et al. 2017).

    python training/calibrate.py [--model verifier-fast] --data DIR [--data DIR ...]

A temperature divides all logits and a bias is added to each label's (vector scaling with one
scale): the temperature makes the model less sure where it is too sure, the bias moves what it says
of too often or too seldom. Both are written into the manifest beside the weights. The development
rows are of many kinds, a few hundred of each, none of them of a benchmark that is reported. Needs
the project installed, not PyTorch.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from data import LABELS, Row, find_set, read_rows
from onrecord.neural import Verifier, models_folder

SETS = (
    "written.dev",
    "written_more.dev",
    "written_wide.dev",
    "written_conduct.dev",
    "check_covid.dev",
    "cad_nli.dev",
    "infotabs.dev",
    "fool_me_twice.dev",
    "fever_symmetric.dev",
    "citation_integrity.dev",
    "begin.wow_dev",
)
ROWS = 200
"""Most rows of one set."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Development rows of one set as the model reads them, with what counts as right.

    `scores` are log-probabilities [N,3], `right` marks [N,3] the labels that a row's gold label
    stands for, `possible` [3] those that the set knows: a set without REFUTES folds it into
    NOT_ENOUGH_INFO, one without NOT_ENOUGH_INFO leaves that out.
    """

    name: str
    scores: Floats
    right: NDArray[np.bool_]
    possible: NDArray[np.bool_]

    def loss(self, temperature: float, bias: Floats) -> float:
        """Mean negative log-likelihood after calibration."""
        chances = calibrated(self.scores, temperature, bias) * self.possible
        return float(-np.log((chances * self.right).sum(1) / chances.sum(1)).mean())


def calibrated(scores: Floats, temperature: float, bias: Floats) -> Floats:
    """Probabilities [N,3] of log-probabilities [N,3]."""
    logits = scores / temperature + bias
    chances = np.exp(logits - logits.max(1, keepdims=True))
    found: Floats = chances / chances.sum(1, keepdims=True)
    return found


def sample(name: str, rows: Sequence[Row], verifier: Verifier) -> Sample:
    """The rows of a set, read."""
    labels = np.array([row.label for row in rows])
    refutes, silent = LABELS.index("REFUTES"), LABELS.index("NOT_ENOUGH_INFO")
    right = np.eye(len(LABELS), dtype=bool)[labels]
    possible = np.ones(len(LABELS), dtype=bool)
    if refutes not in labels:
        right[labels == silent, refutes] = True
    if silent not in labels:
        possible[silent] = False
    chances = verifier.probabilities([(row.claim, row.evidence) for row in rows])
    return Sample(name, np.log(chances + 1e-9), right, possible)


def fit(samples: Sequence[Sample]) -> tuple[float, Floats]:
    """Temperature and bias [3] of least loss, every set counting alike."""

    def loss(given: Floats) -> float:
        bias = np.array([given[1], given[2], -given[1] - given[2]])
        held_back = 0.02 * float(np.square(bias).sum())  # a few hundred rows are not the world
        return float(np.mean([s.loss(np.exp(given[0]), bias) for s in samples])) + held_back

    best = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    return float(np.exp(best[0])), np.array([best[1], best[2], -best[1] - best[2]])


def main() -> None:
    """Fits and writes the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="verifier")
    parser.add_argument("--data", type=Path, action="append", required=True)
    given = parser.parse_args()
    path = models_folder() / given.model / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest.update(temperature=1.0, bias=[0.0, 0.0, 0.0])
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    verifier = Verifier.load(given.model)
    samples = []
    for name in SETS:
        file = find_set(name, given.data)
        if file is None:
            continue
        rows = read_rows(file)
        random.Random(0).shuffle(rows)
        samples.append(sample(name, rows[:ROWS], verifier))
    temperature, bias = fit(samples)
    for one in samples:
        before, after = one.loss(1.0, np.zeros(3)), one.loss(temperature, bias)
        print(f"{one.name:24} n {len(one.scores):4}  loss {before:.3f} -> {after:.3f}")
    # The manifest's labels are in the order of LABELS, as the exporter writes them.
    manifest.update(temperature=round(temperature, 3), bias=[round(float(b), 3) for b in bias])
    path.write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"temperature {manifest['temperature']}, bias {manifest['bias']}")


if __name__ == "__main__":
    main()
