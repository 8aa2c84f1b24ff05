"""How well figures are read: sentences with their figures marked by hand.

A file has one JSON object a line: `text`, perhaps `published` (EDTF), and `quantities`, each with
`start` and `end` (code points), `value`, `unit`, `qualifier` (null when exact), and where they are
printed `high` (of a range), `of_total` and `as_of`. The package brings a small set of its own,
sentences made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.evals.lines import objects, read_lines, text_field
from onrecord.evals.spans import matches, overlap_scores, share
from onrecord.text.quantities import figures

OWN_SET = Path(str(files("onrecord.evals") / "sets" / "quantities.jsonl"))
"""The set that the package brings."""


@dataclass(frozen=True)
class Marked:
    """A figure at its place."""

    start: int
    end: int
    value: float
    unit: str
    qualifier: str | None = None
    high: float | None = None
    of_total: float | None = None
    as_of: str | None = None


@dataclass(frozen=True)
class MarkedText:
    """A text with its figures."""

    text: str
    published: str | None
    quantities: tuple[Marked, ...]


Reader = Callable[[str, str | None], Sequence[Marked]]
"""Finds the figures of a text, given its date as EDTF."""


def evaluate_quantities(path: Path) -> dict[str, Any]:
    """Scores of the reader, and of a baseline that reads digits and the word after them.

    Raises InputError, which begins with the file's name, when the file is not what it should be.
    """
    texts = read_marked(path)
    return {
        "documents": len(texts),
        **score(texts, read_figures),
        "baseline": score(texts, read_digits),
    }


def read_figures(text: str, published: str | None) -> tuple[Marked, ...]:
    """What `onrecord.text.quantities` finds."""
    return tuple(
        Marked(
            start=figure.start,
            end=figure.end,
            value=figure.quantity.value,
            unit=figure.quantity.unit,
            qualifier=figure.quantity.qualifier,
            high=figure.high,
            of_total=figure.quantity.of_total,
            as_of=figure.quantity.as_of,
        )
        for figure in figures(text, published)
    )


_DIGITS = re.compile(r"(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)\s?(?P<unit>%|[a-z]+)?")


def read_digits(text: str, published: str | None) -> tuple[Marked, ...]:
    """The baseline: all digits, and the word after them."""
    return tuple(
        Marked(
            start=match.start("value"),
            end=match.end("value"),
            value=float(match["value"].replace(",", "")),
            unit=(match["unit"] or "").removesuffix("s"),
        )
        for match in _DIGITS.finditer(text)
    )


def score(texts: Sequence[MarkedText], reader: Reader) -> dict[str, Any]:
    """F1 of spans that overlap, and of the figures that match the share whose parts are right.

    `all_right` is the share of all figures in the file that are found with every part right.
    """
    read = [tuple(reader(text.text, text.published)) for text in texts]
    gold = [text.quantities for text in texts]
    pairs = [pair for one, other in zip(gold, read, strict=True) for pair in matches(one, other)]
    marked = sum(len(quantities) for quantities in gold)
    return {
        **overlap_scores(gold, read),
        "value_accuracy": share(sum(_same_value(*pair) for pair in pairs), len(pairs)),
        "unit_accuracy": share(sum(one.unit == other.unit for one, other in pairs), len(pairs)),
        "qualifier_accuracy": share(
            sum(one.qualifier == other.qualifier for one, other in pairs), len(pairs)
        ),
        "all_right": share(sum(_all_right(*pair) for pair in pairs), marked),
    }


def _same_value(one: Marked, other: Marked) -> bool:
    return abs(one.value - other.value) <= 1e-9 * abs(one.value) and one.high == other.high


def _all_right(one: Marked, other: Marked) -> bool:
    return _same_value(one, other) and (one.unit, one.qualifier, one.of_total, one.as_of) == (
        other.unit,
        other.qualifier,
        other.of_total,
        other.as_of,
    )


def read_marked(path: Path) -> tuple[MarkedText, ...]:
    """The sentences of a file. Raises InputError, which begins with the file's name."""
    texts = []
    for place, row in objects(read_lines(path)):
        text = text_field(row, "text", place)
        published = text_field(row, "published", place) if "published" in row else None
        marked = row.get("quantities")
        if not isinstance(marked, list):
            raise InputError(f"{place}: 'quantities' is wanted as a list")
        texts.append(
            MarkedText(text, published, tuple(_marked(item, text, place) for item in marked))
        )
    if not texts:
        raise InputError(f"{path}: no sentences")
    return tuple(texts)


def _marked(item: object, text: str, place: str) -> Marked:
    try:
        found = Marked(**item) if isinstance(item, dict) else None
    except TypeError as error:
        raise InputError(f"{place}: {item!r} is no quantity: {error}") from None
    whole = found and isinstance(found.start, int) and isinstance(found.end, int)
    if not found or not whole or not 0 <= found.start < found.end <= len(text):
        raise InputError(f"{place}: {item!r} is no quantity at a place of the text")
    numbers = (found.value, found.high, found.of_total)
    if not all(number is None or isinstance(number, int | float) for number in numbers):
        raise InputError(f"{place}: {item!r} has a value that is no number")
    return found
