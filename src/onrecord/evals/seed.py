"""How well the evidence of one page is read, assertion by assertion.

The gold file gives for each assertion where it stands in the page, who reports it, whom they cite,
by what act of speech, when it happened and what figures it has. The page lies beside it as
`page.txt`. Nothing of the gold file but the places is shown to the reading.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from onrecord.errors import InputError
from onrecord.evidence.attribution import OWN_ACT, Reading
from onrecord.evidence.dating import Timeline
from onrecord.model import Attribution, Cited, Source, When, bounds
from onrecord.text.furniture import prose
from onrecord.text.names import is_variant
from onrecord.text.passages import Span
from onrecord.text.quantities import figures

PAGE = "page.txt"

OWN_ACTS = frozenset(
    {"asserts", "characterises", "concludes", "discloses", "glosses", "presupposes"}
)
"""What a publisher does in its own voice, all of it `OWN_ACT` to the reading."""


class _Selector(BaseModel):
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class _When(BaseModel):
    edtf: str | None = None


class _Amount(BaseModel):
    value: float | str
    of_total: float | None = None


class _Assertion(BaseModel):
    id: str
    reported_by: str
    cites: list[str] = []
    speech_act: str
    event_date: _When | None = None
    quantities: list[_Amount] = []
    selector: _Selector


class _Page(BaseModel):
    publisher: str
    strips: list[str] = []
    breakpoints: list[str] = []


class _Gold(BaseModel):
    seed_sha256: str | None = None
    page: _Page
    items: list[_Assertion] = Field(min_length=1)


@dataclass(frozen=True)
class Read:
    """What a reading makes of one assertion."""

    attribution: Attribution
    event: When | None
    amounts: tuple[tuple[str, float, float | None], ...]
    """Figures: as printed, the value, and what it is a part of."""


def evaluate_seed(path: Path) -> dict[str, Any]:
    """Shares of the assertions read right, in [0, 1], and of all quantities those found.

    `event_date` counts equal dates, `event_date_overlap` those that share a day; an assertion
    without a date is right when none is found. `furniture` is how many of the page's strips were
    taken for prose, `prose` the share of assertions that were. The baseline takes everything for
    the publisher's own voice. Raises InputError when the file or the page beside it is not what is
    wanted.
    """
    gold, text = _read(path)
    publisher = Source(id="publisher", name=_plain_name(gold.page.publisher))
    reading, timeline = Reading(text), Timeline(text)

    def read(item: _Assertion) -> Read:
        start, end = item.selector.start, item.selector.end
        return Read(
            attribution=reading.attribution(start, end, publisher),
            event=timeline.of(start, end).event,
            amounts=_amounts(text[start:end]),
        )

    def own_voice(item: _Assertion) -> Read:
        alone = Attribution(reporter=publisher.id)
        return Read(alone, None, _amounts(text[item.selector.start : item.selector.end]))

    return {
        "n": len(gold.items),
        **score(gold, read),
        **_furniture(gold, text),
        "baseline": score(gold, own_voice),
    }


def score(gold: _Gold, read: Callable[[_Assertion], Read]) -> dict[str, float]:
    """Shares of the assertions of which each part was read right."""
    pairs = [(item, read(item)) for item in gold.items]
    publisher = _plain_name(gold.page.publisher)
    wanted = [(amount, found) for item, found in pairs for amount in item.quantities]
    return {
        "reporter": _share([_reporter_right(item, found, publisher) for item, found in pairs]),
        "chain": _share([_chain_right(item, found) for item, found in pairs]),
        "event_date": _share([_date_right(item, found, _same_date) for item, found in pairs]),
        "event_date_overlap": _share([_date_right(item, found, _overlap) for item, found in pairs]),
        "quantities": _share([_has(amount, found) for amount, found in wanted]),
        "speech_act": _share([_act_right(item, found) for item, found in pairs]),
    }


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def _reporter_right(item: _Assertion, read: Read, publisher: str) -> bool:
    found = read.attribution.reported_by
    if _plain_name(item.reported_by) == publisher:
        return found is None
    return found is not None and _one(item.reported_by, found.name)


def _chain_right(item: _Assertion, read: Read) -> bool:
    """Whether the same are cited, in the same order; the reporter is none of them."""
    found = _cited(read.attribution)
    return len(found) == len(item.cites) and all(
        _one(gold, cited.name) for gold, cited in zip(item.cites, found, strict=True)
    )


def _cited(attribution: Attribution) -> list[Cited]:
    reporter = attribution.reported_by
    return [cited for cited in attribution.chain if cited is not reporter]


def _act_right(item: _Assertion, read: Read) -> bool:
    act = item.speech_act.replace("_", " ")
    if read.attribution.chain:
        return read.attribution.act == act
    return act in OWN_ACTS and read.attribution.act == OWN_ACT


def _date_right(item: _Assertion, read: Read, match: Callable[[str, str], bool]) -> bool:
    gold = item.event_date.edtf if item.event_date else None
    found = read.event.edtf if read.event else None
    return gold is found if gold is None or found is None else match(gold, found)


def _same_date(one: str, other: str) -> bool:
    return one == other


def _overlap(one: str, other: str) -> bool:
    (low, high), (first, last) = bounds(one), bounds(other)
    return (low or date.min) <= (last or date.max) and (first or date.min) <= (high or date.max)


def _amounts(words: str) -> tuple[tuple[str, float, float | None], ...]:
    found = [figure.quantity for figure in figures(words)]
    return tuple((one.text, one.value, one.of_total) for one in found)


def _has(amount: _Amount, read: Read) -> bool:
    """Whether the quantity is among those found; one without a number by its word."""
    if isinstance(amount.value, str):
        word = amount.value.casefold()
        return any(word in text.casefold() for text, _, _ in read.amounts)
    return any(
        value == amount.value and total == amount.of_total for _, value, total in read.amounts
    )


_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SAID_OF = re.compile(r"\A(?:via|the|an?)\s+|\b(?:unnamed|anonymous)\s+|[’']s\b", re.IGNORECASE)


def _plain_name(name: str) -> str:
    return _BRACKETS.sub("", name).strip()


def _one(gold: str, found: str) -> bool:
    """Whether two descriptions name one source.

    They do when they are variants of a name, or when at least half of the words of the shorter
    one are words of the other: 'former members of the air force' and 'people who formerly served
    with the air force' are described, not named.
    """
    first, second = (_SAID_OF.sub("", _plain_name(name)) for name in (gold, found))
    if is_variant(first, second):
        return True
    words, others = (set(re.findall(r"\w{3,}", name.casefold())) for name in (first, second))
    shorter = min(len(words), len(others))
    return shorter > 0 and 2 * len(words & others) >= shorter


def _furniture(gold: _Gold, text: str) -> dict[str, float]:
    lines = prose(text)
    strips = {strip.casefold() for strip in (*gold.page.strips, *gold.page.breakpoints)}
    taken = [text[start:end].casefold() for start, end in lines]
    return {
        "furniture": sum(line in strips for line in taken),
        "prose": _share([_within(item.selector, lines) for item in gold.items]),
    }


def _within(selector: _Selector, lines: Sequence[Span]) -> bool:
    return any(start <= selector.start and selector.end <= end for start, end in lines)


def _read(path: Path) -> tuple[_Gold, str]:
    content, page = _bytes(path), _bytes(path.with_name(PAGE))
    try:
        gold = _Gold.model_validate_json(content)
        text = page.decode("utf-8")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise InputError(f"{path}: {where}: {first['msg']}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.with_name(PAGE)}: not UTF-8: {error.reason}") from error
    if gold.seed_sha256 not in (None, hashlib.sha256(page).hexdigest()):
        raise InputError(
            f"{path.with_name(PAGE)}: is not the page that {path.name} was made from; its SHA-256 "
            f"should be {gold.seed_sha256}"
        )
    for item in gold.items:
        if not item.selector.start < item.selector.end <= len(text):
            raise InputError(f"{path}: the place of {item.id} lies beyond the page")
    return gold, text


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
