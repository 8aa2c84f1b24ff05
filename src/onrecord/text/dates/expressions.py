"""Finds the time expressions of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord.text.dates.events import NAMES
from onrecord.text.dates.grammar import RULES, Found
from onrecord.text.dates.meaning import (
    Anchored,
    Day,
    Expression,
    Kind,
    Meaning,
    Moment,
    Named,
    Often,
    Shift,
    Stretch,
)
from onrecord.text.dates.words import Words

_MODIFIERS = {
    "START": "early, early in, earlier, earlier in, the beginning of, the start of, at the "
    "beginning of, beginning of, start of",
    "MID": "mid, mid -, the middle of, middle of",
    "END": "late, late in, later, later in, the end of, end of, the close of, close of",
    "APPROX": "about, around, roughly, approximately, some",
    "LESS_THAN": "nearly, almost, less than, under, just under, fewer than",
    "MORE_THAN": "more than, over, just over, a little over, slightly more than, longer than",
    "EQUAL_OR_MORE": "at least, no less than, not less than",
    "EQUAL_OR_LESS": "up to, no more than, not more than, at most, within",
}
_SIGNALS = (
    "since, until, till, by, before, prior to, after, following, from, between, as of, during, in, "
    "on, at, for, within, through, throughout, to, and, over, as early as, no later than"
)


def _phrases(listed: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in listed.split(", ")]


_MODIFIED = {phrase: name for name, listed in _MODIFIERS.items() for phrase in _phrases(listed)}
_SIGNALLED = {phrase: " ".join(phrase) for phrase in _phrases(_SIGNALS)}
_LONGEST = 3
"""Words in a modifier or a signal, at most."""


def expressions(w: Words) -> tuple[Expression, ...]:
    """The time expressions of a text in order; none overlaps another."""
    found: list[Expression] = []
    for expression in _longest(w):
        one = _together(found[-1], expression, w) if found else None
        if one:
            found[-1] = one
        else:
            found.append(expression)
    ends = [0, *(expression.last + 1 for expression in found)]
    return tuple(_tied(e, w, end) for e, end in zip(found, ends, strict=False))


def _tied(expression: Expression, w: Words, free: int) -> Expression:
    """The expression with what modifies it, what ties it to its sentence, and its event."""
    first = expression.first
    size = _ending(w, first, free, _MODIFIED)
    modifier = _MODIFIED.get(w.lower[first - size : first])
    if modifier in _OF_COUNTS and not _counts(expression.meaning):
        size, modifier = 0, None  # 'sanctions over its 2014 seizure'
    first -= size
    before = _ending(w, first, free, _SIGNALLED)
    return replace(
        expression,
        first=first,
        modifier=modifier,
        signal=_SIGNALLED.get(w.lower[first - before : first]),
        event=_event(expression, w),
    )


_OF_COUNTS = ("LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS")


def _counts(meaning: Meaning) -> bool:
    return isinstance(meaning, Stretch) or (isinstance(meaning, Shift) and meaning.counted)


def _ending(w: Words, end: int, free: int, phrases: Mapping[tuple[str, ...], str]) -> int:
    """How many words before `end` are one of the phrases: of several the longest."""
    sizes = range(min(_LONGEST, end - free), 0, -1)
    return next((size for size in sizes if w.lower[end - size : end] in phrases), 0)


_SIGNS = {"after": 1, "following": 1, "since": 1, "before": -1, "preceding": -1}
_EVENT_WORDS = 8


def _event(expression: Expression, w: Words) -> Anchored | None:
    """The event from which the expression counts: 'two days after the election'."""
    sign = _SIGNS.get(w.at(expression.last + 1))
    if not sign or not isinstance(expression.meaning, Stretch | Shift):
        return None
    first = expression.last + 2
    for rank in range(first, min(first + _EVENT_WORDS, len(w))):
        word = w.lower[rank]
        if word in NAMES:
            return Anchored(NAMES[word], word, rank, sign)
        if not word[0].isalnum() and w.kind(rank) not in ("OWNER", "DASH"):
            break
    return None


def _longest(w: Words) -> Iterator[Expression]:
    """Of all that a rule matches, the first longest, and so on after it."""
    candidates = sorted(
        (match.start(), -match.end(), rank)
        for rank, (_, pattern, _) in enumerate(RULES)
        for match in pattern.finditer(w.symbols)
    )
    end = 0
    for start, _, rank in candidates:
        kind, pattern, build = RULES[rank]
        match = pattern.match(w.symbols, start) if start >= end else None
        meaning = build(Found(w, match)) if match else None
        if match and meaning:
            end = match.end()
            yield Expression(start, end - 1, _kind(kind, meaning), meaning)


def _kind(kind: Kind, meaning: Meaning) -> Kind:
    match meaning:
        case Often():
            return Kind.SET
        case Stretch():
            return Kind.DURATION
        case _:
            return kind


def _together(one: Expression, other: Expression, w: Words) -> Expression | None:
    """A time of day and the day beside it, as one expression; None when they are not that."""
    between = range(one.last + 1, other.first)
    if len(between) > 1 or any(w.kind(rank) not in ("COMMA", "IN", "OF") for rank in between):
        return None
    for clock, day in ((one, other), (other, one)):
        if isinstance(clock.meaning, Moment) and _is_day(day):
            moment = clock.meaning.value
            return replace(day, first=one.first, last=other.last, kind=Kind.TIME, moment=moment)
    return None


def _is_day(expression: Expression) -> bool:
    named = isinstance(expression.meaning, Day | Named | Shift)
    return named and expression.kind is Kind.DATE and expression.moment is None
