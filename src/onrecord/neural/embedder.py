"""Sentence vectors: texts of like meaning lie close."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.neural.session import Model, load


class Embedder:
    """all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), int8."""

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or load("embedder")

    @property
    def name(self) -> str:
        """Version of the model: vectors of another name must not be compared with its own."""
        return self._model.manifest.version

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._model.manifest.dimensions or 0

    @property
    def sha256(self) -> str:
        """Digest over the model's files."""
        return self._model.manifest.sha256

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors [N, dimensions]; text beyond 256 tokens is not read."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._model.run(self._model.encode(texts))
