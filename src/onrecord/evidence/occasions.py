"""What a document has said to have happened, and when, for sentences that lean on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.evidence.narrative import Role, Sentence, first_date
from onrecord.model import When
from onrecord.text.dates import Anchors, Event

CARRIED = 10
"""A subject is taken to act on the same occasion over so many sentences at most."""

_REMEMBERED = 40
"""Occasions of one name that are looked through for one with the same people."""


@dataclass(frozen=True)
class _Occasion:
    rank: int
    """Of the word that names it."""
    edtf: str
    people: frozenset[str]


class Occasions:
    """The dated events and acts of a document so far."""

    def __init__(self, printed: Anchors) -> None:
        self._printed = printed
        self._happened: dict[str, list[_Occasion]] = {}
        self._acted: dict[str, tuple[int, When]] = {}

    def happened(self, events: Iterable[Event], edtf: str, people: frozenset[str]) -> None:
        """Events that a sentence says to have happened then: those it introduces.

        'The visit' is one that the reader knows, and may have its own date.
        """
        for event in events:
            if event.verb or not event.definite:
                occasion = _Occasion(event.rank, edtf, people)
                self._happened.setdefault(event.name, []).append(occasion)

    def when(self, event: Event, word: str, people: frozenset[str]) -> When | None:
        """The date of an event: the last of that name with the same people, else the last.

        Where none came before, a date that stands with such an event further on ('the February
        coup') is taken. None when the document dates no such event.
        """
        known = self._happened.get(event.name, [])
        end = bisect_left(known, event.rank, key=lambda occasion: occasion.rank)
        before = known[max(0, end - _REMEMBERED) : end]
        shared = next((o for o in reversed(before) if o.people & people), None)
        chosen = shared or (before[-1] if before else None)
        printed = self._printed.of(event.name, event.rank)
        if printed and (chosen is None or (not shared and printed.rank > chosen.rank)):
            return _anchored(word, printed.edtf)
        return _anchored(word, chosen.edtf) if chosen else None

    def acted(self, subject: str, sentence: int, when: When) -> None:
        """Someone is the subject of a sentence, by its rank, that has that date."""
        self._acted[subject] = sentence, when

    def last_act(self, subject: str, sentence: int) -> When | None:
        """When the subject was last said to act; None when that is too long ago."""
        rank, when = self._acted.get(subject, (0, None))
        return when if sentence - rank <= CARRIED else None


def _anchored(word: str, edtf: str) -> When:
    return When(text=word, edtf=edtf, basis=f"relative to anchor: {word}")


def report_dates(sentences: Iterable[Sentence]) -> dict[str, When]:
    """Reporters of whom the document dates one report, by name."""
    found: dict[str, When | None] = {}
    for sentence in sentences:
        when = first_date(sentence, Role.REPORT) or first_date(sentence, Role.SAID)
        if sentence.reporter and when:
            known = found.setdefault(sentence.reporter, when)
            if known and known.edtf != when.edtf:
                found[sentence.reporter] = None
    return {name: when for name, when in found.items() if when}
