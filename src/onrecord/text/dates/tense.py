"""Whether the words around a time expression speak of what was or of what is to come."""

from __future__ import annotations

from onrecord.text.dates.words import Words
from onrecord.text.wordlists import listed

_FUTURE = listed("will shall wo ll scheduled slated expected expects")
_BEFORE_TO = listed(
    "going plans planned planning plan scheduled expected expects due set intends aims hopes vowed "
    "pledged promised agreed wants is are"
)
_MODALS = listed("would may might could should must can")
PAST = listed(
    "was were had did been has have became began broke brought built bought came caught chose cost "
    "cut died drew drove fell felt fled flew fought found gave got grew held hit kept killed knew "
    "laid led left lent lost made meant met paid put ran rose said sank sat saw sent shot showed "
    "shut sold sought spent spoke spread stood struck swept swore taught thought threw told took "
    "tore understood went withdrew woke won wore wrote"
)
"""Verbs in the past that do not end in -ed."""
_STOPS = frozenset(".;:!?")
REACH = 30
"""So many words on either side are looked at."""


def direction(w: Words, first: int, last: int) -> int:
    """-1 for the past, 1 for the future, 0 when the sentence does not say.

    The nearest verb before the words from rank `first` to `last` tells, else the nearest after.
    """
    before = range(first - 1, max(-1, first - REACH), -1)
    after = range(last + 1, min(len(w), last + REACH))
    for ranks in (before, after):
        for rank in ranks:
            if w.lower[rank] in _STOPS:
                break
            if tense := tense_of(w, rank):
                return tense
    return 0


def tense_of(w: Words, rank: int) -> int:
    """-1 for a verb in the past, 1 for one that looks ahead, 0 for any other word."""
    word = w.lower[rank]
    if word in _FUTURE or (word == "to" and w.at(rank - 1) in _BEFORE_TO):
        return 1
    if word in _MODALS:
        return -1 if w.at(rank + 1) == "have" else 1
    return -1 if word in PAST or (len(word) > 4 and word.endswith("ed")) else 0
