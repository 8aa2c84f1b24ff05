"""Events that a text names ('the coup', 'his visit'), and the dates that it gives them.

Words for one kind of event are one name: a text that calls a coup a takeover speaks of one thing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.text.dates.words import Words
from onrecord.text.wordlists import listed

_KINDS = (
    "visit visits visited visiting trip trips tour tours toured travelled traveled",
    "coup coups putsch takeover overthrow",
    "invasion invaded incursion",
    "war wars",
    "attack attacks attacked assault assaults offensive raid raids raided",
    "airstrike airstrikes bombing bombings bombed shelling shelled",
    "explosion explosions blast blasts exploded",
    "election elections vote votes ballot",
    "referendum plebiscite",
    "execution executions executed",
    "protest protests demonstration demonstrations rally rallies",
    "massacre massacres",
    "assassination assassinated murder murdered killing killings",
    "earthquake quake tremor",
    "flood floods flooding",
    "hurricane cyclone typhoon storm",
    "fire blaze wildfire",
    "crash crashed collision",
    "summit summits",
    "meeting meetings met talks",
    "conference congress convention",
    "agreement deal accord treaty pact",
    "ceasefire truce armistice",
    "arrest arrests arrested detention",
    "trial trials hearing hearings",
    "verdict ruling judgment judgement conviction",
    "resignation resigned",
    "appointment appointed",
    "inauguration inaugurated",
    "speech address",
    "announcement announced",
    "annexation annexed seizure",
    "outbreak pandemic epidemic",
    "lockdown lockdowns",
    "crackdown crackdowns",
    "uprising revolution revolt rebellion",
    "launch launched",
    "merger acquisition",
    "collapse collapsed bankruptcy",
    "death died deaths",
    "birth born",
    "wedding married",
    "funeral burial",
    "withdrawal withdrew pullout",
    "evacuation evacuated",
    "siege blockade",
    "independence",
    "genocide famine drought",
)
NAMES = {word: words.split()[0] for words in _KINDS for word in words.split()}
"""The name of the event that a noun, or a verb in the past, stands for."""
_VERBS = frozenset(word for word in NAMES if word.endswith("ed")) | {"met", "withdrew"}
_DEFINITE = listed("the this that these those his her its their our")
_PREPOSITIONS = listed(
    "in on at of during from by since until till before after following for about over to with "
    "against into under between among through as"
)
_MARKS = frozenset(".,;:!?()[]")
_LINKS = listed("in on of from during")
REACH = 6
"""So many words at most lie between an event and what determines it."""


@dataclass(frozen=True)
class Event:
    """A word that names an event."""

    name: str
    rank: int
    """Of the word."""
    verb: bool
    definite: bool
    """With an article, a possessor or a demonstrative: one that the reader knows."""
    signal: str | None
    """What ties it to its sentence: 'since', 'during', 'post'; None when nothing does."""
    first: int
    """Rank of the first word of its phrase, signal included."""


def events(w: Words) -> tuple[Event, ...]:
    """The words of a text that name events, in order."""
    return tuple(_event(w, rank) for rank, word in enumerate(w.lower) if word in NAMES)


def _event(w: Words, rank: int) -> Event:
    word = w.lower[rank]
    if w.at(rank - 1) == "-" and w.at(rank - 2) in ("post", "pre"):
        prefix = "after" if w.at(rank - 2) == "post" else "before"
        return Event(NAMES[word], rank, False, True, prefix, rank - 2)
    definite, signal, first = False, None, rank
    for back in range(rank - 1, max(-1, rank - REACH - 1), -1):
        before = w.lower[back]
        if before in _MARKS:
            break
        if before in _PREPOSITIONS:
            signal, first = _signal(w, back)
            break
        definite = definite or before in _DEFINITE or w.kind(back) == "OWNER"
        first = back
    return Event(NAMES[word], rank, word in _VERBS, definite, signal, first)


_TIMES = listed("onset start beginning outbreak eve time height wake aftermath end")


def _signal(w: Words, rank: int) -> tuple[str, int]:
    """The preposition at the rank; of 'at the onset of' it is 'onset'."""
    if w.lower[rank] == "of" and w.at(rank - 1) in _TIMES:
        return w.at(rank - 1), rank - 1
    return w.lower[rank], rank


@dataclass(frozen=True)
class Anchor:
    """An event with the date that the text gives it."""

    name: str
    edtf: str
    rank: int
    """Of the word that names it; -1 when the date was given from outside of the text."""


class Anchors:
    """The dated events of a text, to be asked for by name and place."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._named: dict[str, list[Anchor]] = {}
        for anchor in sorted(anchors, key=lambda anchor: anchor.rank):
            self._named.setdefault(anchor.name, []).append(anchor)

    def __bool__(self) -> bool:
        return bool(self._named)

    def of(self, name: str, rank: int) -> Anchor | None:
        """The event of that name that was last dated before the rank, else the first dated after.

        None when there is no such event.
        """
        known = self._named.get(name, [])
        place = bisect_right(known, rank, key=lambda anchor: anchor.rank)
        return known[max(place - 1, 0)] if known else None


def given(dates: Mapping[str, str]) -> Iterator[Anchor]:
    """Anchors from outside of the text: an event by any of its words, and its date as EDTF."""
    for word, edtf in dates.items():
        yield Anchor(NAMES.get(word.lower(), word.lower()), edtf, -1)


def dated(w: Words, named: Sequence[Event], places: Sequence[Place]) -> Iterator[Anchor]:
    """The events that have a date beside them: 'the 2014 seizure', 'the coup in February 2021'."""
    firsts = [first for first, _, _ in places]
    for event in named:
        behind = bisect_right(firsts, event.rank)
        if behind and _before(w, places[behind - 1][1], event):
            yield Anchor(event.name, places[behind - 1][2], event.rank)
        elif behind < len(places) and _behind(w, event, places[behind][0]):
            yield Anchor(event.name, places[behind][2], event.rank)


def _before(w: Words, last: int, event: Event) -> bool:
    """'the February 2021 coup': at most two words lie between, and none that cuts the phrase."""
    between = range(last + 1, event.rank)
    return not event.verb and len(between) <= 2 and last < event.rank and _one_phrase(w, between)


def _behind(w: Words, event: Event, first: int) -> bool:
    """'the invasion of a country in February', 'elections next year'."""
    between = range(event.rank + 1, first)
    if event.verb or len(between) >= REACH:
        return False
    if len(between) == 1:
        return w.lower[between[0]] in _LINKS
    if between and w.lower[between[0]] == "of" and w.lower[between[-1]] in _LINKS:
        between = between[1:-1]
    elif between:
        return False
    return _one_phrase(w, between)


def _one_phrase(w: Words, ranks: Sequence[int]) -> bool:
    return not any(w.lower[rank] in _MARKS or w.lower[rank] in _PREPOSITIONS for rank in ranks)


Place = tuple[int, int, str]
"""First rank, last rank and EDTF of a date."""
