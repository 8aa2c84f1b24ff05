"""Spans that were found, against those of a gold standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar


class Spanned(Protocol):
    """Something at a place: code points `start` to `end`, end exclusive."""

    @property
    def start(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def end(self) -> int: ...  # noqa: D102 - the class says it


S = TypeVar("S", bound=Spanned)


def matches(gold: Sequence[S], found: Sequence[S]) -> Iterator[tuple[S, S]]:
    """Each of the gold standard with the first found that overlaps it, where one does.

    Both come in order, and neither overlaps itself.
    """
    rank = 0
    for one in gold:
        while rank < len(found) and found[rank].end <= one.start:
            rank += 1
        if rank < len(found) and found[rank].start < one.end:
            yield one, found[rank]


def overlap_scores(gold: Sequence[Sequence[S]], found: Sequence[Sequence[S]]) -> dict[str, Any]:
    """Precision, recall and F1 over texts: a span is right when it overlaps one of the other side.

    `n` is the number of spans in the gold standard; `exact_f1` counts equal spans only.
    """
    texts = list(zip(gold, found, strict=True))
    marked, read = sum(map(len, gold)), sum(map(len, found))
    hits = [(one, other) for mine, other_side in texts for one, other in matches(other_side, mine)]
    recalled = sum(1 for mine, other_side in texts for _ in matches(mine, other_side))
    exact = sum((one.start, one.end) == (other.start, other.end) for one, other in hits)
    precision, recall = share(len(hits), read), share(recalled, marked)
    return {
        "n": marked,
        "span_f1": f1(precision, recall),
        "span_precision": precision,
        "span_recall": recall,
        "exact_f1": f1(share(exact, read), share(exact, marked)),
    }


def share(part: int, whole: int) -> float:
    """Part of whole, to four places; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean, to four places."""
    both = precision + recall
    return round(2 * precision * recall / both, 4) if both else 0.0
