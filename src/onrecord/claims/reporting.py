"""Clauses that say what somebody said."""

from __future__ import annotations

from onrecord.claims.grammar import Clause, Group
from onrecord.text.speech import Frame, verb_entries
from onrecord.text.tokens import Part

_HEARER = (
    Part.WORD,
    Part.DETERMINER,
    Part.POSSESSIVE,
    Part.OBJECT,
    Part.NAME,
    Part.TIME,
    Part.PREPOSITION,
)
"""What may stand between a verb of saying and 'that': 'told reporters on Monday that'."""


def reports(clause: Clause) -> bool:
    """Whether it says what somebody said, in their words or after 'that'."""
    if said_that(clause) is not None or who_said(clause) is not None:
        return True
    quoted = any(token.part is Part.QUOTATION for token in clause.tokens)
    return quoted and clause.main is not None and says(clause, clause.main)


def said_that(clause: Clause) -> int | None:
    """Where what somebody says begins, after 'that'; None when the clause reports no saying."""
    verb = clause.main
    if verb is None or not says(clause, verb):
        return None
    for index in range(verb.last, min(verb.last + 5, len(clause))):
        if clause.lower(index) == "that":
            return index + 1
        if clause.part(index) not in _HEARER:
            return None
    return None


def who_said(clause: Clause) -> int | None:
    """Where the comma before 'the ministry said' stands that ends the clause; None without one."""
    for index in range(len(clause) - 1, max(0, len(clause) - 10), -1):
        if clause.part(index) is Part.COMMA:
            return index if _is_saying(Clause(clause.words(index + 1, len(clause)))) else None
    return None


def _is_saying(clause: Clause) -> bool:
    """Whether it is a subject and a verb of saying, and nothing else: 'the ministry said'."""
    verb = clause.main
    if verb is None or not clause.subject:
        return False
    rest = {clause.part(index) for index in range(verb.last, len(clause))}
    return says(clause, verb) and rest <= {Part.TIME, Part.ADVERB, Part.STOP, Part.PREPOSITION}


def says(clause: Clause, verb: Group) -> bool:
    """Whether the verb is one by which somebody says something."""
    frames = [entry.cue.frame for entry in verb_entries(clause.lower(verb.main)) if not entry.rest]
    return any(frame & (Frame.SAY | Frame.TELL | Frame.CLAUSE) for frame in frames)
