"""Long passages in windows: a pair that a model cannot take whole becomes several that it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MOST = 8
"""Windows read of one passage; the bound on what a hostile length can cost."""


class Encoded(Protocol):
    """What a model needs of an input: its token ids and their types (0 claim, 1 passage)."""

    @property
    def ids(self) -> Sequence[int]:
        """Token ids, special tokens among them."""
        ...

    @property
    def type_ids(self) -> Sequence[int]:
        """A type for each token."""
        ...


class Pair(Encoded, Protocol):
    """An encoded pair that also knows where its two texts lie."""

    @property
    def sequence_ids(self) -> Sequence[int | None]:
        """0 or 1 for the tokens of the first and second text; None for special tokens."""
        ...


@dataclass(frozen=True)
class Window:
    """A claim with a stretch of its passage, as a model takes it."""

    ids: Sequence[int]
    type_ids: Sequence[int]


def windows(pair: Pair, size: int, most: int = MOST) -> list[Encoded]:
    """The pair itself where it has at most `size` tokens, else windows over its passage.

    Each repeats the claim and shares half of its stretch with the next, so that what straddles
    an edge is whole in a neighbour. A claim keeps at most half of `size`. Of more than `most`
    windows those with the most different tokens of the claim are taken, in their order, the
    earlier one of equals.
    """
    ids, types = pair.ids, pair.type_ids  # taken once: a tokenizer copies them at every look
    if len(ids) <= size:
        return [pair]
    first, second = _span(pair, 0), _span(pair, 1)
    claim = list(range(*first))[: size // 2]
    before, between = range(first[0]), range(first[1], second[0])
    after = range(second[1], len(ids))
    room = size - len(claim) - len(before) - len(between) - len(after)
    starts = range(second[0], max(second[1] - room // 2, second[0] + 1), max(1, room // 2))
    stretches = [range(start, min(start + room, second[1])) for start in starts]
    asked = {ids[place] for place in claim}
    ranked = sorted(stretches, key=lambda s: -len(asked & {ids[place] for place in s}))
    chosen = sorted(ranked[:most], key=lambda s: s.start)
    kept = [[*before, *claim, *between, *stretch, *after] for stretch in chosen]
    return [Window([ids[p] for p in some], [types[p] for p in some]) for some in kept]


def _span(pair: Pair, text: int) -> tuple[int, int]:
    """Where a text lies; an empty one after the opening or before the closing token."""
    places = [place for place, of in enumerate(pair.sequence_ids) if of == text]
    empty = (1, len(pair.sequence_ids) - 1)[text]
    return (places[0], places[-1] + 1) if places else (empty, empty)
