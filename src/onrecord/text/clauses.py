"""Verb groups that attribute, and the noun phrases before and after them.

A shallow analysis that knows where a noun phrase must end: at marks, at conjunctions, at verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from onrecord.text.speech import Cue, Entry, Form, is_noun_too, verb_entries
from onrecord.text.tokens import Part, Sentence
from onrecord.text.wordlists import listed

Range = tuple[int, int]
"""Tokens of a sentence, end exclusive."""

PHRASE_TOKENS = 60
"""No noun phrase is followed further."""

ASIDE_TOKENS = 40
"""No aside between commas, dashes or brackets is longer."""

AUXILIARIES = frozenset({Part.BE, Part.HAVE, Part.DO, Part.MODAL, Part.NOT})
_NOUNS = frozenset({Part.WORD, Part.NAME})
_HEADS = frozenset({Part.WORD, Part.NAME, Part.PRONOUN, Part.NUMBER, Part.DETERMINER})
_INSIDE = frozenset(
    {
        Part.WORD,
        Part.NAME,
        Part.NUMBER,
        Part.DETERMINER,
        Part.POSSESSIVE,
        Part.PREPOSITION,
        Part.TIME,
        Part.ADVERB,
    }
)
_AFTER_TO = frozenset({Part.DETERMINER, Part.NAME, Part.POSSESSIVE, Part.NUMBER})
"""What follows a 'to' that is a preposition."""
_OPENS_NOUN = frozenset({"that", "this", "some", "these", "those", "another", "many"})
_LETS = listed("let make makes made help helped helping watch hear heard see saw have")
_GROWING = listed(
    "continued continues continue continuing went began begins begin begun tried tries trying try "
    "used using uses kept keeps started starts seeking sought seeks moved able decided chose going "
    "likely"
)
"""Verbs whose infinitive is what the subject does: 'continued to criticise'."""
_PAST_LIKE = listed(
    "went came took made got gave had left met won lost ran held kept began stood sat rose fell "
    "led sent spent became brought put set drew grew sought faced"
)


class Mood(Enum):
    """How a verb group stands in its clause."""

    FINITE = auto()
    PASSIVE = auto()
    PARTICIPLE = auto()
    INFINITIVE = auto()


@dataclass(frozen=True)
class VerbGroup:
    """A verb that attributes, with auxiliaries and adverbs: tokens `first` to `last`."""

    first: int
    verb: int
    last: int
    entry: Entry
    mood: Mood
    negated: bool = False

    @property
    def cue(self) -> Cue:
        """The verb as the lexicon has it."""
        return self.entry.cue


class Clauses(Sentence):
    """A sentence asked for its verb groups and noun phrases."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.tokens)
        self._groups: dict[int, VerbGroup | None] = {}
        self._subjects: dict[int, tuple[int, Range] | None] = {}
        words = [token for token in self.tokens if token.text[:1].isalpha()]
        lower = sum(token.text[0].islower() for token in words)
        self.headline = len(words) > 4 and lower < len(words) / 3
        """Most words are capitalised, so that capitals tell nothing."""

    def group(self, index: int) -> VerbGroup | None:
        """The verb group whose main verb is the token; None when it attributes nothing."""
        if index not in self._groups:
            self._groups[index] = self._group(index)
        return self._groups[index]

    def _group(self, index: int) -> VerbGroup | None:
        if self.part(index) not in _NOUNS:
            return None
        if self.part(index) is Part.NAME and index and not self.headline:
            return None
        entries = verb_entries(self.lower(index))
        if not entries:
            return None
        first, parts = self._auxiliaries(index, entries[0])
        for entry in entries:
            last = self._after_rest(index, entry)
            mood = self._mood(first, index, entry, parts) if last else None
            if last and mood:
                return VerbGroup(first, index, last, entry, mood, Part.NOT in parts)
        return None

    def _auxiliaries(self, index: int, entry: Entry) -> tuple[int, set[Part]]:
        """Where the group begins, and what parts its helpers play."""
        first = index
        parts: set[Part] = set()
        while first > 0:
            part = self.part(first - 1)
            if part is Part.POSSESSIVE and self._is_short_be(first - 1, entry):
                part = Part.BE
            if part is Part.TO:
                parts.add(part)
                return first - 1, parts
            if part not in AUXILIARIES and part is not Part.ADVERB:
                break
            parts.add(part)
            first -= 1
        while first < index and self._opens_clause(first):
            first += 1
        return first, parts

    def _opens_clause(self, index: int) -> bool:
        """Whether an adverb belongs to the clause rather than to the verb: 'Meanwhile, ...'."""
        before = self.part(index - 1)
        return self.part(index) is Part.ADVERB and (
            before in (None, Part.COMMA, Part.QUOTATION, Part.MARK)
            and not self.lower(index).endswith("ly")
        )

    def _is_short_be(self, index: int, entry: Entry) -> bool:
        """Whether 's is short for is or has: 'he's said', 'Clinton's been saying'."""
        if self.lower(index) not in ("'s", "’s"):
            return False
        if self.part(index - 1) in (Part.PRONOUN, Part.RELATIVE):
            return True
        following = self.lower(index + 1)
        return following in ("been", "not") or (
            following.endswith("ing") and bool(entry.form & Form.ING)
        )

    def _after_rest(self, index: int, entry: Entry) -> int | None:
        """Where the group ends with the words that the entry asks for; None when they lack."""
        last = index + 1
        for word in entry.rest:
            if self.lower(last) == word:
                last += 1
            elif word == "as" and self._has_as(last):
                return last
            else:
                return None
        return last

    def _has_as(self, first: int) -> bool:
        for index in range(first, min(first + 8, len(self))):
            if self.lower(index) == "as":
                return True
            if self.part(index) in (Part.STOP, Part.MARK, Part.COMMA):
                return False
        return False

    def _mood(self, first: int, index: int, entry: Entry, parts: set[Part]) -> Mood | None:
        form = entry.form
        if form & Form.ING and Part.BE in parts:
            return Mood.FINITE
        if Part.TO in parts:
            return Mood.INFINITIVE if form & Form.BASE else None
        if parts & {Part.MODAL, Part.DO}:
            return Mood.FINITE if form & Form.BASE else None
        if Part.BE in parts:
            return Mood.PASSIVE if form & Form.PARTICIPLE else None
        if Part.HAVE in parts:
            return Mood.FINITE if form & Form.PARTICIPLE else None
        if form & Form.ING:
            return Mood.PARTICIPLE if self._is_verbal_ing(first) else None
        return Mood.FINITE if self._is_finite(first, index, entry) else None

    def _is_verbal_ing(self, first: int) -> bool:
        return self.part(first - 1) not in (Part.DETERMINER, Part.POSSESSIVE)

    def _is_finite(self, first: int, index: int, entry: Entry) -> bool:
        """Whether a verb without helpers is one, rather than a noun or a participle."""
        before, word = self.part(first - 1), self.lower(first - 1)
        if before in (Part.PREPOSITION, Part.POSSESSIVE, Part.TO, Part.OBJECT):
            return before is Part.OBJECT and bool(entry.form & Form.PAST)
        if before is Part.DETERMINER and word not in _OPENS_NOUN:
            return False
        if entry.form & Form.PAST:
            return True
        if entry.form & Form.THIRD:
            return self._is_third(first, index, entry)
        return bool(entry.form & Form.BASE) and self._is_plural_verb(first, index, entry)

    def _is_third(self, first: int, index: int, entry: Entry) -> bool:
        before = self.part(first - 1)
        if not is_noun_too(entry.cue.lemma.split()[0]):
            return before is not None
        if before in (Part.PRONOUN, Part.RELATIVE, Part.QUOTATION):
            return True
        if before is Part.WORD and not is_agent(self.lower(first - 1)):
            return False
        return (
            before in (Part.NAME, Part.WORD, Part.TIME, Part.BRACKET, Part.CONJUNCTION, Part.COMMA)
            and not (before is Part.CONJUNCTION and self.part(first - 2) is Part.WORD)
            and (bool(entry.rest) or self._object_follows(index))
        )

    def _is_plural_verb(self, first: int, index: int, entry: Entry) -> bool:
        before, word = self.part(first - 1), self.lower(first - 1)
        if before is Part.RELATIVE or word in ("i", "we", "you", "they"):
            return True
        if before is Part.PRONOUN and word not in ("many", "others", "everybody"):
            return False
        noun = is_noun_too(entry.cue.lemma.split()[0])
        if noun and not (bool(entry.rest) or self._object_follows(index)):
            return False
        if noun and before in (Part.NAME, Part.WORD):
            return (word.endswith("s") and not word.endswith("ss")) or word in _PLURALS
        return before in (
            Part.NAME,
            Part.WORD,
            Part.NUMBER,
            Part.PRONOUN,
            Part.BRACKET,
            Part.COMMA,
            Part.QUOTATION,
            Part.TIME,
            Part.ADVERB,
            Part.CONJUNCTION,
        ) and not (word in _LETS or self.lower(first - 2) in _LETS)

    def _object_follows(self, index: int) -> bool:
        return self.part(index + 1) not in (
            Part.PREPOSITION,
            Part.STOP,
            Part.COMMA,
            Part.CONJUNCTION,
            Part.BE,
            Part.HAVE,
            Part.MODAL,
            None,
        )

    def is_growing(self, group: VerbGroup) -> bool:
        """Whether its infinitive hangs on a verb that adds no one else: 'went on to say'."""
        return self.lower(group.first - 1) in _GROWING or (
            self.lower(group.first - 1) == "on" and self.lower(group.first - 2) in _GROWING
        )

    def grown(self, group: VerbGroup) -> VerbGroup:
        """The group with the verb that it hangs on and that one's helpers."""
        first = group.first - (2 if self.lower(group.first - 1) == "on" else 1)
        while first > 0 and self.part(first - 1) in AUXILIARIES | {Part.ADVERB}:
            first -= 1
        return replace(group, first=first)

    def subject(self, end: int) -> Range | None:
        """The noun phrase that ends right before the token, with its appositions and asides."""
        last = end
        while last > 0 and self._is_time(last - 1):
            last -= 1
        before = self.part(last - 1)
        if before in (Part.RELATIVE, Part.PRONOUN):
            return last - 1, last
        if self.lower(last - 1) == "that" and self.part(last - 2) in _NOUNS | {Part.PRONOUN}:
            return last - 1, last
        if before in (Part.COMMA, Part.BRACKET, Part.MARK):
            opening = self._opening(last - 1)
            found = self.phrase_before(opening) if opening else None
            return (found[0], last) if found else None
        return self.phrase_before(last)

    def _is_time(self, index: int) -> bool:
        return self.part(index) is Part.TIME or (
            self.lower(index) in ("on", "in") and self.part(index + 1) is Part.TIME
        )

    def _opening(self, index: int) -> int | None:
        """The mark that opens the aside which the mark at the index closes."""
        mark = self.tokens[index].text
        opener = {")": "(", "]": "["}.get(mark, mark)
        if opener not in (",", "(", "[", "—", "–", "--"):
            return None
        for start in range(index - 2, max(-1, index - ASIDE_TOKENS), -1):
            if self.tokens[start].text == opener and (opener != "," or self._can_open(start)):
                return start
            if self.part(start) is Part.QUOTATION:
                return None
        return None

    def _can_open(self, index: int) -> bool:
        """Whether an aside can open with the comma: after a noun, and not the end of a place."""
        if self.part(index - 1) not in (Part.NAME, Part.WORD, Part.BRACKET, Part.NUMBER):
            return False
        return self.part(index + 1) in (
            Part.RELATIVE,
            Part.DETERMINER,
            Part.NUMBER,
            Part.NAME,
            Part.WORD,
            Part.POSSESSIVE,
            Part.ADVERB,
            Part.PREPOSITION,
            Part.SUBORDINATOR,
        )

    def phrase_before(self, end: int) -> Range | None:
        """The noun phrase that ends with the token before `end`."""
        first, joint = end, None
        while first > 0 and end - first < PHRASE_TOKENS:
            if self.lower(first - 1) in ("and", "or", "&") and first < end:
                joint = joint or first
                first -= 1
                continue
            step = self._left(first, end)
            if step is None:
                break
            first = step
        if joint and first > 0 and self._ends_clause(first - 1):
            first = joint
        return self._trimmed(first, end)

    def _ends_clause(self, index: int) -> bool:
        """Whether the token that stopped a noun phrase shows that 'and' joins clauses in it."""
        part = self.part(index)
        return part in AUXILIARIES or part in (
            Part.TO,
            Part.WORD,
            Part.NAME,
            Part.PRONOUN,
            Part.OBJECT,
            Part.QUOTATION,
        )

    def _left(self, first: int, end: int) -> int | None:
        """One step to the left inside a noun phrase; None where it begins."""
        token, part = self.tokens[first - 1], self.part(first - 1)
        if token.text in (")", "]"):
            return self._opening(first - 1)
        if part is Part.QUOTATION:
            return first - 1 if first < end and self._is_word_like(first - 1) else None
        if part is Part.RELATIVE and self.part(first) is Part.WORD:
            return first - 1 if first < end else None
        if part is Part.TO and first < end and self.part(first) in _AFTER_TO:
            return first - 1
        if part in AUXILIARIES or part is Part.TO or (first < end and self._is_verb(first - 1)):
            return self._antecedent(first - 1)
        return first - 1 if part in _INSIDE else None

    def _is_word_like(self, index: int) -> bool:
        """Whether a quotation is a word of the sentence: the “Never Trump” movement."""
        words = self.tokens[index].text
        return (
            len(words) < 40
            and words[-2] not in ",.!?"
            and self.part(index - 1) in (Part.WORD, Part.NAME, Part.DETERMINER)
        )

    def _is_verb(self, index: int) -> bool:
        group = self.group(index)
        return group is not None and group.mood in (Mood.FINITE, Mood.PASSIVE)

    def _antecedent(self, index: int) -> int | None:
        """Where the relative pronoun stands whose clause a verb is in; None when in none."""
        for place in range(index, max(0, index - 6), -1):
            if self.part(place) is Part.RELATIVE:
                return place
            if self.lower(place) == "that" and self.part(place - 1) in _NOUNS:
                return place
            if self.part(place) in (Part.COMMA, Part.STOP, Part.QUOTATION):
                return None
        return None

    def _trimmed(self, first: int, end: int) -> Range | None:
        skipped = (Part.ADVERB, Part.CONJUNCTION, Part.TIME, Part.COMMA)
        while first < end and self.part(first) in skipped:
            first += 1
        if self.part(first) is Part.PREPOSITION:
            first = self._after_adverbial(first, end)
        heads = any(self.part(index) in _HEADS for index in range(first, end))
        return (first, end) if heads else None

    def _after_adverbial(self, first: int, end: int) -> int:
        """Where the subject begins after a phrase of time or place without a comma."""
        found = end
        for index in range(first + 2, end):
            part, before = self.part(index), self.part(index - 1)
            if self._opens_phrase(index):
                found = index if before not in (Part.PREPOSITION, Part.CONJUNCTION) else found
            elif found == end and (
                (part in _NOUNS and before in (Part.TIME, Part.NUMBER))
                or (part is Part.NAME and before is Part.WORD)
            ):
                found = index
        return found

    def _opens_phrase(self, index: int) -> bool:
        """Whether it is an article or a pronoun such as 'his'; 's closes a phrase."""
        part = self.part(index)
        return part is Part.DETERMINER or (
            part is Part.POSSESSIVE and self.lower(index)[0].isalpha()
        )

    def phrase_after(self, first: int, closed: bool = False) -> Range | None:
        """The noun phrase that begins with the token, with its appositions and clauses.

        With `closed`, an apposition must end in a comma, since a clause follows the phrase.
        """
        if self.part(first) in (Part.PRONOUN, Part.OBJECT):
            return first, first + 1
        last = first
        while last < len(self) and last - first < PHRASE_TOKENS:
            if closed and self.part(last) is Part.COMMA and not self._closes(last):
                break
            step = self._right(last, first)
            if step is None:
                break
            last = step
        ends = (Part.PREPOSITION, Part.CONJUNCTION, Part.COMMA, Part.ADVERB, Part.TIME)
        while last > first and self.part(last - 1) in ends:
            last -= 1
        heads = any(self.part(index) in _HEADS for index in range(first, last))
        return (first, last) if heads else None

    def _right(self, last: int, first: int) -> int | None:
        """One step to the right inside a noun phrase; None where it ends."""
        part = self.part(last)
        if part is Part.COMMA:
            return last + 1 if last > first and self._apposition(last + 1) else None
        if part is Part.RELATIVE:
            return self._clause_end(last)
        if part is Part.BRACKET:
            return self._bracket_end(last)
        if part is Part.CONJUNCTION:
            joins = self.part(last + 1) in (Part.NAME, Part.DETERMINER, Part.WORD)
            return last + 1 if joins and self.lower(last) in ("and", "&") else None
        if part is Part.PREPOSITION:
            return None if self.part(last + 1) is Part.TIME else last + 1
        if part is Part.WORD and last > first and self._is_verb(last):
            return None
        return last + 1 if part in _INSIDE else None

    def _closes(self, index: int) -> bool:
        """Whether what follows the comma ends in another before there is a verb."""
        relative = self.part(index + 1) is Part.RELATIVE
        for last in range(index + 1, min(index + ASIDE_TOKENS, len(self))):
            part = self.part(last)
            if part is Part.COMMA:
                return last > index + 1
            if part in (Part.STOP, Part.QUOTATION) or (part in AUXILIARIES and not relative):
                return False
            if not relative and self._is_verb(last):
                return False
        return False

    def _clause_end(self, index: int) -> int:
        last = index + 1
        while last < len(self) and self.part(last) not in (Part.COMMA, Part.STOP, Part.QUOTATION):
            last += 1
        return last

    def _bracket_end(self, index: int) -> int | None:
        if self.tokens[index].text != "(":
            return None
        for last in range(index + 1, min(index + ASIDE_TOKENS, len(self))):
            if self.tokens[last].text == ")":
                return last + 1
        return None

    def _apposition(self, index: int) -> bool:
        part = self.part(index)
        if part in (Part.DETERMINER, Part.RELATIVE, Part.POSSESSIVE):
            return True
        if part is Part.NUMBER:
            return self.part(index + 1) in (Part.COMMA, Part.STOP, None)
        if part is Part.WORD:
            return not self.lower(index).endswith("ing")
        return part is Part.NAME and self.part(index + 1) in (Part.COMMA, Part.STOP, None)

    def main_subject(self, before: int) -> Range | None:
        """The subject of the first finite verb of the sentence, looked for up to the token."""
        start = self._main_clause(before)
        if start not in self._subjects:
            self._subjects[start] = self._first_subject(start)
        found = self._subjects[start]
        return found[1] if found and found[0] < before else None

    def _first_subject(self, start: int) -> tuple[int, Range] | None:
        """The first finite verb from the token on that has a subject, and this."""
        for index in range(start, len(self)):
            group = self.group(index)
            if group and group.mood in (Mood.PARTICIPLE, Mood.INFINITIVE):
                continue
            first = group.first if group else index
            if first <= start or not (group or self._looks_finite(index)):
                continue
            found = self.subject(first)
            if found and found[0] >= start and self.part(found[0]) is not Part.RELATIVE:
                return index, found
        return None

    def _main_clause(self, before: int) -> int:
        opens = self.part(0) in (Part.SUBORDINATOR, Part.PREPOSITION)
        if opens or self.lower(0).endswith(("ing", "ed")):
            for index in range(before):
                if self.part(index) is Part.COMMA:
                    return index + 1
        return 0

    def _looks_finite(self, index: int) -> bool:
        part, word = self.part(index), self.lower(index)
        return part in AUXILIARIES or (
            part is Part.WORD and (word.endswith("ed") or word in _PAST_LIKE)
        )


_AGENTS = listed(
    "campaign poll survey study report group party committee ministry government company court "
    "team paper newspaper office board union house army agency department statement letter email "
    "memo document article story book video ad site official president senator candidate nominee "
    "video organization organisation institute council coalition administration junta regime "
    "military outlet broadcaster magazine website tv network movement lawyer source panel film "
    "filing complaint lawsuit indictment headline poster tweet post ruling order law bill"
)


def is_agent(word: str) -> bool:
    """Whether a word in lower case is of those who or what can say something."""
    return word in _AGENTS or word.endswith(("er", "or", "ist", "man", "woman", "person"))


_PLURALS = listed("people men women children police most few some")
