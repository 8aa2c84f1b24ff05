"""What a sentence says of time by itself: its dates and what they date, its subject, its reporter.

Rules over words; no parse. `dating` links the sentences of a document.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum

from onrecord.model import When
from onrecord.text.dates import NAMES, Event, Reading, TimeExpression, Words, tense_of
from onrecord.text.names import is_no_name
from onrecord.text.passages import sentences
from onrecord.text.wordlists import listed


class Role(StrEnum):
    """What a date in a sentence dates."""

    EVENT = "event"
    REPORT = "report"
    """A report, statement or article that the sentence names."""
    SAID = "said"
    """The saying itself: 'said on Tuesday that ...'."""
    AS_OF = "as of"
    """The day for which a figure holds."""
    SCOPE = "scope"
    """Nothing that happened then: 'the first since 1976'."""


@dataclass(frozen=True)
class Date:
    """A time expression of a sentence."""

    place: int
    """Its rank among those of the document."""
    first: int
    last: int
    """Ranks of its words."""
    expression: TimeExpression
    role: Role


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document, as far as time goes."""

    start: int
    end: int
    """Code points."""
    first: int
    last: int
    """Ranks of its words, end exclusive."""
    dates: tuple[Date, ...]
    events: tuple[Event, ...]
    verb: int | None
    """Rank of its first verb; None when none is known."""
    subject: str | None
    """Last name before that verb: 'Berg', and 'she' for a pronoun; None when there is none."""
    reporter: str | None
    """Who reports or says it, by the words of the name; None when nobody does."""

    def piece(self, first: int, last: int) -> Sentence:
        """The sentence as if it were its words from rank `first` to `last` only."""
        return replace(
            self,
            first=first,
            last=last,
            dates=tuple(d for d in self.dates if first <= d.last and d.first < last),
            events=tuple(e for e in self.events if first <= e.first and e.rank < last),
        )


MOST = 40
"""Dates and events of one sentence that are looked at."""


def first_date(sentence: Sentence, role: Role) -> When | None:
    """The first date of the sentence in that role; None when it has none."""
    found = (d.expression for d in sentence.dates if d.role is role and d.expression.edtf)
    return next((expression.when for expression in found), None)


REPORTING = listed(
    "said says say told stated added reported reports wrote announced noted notes found finds "
    "documented confirmed claimed alleged revealed disclosed published posted tweeted warned "
    "declared insisted acknowledged described quoted argued denied explained estimated concluded "
    "summarized summarised"
)
_REPORTS = listed(
    "report reports article story study statement interview survey dispatch investigation "
    "editorial letter paper post tweet briefing bulletin analysis assessment"
)
_PUBLISHED = listed(
    ", published released issued dated posted made out of from on in and the a by to with"
)
_CONTENT = listed(', : that “ "')
"""What follows these is said, and not when it is said."""
_PRONOUNS = listed("he she they it")
_SUPERLATIVE = listed("first last only worst best most least")
_STILL_NAME = listed("of for the and")
_ADJECTIVES = listed("based armed united to expected planned scheduled")
"""Words that look like verbs and mostly are none."""
_BEFORE_NOUN = listed("a an the its their his her with of")
_REACH = 12
_NOUN_WORDS = 5
"""Words behind a year in which the event comes that it is the year of."""
_DATELINE_WORDS = 6


def narrate(text: str, reading: Reading) -> tuple[Sentence, ...]:
    """The sentences of a text with their dates, in order."""
    starts = [start for start, _ in reading.words.spans]
    firsts = [first for first, _ in reading.ranks]
    ranks = [event.rank for event in reading.events]
    found = []
    for start, end in sentences(text):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        dates = range(bisect_left(firsts, first), bisect_left(firsts, last))
        events = reading.events[bisect_left(ranks, first) : bisect_left(ranks, last)]
        found.append(_sentence(reading, (start, end), (first, last), dates, events[:MOST]))
    return tuple(found)


def _sentence(
    reading: Reading,
    span: tuple[int, int],
    ranks: tuple[int, int],
    dates: range,
    events: tuple[Event, ...],
) -> Sentence:
    w, (first, last) = reading.words, ranks
    verb = next((rank for rank in range(first, last) if is_verb(w, rank)), None)
    return Sentence(
        start=span[0],
        end=span[1],
        first=first,
        last=last,
        dates=tuple(_date(reading, place, first, last) for place in dates[:MOST]),
        events=events,
        verb=verb,
        subject=_subject(w, first, verb) if verb is not None else None,
        reporter=_reporter(w, first, last),
    )


def is_verb(w: Words, rank: int) -> bool:
    """Whether the word is a verb in the past, or one that looks ahead; participles may pass."""
    if not tense_of(w, rank):
        return False
    return w.at(rank - 1) != "-" and w.at(rank) not in _ADJECTIVES and not w.capital(rank)


def _date(reading: Reading, place: int, first: int, last: int) -> Date:
    ranks, expression = reading.ranks[place], reading.found[place]
    return Date(place, *ranks, expression, _role(reading.words, ranks, expression, (first, last)))


def _role(
    w: Words, ranks: tuple[int, int], expression: TimeExpression, sentence: tuple[int, int]
) -> Role:
    first, last = ranks
    if expression.signal == "as of":
        return Role.AS_OF
    if _of_report(w, first, last, sentence[0]) or _is_dateline(w, first, last, sentence[0]):
        return Role.REPORT
    if _of_saying(w, first, last, sentence):
        return Role.SAID
    ranks_it = expression.signal in ("since", "in") and is_scope(w, first, sentence[0])
    return Role.SCOPE if ranks_it or _names_thing(w, first, last) else Role.EVENT


def _names_thing(w: Words, first: int, last: int) -> bool:
    """'the 1973 building': a year by which a thing is known, and at which nothing need happen."""
    owned = w.kind(first) == "THE" or (first == last and w.kind(first - 1) == "OWNER")
    if not owned or w.kind(last) != "YEAR" or last - first > 1:
        return False
    after = w.lower[last + 1 : last + 1 + _NOUN_WORDS]
    return w.kind(last + 1) == "OTHER" and after[0].isalpha() and NAMES.keys().isdisjoint(after)


def _is_dateline(w: Words, first: int, last: int, start: int) -> bool:
    """'HARBOUR, Aug. 3 (Agency) - Ships', 'Friday, March 29, 2019 Ships returned'."""
    after = w.at(last + 1)
    if first - start <= _DATELINE_WORDS and after in ("(", "—", "–"):
        return w.capital(start) and w.kind(first - 1) == "COMMA"
    whole = first == start and w.kind(last) == "YEAR" and last - first > 1
    return whole and after.isalpha() and w.capital(last + 1)


def _of_report(w: Words, first: int, last: int, start: int) -> bool:
    """'a July 21 report', 'in their report, published on July 28'."""
    after = last + 2 if w.kind(last + 1) == "OWNER" else last + 1
    if any(w.at(rank) in _REPORTS for rank in (after, after + 1)):
        return w.at(after) not in _PUBLISHED
    for rank in range(first - 1, max(start, first - _REACH) - 1, -1):
        if w.lower[rank] in _REPORTS:
            return True
        if w.lower[rank] not in _PUBLISHED:
            return False
    return False


def _of_saying(w: Words, first: int, last: int, sentence: tuple[int, int]) -> bool:
    """'On July 4, the paper reported that', 'said on Tuesday', 'told reporters on Monday'."""
    start, end = sentence
    for rank in range(first - 1, max(start, first - 4) - 1, -1):
        if w.lower[rank] in REPORTING:
            return True
        if w.lower[rank] in _CONTENT:
            break
    if first - start > 1:
        return False
    verb = next((rank for rank in range(last + 1, end) if _is_main(w, rank)), None)
    return verb is not None and w.lower[verb] in REPORTING


def _is_main(w: Words, rank: int) -> bool:
    """Whether the word is a verb of its clause, rather than one before a noun."""
    before_noun = w.at(rank - 1) in _BEFORE_NOUN
    return not before_noun and (is_verb(w, rank) or w.lower[rank] in REPORTING)


def is_scope(w: Words, first: int, start: int) -> bool:
    """Whether the words before a date rank something: 'the bloodiest day since', 'the first in'."""
    for rank in range(first - 1, max(start, first - _REACH) - 1, -1):
        word = w.lower[rank]
        if word == "," or is_verb(w, rank):
            return False
        if word in _SUPERLATIVE or (len(word) > 5 and word.endswith("est")):
            return True
    return False


def _subject(w: Words, first: int, verb: int) -> str | None:
    """The last name before the verb, or 'he', 'she', 'they', 'it'; whom the verb quotes."""
    if w.lower[verb] == "quoted" and verb + 1 < len(w) and is_name(w, verb + 1):
        return w.lower[verb + 1]
    for rank in range(verb - 1, first - 1, -1):
        if w.lower[rank] in _PRONOUNS:
            return w.lower[rank]
        if is_name(w, rank) and w.kind(rank + 1) != "OWNER":
            return w.lower[rank]
    return None


def people(w: Words) -> frozenset[str]:
    """Last words of names of two words or more: news names people in full at first."""
    return frozenset(
        w.lower[rank]
        for rank in range(1, len(w))
        if is_name(w, rank) and is_name(w, rank - 1) and not is_name(w, rank + 1)
    )


def is_name(w: Words, rank: int) -> bool:
    """Whether the word is capitalised and names somebody or something."""
    if not 0 <= rank < len(w):
        return False
    start, end = w.spans[rank]
    return w.kind(rank) == "OTHER" and w.text[start].isupper() and not is_no_name(w.text[start:end])


def _reporter(w: Words, first: int, last: int) -> str | None:
    """The name that reports: before 'reported', or after 'according to' and 'report from'."""
    for rank in range(first, last):
        if w.lower[rank] in REPORTING and (name := _name_before(w, rank, first)):
            return name
    for rank in range(first, last):
        if _hands_on(w, rank, first) and (name := _name_after(w, rank + 1, last)):
            return name
    return None


def _hands_on(w: Words, rank: int, first: int) -> bool:
    """'according to', 'a report from', 'as summarized by'."""
    before = w.lower[max(first, rank - 3) : rank]
    match w.lower[rank]:
        case "to":
            return before[-1:] == ("according",)
        case "from" | "by":
            return not (_REPORTS | REPORTING).isdisjoint(before)
        case _:
            return False


def _name_before(w: Words, rank: int, first: int) -> str | None:
    """The name that ends at most two words before the rank: 'Harbour Times staff reported'."""
    end = next((r for r in range(rank - 1, max(first, rank - 3) - 1, -1) if is_name(w, r)), None)
    if end is None:
        return None
    start = end
    while start > first and (is_name(w, start - 1) or _joins(w, start - 1, first)):
        start -= 1
    return _spelled(w, start, end + 1)


def _joins(w: Words, rank: int, first: int) -> bool:
    return rank > first and w.lower[rank] in _STILL_NAME and is_name(w, rank - 1)


def _name_after(w: Words, rank: int, last: int) -> str | None:
    """The name that begins at most five words on."""
    start = next((r for r in range(rank, min(rank + 6, last)) if is_name(w, r)), None)
    while start is not None and w.kind(start + 1) == "OWNER":
        start = next((r for r in range(start + 2, min(start + 6, last)) if is_name(w, r)), None)
    if start is None:
        return None
    end = start + 1
    while end < last and is_name(w, end):
        end += 1
    return _spelled(w, start, end)


def _spelled(w: Words, start: int, end: int) -> str:
    words = w.lower[start:end]
    return " ".join(words[1:] if words[0] == "the" and len(words) > 1 else words)
