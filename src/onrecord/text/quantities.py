"""Figures in running text, and the comparison of figures as numbers.

No model decides whether 2,158 is more than 2,000: a figure with its qualifier is a range of
numbers, and ranges are compared.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from onrecord.model import Quantity

_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_TO_TWENTY.split())} | {
    word: 10 * tens for tens, word in enumerate(_TENS.split(), start=3)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_QUALIFIERS = {
    "more than": "more than",
    "over": "more than",
    "above": "more than",
    "upwards of": "more than",
    "at least": "at least",
    "no fewer than": "at least",
    "no less than": "at least",
    "a minimum of": "at least",
    "fewer than": "less than",
    "less than": "less than",
    "under": "less than",
    "below": "less than",
    "up to": "at most",
    "at most": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "not less than": "at least",
    "not fewer than": "at least",
    "about": "about",
    "around": "about",
    "roughly": "about",
    "some": "about",
    "approximately": "about",
    "nearly": "about",
    "almost": "about",
    "close to": "about",
}
_QUALIFIER = "|".join(sorted(_QUALIFIERS, key=len, reverse=True)).replace(" ", r"\s+")
_WORD_NUMBER = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:-(?:{'|'.join(_WORDS)}))?"
_NUMBER = rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WORD_NUMBER}"
_SCALE = "|".join(_SCALES)
_FOLDED = str.maketrans("ſıİK", "siik")
"""Letters that match an ASCII one without regard to case, and are not it in lower case."""
_FIGURE = re.compile(
    rf"(?:\b(?P<qualifier>{_QUALIFIER})\s+)?"
    rf"(?<![\w.,/-])(?<!\d:)(?P<worded>(?=[^\W\d]))?(?P<number>{_NUMBER})"
    rf"(?:\s+(?P<scale>{_SCALE})"
    r"(?(worded)(?:(?:\s+and|(?<=hundred))\s+"
    rf"(?P<rest>{_WORD_NUMBER})(?![\w-]|\s+(?:{_SCALE})\b))?|))?"
    r"(?![\w/]|-\w|,\d|\.\d|:\d)"
    r"(?P<percent>\s?%|\s+per\s?cent\b)?"
    rf"(?:\s+(?:out\s+)?of\s+(?:the\s+)?(?P<total>{_NUMBER})"
    rf"(?:\s+(?P<total_scale>{_SCALE}))?(?![\w-]))?",
    re.IGNORECASE,
)
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
_DATE = re.compile(
    rf"\b(?:{_MONTH})\s+\d{{1,2}}(?:,\s*\d{{4}})?\b|\b\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?\b|"
    rf"\b(?:{_MONTH})\s+\d{{4}}\b|\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNIT = re.compile(r"[\s\"'“‘]*((?:[^\W\d_][\w'’-]*)(?:\s+[^\W\d_][\w'’-]*){0,3})")
_ARTICLE_LIKE = {"one"}


@dataclass(frozen=True)
class Figure:
    """A figure at its place: code points `start` to `end`, qualifier included."""

    start: int
    end: int
    quantity: Quantity


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order; dates, years, designators (Su-30) and 'one' are none."""
    dates = [match.span() for match in _DATE.finditer(text)]
    found = []
    for match in _FIGURE.finditer(text):
        if _is_date(match, dates) or _is_article(match):
            continue
        if math.isfinite(_scaled(match)) and math.isfinite(_total(match) or 0.0):
            found.append(Figure(match.start(), match.end(), _quantity(match, text)))
    return tuple(found)


def _is_article(match: re.Match[str]) -> bool:
    """'One man' is no figure; 'one million', 'one per cent' and 'at least one' are."""
    bare = not (match["qualifier"] or match["scale"] or match["percent"])
    return bare and _folded(match["number"]) in _ARTICLE_LIKE


def _is_date(match: re.Match[str], dates: list[tuple[int, int]]) -> bool:
    start, end = match.span("number")
    if any(first <= start and end <= last for first, last in dates):
        return True
    bare = not (match["qualifier"] or match["scale"] or match["percent"] or match["total"])
    return bare and _YEAR.fullmatch(match["number"]) is not None


def _quantity(match: re.Match[str], text: str) -> Quantity:
    qualifier = " ".join(_folded(match["qualifier"]).split())
    following = _UNIT.match(text, match.end())
    return Quantity(
        value=_scaled(match),
        unit="%" if match["percent"] else (following[1].lower() if following else ""),
        text=match[0].strip(),
        of_total=_total(match),
        qualifier=_QUALIFIERS.get(qualifier),
    )


def _scaled(match: re.Match[str]) -> float:
    rest = _value(match["rest"]) if match["rest"] else 0.0
    return _value(match["number"]) * _scale(match["scale"]) + rest


def _total(match: re.Match[str]) -> float | None:
    if not match["total"]:
        return None
    return _value(match["total"]) * _scale(match["total_scale"])


def _scale(printed: str | None) -> float:
    return _SCALES.get(_folded(printed), 1.0)


def _value(printed: str) -> float:
    if printed[0].isdigit():
        return float(printed.replace(",", ""))
    return float(sum(_WORDS[word] for word in _folded(printed).split("-")))


def _folded(printed: str | None) -> str:
    return (printed or "").translate(_FOLDED).lower()


class Comparison(StrEnum):
    """How what a source gives stands to what a claim gives."""

    WITHIN = "within"
    """Every number that the source allows, the claim allows."""
    OUTSIDE = "outside"
    """None of them."""
    OPEN = "open"
    """Some of them."""


def compare(claimed: Quantity, given: Quantity) -> Comparison:
    """Whether the figure given bears out the figure claimed, both read as ranges.

    Exact figures are exact: a claim of 2,000 is not borne out by 2,003.
    """
    low, high = bounds_of(claimed)
    given_low, given_high = bounds_of(given)
    if low <= given_low and given_high <= high:
        return Comparison.WITHIN
    if given_high < low or high < given_low:
        return Comparison.OUTSIDE
    return Comparison.OPEN


def bounds_of(quantity: Quantity) -> tuple[float, float]:
    """Lowest and highest number that a figure with its qualifier allows; infinite where open.

    'about' allows a tenth either way.
    """
    value = quantity.value
    match quantity.qualifier:
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
        case _:
            return value, value
