"""Floors: figures that a change must not fall below, on data that are named by their hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from onrecord.errors import InputError
from onrecord.evals import retrieval, stance
from onrecord.evals.benchmarks import SHIPPED, Found, find_benchmarks
from onrecord.evals.bootstrap import Draws, Interval, interval
from onrecord.evals.pairs import StanceSet, read_stance_set
from onrecord.evals.retrieval import WAYS, Collection, read_collection
from onrecord.intake.plain import read_json, reason
from onrecord.wholefile import write_whole

if TYPE_CHECKING:
    from onrecord import Progress
    from onrecord.archive import Embeds
    from onrecord.check import Verifier

FILE = Path(__file__).parent / "floors.json"
"""The floors that come with the project."""

EMBEDDER = "embedder"
"""The model of a floor on a collection."""

DIGITS = 4

INTERVAL_ERRORS = 2 * 1.96
"""Width of a 95 % interval in standard errors."""

Figures = dict[str, tuple[float, Interval]]


class Floor(BaseModel):
    """What a figure must reach, but for its noise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set: str
    """The set of pairs, or the collection."""
    model: str
    """'verifier', 'verifier-fast', or 'embedder' for a collection."""
    metric: str
    """'macro_f1' or 'balanced_accuracy' of pairs; 'hybrid ndcg@10' and the like of a collection."""
    data_sha256: str
    rows: int = Field(ge=1)
    """Pairs or queries that were measured; fewer than the set holds when it was limited."""
    value: float
    noise: float = Field(ge=0)
    """One standard error of the figure, by bootstrap. The same model on the same data gives the
    same figure; this is room for other processors and for changes that mean nothing."""
    reason: str | None = None
    """Why the value was last lowered; None when it never was."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a floor of."""
        return self.set, self.model, self.metric

    @property
    def least(self) -> float:
        """What a figure must not be below."""
        return self.value - self.noise


class Status(StrEnum):
    """How a floor was found."""

    HOLDS = "holds"
    BELOW = "below"
    """By more than the noise, or the figure is not measured any more."""
    ABSENT = "absent"
    """Its set is not among the data."""
    OTHER_DATA = "other data"
    """There is a set of its name, and it is not the one that was measured."""


@dataclass(frozen=True)
class Checked:
    """A floor, and what was measured now."""

    floor: Floor
    status: Status
    value: float | None
    """None when nothing was measured."""

    @property
    def below(self) -> bool:
        """Whether the change that is checked must not pass."""
        return self.status is Status.BELOW

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**self.floor.model_dump(), "measured": self.value, "status": self.status.value}


@dataclass(frozen=True)
class Models:
    """What measures, asked for when it is needed."""

    verifier: Callable[[str], Verifier]
    """By the name of the model."""
    embedder: Callable[[], Embeds]


def read_floors(path: Path = FILE) -> tuple[Floor, ...]:
    """The floors of a file. Raises InputError, which begins with its name, when it is none."""
    try:
        plain = read_json(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    items = plain.get("floors") if isinstance(plain, dict) else None
    if not isinstance(items, list):
        raise InputError(f'{path}: an object like {{"floors": [...]}} is wanted')
    try:
        floors = tuple(Floor.model_validate(item) for item in items)
    except ValidationError as error:
        raise InputError(f"{path}: {reason(error)}") from error
    if len({floor.key for floor in floors}) < len(floors):
        raise InputError(f"{path}: two floors are of one figure; leave one out")
    return floors


def write_floors(floors: Sequence[Floor], path: Path = FILE) -> None:
    """Write the floors, whole or not at all. Raises InputError when it cannot be written."""
    plain = {"floors": [floor.model_dump() for floor in floors]}
    write_whole(path, (json.dumps(plain, indent=1) + "\n").encode(), "floors")


def check_floors(
    floors: Iterable[Floor], data: Path | None, models: Models, progress: Progress | None = None
) -> tuple[Checked, ...]:
    """Each floor with what is measured now, on the sets that ship and those of `data`.

    Raises InputError when a set cannot be read, and what measuring it raises.
    """
    found = _found(data)
    measured: dict[tuple[str, str, int], Figures] = {}
    checked = []
    for floor in floors:
        given = _opened(found, floor.set, floor.rows)
        if given is None or given.sha256 != floor.data_sha256:
            status = Status.ABSENT if given is None else Status.OTHER_DATA
            checked.append(Checked(floor, status, None))
            continue
        run = (floor.set, floor.model, floor.rows)
        if run not in measured:
            measured[run] = _figures(given, floor.model, models, progress)
        value, _ = measured[run].get(floor.metric, (None, None))
        holds = value is not None and round(value, DIGITS) >= floor.least
        checked.append(Checked(floor, Status.HOLDS if holds else Status.BELOW, value))
    return tuple(checked)


def set_floors(
    floors: Sequence[Floor],
    data: Path | None,
    models: Models,
    *,
    model: str = "verifier",
    limit: int | None = None,
    why: str | None = None,
    progress: Progress | None = None,
) -> tuple[Floor, ...]:
    """The floors with the figures of now, of the sets that ship and those of `data`.

    A set that has floors is measured by the same figures and on as many rows as before, unless
    `limit` is given; floors whose set is not there, or whose figure is not measured any more,
    stay as they are. `why` becomes the reason of those that are lowered; without it
    InputError is raised when one would be, and what measuring raises.
    """
    found = _found(data)
    kept = {floor.key: floor for floor in floors}
    new = [
        floor
        for name in (*found.pairs, *found.collections)
        for floor in _anew(found, name, floors, models, model, limit, progress)
    ]
    lowered = [floor for floor in new if floor.key in kept and _is_lower(floor, kept[floor.key])]
    if lowered and not why:
        first, more = lowered[0], f", and {len(lowered) - 1} more" if len(lowered) > 1 else ""
        raise InputError(
            f"{first.metric} of {first.model} on {first.set} would be lowered from "
            f"{_said(kept[first.key])} to {_said(first)}{more}; say why with --reason, or find "
            "what made it worse"
        )
    for floor in new:
        earlier = kept.get(floor.key)
        told = why if floor in lowered else (earlier.reason if earlier else None)
        kept[floor.key] = floor.model_copy(update={"reason": told})
    return tuple(kept.values())


def _anew(
    found: Found,
    name: str,
    floors: Sequence[Floor],
    models: Models,
    model: str,
    limit: int | None,
    progress: Progress | None,
) -> Iterator[Floor]:
    """The floors of one set as it is measured now, without reasons."""
    role = EMBEDDER if name in found.collections else model
    own = [floor for floor in floors if (floor.set, floor.model) == (name, role)]
    given = _opened(found, name, limit or (own[0].rows if own else None))
    if given is not None:
        figures = _figures(given, role, models, progress)
        for metric in dict.fromkeys([*(floor.metric for floor in own), *_metrics(given)]):
            if metric in figures:
                yield _floor(given, role, metric, *figures[metric])


def _is_lower(new: Floor, old: Floor) -> bool:
    """More noise lowers a floor, too."""
    return new.value < old.value or new.least < old.least


def _said(floor: Floor) -> str:
    return f"{floor.value} (noise {floor.noise})"


def _metrics(given: StanceSet | Collection) -> Sequence[str]:
    """What a set has floors of, unless more are there already."""
    if isinstance(given, StanceSet):
        return [given.fold.metric]
    return [f"{way} ndcg@10" for way in WAYS]


def _floor(
    given: StanceSet | Collection, model: str, metric: str, value: float, span: Interval
) -> Floor:
    return Floor(
        set=given.name,
        model=model,
        metric=metric,
        data_sha256=given.sha256,
        rows=len(given.pairs if isinstance(given, StanceSet) else given.queries),
        value=round(value, DIGITS),
        noise=round(_standard_error(span), DIGITS),
    )


def _figures(
    given: StanceSet | Collection, model: str, models: Models, progress: Progress | None
) -> Figures:
    """What is measured of a set, by metric, with intervals."""
    if isinstance(given, Collection):
        ways = retrieval.measure(given, models.embedder(), progress=progress).ways()
        return {
            f"{way} {metric}": (value, ranked.intervals[metric])
            for way, ranked in ways.items()
            for metric, value in ranked.figures.items()
        }
    answers = stance.answer(given, models.verifier(model), progress)
    drawn = answers.draws(answers.guesses)
    values = answers.figures(answers.guesses)
    return {
        field.name: (values[field.name], interval(getattr(drawn, field.name)))
        for field in fields(Draws)
    }


def _standard_error(found: Interval) -> float:
    low, high = found
    return (high - low) / INTERVAL_ERRORS


def _found(data: Path | None) -> Found:
    """What ships, and what else the folder holds."""
    ours = find_benchmarks(SHIPPED)
    if data is None:
        return ours
    theirs = find_benchmarks(data)
    return Found(theirs.pairs | ours.pairs, theirs.collections | ours.collections)


def _opened(found: Found, name: str, rows: int | None) -> StanceSet | Collection | None:
    if name in found.pairs:
        return read_stance_set(found.pairs[name], rows)
    if name in found.collections:
        return read_collection(found.collections[name])
    return None
