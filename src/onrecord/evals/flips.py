"""Whether a verifier sees a swapped word: claims in pairs, one of them true and the other false.

Evidence supports a claim and refutes its twin, in which one thing was swapped. A verifier that goes
by the words that claim and evidence share cannot tell the two apart (contrast sets, Gardner et al.
2020). The set is for measuring: never train on it, and never tune on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.errors import InputError
from onrecord.evals.bootstrap import Interval, interval, resample
from onrecord.evals.lines import objects, read_lines, text_field
from onrecord.evals.metrics import Floats, Integers
from onrecord.evals.pairs import LABELS
from onrecord.evals.stance import said

if TYPE_CHECKING:
    from onrecord import Progress
    from onrecord.check import Verifier

SHIPPED = Path(__file__).parent / "sets" / "flips.jsonl"
"""The set that comes with the project; its people, places and matters are invented."""

KINDS = ("numbers", "negation", "roles", "names", "dates")
"""What can be swapped; 'roles' is who did what to whom."""


@dataclass(frozen=True)
class Flip:
    """A claim and its twin, told apart by one swap."""

    id: str
    kind: str
    """One of KINDS."""
    claim: str
    """What the evidence supports."""
    flipped: str
    """What it refutes."""
    evidence: str


@dataclass(frozen=True)
class Rates:
    """How often the swap was seen, as shares from 0 to 1."""

    n: int
    changed: float
    """Where the most probable label of the twin is another than that of the claim."""
    to_refutes: float
    """Where the claim is read as SUPPORTS and the twin as REFUTES."""
    intervals: dict[str, Interval]
    """Of both, 95 %, by bootstrap over the passages."""


@dataclass(frozen=True)
class Flips(Rates):
    """How often a verifier saw the swaps, over all kinds and for each."""

    by_kind: dict[str, Rates]
    """Of the kinds that occur, in the order of KINDS."""
    model: str
    model_sha256: str

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def read_flips(path: Path) -> tuple[Flip, ...]:
    """The items of a JSON Lines file `{"id", "kind", "claim", "flipped", "evidence"}`.

    It may be gzip. Raises InputError, which begins with the file's name, when it cannot be read,
    has no items, or a line is none.
    """
    flips = tuple(_flip(row, place) for place, row in objects(read_lines(path)))
    if not flips:
        raise InputError(
            f'{path}: no items; lines like {{"id", "kind", "claim", "flipped", "evidence"}} '
            "are wanted"
        )
    if len({flip.id for flip in flips}) < len(flips):
        raise InputError(f"{path}: two items share an id; rename one")
    return flips


def flips(rows: Sequence[Flip], verifier: Verifier, progress: Progress | None = None) -> Flips:
    """What a verifier makes of the swaps of one item or more.

    Raises ReadingError when it fails on a pair: a fault is no answer.
    """
    claims = [(claim, row.evidence) for row in rows for claim in (row.claim, row.flipped)]
    labels = said(verifier, claims, progress).argmax(1).reshape(-1, 2)
    wanted = [LABELS.index("SUPPORTS"), LABELS.index("REFUTES")]
    changed, to_refutes = labels[:, 0] != labels[:, 1], (labels == wanted).all(1)
    seen = np.column_stack([changed, to_refutes]).astype(np.float64)
    passages = np.unique([row.evidence for row in rows], return_inverse=True)[1]
    kinds = np.array([row.kind for row in rows])
    return Flips(
        **vars(_rates(seen, passages)),
        by_kind={
            kind: _rates(seen[kinds == kind], passages[kinds == kind])
            for kind in KINDS
            if kind in kinds
        },
        model=verifier.name,
        model_sha256=verifier.sha256,
    )


def _rates(seen: Floats, passages: Integers) -> Rates:
    """Of items [changed, to_refutes], each 0 or 1; drawn by passage, whose items go together."""
    cells = np.zeros((int(passages.max()) + 1, 3))
    np.add.at(cells, passages, np.column_stack([np.ones(len(seen)), seen]))
    drawn = resample(cells[cells[:, 0] > 0], _shares)
    changed, to_refutes = _shares(cells)
    return Rates(
        n=len(seen),
        changed=float(changed),
        to_refutes=float(to_refutes),
        intervals={"changed": interval(drawn[:, 0]), "to_refutes": interval(drawn[:, 1])},
    )


def _shares(cells: Floats) -> Floats:
    totals = cells.sum(0)
    shares: Floats = totals[1:] / totals[0]
    return shares


def _flip(row: dict[str, Any], place: str) -> Flip:
    fields = ("id", "kind", "claim", "flipped", "evidence")
    found = Flip(**{name: text_field(row, name, place) for name in fields})
    for name in ("id", "claim", "flipped", "evidence"):
        if not getattr(found, name).strip():
            raise InputError(f"{place}: {name!r} is empty")
    if found.kind not in KINDS:
        raise InputError(f"{place}: the kind {found.kind!r:.60} is none of {', '.join(KINDS)}")
    if found.claim == found.flipped:
        raise InputError(f"{place}: claim and flipped are the same; swap something")
    return found
