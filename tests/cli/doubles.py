"""Stand-ins for the models: fast, plain, and the same on every machine."""

import hashlib
import os
import re
import signal
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ReadingError
from onrecord.neural import Reading

DENIALS = {"not", "never", "no", "denies", "denied"}


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z0-9]+", text.casefold()) if len(word) > 2}


class WordEmbedder:
    """Texts that share words lie close."""

    name = "words/1"
    dimensions = 32
    sha256 = "0" * 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0] = 0.1
            for word in words(text):
                digest = hashlib.sha256(word.encode()).digest()
                vectors[row, digest[0] % self.dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class WordVerifier:
    """A passage with most of a claim's words supports it, or refutes it where one denies."""

    name = "overlap/1"
    sha256 = "1" * 64

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        return [self._one(claim, passage) for claim, passage in pairs]

    def _one(self, claim: str, passage: str) -> Reading:
        asked = words(claim)
        if len(asked & words(passage)) < 0.6 * len(asked):
            return Reading(0.05, 0.05, 0.9)
        denies = DENIALS & set(passage.casefold().split())
        return Reading(0.04, 0.92, 0.04) if denies else Reading(0.92, 0.04, 0.04)


class BrokenVerifier(WordVerifier):
    """Fails on every input."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        raise ReadingError("the model failed on purpose")


class HalfBrokenVerifier(WordVerifier):
    """Fails on passages that hold certain words."""

    def __init__(self, words: str) -> None:
        self.words = words

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        if any(self.words in passage for _, passage in pairs):
            raise ReadingError("the model failed on purpose")
        return super().read(pairs)


class KilledVerifier(WordVerifier):
    """Ends its own process, as a loss of power would, at the reading of that number."""

    def __init__(self, reading: int) -> None:
        self._left = reading

    def _one(self, claim: str, passage: str) -> Reading:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._one(claim, passage)


class InterruptedVerifier(WordVerifier):
    """A person at the keyboard has had enough."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        raise KeyboardInterrupt
