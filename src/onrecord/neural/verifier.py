"""Reads a passage against a claim: it supports it, refutes it, or does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model import PROBABILITY_DIGITS
from onrecord.neural.session import Model, load
from onrecord.neural.windows import windows


@dataclass(frozen=True)
class Reading:
    """Probabilities that a passage supports, refutes, or does not decide a claim."""

    supports: float
    refutes: float
    not_enough_info: float


class Verifier:
    """A cross-encoder over claim and passage; how it was trained is in the card by its weights."""

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or load("verifier")

    @classmethod
    def load(cls, name: str) -> Verifier:
        """The verifier of that name, 'verifier' or 'verifier-fast'. Raises ModelError."""
        return cls(load(name))

    @property
    def name(self) -> str:
        """Version of the model."""
        return self._model.manifest.version

    @property
    def sha256(self) -> str:
        """Digest over the model's files."""
        return self._model.manifest.sha256

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """A reading for each (claim, passage), in order.

        A passage too long for the model is read in windows, and the one that decides most speaks
        for it (see `windows` for which are read of a very long one).
        """
        found = self.probabilities(pairs)
        return [Reading(*(round(float(p), PROBABILITY_DIGITS) for p in row)) for row in found]

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """[N, 3] in the order supports, refutes, not enough info; rows sum to 1."""
        size = self._model.manifest.max_tokens
        read = [windows(pair, size) for pair in self._model.encode(pairs)]
        logits = self._model.run([window for some in read for window in some]).astype(np.float64)
        logits /= self._model.manifest.temperature
        logits += self._model.manifest.bias or 0.0
        logits -= logits.max(axis=1, keepdims=True)
        weights = np.exp(logits)
        columns = [self._model.manifest.labels.index(label) for label in _ORDER]
        found: NDArray[np.float64] = (weights / weights.sum(axis=1, keepdims=True))[:, columns]
        ends = np.cumsum([len(some) for some in read])
        telling = [
            end - len(some) + int(found[end - len(some) : end, _SILENT].argmin())
            for some, end in zip(read, ends, strict=True)
        ]
        return found[telling]


_ORDER = ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO")
_SILENT = 2
