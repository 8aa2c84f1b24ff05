"""The grammar: which rows of words are time expressions, and what they mean.

Types and extents follow TimeML (Pustejovsky et al. 2003). Patterns are written in the kinds of
words (`lexicon`): 'MONTH COMMA? YEAR'. Every repetition in them is bounded, so that a text is read
in a time that grows with its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.text.dates.meaning import (
    Day,
    Kind,
    Meaning,
    Moment,
    Named,
    Often,
    Origin,
    Shift,
    Stretch,
    Vague,
    Whole,
)
from onrecord.text.dates.numbers import amount, century_of, year
from onrecord.text.dates.words import SYMBOLS, Words
from onrecord.text.wordlists import listed

_MACROS = {
    "NUMBER": "(?:(?:N12|N31|N999|FIGURE|YEAR|CARDINAL|AN)"
    "(?:(?:DASH|AND)?(?:CARDINAL|SCALE)){0,4})",
    "COUNT": "(?:AN?FEW|AN?COUPLE OF?|NUMBER(?:(?:TO|OR|DASH)NUMBER)?)",
    "ANYUNIT": "(?:UNIT|UNITS|QUARTER|QUARTERS|CENTURY|WEEKEND)",
    "SPELLED": "(?:CARDINAL CARDINAL(?:DASH?CARDINAL)?|CARDINAL SCALE)",
    "SOMEYEAR": "(?:YEAR|SHORT|SPELLED)",
    "SOMEDAY": "(?:N12|N31|ORDINAL)",
    "WHICH": "(?:LAST|PREVIOUS|NEXT|FOLLOWING|THIS|THAT|SAME|LATEST)",
    "RELYEAR": "(?:LAST|THIS|NEXT)UNIT",
}


def pattern_of(kinds: str) -> re.Pattern[str]:
    """A pattern in names of kinds, as one over their symbols."""

    def expanded(pattern: str) -> str:
        return re.sub(
            r"[A-Z][A-Z0-9]+",
            lambda name: expanded(_MACROS[name[0]]) if name[0] in _MACROS else SYMBOLS[name[0]],
            pattern,
        )

    return re.compile(expanded(kinds).replace(" ", ""))


@dataclass(frozen=True)
class Found:
    """A row of words that a pattern matched. Groups are asked for by name."""

    w: Words
    match: re.Match[str]

    def has(self, group: str) -> bool:
        """Whether the group is in the pattern and matched words."""
        return bool(self.match.groupdict().get(group))

    def first(self, group: str) -> int:
        """Rank of the group's first word."""
        return self.match.start(group)

    def kind(self, group: str) -> str:
        """Kind of the group's first word."""
        return self.w.kind(self.first(group))

    def word(self, group: str) -> str:
        """The group's first word in lower case."""
        return self.w.at(self.first(group))

    def number(self, group: str) -> int:
        """What the group's first word counts."""
        return self.w.number(self.first(group))

    def unit(self) -> str:
        """The unit of time in the group of that name."""
        return str(self.w.values[self.first("unit")])

    def count(self) -> float | None:
        """The number in the group 'count'; None when there is none, or none is said."""
        return amount(self.w, *self.match.span("count")) if self.has("count") else None

    def year(self) -> int | None:
        """The year in the group of that name; None when there is none."""
        return year(self.w, *self.match.span("year")) if self.has("year") else None

    def which(self, group: str = "which") -> int | None:
        """-1, 0 or 1 for 'last', 'this' or 'next' in the group; None when it has none."""
        return _WHICH.get(self.kind(group)) if self.has(group) else None


_WHICH = {"LAST": -1, "PREVIOUS": -1, "NEXT": 1, "FOLLOWING": 1, "THIS": 0}
_CLOCK_UNITS = ("second", "minute", "hour")


def _iso(found: Found) -> Meaning:
    return Day(*map(int, found.word("at").split("-")))


def _numeric(found: Found) -> Meaning:
    """'3/27/2021' and '27.3.2021'; where both could be the month, only the year is sure."""
    first, second, last = map(int, re.split("[/.]", found.word("at")))
    if last < 100:
        last += century_of(last)
    dotted = "." in found.word("at")
    if not dotted and first <= 12 and second <= 12 and first != second:
        return Whole("year", last)
    month, day = (second, first) if dotted or first > 12 else (first, second)
    return Day(last, month, day)


def _day(found: Found) -> Meaning:
    until = found.number("until") if found.has("until") else None
    return Day(found.year(), found.number("month"), found.number("day"), until)


def _named(found: Found) -> Meaning | None:
    if found.has("year") and found.year() is None:
        return None
    unit = {"MONTH": "month", "SEASON": "season"}[found.kind("name")]
    which = found.which()
    return Named(unit, found.number("name"), found.year(), which, found.which("rel"))


def _weekday(found: Found) -> Meaning:
    return Named("day", found.number("name"), which=found.which())


def _quarter(found: Found) -> Meaning | None:
    """Quarters and halves; 'year-ago' and 'last year's' before them count from publication."""
    number, unit = found.number("name"), found.unit()
    if not 1 <= number <= (2 if unit == "half" else 4):
        return None
    years = -1 if found.has("ago") else found.which("rel")
    if years is None:
        years = found.which("rel2")
    of = found.number("of") if found.has("of") else None
    return Named(unit, number, found.year() or of, years=years)


def _relative(found: Found) -> Meaning | None:
    """'last month', 'the previous day', 'that year', 'the next day', 'the current quarter'."""
    kind, unit, which = found.kind("which"), found.unit(), found.which() or 0
    the = found.word("at") == "the"
    if unit in _CLOCK_UNITS:
        return Stretch(unit, 1, which)
    match kind:
        case "LAST" if found.word("which") == "past" or (the and unit not in ("day", "week")):
            return Stretch(unit, 1, -1)
        case "LAST" if the and unit == "day":
            return None  # the last day of something
        case "NEXT" if the and unit == "day":
            return Shift(unit, 1, Origin.TEXT)
        case "LATEST" if found.word("which") == "latest":
            return Shift(unit, -1, Origin.QUARTER)
        case "THAT" | "SAME" | "PREVIOUS" | "FOLLOWING":
            return Shift(unit, which, Origin.TEXT)
        case _:
            return Shift(unit, which, Origin.PUBLICATION)


def _shift(found: Found) -> Meaning | None:
    """'two weeks ago', 'a year earlier', 'three days later', 'ten years from now'."""
    count, earlier = found.count(), found.has("earlier")
    if count is not None and count != int(count):
        return None
    told = found.w.at(found.match.end() - 1)
    origin = Origin.PUBLICATION if told in ("ago", "now") else Origin.TEXT
    whole = None if count is None else int(-count if earlier else count)
    return Shift(found.unit(), whole, origin, earlier, counted=True)


def _year_ago(found: Found) -> Meaning:
    return Shift(found.unit(), -1, Origin.PUBLICATION, earlier=True, counted=True)


def _toward(found: Found) -> Meaning:
    toward = 1 if found.kind("which") in ("NEXT", "FOLLOWING") else -1
    return Stretch(found.unit(), found.count(), toward)


_COUNTED_OUT = listed("times once twice million billion trillion dollars pounds euros")
_COUNTS = listed("N12 N31 N999 FIGURE YEAR CARDINAL SCALE")


def _stretch(found: Found) -> Meaning | None:
    w, unit, start = found.w, found.unit(), found.first("count")
    if found.kind("unit") == "QUARTERS" and w.kind(found.first("unit") - 1) == "DASH":
        return None  # 'three-quarters' are parts
    if found.kind("count") == "AN" and found.match.end("count") == start + 1:
        if unit == "quarter":
            return None  # so is 'a quarter'
        if w.kind(start - 1) in _COUNTS or w.at(start - 1) in _COUNTED_OUT:
            return Often(f"P1{unit[0].upper()}")  # '$5 a year'
    return Stretch(unit, found.count())


def _bare(found: Found) -> Meaning:
    return Stretch(found.unit(), None)


def _the_unit(found: Found) -> Meaning | None:
    unit = found.unit()
    if unit in ("minute", "hour", "decade"):
        return None
    if found.w.at(found.match.end()) in ("ended", "ending"):
        return Stretch(unit, 1)
    return Shift(unit, 0, Origin.TEXT if unit in ("day", "quarter") else Origin.SENTENCE)


def _valued(found: Found) -> Meaning:
    return Vague(str(found.w.values[found.match.start()]))


def _recent(found: Found) -> Meaning:
    return Vague("PAST_REF")


def _current(found: Found) -> Meaning | None:
    return Vague("PRESENT_REF") if found.word("at") == "current" else None


def _these(found: Found) -> Meaning | None:
    return Vague("PRESENT_REF") if found.word("at") == "these" else None


def _the_past(found: Found) -> Meaning | None:
    """'the past', 'the near future'."""
    last = found.word("what")
    between = found.word("how") if found.has("how") else "near"
    if found.word("at") != "the" or between not in ("near", "foreseeable", "distant", "recent"):
        return None
    return {"past": Vague("PAST_REF"), "future": Vague("FUTURE_REF")}.get(last)


def _deictic(found: Found) -> Meaning:
    return Shift("day", found.number("at"), Origin.PUBLICATION)


def _this_part(found: Found) -> Meaning:
    return Shift("day", -1 if found.kind("at") == "LAST" else 0, Origin.PUBLICATION)


def _often(found: Found) -> Meaning:
    return Often(str(found.w.values[found.match.start()]))


def _every(found: Found) -> Meaning:
    number = found.number("unit")
    match found.kind("unit"):
        case "MONTH":
            return Often(f"XXXX-{number:02d}")
        case "WEEKDAY":
            return Often(f"XXXX-WXX-{number + 1}")
        case "SEASON":
            return Often(f"XXXX-{SEASON_CODES[number]}")
        case "PART":
            return Often(f"XXXX-XX-XXT{found.unit()}")
        case _:
            return Often(length(found.unit(), found.count() or 1))


def _clock(found: Found) -> Meaning | None:
    hour, _, minutes = found.word("at").partition(":")
    number = int(hour)
    if found.has("meridiem"):
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if found.word("meridiem").startswith("p") else 0)
    return Moment(f"{number:02d}:{minutes or '00'}") if number <= 24 else None


def _moment(found: Found) -> Meaning:
    return Moment(str(found.w.values[found.match.start()]))


def _decade(found: Found) -> Meaning | None:
    if found.kind("name") == "TWENTIES":
        after_article = found.word("at") == "the"
        return Whole("decade", 1900 + 10 * found.number("name")) if after_article else None
    return Whole("decade", 10 * found.number("name"))


def _century(found: Found) -> Meaning | None:
    number = found.number("name")
    return Whole("century", 100 * (number - 1)) if 2 <= number <= 99 else None


def _year(found: Found) -> Meaning | None:
    first = found.year()
    if first is None:
        return None
    until = found.number("until") if found.has("until") else 0
    if 0 < until < 100:
        until += first // 100 * 100
    return Whole("year", first, until if first < until < first + 100 else None)


def _spelled(found: Found) -> Meaning | None:
    """'nineteen ninety-seven', 'the year two thousand': without 'year' that is a number."""
    scaled = found.w.kind(found.match.end() - 1) == "SCALE"
    return None if scaled and not found.has("unit") else _year(found)


def _year_end(found: Found) -> Meaning | None:
    return Shift("year", 0, Origin.PUBLICATION) if found.word("unit") == "year" else None


SEASON_CODES = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_LETTERS = {"decade": "DE", "century": "CE", "weekend": "WE", "season": "SU"}


def length(unit: str, count: float | None) -> str:
    """A length of time as TimeML writes it: P5Y, PT2H, PXM where it is not said how many."""
    if unit == "hour" and count == 24:
        return "P1D"
    if unit == "fortnight":
        unit, count = "week", None if count is None else 2 * count
    letter = _LETTERS.get(unit, unit[0].upper())
    number = "X" if count is None else f"{count:g}"
    return f"P{'T' if unit in _CLOCK_UNITS else ''}{number}{letter}"


Build = Callable[[Found], Meaning | None]
"""Gives what the words mean; None when they are no time expression after all."""

_TABLE: tuple[tuple[Kind, str, Build], ...] = (
    (Kind.DATE, "ISO", _iso),
    (Kind.DATE, "NUMERIC", _numeric),
    (
        Kind.DATE,
        "(?:WEEKDAY COMMA?)?(?P<month>MONTH)(?P<day>SOMEDAY)"
        "(?:(?:DASH|TO)(?P<until>N12|N31)(?!MONTH))?(?:COMMA?(?P<year>YEAR|SHORT))?",
        _day,
    ),
    (
        Kind.DATE,
        "(?:WEEKDAY COMMA?)?THE?(?P<day>SOMEDAY)OF?(?P<month>MONTH)(?:COMMA?(?P<year>YEAR|SHORT))?",
        _day,
    ),
    (
        Kind.DATE,
        "(?P<which>WHICH)?(?P<name>MONTH)"
        "(?:(?:OF|COMMA)?FISCAL?(?P<year>SOMEYEAR)|OF?(?P<rel>RELYEAR))",
        _named,
    ),
    (Kind.DATE, "(?P<which>WHICH)?(?P<name>MONTH)", _named),
    (Kind.DATE, "(?P<which>WHICH)?(?P<name>WEEKDAY)", _weekday),
    (
        Kind.DATE,
        "THE?(?:EARLY|LATE|MID)?DASH?(?P<which>WHICH)?(?P<name>SEASON)"
        "(?:OF?(?P<year>SOMEYEAR)|OF?(?P<rel>RELYEAR))?",
        _named,
    ),
    (
        Kind.DATE,
        "THE?(?:(?P<year>YEAR)|(?P<rel>RELYEAR)OWNER|(?P<ago>UNIT DASH?(?:AGO|EARLIER)))?"
        "FISCAL?DASH?(?P<name>ORDINAL)DASH?FISCAL?(?P<unit>QUARTER|QUARTERS|HALF)"
        "(?:(?:OF|COMMA)?FISCAL?UNIT?(?P<of>YEAR)|OF?(?P<rel2>RELYEAR))?",
        _quarter,
    ),
    (Kind.DATE, "THE?(?P<which>WHICH)FISCAL?(?P<unit>ANYUNIT|PERIOD)(?<!UNITS)", _relative),
    (
        Kind.DATE,
        "(?P<count>COUNT)DASH?MORE?(?P<unit>ANYUNIT)(?:(?P<earlier>AGO|EARLIER)|LATER|FROM NOW)",
        _shift,
    ),
    (Kind.DATE, "(?P<unit>UNITS)(?:(?P<earlier>AGO|EARLIER)|LATER)", _shift),
    (Kind.DATE, "(?:THE|AN)?(?P<unit>UNIT)DASH(?:AGO|EARLIER)(?:QUARTER|PERIOD)?", _year_ago),
    (
        Kind.DURATION,
        "(?:THE|THESE)?(?P<which>LAST|NEXT|RECENT|PREVIOUS|FOLLOWING|LATEST)(?P<count>COUNT)?"
        "MORE?(?P<unit>UNITS|QUARTERS)",
        _toward,
    ),
    (
        Kind.DURATION,
        "(?:THE?ORDINAL)?(?P<count>COUNT)DASH?MORE?(?P<unit>ANYUNIT)(?:DASH?OLD)?",
        _stretch,
    ),
    (Kind.DURATION, "(?P<unit>UNITS)", _bare),
    (Kind.DATE, "THE(?:FULL|FISCAL)?(?P<unit>UNIT|WEEKEND|QUARTER)", _the_unit),
    (Kind.DATE, "NOW", _valued),
    (Kind.DATE, "RECENT", _recent),
    (Kind.DATE, "LATEST", _current),
    (Kind.DATE, "THESE UNITS", _these),
    (Kind.DATE, "THE(?P<how>OTHER|RECENT)?(?P<what>FUTURE|LAST)", _the_past),
    (Kind.DATE, "DAY", _deictic),
    (Kind.DATE, "(?:THIS|LAST)(?=PART)", _this_part),
    (Kind.SET, "OFTEN", _often),
    (
        Kind.SET,
        "EACH(?P<count>CARDINAL|N12)?"
        "(?P<unit>UNIT|UNITS|MONTH|WEEKDAY|SEASON|QUARTER|WEEKEND|PART)",
        _every,
    ),
    (Kind.TIME, "(?:CLOCK|N12(?=MERIDIEM))(?P<meridiem>MERIDIEM)?ZONE?", _clock),
    (Kind.TIME, "NOON|PART", _moment),
    (Kind.DATE, "THE?(?:EARLY|LATE|MID)?DASH?(?P<name>DECADE|TWENTIES)", _decade),
    (Kind.DATE, "THE?(?:EARLY|LATE|MID)?DASH?(?P<name>ORDINAL)DASH?CENTURY", _century),
    (
        Kind.DATE,
        "THE?FISCAL?UNIT?(?P<year>YEAR)(?:(?:DASH|OR)(?P<until>YEAR|N12|N31|N999))?",
        _year,
    ),
    (Kind.DATE, "THE?(?P<unit>UNIT)?(?P<year>SPELLED)", _spelled),
    (Kind.DATE, "(?P<unit>UNIT)OWNER?DASH?END", _year_end),
)

RULES: tuple[tuple[Kind, re.Pattern[str], Build], ...] = tuple(
    (kind, pattern_of(f"(?P<at>)(?:{pattern})"), build) for kind, pattern, build in _TABLE
)
"""Type, pattern and meaning of each kind of expression; the longest match wins, then the first."""
