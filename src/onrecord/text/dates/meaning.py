"""What time expressions mean by themselves, before they are held against any date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The types of TIMEX3 (TimeML, Pustejovsky et al. 2003)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Origin(StrEnum):
    """From where a shift is counted."""

    PUBLICATION = "publication"
    TEXT = "text"
    """The date that the text last spoke of."""
    SENTENCE = "sentence"
    """The date that the sentence spoke of; publication when it spoke of none."""
    QUARTER = "quarter"
    """The quarter that the text reports on; the last full one when it names none."""


@dataclass(frozen=True)
class Day:
    """A day of a month, the year perhaps unsaid."""

    year: int | None
    month: int
    day: int
    until: int | None = None
    """Last day, where it is a range within the month."""


@dataclass(frozen=True)
class Named:
    """A month, weekday, quarter, season or half by its number, the year perhaps unsaid."""

    unit: str
    number: int
    """Month 1 to 12, weekday 0 to 6, quarter 1 to 4, season by its first month, half 1 or 2."""
    year: int | None = None
    which: int | None = None
    """-1 for the last one, 0 for this, 1 for the next; None when the text does not say."""
    years: int | None = None
    """Years from that of publication: -1 in 'the third quarter of last year'."""


@dataclass(frozen=True)
class Whole:
    """A year, decade or century by its first year; years may be a range."""

    unit: str
    year: int
    until: int | None = None


@dataclass(frozen=True)
class Shift:
    """So many units before or after a date: 'yesterday', 'last month', 'two days later'."""

    unit: str
    count: int | None
    """Negative for earlier; None when it is not said how many ('years ago')."""
    origin: Origin
    earlier: bool = False
    counted: bool = False
    """The text counts ('two weeks ago') rather than names a period ('last week')."""


@dataclass(frozen=True)
class Stretch:
    """A length of time; perhaps one that ends or begins with publication."""

    unit: str
    amount: float | None
    """None when the text does not say how much."""
    toward: int = 0
    """-1 for 'the past five years', 1 for 'the next five years', 0 when neither is said."""


@dataclass(frozen=True)
class Often:
    """A frequency, as TimeML writes it: 'P1D' for 'daily'."""

    value: str


@dataclass(frozen=True)
class Vague:
    """The past, the present or the future: PAST_REF, PRESENT_REF, FUTURE_REF."""

    value: str


@dataclass(frozen=True)
class Moment:
    """A time of day, as TimeML writes it after the T: '22:00', 'MO'."""

    value: str


@dataclass(frozen=True)
class Anchored:
    """An event from which an expression counts."""

    name: str
    """As `events` names it."""
    word: str
    """As printed."""
    rank: int
    """Of the word that names it."""
    sign: int
    """-1 before the event, 1 after it."""


Meaning = Day | Named | Whole | Shift | Stretch | Often | Vague | Moment


@dataclass(frozen=True)
class Expression:
    """A time expression at its place, not yet held against a date."""

    first: int
    last: int
    """Ranks of its first and last word."""
    kind: Kind
    meaning: Meaning
    moment: str | None = None
    """Time of the day, where one is given with a date."""
    modifier: str | None = None
    """As in TimeML: START, MID, END, APPROX, LESS_THAN, MORE_THAN, EQUAL_OR_LESS, EQUAL_OR_MORE."""
    signal: str | None = None
    """The word that ties it to what is dated: 'since', 'by', 'as of'; None when there is none."""
    event: Anchored | None = None
    """What it is counted from, in 'two days after the election'."""
