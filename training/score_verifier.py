"""Scores the shipped verifier on labelled files, beside the baselines that it must beat.

    python training/score_verifier.py FILE [FILE ...] [--limit N]

Macro-F1 with a 95 % bootstrap interval, the same with the evidence blanked (claim only), the
majority label, and the expected calibration error over ten bins.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score

from data import Row, read_rows
from onrecord.neural import Verifier


def score(path: Path, limit: int | None) -> str:
    """One line of figures for one file."""
    rows = read_rows(path)
    rows = rows[:: max(1, len(rows) // limit)] if limit else rows
    gold = np.array([row.label for row in rows])
    started = time.perf_counter()
    found = _read(rows)
    rate = len(rows) / (time.perf_counter() - started)
    guesses = found.argmax(1)
    blank = _read([replace(row, evidence="") for row in rows]).argmax(1)
    majority = np.full_like(gold, np.bincount(gold).argmax())
    low, high = _interval(gold, guesses)
    return (
        f"{path.name:32} n {len(rows):5}  macro-F1 {_f1(gold, guesses):.3f} [{low:.3f}, {high:.3f}]"
        f"  claim only {_f1(gold, blank):.3f}  majority {_f1(gold, majority):.3f}"
        f"  accuracy {accuracy_score(gold, guesses):.3f}  ECE {_ece(found, gold):.3f}"
        f"  {rate:.1f} pairs/s"
    )


def _read(rows: list[Row]) -> NDArray[np.float64]:
    return Verifier().probabilities([(row.claim, row.evidence) for row in rows])


def _f1(gold: NDArray[np.int64], guesses: NDArray[np.int64]) -> float:
    return float(f1_score(gold, guesses, average="macro"))


def _interval(gold: NDArray[np.int64], guesses: NDArray[np.int64]) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(gold), len(gold)) for _ in range(500)]
    low, high = np.percentile([_f1(gold[d], guesses[d]) for d in draws], (2.5, 97.5))
    return float(low), float(high)


def _ece(found: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    sure, right = found.max(1), found.argmax(1) == gold
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum(
            abs(right[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean()
            for b in np.unique(bins)
        )
    )


def main() -> None:
    """Prints a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    for path in given.files:
        print(score(path, given.limit), flush=True)


if __name__ == "__main__":
    main()
