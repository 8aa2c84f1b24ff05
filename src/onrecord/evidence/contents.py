"""What a sentence attributes: the words that a cue hands to its source."""

from __future__ import annotations

from onrecord.text.clauses import AUXILIARIES, Clauses, Mood, Range, VerbGroup
from onrecord.text.speech import Form, Frame
from onrecord.text.tokens import Part, Sentence
from onrecord.text.wordlists import listed

SAYING = Frame.SAY | Frame.TELL
HEARER_TOKENS = 25
"""Between a verb of saying and 'that' or a quotation there are no more tokens of hearer, time and
place."""

_CLAUSE_WORDS = listed("that what how why whether if who where it there no")
_SUBJECT_VERBS = frozenset({Part.BE, Part.HAVE, Part.MODAL, Part.DO})
_CLOSERS = (Part.COMMA, Part.STOP, Part.CONJUNCTION, Part.MARK)
_DASHES = frozenset({";", "—", "--", "–"})
_PLACE_AND_TIME = listed("last this after when while during in")
_HEARERS = (Part.NAME, Part.DETERMINER, Part.OBJECT, Part.POSSESSIVE)
_RECEIVED = listed("reporters journalists lawmakers supporters voters the a")


class Contents(Clauses):
    """A sentence asked what lies after, before and around its cues."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self._tags: dict[int, bool] = {}

    def after(self, group: VerbGroup) -> list[Range]:
        """What follows the cue, to where its clause ends; nothing when nothing does."""
        first = group.last
        if group.cue.frame & SAYING:
            first = self._past_hearer(group)
        if self.lower(first) == ":" or self.part(first) is Part.COMMA:
            first += 1
        if first >= len(self) or self.part(first) is Part.STOP:
            return []
        return self.stretch(first, self.content_end(first, group))

    def stretch(self, first: int, last: int) -> list[Range]:
        """The tokens without the marks and conjunctions that they end in."""
        while last > first and self.part(last - 1) in _CLOSERS:
            last -= 1
        return [(first, last)] if last > first else []

    def before(self, end: int) -> list[Range]:
        """What stands before a cue or its source: the quotation there, or the sentence so far."""
        last = end - 1 if self.part(end - 1) is Part.COMMA else end
        if last <= 0:
            return []
        if self.part(last - 1) is Part.QUOTATION and self._stands_alone(last - 1):
            return [(last - 1, last)]
        first = 1 if self.part(0) is Part.CONJUNCTION else 0
        if self.part(first) is Part.ADVERB and self.part(first + 1) is Part.COMMA:
            first += 2
        return [(first, last)] if first < last else []

    def _stands_alone(self, index: int) -> bool:
        """Whether a quotation is the whole of what is said, not the end of a clause."""
        opens = self.tokens[index].text[1:2].isupper()
        return index == 0 or (opens and self.part(index - 1) in (Part.MARK, Part.COMMA, Part.STOP))

    def resumed(self, index: int) -> list[Range]:
        """The quotation that goes on after an attribution in its middle: '..., he said, “...”'."""
        marks = (Part.COMMA, Part.STOP, Part.QUOTATION, Part.MARK)
        while index < len(self) and self.part(index) not in marks:
            index += 1
        if self.part(index) in (Part.COMMA, Part.MARK):
            index += 1
        return [(index, index + 1)] if self.part(index) is Part.QUOTATION else []

    def around(self, first: int, last: int) -> list[Range]:
        """What an 'according to' is about whose words are the tokens: what follows or precedes."""
        after_and = self.part(first - 1) is Part.COMMA and (
            self.part(first - 2) in (Part.CONJUNCTION, Part.SUBORDINATOR)
        )
        if first == 0 or after_and:
            start = last + 1 if self.part(last) is Part.COMMA else last
            return self.stretch(start, len(self))
        loose = self._loose_clause(first)
        return self.stretch(loose, first) if loose else self.before(first)

    def _loose_clause(self, end: int) -> int | None:
        """Where a clause without a verb of its own begins that alone is meant: ', with X doing'."""
        for index in range(end - 2, 0, -1):
            if self.part(index - 1) is Part.COMMA and self.lower(index) == "with":
                doing = any(self.lower(place).endswith("ing") for place in range(index + 2, end))
                return index if doing else None
        return None

    def _past_hearer(self, group: VerbGroup) -> int:
        """Where the words said begin, past hearers, days and places."""
        first = group.last
        opening = self._opening_after(first)
        if opening is not None:
            return opening
        if group.cue.frame & Frame.TELL:
            return self._past_name(first)
        return first + 1 if self.part(first) is Part.TIME else first

    def _opening_after(self, first: int) -> int | None:
        """The 'that', colon or quotation that the words said open with; None when none is near."""
        for index in range(first, min(first + HEARER_TOKENS, len(self))):
            part = self.part(index)
            if self.lower(index) in ("that", ":"):
                return index
            if part is Part.QUOTATION:
                led = self.part(index - 1) in (Part.COMMA, Part.MARK)
                return index if led or index == first else None
            comma = part is Part.COMMA and self.part(index + 1) is not Part.QUOTATION
            if comma or part is Part.STOP or part in AUXILIARIES:
                return None
        return None

    def _past_name(self, first: int) -> int:
        if self.part(first) in (Part.PRONOUN, Part.OBJECT):
            return first + 1
        index = first
        while self.part(index) is Part.NAME or self.lower(index) in _RECEIVED:
            index += 1
        return index if index < len(self) else first

    def content_end(self, first: int, group: VerbGroup | None = None) -> int:
        """Where what began with the token ends."""
        whole = self.part(first) is Part.QUOTATION and self.tokens[first].text[-2:-1] in ".!?,"
        if whole and self.part(first + 1) not in (Part.WORD, Part.NAME):
            return first + 1
        for index in range(first, len(self)):
            if self._ends_content(index, group):
                return index
        return len(self)

    def _ends_content(self, index: int, group: VerbGroup | None) -> bool:
        part = self.part(index)
        if part is Part.STOP or self.tokens[index].text in _DASHES:
            return True
        if self.lower(index) == "according" and self.lower(index + 1) == "to":
            return True
        if part is Part.COMMA:
            return self._comma_ends(index, group)
        if self.part(index - 1) is Part.QUOTATION and self.tokens[index - 1].text[-2:-1] == ",":
            return self._is_tag(index)
        return self.lower(index) in ("and", "but") and self._joins_verb(index + 1)

    def _comma_ends(self, index: int, group: VerbGroup | None) -> bool:
        """Whether a comma leads to another attribution, or out of an object."""
        if group and self._opens_sentence(group):
            return True
        following = self._group_near(index + 1)
        if following and following.mood is Mood.PARTICIPLE:
            return True
        if self._is_tag(index + 1):
            return True
        objects = group and group.cue.frame & Frame.OBJECT and not group.cue.frame & Frame.SAY
        return bool(objects) and self.part(index + 1) in (
            Part.CONJUNCTION,
            Part.SUBORDINATOR,
            Part.RELATIVE,
        )

    def _opens_sentence(self, group: VerbGroup) -> bool:
        """Whether the cue stands in a clause before the main one: 'While saying so, he ...'."""
        opens = self.part(0) is Part.SUBORDINATOR and self.lower(0) not in ("that", "how", "what")
        return (opens or group.first == 0) and Part.COMMA not in self._parts[: group.first]

    def _is_tag(self, first: int) -> bool:
        """Whether an attribution of what came before it begins with the token: ', he said.'."""
        if first not in self._tags:
            self._tags[first] = self._reads_as_tag(first)
        return self._tags[first]

    def _reads_as_tag(self, first: int) -> bool:
        for index in range(first, min(first + 8, len(self))):
            if self.part(index) in (Part.COMMA, Part.STOP, Part.QUOTATION):
                return False
            group = self.group(index)
            if group and group.mood is Mood.FINITE and group.cue.frame & SAYING and index > first:
                return self.ends_there(group.last) or self.is_adjunct(group.last)
        return False

    def _joins_verb(self, first: int) -> bool:
        """Whether 'and' before the token joins another verb of the same subject."""
        index = first
        while self.part(index) is Part.ADVERB or self.part(index) in AUXILIARIES:
            index += 1
        group = self.group(index)
        return (
            group is not None
            and group.mood is Mood.FINITE
            and group.first == first
            and bool(group.entry.form & (Form.PAST | Form.THIRD))
        )

    def _group_near(self, first: int) -> VerbGroup | None:
        for index in range(first, min(first + 3, len(self))):
            group = self.group(index)
            if group or self.part(index) is not Part.ADVERB:
                return group
        return None

    def ends_there(self, index: int) -> bool:
        """Whether the clause ends before the token, or only time and place follow."""
        marks = (Part.STOP, Part.COMMA, Part.TIME, Part.MARK, None)
        return self.part(index) in marks or self.lower(index) in ("on", "in", "at", "during")

    def is_adjunct(self, first: int) -> bool:
        """Whether from the token to the next stop or comma there are only time and place."""
        opens = self.part(first) in (Part.PREPOSITION, Part.TIME, Part.ADVERB) or (
            self.part(first) is Part.TO and self.part(first + 1) in _HEARERS
        )
        if not (opens or self.lower(first) in _PLACE_AND_TIME):
            return False
        for index in range(first, len(self)):
            if self.part(index) in (Part.STOP, Part.COMMA):
                return True
            if self.part(index) is Part.QUOTATION or self.lower(index) == "that":
                return False
        return True

    def clause_at(self, first: int) -> bool:
        """Whether a clause or quotation begins with the token, rather than a noun phrase."""
        part = self.part(first)
        if self.lower(first) in _CLAUSE_WORDS or self.lower(first) == ":":
            return True
        if part is Part.QUOTATION:
            return True
        if part is Part.PRONOUN:
            following = self.part(first + 1)
            return following in AUXILIARIES or following in (Part.WORD, Part.POSSESSIVE)
        if part not in (Part.NAME, Part.DETERMINER, Part.POSSESSIVE, Part.WORD):
            return False
        return self._verb_soon(first)

    def _verb_soon(self, first: int) -> bool:
        ends = (*_CLOSERS, Part.SUBORDINATOR, Part.RELATIVE)
        for index in range(first + 1, min(first + 9, len(self))):
            if self.part(index) in ends:
                return False
            if self.part(index) in _SUBJECT_VERBS:
                return True
        return False

    def predicates(self, first: int, last: int) -> bool:
        """Whether the tokens say something of something: a verb, a quotation, an infinitive."""
        parts = (Part.QUOTATION, Part.TO, Part.SUBORDINATOR)
        return any(
            self.part(index) in AUXILIARIES
            or self.part(index) in parts
            or self.group(index)
            or self.lower(index).endswith("ed")
            or (self.part(index) is Part.POSSESSIVE and self.part(index - 1) is Part.PRONOUN)
            for index in range(first, last)
        )
