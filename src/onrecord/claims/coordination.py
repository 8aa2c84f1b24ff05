"""Facts that 'and' and 'but' join: clauses, verb phrases, objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.claims.grammar import Clause, Fact, Group, joined
from onrecord.claims.reporting import says
from onrecord.claims.verbs import (
    is_listed,
    joins_objects,
    may_end_clause,
    takes_no_object,
    verb_forms,
)
from onrecord.text.speech import Form
from onrecord.text.tokens import Part
from onrecord.text.wordlists import listed

_AND = ("and", "but")
_SEQUENCE = ("then", "later", "also", "even", "soon", "again", "now")
"""Adverbs that may stand between 'and' and the verb that goes on."""
_MOTIONS = listed("go come try went came")
"""Verbs that take 'and' for 'to': 'go out and buy'."""
_NUMBERS = listed(
    "two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands"
)


def clauses(clause: Clause) -> list[Fact] | None:
    """'A, and B', each with its own subject: A and B."""
    main = clause.main
    if main is None or (not clause.stands_alone and not _speaks_of_itself(clause)):
        return None
    for index in range(main.last, len(clause)):
        if clause.opens_clause(index) or clause.lower(index) in (":", "between", "both"):
            return None
        if clause.lower(index) not in _AND or _joins_less(clause, index, main):
            continue
        comma = clause.part(index - 1) is Part.COMMA
        right = Clause(clause.words(index + 1, len(clause)))
        if _is_own_clause(right, clause, comma=comma):
            left = clause.words(0, index - 1 if comma else index)
            frame = clause.words(0, clause.frame_end)
            framed = joined(frame, right.text) if frame and not _is_dated(right) else right.text
            return [Fact(left), Fact(framed)]
    return None


def _joins_less(clause: Clause, index: int, main: Group) -> bool:
    """Whether 'and' joins verbs of one subject, or may join two names or two plain nouns."""
    before, after = clause.part(index - 1), clause.part(index + 1)
    if Part.BRACKET in (before, after) or before is Part.MARK or clause.continues(index + 1, main):
        return True
    commas = [i for i in range(main.last, index) if clause.part(i) is Part.COMMA]
    if before is Part.COMMA:
        since = commas[-2] if len(commas) > 1 else index
        return since < index and not any(since < group.first < index for group in clause.groups)
    if says(clause, main) or (commas and after is Part.WORD):
        return True  # 'said guns, tanks and ships were sold'
    return before is after is Part.NAME


def _speaks_of_itself(clause: Clause) -> bool:
    return bool(clause.subject) and clause.part(clause.frame_end) is Part.PRONOUN


def _is_own_clause(right: Clause, left: Clause, *, comma: bool) -> bool:
    """Whether what follows 'and' has a subject and surely a verb, and leans on nothing before."""
    verb = right.main
    if verb is None or right.frame_end or verb.first == 0:
        return False
    same = right.subject.casefold() == left.subject.casefold()
    if right.leans_back(verb.last if same else 0, owners=not same):
        return False
    named = {right.part(index) for index in range(verb.first) if right.lower(index) != "than"}
    closed = {Part.COMMA, Part.CONJUNCTION, Part.SUBORDINATOR, Part.RELATIVE, Part.TO}
    if named & closed or right.part(0) is Part.PREPOSITION or "than" in right.subject.split()[3:]:
        return False
    if not right.stands_alone and not same:
        return False
    counted = Part.NUMBER in named or right.subject.endswith("s")
    if not comma and right.part(0) is Part.WORD and not counted:
        return False  # 'a cap and trade plan would'
    word = right.lower(verb.main)
    participle = verb.helper is None and bool(verb_forms(word) & Form.PARTICIPLE)
    followed = right.part(verb.last) in (Part.PREPOSITION, Part.TO, None)
    return comma or not (participle and followed) or may_end_clause(word)


def _is_dated(clause: Clause) -> bool:
    return any(
        clause.part(index) is Part.TIME or clause.is_year(index) for index in range(len(clause))
    )


def verb_phrases(clause: Clause) -> list[Fact] | None:
    """'X sold arms and blocked a vote': 'X sold arms', 'X blocked a vote'."""
    main = clause.main
    joints = _joints(clause, main) if main and clause.subject else []
    if main is None or not joints or _is_denied(clause, joints):
        return None
    end = len(clause)
    shared = clause.words(joints[-1].verb.last, end) if _lacks_object(clause, main, joints) else ""
    first = joined(clause.words(0, joints[0].end), shared)
    ends = [*(joint.end for joint in joints[1:]), end]
    return [
        Fact(first),
        *(_phrase(clause, main, joint, end) for joint, end in zip(joints, ends, strict=True)),
    ]


def _is_denied(clause: Clause, joints: Sequence[_Joint]) -> bool:
    """Whether a 'not' or a 'nobody' may hold for all of the verbs."""
    own = clause.main is not None and clause.main.negated and all(joint.own for joint in joints)
    return clause.is_denied and not own


def _phrase(clause: Clause, main: Group, joint: _Joint, end: int) -> Fact:
    """The verb phrase that the joint begins, with the subject and what it shares of the rest."""
    words = clause.words(joint.start, end)
    other_time = joint.own and joint.verb.helper is not main.helper
    dated = _is_dated(Clause(clause.words(0, clause.frame_end)))
    framed = not (dated and (other_time or _is_dated(Clause(words))))
    shares = joint.verb.helper is not None and not joint.own
    start = 0 if framed else clause.frame_end
    return Fact(joined(clause.words(start, main.main if shares else main.first), words))


def _lacks_object(clause: Clause, main: Group, joints: Sequence[_Joint]) -> bool:
    """Whether the first of two verbs has its object after the second: 'burned and looted shops'."""
    return (
        len(joints) == 1
        and joints[0].end == main.last
        and not main.passive
        and clause.part(main.main) is Part.WORD
        and is_listed(clause.lower(main.main))
        and not takes_no_object(clause.lower(main.main))
        and clause.has_object(joints[0].verb.main)
    )


@dataclass(frozen=True)
class _Joint:
    """Where one verb phrase ends and the next starts."""

    end: int
    start: int
    verb: Group
    by_word: bool
    """'and' joins them, and not a comma alone."""
    own: bool
    """The verb has a helper of its own: 'and has signed'."""


def _joints(clause: Clause, main: Group) -> list[_Joint]:
    """The places where verb phrases of one subject are joined; none when one is doubtful."""
    found: list[_Joint] = []
    last, index = main, main.last
    while index < len(clause):
        if clause.opens_clause(index) or clause.lower(index) in ("or", "nor", "either", "neither"):
            break
        joint = _joint(clause, index, last)
        if joint:
            if _is_doubtful(clause, joint, last):
                return []
            found.append(joint)
            last, index = joint.verb, joint.verb.last
        else:
            index += 1
    while found and not found[-1].by_word:
        found.pop()
    return found


def _joint(clause: Clause, index: int, last: Group) -> _Joint | None:
    if clause.part(index) is Part.COMMA:
        start = index + 1
    elif clause.lower(index) in _AND:
        start = index
    else:
        return None
    by_word = clause.lower(start) in _AND
    start += by_word
    while clause.lower(start) in _SEQUENCE or clause.lower(start).endswith("ly"):
        start += 1
    verb = clause.continues(start, last)
    if verb is None or _leans(clause, verb.last):
        return None
    return _Joint(index, start, verb, by_word, own=clause.part(verb.first) is not Part.WORD)


def _leans(clause: Clause, index: int) -> bool:
    """Whether what follows up to the next joint speaks of something by 'it' or 'him'."""
    end = index
    while clause.part(end) not in (Part.COMMA, Part.CONJUNCTION, None):
        end += 1
    return Clause(clause.words(index, end)).leans_back()


def _is_doubtful(clause: Clause, joint: _Joint, last: Group) -> bool:
    """Whether what follows 'and' may go on with something else than the main verb."""
    if any(
        last.last <= group.first < joint.end and not _hangs_on(clause, group)
        for group in clause.groups
    ):
        return True  # 'said the army sold arms and blocked a vote'
    if joint.end - last.last <= 1 and clause.lower(last.main) in _MOTIONS:
        return True  # 'go out and buy'
    verb = joint.verb.main
    between = range(last.last, joint.end)
    if joint.verb.form & Form.BASE and any(
        clause.part(i) is Part.TO and verb_forms(clause.lower(i + 1)) & Form.BASE for i in between
    ):
        return True  # 'could try to sell arms and block votes'
    if joint.verb.helper is not None:
        return False
    if joint.end > last.last and clause.is_quality(joint.end - 1):
        return clause.part(verb + 1) is Part.WORD  # 'sold new and used cars'
    participle = bool(verb_forms(clause.lower(verb)) & Form.PARTICIPLE)
    loose = participle and not clause.has_object(verb) and not takes_no_object(clause.lower(verb))
    return loose and clause.has_reduced(last.last, joint.end)  # 'tanks made in A and used in B'


def _hangs_on(clause: Clause, group: Group) -> bool:
    """Whether it is a participle that hangs on the noun before it: 'tanks made in'."""
    participle = verb_forms(clause.lower(group.main)) & Form.PARTICIPLE
    return group.helper is None and bool(participle) and clause.part(group.last) is Part.PREPOSITION


def objects(clause: Clause) -> list[Fact] | None:
    """'X sold six tanks and two ships to Y': each with its own number or article."""
    main = clause.main
    if main is None or clause.is_denied or not clause.subject or main.helper is Part.BE:
        return None
    if joins_objects(clause.lower(main.main)) or not _opens_noun(clause, main.last):
        return None
    joint = next((i for i in range(main.last, len(clause)) if clause.lower(i) == "and"), None)
    if joint is None or not _opens_noun(clause, joint + 1):
        return None
    if clause.lower(joint + 2) in ("half", "quarter", "third"):
        return None
    plain = (Part.WORD, Part.NAME, Part.NUMBER, Part.DETERMINER, Part.POSSESSIVE, Part.ADVERB)
    first = [clause.part(i) for i in range(main.last, joint) if clause.lower(i) != "of"]
    if not all(part in plain for part in first):
        return None
    end = joint + 1
    while clause.part(end) in plain or clause.lower(end) == "of":
        end += 1
    tail = clause.words(end, len(clause))
    if clause.part(end) not in (None, Part.PREPOSITION, Part.TO, Part.TIME) or _counts(clause, end):
        return None
    if any(group.first > joint for group in clause.groups):
        return None
    head = clause.words(0, main.last)
    items = (clause.words(main.last, joint), clause.words(joint + 1, end))
    return [Fact(joined(joined(head, item), tail), whole=True) for item in items]


def _opens_noun(clause: Clause, index: int) -> bool:
    """Whether a noun phrase with its own article, owner or number begins with the token."""
    if clause.lower(index) in ("this", "that", "all", "both", "such"):
        return False
    return (
        clause.part(index) in (Part.DETERMINER, Part.NUMBER)
        or (clause.part(index) is Part.POSSESSIVE and clause.lower(index)[0].isalpha())
        or clause.lower(index) in _NUMBERS
    )


def _counts(clause: Clause, first: int) -> bool:
    """Whether a figure that is no date follows: a price may be for both."""
    for index in range(first, len(clause)):
        if clause.part(index) is Part.NUMBER and not clause.is_year(index):
            return (
                clause.part(index - 1) is not Part.TIME and clause.part(index + 1) is not Part.TIME
            )
    return False
