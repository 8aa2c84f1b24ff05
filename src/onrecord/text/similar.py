"""Whether two texts are copies of each other, give or take an edit.

Near-identity is of words, not of meaning: '2,158 were killed' and '2,518 were killed' are
near-identical. It tells copies apart from independent reports, and says nothing of agreement.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import blake2b

SHINGLE_WORDS = 5

SHORT_WORDS = 40
"""A text of fewer words is compared by pairs of words: one edit would touch most of its fives."""

SHORT_SHINGLE_WORDS = 2

SIZE_RATIO = 0.5
"""A text of less than this share of the other's shingles is a quotation from it, not a copy."""

_WORD = re.compile(r"\w+")


def shingles(text: str, words: int = SHINGLE_WORDS) -> frozenset[int]:
    """Stable 64-bit hashes of every run of `words` words, case folded and without punctuation.

    A shorter text gives one hash of all its words; a text without words gives none. Raises
    ValueError when `words` is less than 1.
    """
    if words < 1:
        raise ValueError(f"a shingle has at least 1 word, got {words}")
    return _shingles(_words(text), words)


def near_identical(a: str, b: str, at_least: float = 0.7) -> bool:
    """Whether the texts are copies: their shingles' Jaccard index, or the share of the smaller that
    the larger contains, reaches `at_least` (0 to 1).

    Containment counts only where the smaller has half the shingles of the larger or more. A text
    without words is near-identical to nothing.
    """
    first, second = _words(a), _words(b)
    width = _width(min(len(first), len(second)))
    left, right = _shingles(first, width), _shingles(second, width)
    return _alike(len(left & right), len(left), len(right), at_least)


def clusters(texts: Sequence[str], at_least: float = 0.7) -> tuple[int, ...]:
    """The number of each text's cluster, from 0 in order of first appearance.

    Texts with the same words share a cluster, and so do texts near-identical to one that stands for
    it; the longest stand for their clusters, so the order of the texts decides the numbers only.
    Texts without words stand alone.
    """
    words = [_words(text) for text in texts]
    distinct = sorted({key for key in words if key}, key=lambda key: (-len(key), key))
    group = _Grouping(at_least)
    for key in distinct:
        group.add(key)
    return _numbered([group.of(key) if key else -1 - place for place, key in enumerate(words)])


class _Grouping:
    """Clusters of distinct texts, each compared with those that stand for a cluster only.

    A thousand edited copies then cost a thousand comparisons, not half a million.
    """

    def __init__(self, at_least: float) -> None:
        self._at_least = at_least
        self._parent: list[int] = []
        self._place: dict[tuple[str, ...], int] = {}
        self._holders: dict[int, dict[int, list[int]]] = {
            SHINGLE_WORDS: defaultdict(list),
            SHORT_SHINGLE_WORDS: defaultdict(list),
        }
        self._sizes: dict[int, dict[int, int]] = {SHINGLE_WORDS: {}, SHORT_SHINGLE_WORDS: {}}

    def add(self, words: tuple[str, ...]) -> None:
        """Put a text, no longer than those before it, into a cluster, or let it begin one."""
        place = len(self._parent)
        self._place[words] = place
        self._parent.append(place)
        width = _width(len(words))
        like = self._like(_shingles(words, width), width)
        for other in like:
            self._join(other, place)
        if not like:
            self._stand(words, place)

    def of(self, words: tuple[str, ...]) -> int:
        """The root of the text's cluster."""
        return self._root(self._place[words])

    def _like(self, own: frozenset[int], width: int) -> list[int]:
        holders, sizes = self._holders[width], self._sizes[width]
        shared = Counter(place for shingle in own for place in holders.get(shingle, ()))
        return sorted(
            place
            for place, count in shared.items()
            if _alike(count, len(own), sizes[place], self._at_least)
        )

    def _stand(self, words: tuple[str, ...], place: int) -> None:
        for width in (SHINGLE_WORDS, SHORT_SHINGLE_WORDS):
            own = _shingles(words, width)
            self._sizes[width][place] = len(own)
            for shingle in own:
                self._holders[width][shingle].append(place)

    def _root(self, place: int) -> int:
        while self._parent[place] != place:
            place = self._parent[place]
        return place

    def _join(self, a: int, b: int) -> None:
        first, second = sorted((self._root(a), self._root(b)))
        self._parent[second] = first


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _width(words: int) -> int:
    return SHORT_SHINGLE_WORDS if words < SHORT_WORDS else SHINGLE_WORDS


def _shingles(words: Sequence[str], width: int) -> frozenset[int]:
    if not words:
        return frozenset()
    last = max(len(words) - width, 0)
    return frozenset(_hash(words[start : start + width]) for start in range(last + 1))


def _hash(words: Sequence[str]) -> int:
    joined = " ".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest(), "big")


def _alike(shared: int, left: int, right: int, at_least: float) -> bool:
    smaller, larger = sorted((left, right))
    if smaller == 0:
        return False
    if shared >= at_least * (left + right - shared):
        return True
    return smaller >= SIZE_RATIO * larger and shared >= at_least * smaller


def _numbered(keys: Sequence[int]) -> tuple[int, ...]:
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(key, len(numbers)) for key in keys)
