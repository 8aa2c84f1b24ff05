"""BM25 (Robertson & Zaragoza 2009) with the statistics of the archive as it stood at some place.

A search engine weighs a word by how rare it is in all that it holds, so what is added later moves
yesterday's ranking. A replay must not move: the statistics come in as an argument here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K1 = 1.2
B = 0.75


@dataclass(frozen=True)
class FieldStatistics:
    """What BM25 must know of one field of all passages."""

    passages: int
    mean_words: float
    holding: Mapping[str, int]
    """For each word of the query, how many passages hold it."""

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word of the query, above 0."""
        holding = self.holding[word]
        # Passages deleted but not yet purged may be counted among the holders only.
        total = max(self.passages, holding)
        return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


def score(words: Sequence[str], query: Sequence[str], field: FieldStatistics) -> float:
    """How well a field of these words fits the distinct words of the query; 0 when it has none."""
    length = len(words) / field.mean_words if field.mean_words else 0.0
    weight = K1 * (1 - B + B * length)
    total = 0.0
    for word in query:
        if times := words.count(word):
            total += field.rarity(word) * (K1 + 1) * times / (times + weight)
    return total


def ratio(query: Sequence[str], ours: FieldStatistics, theirs: FieldStatistics) -> float:
    """The most by which a score with our statistics can exceed one with theirs; 1 or more."""
    longer = ours.mean_words / theirs.mean_words if theirs.mean_words else 1.0
    rarer = (ours.rarity(word) / theirs.rarity(word) for word in query)
    return max(1.0, longer) * max((1.0, *rarer))
