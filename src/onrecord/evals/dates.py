"""How well time expressions are found and placed: TimeML files, measured as TempEval-3 did.

A span that was found is right when it overlaps one of the gold standard (the relaxed match of
UzZaman et al. 2013, task A); the value is looked at where spans match. The creation time of a
document is given to the reader, and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from onrecord.errors import InputError
from onrecord.evals.lines import objects, read_lines, text_field
from onrecord.evals.spans import matches, overlap_scores, share
from onrecord.text.dates import times


@dataclass(frozen=True)
class Timex:
    """A time expression with the attributes of TIMEX3 that are measured."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True)
class DatedText:
    """A text of the gold standard."""

    id: str
    text: str
    published: str | None
    """Its creation time as EDTF, by the day; None when none is given."""
    timexes: tuple[Timex, ...]


Reader = Callable[[str, str | None], Sequence[Timex]]
"""Finds the time expressions of a text, given its date as EDTF."""


def evaluate_dates(path: Path) -> dict[str, Any]:
    """Scores of the reader, and of a baseline that knows only dates printed in full.

    `path` is a TimeML file, a folder of them, or lines of JSON with `id` and `tml`, perhaps
    gzipped. Raises InputError, which begins with the file's name, when it is none of these.
    """
    texts = read_timeml(path)
    return {
        "documents": len(texts),
        **score(texts, read_times),
        "baseline": score(texts, read_printed),
    }


def read_times(text: str, published: str | None) -> tuple[Timex, ...]:
    """What `onrecord.text.dates` finds."""
    return tuple(
        Timex(found.start, found.end, found.kind.value, found.value)
        for found in times(text, published)
    )


_MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
_MONTHS = {name: rank for rank, name in enumerate(_MONTH_NAMES.split(), start=1)}
_PRINTED = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)})\s+(?:(?P<day>[0-9]{{1,2}}),?\s+)?)?"
    r"(?P<year>(?:19|20)[0-9]{2})\b"
)


def read_printed(text: str, published: str | None) -> tuple[Timex, ...]:
    """The baseline: years, and months and days with a year, as they are printed."""
    found = []
    for match in _PRINTED.finditer(text):
        value = match["year"]
        if match["month"]:
            value += f"-{_MONTHS[match['month']]:02d}"
        if match["day"]:
            value += f"-{int(match['day']):02d}"
        found.append(Timex(*match.span(), "DATE", value))
    return tuple(found)


def score(texts: Sequence[DatedText], reader: Reader) -> dict[str, Any]:
    """F1 of spans that overlap, and the shares of right values and types among those found."""
    gold = [text.timexes for text in texts]
    read = [tuple(reader(text.text, text.published)) for text in texts]
    pairs = [pair for one, other in zip(gold, read, strict=True) for pair in matches(one, other)]
    return {
        **overlap_scores(gold, read),
        "value_accuracy": share(sum(one.value == other.value for one, other in pairs), len(pairs)),
        "type_accuracy": share(sum(one.type == other.type for one, other in pairs), len(pairs)),
    }


def read_timeml(path: Path) -> tuple[DatedText, ...]:
    """The texts of a TimeML file, of a folder of `.tml` files, or of lines of JSON.

    Raises InputError, which begins with the file's name, when there are none.
    """
    texts = tuple(_texts(path))
    if not texts:
        raise InputError(f"{path}: no TimeML; .tml files or lines with 'id' and 'tml' are wanted")
    return texts


def _texts(path: Path) -> Iterator[DatedText]:
    if path.is_dir():
        for file in sorted(path.glob("*.tml")):
            yield timeml(file.stem, _content(file), str(file))
    elif ".jsonl" in path.suffixes:
        for place, row in objects(read_lines(path)):
            name, content = text_field(row, "id", place), text_field(row, "tml", place)
            yield timeml(name, content.encode(), place)
    else:
        yield timeml(path.stem, _content(path), str(path))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def timeml(name: str, content: bytes, place: str) -> DatedText:
    """The text of one TimeML document. Raises InputError, which begins with `place`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{place}: not XML: {error}") from error
    body = root.find(".//TEXT")
    if body is None:
        raise InputError(f"{place}: no TimeML: it has no TEXT element")
    text, timexes = _flat(body)
    return DatedText(name, text, _created(root), timexes)


def _flat(body: etree._Element) -> tuple[str, tuple[Timex, ...]]:
    """The text under an element, with the time expressions at their places in it."""
    pieces: list[str] = []
    opened: list[int] = []
    timexes: list[Timex] = []
    length = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            opened.append(length)
            piece = element.text or ""
        else:
            start = opened.pop()
            if element.tag == "TIMEX3":
                kind, value = element.get("type", ""), element.get("value", "")
                timexes.append(Timex(start, length, kind, value))
            piece = "" if element is body else element.tail or ""
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(sorted(timexes, key=lambda timex: timex.start))


def _created(root: etree._Element) -> str | None:
    for element in root.iter("TIMEX3"):
        if element.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME"):
            day = re.match(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", element.get("value", ""))
            return day[0] if day else None
    return None
