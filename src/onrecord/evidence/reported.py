"""Who says what: the attributions of a text, each with its source, its cue and its content.

By rule: a lexicon of cues, the shapes in which news attributes, and a shallow analysis of noun
phrases and clauses. The task and the three spans are those of Pareti (2012, 'A Database of
Attribution Relations').
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from onrecord.evidence.contents import SAYING, Contents
from onrecord.text.clauses import Mood, Range, VerbGroup
from onrecord.text.passages import Span
from onrecord.text.speech import Cue, Form, Frame
from onrecord.text.tokens import Part, Sentence, read_quoted, read_sentences
from onrecord.text.wordlists import listed

QUOTATION_LENGTH = 25
"""A quotation of fewer characters says nothing on who says what."""

LABEL_TOKENS = 6
"""A speaker's name before a colon has no more tokens."""

ACCORDING = Cue("according to", "says", Frame.SAY)
LABEL = Cue(":", "says", Frame.SAY)
QUOTED_SAYING = Cue("say", "says", Frame.SAY)

_CLOSING_MARKS = "”\"'’»›“"
_TOLD = listed("by in from")
_ASKED = listed("asked pressed questioned quizzed")
_AFTER_ASIDE = listed("when after if being")
_GERUND = listed("while by after before in when without since despite")
"""Words before a participle whose doer is the subject of the sentence."""
_DOCUMENTS = listed(
    "poll polls survey surveys study studies report reports data records figures findings analysis "
    "results documents emails numbers filings statistics research review investigation"
)


class Manner(StrEnum):
    """Whether words are given as said, in the writer's own, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True)
class Reported:
    """One attribution. All spans are code points of the text, end exclusive."""

    verb: Cue
    cue: Span
    source: Span | None
    """Who says it, as printed with appositions: a name, 'he', 'who'. None when nobody is named."""
    content: tuple[Span, ...]
    """What is said, in one piece or several."""
    who: Span | None
    """The source, or for 'who' and 'which' what these words stand for."""
    hearer: Span | None = None
    """To whom it was told."""
    manner: Manner = Manner.INDIRECT
    backed: tuple[Span, ...] = ()
    """Of 'citing X': what X stands behind. The content is X then."""
    negated: bool = False
    """The cue is: 'did not say', 'never denied'."""
    quoted: bool = False
    """It stands inside a quotation: someone said that someone said."""


def reported(text: str) -> tuple[Reported, ...]:
    """The attributions of a text in the order of its sentences.

    Those inside a quotation follow the sentence that quotes, marked as `quoted`.
    """
    found: list[Reported] = []
    speaking: int | None = None
    for sentence in read_sentences(text):
        new = _Reader(sentence).read()
        if speaking is not None and not new and _goes_on(text, found[speaking], sentence):
            found[speaking] = _longer(found[speaking], sentence)
        elif new or not sentence.is_quotation:
            speaking = _speaking(new, len(found))
        found += new
        found += _quoted(text, sentence)
    return tuple(found)


def _speaking(new: list[Reported], place: int) -> int | None:
    """Place of the attribution whose speaker goes on where the next sentence is a quotation.

    `place` is where the first of the new ones will stand.
    """
    for number, one in enumerate(new):
        if one.manner is not Manner.INDIRECT and one.verb.frame & SAYING:
            return place + number
    return None


def _goes_on(text: str, one: Reported, sentence: Sentence) -> bool:
    """Whether a sentence is nothing but a quotation, and goes on with the words.

    It does in their paragraph, and in the next when no mark closed them.
    """
    if not sentence.is_quotation:
        return False
    end = one.content[-1][1]
    between = text[max(end, one.cue[1]) : sentence.tokens[0].start]
    return "\n" not in between or text[end - 1] not in _CLOSING_MARKS


def _longer(one: Reported, sentence: Sentence) -> Reported:
    span = sentence.span(0, 1)
    return replace(one, content=(*one.content, span))


def _quoted(text: str, sentence: Sentence) -> Iterator[Reported]:
    for token in sentence.tokens:
        if token.quotation and len(token.text) > QUOTATION_LENGTH:
            for inner in read_quoted(text, token.quotation):
                for one in _Reader(inner).read():
                    yield replace(one, quoted=True)


@dataclass(frozen=True)
class _Found:
    """An attribution in tokens."""

    cue: Range
    verb: Cue
    source: Range | None
    content: list[Range]
    negated: bool = False


class _Reader(Contents):
    """Reads one sentence."""

    def read(self) -> list[Reported]:
        """The attributions of the sentence, without attitudes inside what someone says."""
        found: list[_Found] = []
        index = 0
        while index < len(self):
            read = any(one.cue[0] <= index < one.cue[1] for one in found)
            new = [] if read else self._at(index)
            for one in new:
                if one.verb.frame & SAYING or not _inside(one.cue, found):
                    found.append(one)
            index = max([index, *(one.cue[1] - 1 for one in new if one.cue[0] <= index)]) + 1
        return [self._reported(one) for one in found]

    def _at(self, index: int) -> list[_Found]:
        for rule in (self._according, self._label, self._asked, self._as_told, self._as_saying):
            new = rule(index)
            if new:
                return new
        group = self.group(index)
        one = self._attribution(group) if group else None
        return [one] if one else []

    # Shapes without a verb group of their own

    def _according(self, index: int) -> list[_Found]:
        """'according to X'."""
        if (self.lower(index), self.lower(index + 1)) != ("according", "to"):
            return []
        source = self.phrase_after(index + 2, closed=index == 0)
        content = self.around(index, source[1]) if source else []
        return [_Found((index, index + 2), ACCORDING, source, content)] if content else []

    def _label(self, index: int) -> list[_Found]:
        """A speaker before a colon, in a heading or a transcript: 'Poll: ...'."""
        if self.lower(index) != ":" or not 0 < index <= LABEL_TOKENS:
            return []
        names = all(
            self.part(place) in (Part.NAME, Part.DETERMINER, Part.POSSESSIVE, Part.NUMBER)
            for place in range(index)
        )
        following = self.tokens[index + 1].text if index + 1 < len(self) else ""
        opens = following[:1].isupper() or self.part(index + 1) is Part.QUOTATION
        if not (names and opens and len(self.tokens[index - 1].text) > 1):
            return []
        content = self.stretch(index + 1, len(self))
        return [_Found((index, index + 1), LABEL, (0, index), content)] if content else []

    def _asked(self, index: int) -> list[_Found]:
        """'Asked whether ...', 'when asked by X about ...': a question is attributed."""
        before = self.lower(index - 1)
        if self.lower(index) not in _ASKED or (index and before not in _AFTER_ASIDE):
            return []
        last = index + 2 if self.lower(index + 1) == "about" else index + 1
        source = self.phrase_after(last + 1) if self.lower(last) == "by" else None
        first = source[1] if source else last
        end = first
        while end < len(self) and self.part(end) not in (Part.COMMA, Part.STOP):
            end += 1
        verb = Cue("ask", "asks", Frame.SAY | Frame.TELL)
        return [_Found((index, last), verb, source, [(first, end)])] if end > first else []

    def _as_told(self, index: int) -> list[_Found]:
        """'As noted by X, ...', 'as reported in Y'."""
        if self.lower(index) != "as" or self.lower(index + 2) not in _TOLD:
            return []
        group = self.group(index + 1)
        if not group or not group.entry.form & Form.PARTICIPLE or not group.cue.frame & ~Frame.TO:
            return []
        source = self.phrase_after(index + 3, closed=index == 0)
        content = self.around(index, source[1]) if source else []
        return [_Found((index, index + 3), group.cue, source, content)] if content else []

    def _as_saying(self, index: int) -> list[_Found]:
        """'X quoted Y as saying': X passes on what Y says."""
        if self.lower(index) not in ("quoted", "quotes", "cited", "cites", "quoting", "citing"):
            return []
        told = self.phrase_after(index + 1)
        end = told[1] if told else index
        if not told or (self.lower(end), self.lower(end + 1)[-3:]) != ("as", "ing"):
            return []
        group = self.group(index)
        outer = self.subject(group.first) or self.main_subject(group.first) if group else None
        content = self.stretch(end + 2, self.content_end(end + 2)) if end + 2 < len(self) else []
        if not content and outer:
            content = self.before(outer[0])
        if not content or not group:
            return []
        quoting = _Found((group.first, index + 1), group.cue, outer, content)
        return [quoting, _Found((end, end + 2), QUOTED_SAYING, told, content)]

    # Verb groups

    def _attribution(self, group: VerbGroup) -> _Found | None:
        if group.mood is Mood.FINITE:
            return self._inverted(group) or self._finite(group)
        if group.mood is Mood.PARTICIPLE:
            return self._participle(group)
        if group.mood is Mood.PASSIVE:
            return self._passive(group)
        return self._grown(group)

    def _found(self, group: VerbGroup, source: Range | None, content: list[Range]) -> _Found | None:
        if not content:
            return None
        return _Found((group.first, group.last), group.cue, source, content, group.negated)

    def _inverted(self, group: VerbGroup) -> _Found | None:
        """'“...,” said X.'."""
        before = self.part(group.first - 1)
        if not group.cue.frame & SAYING or before not in (Part.QUOTATION, Part.COMMA, Part.MARK):
            return None
        source = self.phrase_after(group.last)
        opens = (Part.NAME, Part.DETERMINER, Part.PRONOUN, Part.WORD, Part.POSSESSIVE)
        if not source or self.part(source[0]) not in opens:
            return None
        if before is not Part.QUOTATION and not self.ends_there(source[1]):
            return None
        content = self.before(group.first)
        return self._found(group, source, content + self.resumed(source[1])) if content else None

    def _finite(self, group: VerbGroup) -> _Found | None:
        source = self.subject(group.first)
        if source is None:
            joined = self.part(group.first - 1) in (Part.CONJUNCTION, Part.COMMA)
            if joined or self.part(group.first) is Part.ADVERB:
                source = self.main_subject(group.first)
        return self._found(group, source, self._said(group, source)) if source else None

    def _participle(self, group: VerbGroup) -> _Found | None:
        """'..., saying that ...': said by the subject of the sentence."""
        preposition = self.part(group.first - 1) is Part.PREPOSITION
        if preposition and self.lower(group.first - 1) not in _GERUND:
            return None
        source = self.main_subject(group.first)
        if source is None and self.part(group.first - 1) is Part.COMMA:
            source = self.phrase_before(group.first - 1)
        return self._found(group, source, self._said(group, source))

    def _passive(self, group: VerbGroup) -> _Found | None:
        """'is expected to ...', 'was first reported by X'."""
        source, topic = self._agent(group), self.subject(group.first)
        about = [topic] if topic and self.lower(topic[0]) not in ("it", "there") else []
        if group.cue.frame & (Frame.TO | Frame.CLAUSE | Frame.NAME | Frame.SAY):
            rest = self.after(group)
            return self._found(group, source, about + rest) if rest else None
        return self._found(group, source, about) if source else None

    def _agent(self, group: VerbGroup) -> Range | None:
        for index in range(group.last, min(group.last + 6, len(self))):
            if self.lower(index) == "by":
                return self.phrase_after(index + 1)
            if self.part(index) in (Part.COMMA, Part.STOP):
                return None
        return None

    def _grown(self, group: VerbGroup) -> _Found | None:
        """'went on to say that ...'."""
        if not self.is_growing(group):
            return None
        group = self.grown(group)
        source = self.subject(group.first)
        return self._found(group, source, self._said(group, source)) if source else None

    def _said(self, group: VerbGroup, source: Range | None) -> list[Range]:
        """What the verb's subject says: before it when nothing but time and place comes after."""
        frame = group.cue.frame
        rest = self.after(group)
        if frame & (SAYING | Frame.CLAUSE) and source and source[0] < group.first:
            ended = self.part(group.last) in (Part.STOP, Part.COMMA, None)
            if ended or not rest or self.is_adjunct(group.last):
                before = self._said_before(source[0])
                if before:
                    return before + self.resumed(group.last)
        if not rest and source:
            return self._taken_up(source[0])
        return rest if rest and self._fits(group, source, rest[0]) else []

    def _taken_up(self, first: int) -> list[Range]:
        """What a clause with 'which' takes up: '..., which the army denies'."""
        if self.lower(first - 1) != "which" or self.part(first - 2) is not Part.COMMA:
            return []
        return self.before(first - 1)

    def _said_before(self, first: int) -> list[Range]:
        before = self.part(first - 1)
        if before in (Part.QUOTATION, Part.COMMA):
            return self.before(first)
        return []

    def _fits(self, group: VerbGroup, source: Range | None, rest: Range) -> bool:
        """Whether what follows the verb is what such a verb attributes."""
        frame = group.cue.frame
        if frame & ~Frame.ATTITUDE == Frame.TO:
            return self.part(group.last) is Part.TO
        if frame & Frame.CLAUSE and not frame & (SAYING | Frame.OBJECT):
            return self.clause_at(group.last) or self._is_document(source)
        if frame & Frame.STRICT:
            return self.predicates(*rest)
        return True

    def _is_document(self, source: Range | None) -> bool:
        """Whether a poll, study or record is the source: what it finds is what it says."""
        return source is not None and any(
            self.lower(index) in _DOCUMENTS for index in range(*source)
        )

    # From tokens to spans

    def _reported(self, one: _Found) -> Reported:
        source = self.span(*one.source) if one.source else None
        who = self._meant(one.source) if one.source else None
        hearer = self._hearer(one)
        return Reported(
            verb=one.verb,
            cue=self.span(*one.cue),
            source=source,
            content=tuple(self.span(*piece) for piece in one.content),
            who=self.span(*who) if who else None,
            hearer=self.span(*hearer) if hearer else None,
            manner=self._manner(one.content),
            backed=tuple(self.span(*piece) for piece in self._backed(one)),
            negated=one.negated,
        )

    def _meant(self, source: Range) -> Range:
        """The source, or what a relative pronoun that is the source stands for."""
        first, last = source
        relative = self.part(first) is Part.RELATIVE or self.lower(first) == "that"
        if last - first > 1 or not relative:
            return source
        before = first - 1 if self.part(first - 1) is Part.COMMA else first
        return self.phrase_before(before) or source

    def _hearer(self, one: _Found) -> Range | None:
        first = one.cue[1]
        last = first + 1 if self.lower(first) == "the" else first
        if not one.verb.frame & Frame.TELL or self.part(last) is not Part.NAME:
            return None
        while self.part(last) is Part.NAME:
            last += 1
        return first, last

    def _backed(self, one: _Found) -> list[Range]:
        """Of 'citing X' and 'quoting X' without X's words: the sentence so far."""
        backing = self.lower(one.cue[1] - 1) in ("citing", "quoting")
        quoted = self._manner(one.content) is not Manner.INDIRECT
        return self.before(one.cue[0]) if backing and not quoted else []

    def _manner(self, content: list[Range]) -> Manner:
        places = [index for piece in content for index in range(*piece)]
        quoted = [index for index in places if self.part(index) is Part.QUOTATION]
        if not quoted:
            return Manner.INDIRECT
        words = (Part.QUOTATION, Part.COMMA, Part.STOP, Part.MARK)
        whole = all(self.part(index) in words for index in places)
        return Manner.DIRECT if whole else Manner.MIXED


def _inside(cue: Range, found: list[_Found]) -> bool:
    """Whether a cue stands in what another attribution says."""
    return any(
        first <= cue[0] < last for one in found for first, last in one.content if one.cue != cue
    )
