"""What differs between a recorded dossier and a re-run of the same check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from onrecord.model import Dossier, Noun, canonical_json

PRESENT: Final = "present"
"""Stands for a whole item that only one of the two has."""
ABSENT: Final = "absent"

_KEYS: Final = ("id", "step", "evidence", "part")
"""Fields by which the items of a list are told apart, the first that an item has."""

_BY_RANK: Final = ("searches", "faults", "appearances")
"""Lists in which one part or step may come more than once."""


class Difference(Noun):
    """One value that is not the same in both."""

    where: str
    """Dotted path: 'methods.verifier.sha256', 'evidence.e3.stances.p1.refutes'."""
    recorded: str
    """JSON of the recorded value; 'present' or 'absent', unquoted, for what one side lacks."""
    found: str
    """The same of the re-run."""

    def __str__(self) -> str:
        return f"{self.where}: recorded {self.recorded}, found {self.found}"


def differences(recorded: Dossier, found: Dossier) -> tuple[Difference, ...]:
    """The differences by name, in the order of the dossier; empty exactly when the hashes agree.

    Reviews are left out: they are people's, and a re-run has none.
    """
    first, second = (side.model_dump(mode="json", exclude={"review"}) for side in (recorded, found))
    return tuple(_compare("", first, second))


def _compare(where: str, recorded: Any, found: Any) -> Iterator[Difference]:
    if _json(recorded) == _json(found):
        return
    if isinstance(recorded, dict) and isinstance(found, dict):
        yield from _compare_mappings(where, recorded, found)
    elif isinstance(recorded, list) and isinstance(found, list):
        yield from _compare_lists(where, recorded, found)
    else:
        yield Difference(where=where, recorded=_json(recorded), found=_json(found))


def _compare_mappings(
    where: str, recorded: dict[str, Any], found: dict[str, Any]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*recorded, *found)):
        path = f"{where}.{name}" if where else name
        if name not in recorded:
            yield Difference(where=path, recorded=ABSENT, found=_brief(found[name]))
        elif name not in found:
            yield Difference(where=path, recorded=_brief(recorded[name]), found=ABSENT)
        else:
            yield from _compare(path, recorded[name], found[name])


def _compare_lists(where: str, recorded: list[Any], found: list[Any]) -> Iterator[Difference]:
    first, second = _named(where, recorded), _named(where, found)
    if first is None or second is None:
        first, second = _ranked(recorded), _ranked(found)
    yield from _compare_mappings(where, first, second)
    if set(first) == set(second) and list(first) != list(second):
        yield Difference(
            where=f"{where}.order", recorded=_json(list(first)), found=_json(list(second))
        )


def _named(where: str, items: list[Any]) -> dict[str, Any] | None:
    """The items by the name each has; None where names are missing or come twice."""
    if where.rpartition(".")[2] in _BY_RANK or not all(isinstance(item, dict) for item in items):
        return None
    names = [_name(item) for item in items]
    named = {name: item for name, item in zip(names, items, strict=True) if name is not None}
    return named if len(named) == len(items) else None


def _name(item: dict[str, Any]) -> str | None:
    return next((str(item[key]) for key in _KEYS if key in item), None)


def _ranked(items: list[Any]) -> dict[str, Any]:
    return {str(rank): item for rank, item in enumerate(items, start=1)}


def _brief(value: Any) -> str:
    return PRESENT if isinstance(value, dict | list) else _json(value)


def _json(value: Any) -> str:
    return canonical_json(value).decode("utf-8", "surrogatepass")
