"""Labelled pairs of claim and evidence: how they lie in a file, and how their labels are folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import InputError
from onrecord.evals.lines import objects, read_lines, text_field
from onrecord.evals.metrics import Floats, Integers

LABELS = ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO")
"""In the order in which probabilities stand."""

SUPPORTED_OR_NOT = "supported_or_not"
SUPPORTED_OR_REFUTED = "supported_or_refuted"


@dataclass(frozen=True)
class Pair:
    """A claim, evidence, and how the evidence stands to it."""

    claim: str
    evidence: str
    label: str


@dataclass(frozen=True)
class Fold:
    """The labels that answers are compared by: all three, or two where the set has no third.

    Where no pair is labelled REFUTES, the set asks whether the evidence supports the claim, and
    REFUTES and NOT_ENOUGH_INFO are one answer, their probabilities added. Where none is
    NOT_ENOUGH_INFO, the set asks for one of the other two, and the probability of silence is left
    out and the rest brought to 1.
    """

    name: str | None
    """SUPPORTED_OR_NOT, SUPPORTED_OR_REFUTED, or None when all three labels stand."""
    labels: tuple[str, ...]

    @property
    def metric(self) -> str:
        """The figure that such a set goes by."""
        return "balanced_accuracy" if self.name else "macro_f1"

    def gold(self, pairs: Sequence[Pair]) -> Integers:
        """Numbers of the pairs' labels; of two, the second stands for whatever is no support."""
        numbers = {label: number for number, label in enumerate(LABELS)}
        last = len(self.labels) - 1
        return np.array([min(numbers[pair.label], last) for pair in pairs], dtype=np.int64)

    def probabilities(self, found: Floats) -> Floats:
        """Probabilities of its labels, from those of LABELS."""
        if self.name == SUPPORTED_OR_NOT:
            return np.stack([found[:, 0], found[:, 1] + found[:, 2]], axis=1)
        if self.name == SUPPORTED_OR_REFUTED:
            # Where both are 0 they come out equal.
            told = found[:, :2] + np.finfo(np.float64).tiny
            shares: Floats = told / told.sum(1, keepdims=True)
            return shares
        return found


@dataclass(frozen=True)
class StanceSet:
    """The pairs of a file, or some of them."""

    name: str
    """The file's name without its ending: 'averitec.dev'."""
    pairs: tuple[Pair, ...]
    held: int
    """How many the file has."""
    fold: Fold
    """By the labels of the whole file."""
    sha256: str
    """Of the whole file, unpacked."""


def fold_of(labels: Iterable[str]) -> Fold:
    """How a set with these labels is folded."""
    found = set(labels)
    if "REFUTES" not in found:
        return Fold(SUPPORTED_OR_NOT, ("SUPPORTS", "NOT_SUPPORTED"))
    if "NOT_ENOUGH_INFO" not in found:
        return Fold(SUPPORTED_OR_REFUTED, ("SUPPORTS", "REFUTES"))
    return Fold(None, LABELS)


def read_stance_set(path: Path, limit: int | None = None) -> StanceSet:
    """The pairs of a JSON Lines file `{"claim", "evidence", "label"}`, plain or gzip.

    `limit` takes that many at most, evenly spread over the file. Raises InputError, which begins
    with the file's name, when it cannot be read, has no pairs, or a line is none.
    """
    if limit is not None and limit < 1:
        raise InputError(f"a limit of {limit} leaves nothing to read; give 1 or more")
    lines = read_lines(path)
    pairs = [_pair(row, place) for place, row in objects(lines)]
    if not pairs:
        raise InputError(
            f'{path}: no pairs; lines like {{"claim", "evidence", "label"}} are wanted'
        )
    size = min(limit or len(pairs), len(pairs))
    return StanceSet(
        name=set_name(path),
        pairs=tuple(pairs[number * len(pairs) // size] for number in range(size)),
        held=len(pairs),
        fold=fold_of(pair.label for pair in pairs),
        sha256=lines.sha256,
    )


def set_name(path: Path) -> str:
    """The file's name without '.jsonl' or '.jsonl.gz'."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


def _pair(row: dict[str, Any], place: str) -> Pair:
    claim, evidence = text_field(row, "claim", place), text_field(row, "evidence", place)
    if not claim.strip():
        raise InputError(f"{place}: the claim is empty")
    label = row.get("label")
    if label not in LABELS:
        raise InputError(f"{place}: the label {label!r:.60} is none of {', '.join(LABELS)}")
    return Pair(claim, evidence, label)
