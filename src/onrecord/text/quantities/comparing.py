"""Figures held against each other as numbers.

No model decides whether 2,158 is more than 2,000: a figure with its qualifier is a range of
numbers, and ranges are compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from onrecord.model import Quantity, bounds
from onrecord.text.quantities.reading import Figure
from onrecord.text.quantities.units import CUMULATIVE, Unit, unit_of


class Comparison(StrEnum):
    """How what a source gives stands to what a claim gives."""

    WITHIN = "within"
    """Every number that the source allows, the claim allows."""
    OUTSIDE = "outside"
    """None of them."""
    OPEN = "open"
    """Some of them, or they cannot be compared."""


class Relation(StrEnum):
    """How the number that a source gives stands to the number of the claim."""

    EQUAL = "equal"
    MORE = "more"
    LESS = "less"
    WITHIN = "within"
    """Inside of the range that the claim gives."""
    OVERLAPPING = "overlapping"
    """The ranges share numbers, and each has others."""
    NOT_COMPARABLE = "not comparable"
    """Of different things, or for different days."""


@dataclass(frozen=True)
class Compared:
    """The outcome of holding a source's figure against a claim's."""

    relation: Relation
    comparison: Comparison
    arithmetic: str
    """The comparison in words: '2,158 is more than 2,000, by 158'."""


@dataclass(frozen=True)
class _Range:
    """Lowest and highest number that a figure allows; infinite where open."""

    low: float
    high: float

    def meets(self, other: _Range) -> bool:
        return self.low <= other.high and other.low <= self.high

    def holds(self, other: _Range) -> bool:
        return self.low <= other.low and other.high <= self.high


def compare(claimed: Figure, given: Figure) -> Compared:
    """How the figure that a source gives stands to the figure of a claim, both read as ranges.

    Exact figures are exact: a claim of 2,000 is not borne out by 2,003. Figures of different
    things are not compared, nor are those for different days: but a count that cannot fall was no
    higher before and is no lower after.
    """
    claimed, given = _as_share(claimed, given)
    mine, other = unit_of(claimed.quantity.unit), unit_of(given.quantity.unit)
    if reason := _unlike(claimed, given, mine, other):
        words = f"{given.quantity.text} cannot be held against {claimed.quantity.text}: {reason}"
        return Compared(Relation.NOT_COMPARABLE, Comparison.OPEN, words)
    wanted, found = _ranges(claimed, given, mine, other)
    if _earlier(given.quantity, claimed.quantity):
        found = _Range(found.low, math.inf)
    elif _earlier(claimed.quantity, given.quantity):
        found = _Range(0.0, found.high)
    size = mine.size if mine.size != other.size else 1.0
    relation, against = _relation(wanted, found, claimed.quantity.value * size)
    return Compared(
        relation=relation,
        comparison=_comparison(wanted, found),
        arithmetic=_sentence(claimed, given, relation, (against, found), size),
    )


def alike(claimed: Figure, given: Figure) -> bool:
    """Whether both figures count, or both measure the same, or both are money or shares.

    Words that say no number ('many') are like no figure.
    """
    if _is_vague(claimed.quantity) or _is_vague(given.quantity):
        return False
    claimed, given = _as_share(claimed, given)
    one, other = unit_of(claimed.quantity.unit), unit_of(given.quantity.unit)
    return one.dimension == other.dimension or (one.money and other.money)


def bounds_of(figure: Figure) -> tuple[float, float]:
    """Lowest and highest number that a figure with its qualifier allows; infinite where open.

    'about' allows a tenth either way, 'nearly' a tenth below; 'dozens' are two dozen at least.
    """
    value = figure.quantity.value
    if figure.high is not None:
        return value, figure.high
    match figure.quantity.qualifier:
        case "more than":
            return math.nextafter(value, math.inf), math.inf
        case "at least":
            return value, math.inf
        case "less than":
            return -math.inf, math.nextafter(value, -math.inf)
        case "at most":
            return -math.inf, value
        case "about":
            return value - abs(value) / 10, value + abs(value) / 10
        case "nearly":
            return value - abs(value) / 10, math.nextafter(value, -math.inf)
        case None:
            return value, value
        case _:
            return value, math.inf


def _as_share(claimed: Figure, given: Figure) -> tuple[Figure, Figure]:
    """'two of six' as a third, where a share is claimed."""
    quantity, total = given.quantity, given.quantity.of_total
    if unit_of(claimed.quantity.unit).dimension != "share" or not total:
        return claimed, given
    share = quantity.model_copy(update={"value": 100 * quantity.value / total, "unit": "%"})
    return claimed, replace(given, quantity=share)


def _unlike(claimed: Figure, given: Figure, mine: Unit, other: Unit) -> str | None:
    """Why the figures cannot be compared; None when they can."""
    for figure in (claimed, given):
        if _is_vague(figure.quantity):
            return f"{figure.quantity.text!r} is no number"
    if mine.dimension != other.dimension or (
        mine.state and other.state and mine.state != other.state
    ):
        return f"{given.quantity.unit or 'a count'} is not {claimed.quantity.unit or 'a count'}"
    days = _earlier(given.quantity, claimed.quantity) or _earlier(claimed.quantity, given.quantity)
    if days and CUMULATIVE.isdisjoint((mine.state, other.state)):
        return f"it is for {given.quantity.as_of}, not for {claimed.quantity.as_of}"
    return None


def _is_vague(quantity: Quantity) -> bool:
    """Whether the words say no number: 'many', 'several'."""
    return quantity.qualifier in ("many", "several", "few", "decades", "centuries")


def _earlier(one: Quantity, other: Quantity) -> bool:
    """Whether the first holds for days that are over before the other's begin."""
    if not one.as_of or not other.as_of:
        return False
    last, first = bounds(one.as_of)[1], bounds(other.as_of)[0]
    return last is not None and first is not None and last < first


def _ranges(claimed: Figure, given: Figure, mine: Unit, other: Unit) -> tuple[_Range, _Range]:
    """Both ranges in one unit; a claim in another unit than the source's is taken as rounded."""
    low, high = bounds_of(claimed)
    if mine.size == other.size:
        return _Range(low, high), _Range(*bounds_of(given))
    rounding = _rounding(claimed.quantity.value)
    wanted = _Range((low - rounding) * mine.size, (high + rounding) * mine.size)
    given_low, given_high = bounds_of(given)
    return wanted, _Range(given_low * other.size, given_high * other.size)


def _rounding(value: float) -> float:
    """Half of the last place that is not zero: 500 for 2,000."""
    place = 1.0
    while value and value % (place * 10) == 0:
        place *= 10
    while value % place and place > 1e-6:
        place /= 10
    return place / 2


def _comparison(wanted: _Range, found: _Range) -> Comparison:
    if wanted.holds(found):
        return Comparison.WITHIN
    return Comparison.OPEN if wanted.meets(found) else Comparison.OUTSIDE


def _relation(wanted: _Range, found: _Range, value: float) -> tuple[Relation, float]:
    """The relation, and the number against which it holds: an end of the claim's range.

    Of a range with one end ('more than 2,000') that is the number it prints.
    """
    closed = math.isfinite(wanted.low) and math.isfinite(wanted.high)
    low, high = (wanted.low, wanted.high) if closed else (value, value)
    if found.low == found.high == low == high:
        return Relation.EQUAL, value
    if closed and wanted.holds(found):
        return Relation.WITHIN, value
    if found.low >= high:
        return Relation.MORE, high
    if found.high <= low:
        return Relation.LESS, low
    return Relation.OVERLAPPING, value


def _sentence(
    claimed: Figure,
    given: Figure,
    relation: Relation,
    numbers: tuple[float, _Range],
    size: float,
) -> str:
    against, found = numbers
    told, number = _told(claimed, given), _number(against / size)
    number += "%" if unit_of(claimed.quantity.unit).dimension == "share" else ""
    match relation:
        case Relation.EQUAL:
            return f"{told} equals {number}"
        case Relation.MORE | Relation.LESS:
            exact = found.low if found.low == found.high else None
            by = f", by {_number(abs(exact - against))}" if exact is not None and size == 1 else ""
            than = _than(relation, against, found)
            return f"{told} is {than} than {number}{by}{_converted(claimed, given)}"
        case Relation.WITHIN:
            low, high = bounds_of(claimed)
            return f"{told} lies within {_number(low)} to {_number(high)}"
        case _:
            return f"{told} may or may not be {claimed.quantity.text}"


def _than(relation: Relation, against: float, found: _Range) -> str:
    """The relation, or what a range that begins or ends with the number is: 'no less'."""
    if found.low == found.high:
        return relation
    if found.low == against:
        return "no less"
    return "no more" if found.high == against else relation


def _told(claimed: Figure, given: Figure) -> str:
    """The source's figure, with the day for which it holds where the claim is for another."""
    quantity = given.quantity
    text = f"{_number(quantity.value)}%" if quantity.unit == "%" and quantity.of_total else ""
    text = f"{quantity.text} ({text})" if text else quantity.text
    if _earlier(quantity, claimed.quantity):
        return f"{text} as of {quantity.as_of}, and no fewer later,"
    if _earlier(claimed.quantity, quantity):
        return f"{text} as of {quantity.as_of}, and no more before,"
    return text


def _converted(claimed: Figure, given: Figure) -> str:
    """What a number of the source's unit is in the claim's, where these differ."""
    mine, other = unit_of(claimed.quantity.unit), unit_of(given.quantity.unit)
    if mine.size == other.size:
        return ""
    value = _number(given.quantity.value * other.size / mine.size)
    return f" {claimed.quantity.unit} ({given.quantity.text} is {value} {claimed.quantity.unit})"


def _number(value: float) -> str:
    """With commas, and no more than two places."""
    if not math.isfinite(value):
        return "more than can be counted"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
