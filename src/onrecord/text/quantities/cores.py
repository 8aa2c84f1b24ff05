"""The numbers of figures: plain, in ranges and shares, and in words that say about how many."""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass, replace

from onrecord.text.quantities.pieces import SCALES, SHORT_SCALES, Number, Pieces
from onrecord.text.quantities.units import CURRENCIES, GLUED, MEASURES, singular
from onrecord.text.wordlists import listed

VAGUE = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 2e2,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
    "decades": 2.0,
    "centuries": 2.0,
    "several": 3.0,
    "many": 3.0,
    "few": 2.0,
}
"""The least that words for numbers can mean."""
COUNTABLE = listed("dozens scores hundreds thousands millions billions")
"""Those of them that say enough to be held against a number."""
ARTICLES = listed("the its their all his her our these those")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_PARTS |= {"ninth": 9, "tenth": 10}
_PARTS |= {f"{part}s": size for part, size in _PARTS.items() if part != "half"}
_TIES = ("-", "–", "to", "or")
_WIDEST = 100
"""A range whose ends are further apart than this, one by the other, is none."""
_CHANCES = 100
"""'One in so many' at most is a share."""
_NOT_MANY = listed("as how so too not")
_NOT_COUNTED = listed("more times as and or but a an the is was")


@dataclass(frozen=True)
class Core:
    """What a figure is without the words around it: pieces `first` to `end`, end exclusive."""

    first: int
    end: int
    value: float
    """Of a range the lower end, of a share the per cent."""
    high: float | None = None
    """The upper end of a range."""
    qualifier: str | None = None
    """What the words themselves say: 'between', 'about' for parts, 'dozens'."""
    total: float | None = None
    share: bool = False
    unit: str | None = None
    """Where the words themselves give it."""

    @property
    def pieces(self) -> int:
        """How many pieces it has."""
        return self.end - self.first


def core_at(p: Pieces, rank: int, taken: Set[int]) -> Core | None:
    """The core that begins with the piece; None when none does.

    `taken` are the ranks of pieces that belong to something else, such as dates.
    """
    core = _part(p, rank) or _vague(p, rank) or _numeric(p, rank, taken)
    countable = core and math.isfinite(core.value) and math.isfinite(core.high or 0)
    return core if countable else None


def _numeric(p: Pieces, rank: int, taken: Set[int]) -> Core | None:
    number = p.number(rank)
    if number is None:
        return None
    core = _ranged(p, _short_scale(p, number), taken)
    if p.cut_off(core.end):
        return _glued(p, core)
    return _of_total(p, _percent(p, core), taken)


def money(p: Pieces, first: int) -> tuple[int, str] | None:
    """Where the currency before the piece begins, and its code; None when there is none."""
    printed = p.at(first - 1)
    mark = CURRENCIES.get(printed)
    if not mark or (printed.isalpha() and not p.printed(first - 1).isupper()):
        return None
    longer = (
        CURRENCIES.get(f"{p.at(first - 2)}$") if printed == "$" and p.glued(first - 1) else None
    )
    return (first - 2, longer) if longer else (first - 1, mark)


def _short_scale(p: Pieces, number: Number) -> Number:
    """'$3bn': the number with a scale right behind a sum of money."""
    end = number.end
    scale = SHORT_SCALES.get(p.at(end)) if p.glued(end) and money(p, number.first) else None
    if not scale or p.cut_off(end + 1):
        return number
    return Number(number.first, end + 1, number.value * scale, scale)


def _ranged(p: Pieces, number: Number, taken: Set[int]) -> Core:
    """The number, or the range that begins with it: '10-12', '3 to 5 million', 'two or three'."""
    core = Core(number.first, number.end, number.value)
    sum_ = money(p, number.first)
    before, tie = p.at((sum_[0] if sum_ else number.first) - 1), p.at(number.end)
    if tie not in _TIES and (tie, before) != ("and", "between"):
        return core
    if (tie, before) == ("to", "from"):
        return core  # 'rose from 10 to 12'
    first = number.end + 1 + (money(p, number.end + 2) is not None)
    high = None if first in taken else p.number(first, joined=tie in "-–")
    high = _short_scale(p, high) if high else None
    if high is None or p.cut_off(high.end):
        return core
    low = number.value * (high.scale if number.scale == 1 else 1)
    if not low < high.value <= _WIDEST * max(low, 1):
        return core
    return Core(number.first, high.end, low, high.value, qualifier="between")


def _glued(p: Pieces, core: Core) -> Core | None:
    """'23mm': a unit right behind a number; None where something else goes on there."""
    unit = MEASURES[p.at(core.end)] if p.at(core.end) in GLUED else None
    if unit is None or p.cut_off(core.end + 1):
        return None
    return replace(core, end=core.end + 1, unit=unit)


def _percent(p: Pieces, core: Core) -> Core:
    end = core.end
    if p.at(end) in ("%", "percent", "pct"):
        return replace(core, end=end + 1, share=True)
    match p.slice(end, end + 2):
        case ("per", "cent"):
            return replace(core, end=end + 2, share=True)
        case ("percentage" | "basis" as what, "point" | "points"):
            return replace(core, end=end + 2, unit=f"{what} point")
        case _:
            return core


def _of_total(p: Pieces, core: Core, taken: Set[int]) -> Core:
    """'two of six', '3 out of 5'; 'one in five' is a share."""
    first = core.end
    spelled = p.at(core.first).isalpha() or core.value == 1
    chance = p.at(first) == "in" and spelled
    if core.share or core.high or not (chance or p.at(first) in ("of", "out")):
        return core
    first += 2 if p.slice(first, first + 2) == ("out", "of") else 1
    first += p.at(first) in ARTICLES
    total = None if first in taken else p.number(first)
    if total is None or p.cut_off(total.end) or total.value < core.value:
        return core
    if not chance:
        return replace(core, end=total.end, total=total.value)
    if not 1 < total.value <= _CHANCES:
        return core
    return replace(core, end=total.end, value=100 * core.value / total.value, share=True)


def _part(p: Pieces, rank: int) -> Core | None:
    """'half of', 'a third of', 'two-thirds of': a share, and about that."""
    if p.at(rank) == "half" and not p.glued(rank):
        whole = p.at(rank + 1) == "of" or p.at(rank + 1) in ARTICLES
        return Core(rank, rank + 1, 50.0, qualifier="about", share=True) if whole else None
    number = p.number(rank)
    if number is None and p.at(rank) not in ("a", "an"):
        return None
    count, end = (number.value, number.end) if number else (1.0, rank + 1)
    end += p.at(end) == "-" and p.glued(end)
    size = _PARTS.get(p.at(end))
    if not size or count >= size or p.at(end + 1) != "of":
        return None
    whole_number = p.number(end + 2) if p.at(end + 2) in ("a", "an") else None
    if whole_number:  # 'a quarter of a million'
        return Core(rank, whole_number.end, count / size * whole_number.value)
    return Core(rank, end + 1, 100 * count / size, qualifier="about", share=True)


def _vague(p: Pieces, rank: int) -> Core | None:
    """'dozens', 'several hundred', 'tens of thousands'."""
    word = p.at(rank)
    if p.glued(rank) or (word not in VAGUE and word != "tens"):
        return None
    group = VAGUE.get(p.at(rank + 2), 0.0) if p.at(rank + 1) == "of" else 0.0
    if group >= VAGUE["thousands"] and (word == "tens" or word in COUNTABLE):
        value = VAGUE.get(word, 20.0) * group / 2
        return Core(rank, rank + 3, value, qualifier=" ".join(p.slice(rank, rank + 3)))
    if not _is_count(p, rank):
        return None
    if scale := SCALES.get(p.at(rank + 1)):
        return Core(rank, rank + 2, 2 * scale, qualifier=" ".join(p.slice(rank, rank + 2)))
    first = rank - (word == "few")
    unit = singular(word) if word in ("decades", "centuries") else None
    return Core(first, rank + 1, VAGUE[word], qualifier=word, unit=unit)


def _is_count(p: Pieces, rank: int) -> bool:
    """Whether a word for a number counts something: not 'test scores', not 'how many'."""
    before, after = p.at(rank - 1), p.at(rank + 1)
    match p.at(rank):
        case "tens":
            return False
        case "scores":
            return after == "of"
        case "few":
            return before == "a" and not p.glued(rank - 1)
        case "many" | "several":
            return before not in _NOT_MANY and after not in _NOT_COUNTED
        case _:
            return before not in ("recent", "coming") and p.number(rank - 1) is None
