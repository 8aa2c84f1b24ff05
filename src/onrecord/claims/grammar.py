"""A clause as far as its words show it without a tagger: adverbial, subject, verb groups.

What is not sure is not there: a clause without a main verb is one that nobody should cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.claims.verbs import is_noun_as_well, takes_no_object, verb_forms
from onrecord.text.speech import Form
from onrecord.text.tokens import Part, Sentence, Token, read_sentences
from onrecord.text.wordlists import listed

_JOINTS = (Part.CONJUNCTION, Part.COMMA, Part.RELATIVE, Part.SUBORDINATOR)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_FINITE_HELPERS = listed("is are was were am 're ’re 'm ’m has have had 've ’ve do does did")
_INNER_HELPERS = listed("be been being have")
_ASKED_FOR = {
    Part.MODAL: Form.BASE,
    Part.DO: Form.BASE,
    Part.HAVE: Form.PARTICIPLE,
    Part.BE: Form.PARTICIPLE | Form.ING,
    Part.POSSESSIVE: Form.PARTICIPLE | Form.ING,
}
"""The form of the verb that follows a helper."""
_FINITE = Form.BASE | Form.THIRD | Form.PAST
_NEVER_BEFORE_VERBS = (Part.DETERMINER, Part.POSSESSIVE, Part.PREPOSITION, Part.TO, None)
_OPENS_OBJECT = (
    Part.DETERMINER,
    Part.POSSESSIVE,
    Part.NAME,
    Part.NUMBER,
    Part.OBJECT,
    Part.PRONOUN,
    Part.QUOTATION,
)
_HEADS = (Part.WORD, Part.NAME, Part.NUMBER, Part.PRONOUN, Part.DETERMINER, Part.QUOTATION)
_PLURAL_PRONOUNS = listed("i we you they who which")
_QUANTIFIERS = listed("many others several few most all both")
_PLURALS = listed("people police men women children forces troops media youth")
_NOBODY = listed("no nobody none nothing few neither hardly")
_LINKS = listed("than as so yet like")
"""Subordinators that mostly open no clause with a verb of its own."""
_PREPOSITIONS_TOO = listed("since until before after than as like")
_STRAY = ("'", '"', "“", "”", "„", "«", "»", "``", "''")
_POINTING_SUBJECTS = listed("that it they he she this these those there")
_POINTING = listed("it him them there then thus therefore so")
"""Words that lean on what was said before; 'her' may be an owner and is looked at apart."""
_QUALITIES = listed(
    "new old big small large heavy light long short high low rich poor good bad cheap costly raw "
    "young hot cold dirty clean modern former more less most other several many few some both"
)
_QUALITY_ENDS = ("ous", "ful", "able", "ible", "less", "ish", "ical", "tional", "ern", "ly")
_PARTICIPLE_QUALITIES = listed(
    "needed used armed guided improved advanced related limited expected planned alleged wanted "
    "increased reduced united unmanned fixed stolen broken hidden known affected occupied so-called"
)


@dataclass(frozen=True)
class Group:
    """A finite verb group: tokens `first` to `last`, end exclusive, with the main verb at `main`.

    `main` is the last helper where no other verb follows: 'is' in 'is a port'.
    """

    first: int
    main: int
    last: int
    form: Form
    """Of the main verb."""
    helper: Part | None = None
    """What the last helper is; None for a verb that has none."""
    negated: bool = False

    @property
    def passive(self) -> bool:
        """Whether the subject suffers it: was sold."""
        return self.helper in (Part.BE, Part.POSSESSIVE) and bool(self.form & Form.PARTICIPLE)


class Clause:
    """A text of one sentence, asked for its subject and verbs.

    Of a text that is no single sentence nothing is known.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found = read_sentences(text)
        self.sentence = found[0] if len(found) == 1 else Sentence(())
        self.groups = tuple(self._found_groups())
        self.main = self._main()

    def __len__(self) -> int:
        return len(self.sentence)

    def part(self, index: int) -> Part | None:
        """The part of the token; None outside the clause."""
        return self.sentence.part(index)

    def lower(self, index: int) -> str:
        """The token in lower case; empty outside the clause."""
        return self.sentence.lower(index)

    def words(self, first: int, last: int) -> str:
        """The text from the token `first` to the token before `last`."""
        last = min(last, len(self))
        if first >= last:
            return ""
        start, end = self.sentence.span(first, last)
        return self.text[start:end]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, marks and quotations."""
        return self.sentence.tokens

    @property
    def is_stray(self) -> bool:
        """Whether it is not one sentence, or has a mark of quotation without its partner."""
        return not self.tokens or any(token.text in _STRAY for token in self.tokens)

    @property
    def frame_end(self) -> int:
        """Where the subject begins: after the adverbial that opens the clause, if one does."""
        opens = (Part.PREPOSITION, Part.SUBORDINATOR, Part.ADVERB, Part.TIME)
        if self.main is None or self.part(0) not in opens:
            return 0
        for index in range(self.main.first):
            goes_on = self.part(index + 1) is Part.TIME or self.is_year(index + 1)
            if self.part(index) is Part.COMMA and not goes_on:
                return index + 1
        dated = 1
        while self.part(dated) in (Part.TIME, Part.NUMBER):
            dated += 1
        return dated if 1 < dated < self.main.first and self.part(dated) in _OPENS_OBJECT else 0

    @property
    def subject(self) -> str:
        """The words before the verb, but for the adverbial; empty when there are none."""
        return self.words(self.frame_end, self.main.first) if self.main else ""

    @property
    def is_denied(self) -> bool:
        """Whether its verb is negated, or its subject is nobody: 'no mayor has resigned'."""
        return self.main is not None and (
            self.main.negated or self.lower(self.frame_end) in _NOBODY
        )

    @property
    def stands_alone(self) -> bool:
        """Whether it has a subject and a verb, and leans on no other clause for either."""
        if not self.main or self.main.first == self.frame_end:
            return False
        leans = (Part.RELATIVE, Part.CONJUNCTION, Part.COMMA, Part.TO, Part.STOP, Part.MARK)
        start = self.frame_end
        named = any(self.part(index) in _HEADS for index in range(start, self.main.first))
        return (
            named
            and not self._is_torn(start)
            and self.part(start) not in leans
            and not (self.lower(start) in _POINTING_SUBJECTS and self.main.first == start + 1)
        )

    def _is_torn(self, start: int) -> bool:
        """Whether one comma stands between subject and verb: something was cut out here."""
        last = self.main.first if self.main else 0
        commas = [index for index in range(start, last) if self.part(index) is Part.COMMA]
        return commas == [last - 1]

    def leans_back(self, first: int = 0, *, owners: bool = False) -> bool:
        """Whether a word from the token on points to what was said before: it, him, there.

        With `owners`, words such as 'its' do, too.
        """
        return any(
            self.lower(index) in _POINTING
            or (self.lower(index) == "her" and self.part(index + 1) not in (Part.WORD, Part.NAME))
            or (owners and self.lower(index) in ("its", "his", "their", "her"))
            for index in range(first, len(self))
        )

    def opens_clause(self, index: int) -> bool:
        """Whether a clause with a verb of its own begins with the token: who, because, that."""
        if self.part(index) is Part.RELATIVE:
            return True
        word = self.lower(index)
        because_of = word == "because" and self.lower(index + 1) == "of"
        if self.part(index) is not Part.SUBORDINATOR or because_of:
            return False
        if word not in _PREPOSITIONS_TOO:
            return True
        ends = (Part.COMMA, Part.CONJUNCTION, None)
        last = index + 1
        while self.part(last) not in ends:
            last += 1
        return any(index < group.first < last for group in self.groups)

    def is_year(self, index: int) -> bool:
        """Whether the token is a figure that is surely a year."""
        return _YEAR.fullmatch(self.lower(index)) is not None

    def has_object(self, index: int) -> bool:
        """Whether a noun phrase begins after the token, as far as its first word shows."""
        part = self.part(index + 1)
        if part is Part.ADVERB:
            return self.has_object(index + 1)
        return part in _OPENS_OBJECT or (
            part is Part.WORD and not verb_forms(self.lower(index + 1)) & Form.PAST
        )

    def _found_groups(self) -> Iterator[Group]:
        index = 0
        ended = -1
        while index < len(self):
            group = self.group(index)
            if group and not (ended == group.first and group.helper is None):
                yield group
                ended = index = group.last
            else:
                index += 1

    def group(self, index: int) -> Group | None:
        """The finite verb group that begins with a helper, or is a verb, at the token."""
        part, word = self.part(index), self.lower(index)
        short = part is Part.POSSESSIVE and self.part(index - 1) is Part.PRONOUN and "s" in word
        named = part is Part.MODAL and self.part(index - 1) in (Part.DETERMINER, Part.POSSESSIVE)
        if named:
            return None  # 'his will'
        helper = part is Part.MODAL or (part in _ASKED_FOR and word in _FINITE_HELPERS)
        if short or (helper and self.part(index - 1) is not Part.TO):
            return self._helped(index)
        if part is Part.WORD and self._is_finite(index):
            return self._bare(index)
        return None

    def _bare(self, index: int) -> Group:
        first, negated = index, False
        while first > 1 and self.part(first - 1) in (Part.ADVERB, Part.NOT):
            negated |= self.part(first - 1) is Part.NOT
            first -= 1
        form = verb_forms(self.lower(index)) & _FINITE
        return Group(first, index, index + 1, form, negated=negated)

    def _helped(self, first: int) -> Group:
        helper, last_helper, negated = self.part(first), first, False
        for index in range(first + 1, len(self)):
            part = self.part(index)
            if part is Part.NOT:
                negated = True
            elif part in (Part.BE, Part.HAVE) and self.lower(index) in _INNER_HELPERS:
                helper, last_helper = part, index
            elif part is not Part.ADVERB:
                form = verb_forms(self.lower(index)) & _ASKED_FOR[helper or Part.BE]
                if part is Part.WORD and form:
                    return Group(first, index, index + 1, form, helper, negated)
                break
        last = last_helper + 1
        while self.part(last) is Part.NOT:
            last += 1
        return Group(first, last_helper, last, Form(0), helper, negated)

    def _is_finite(self, index: int) -> bool:
        forms = verb_forms(self.lower(index)) & _FINITE
        before = index - 1
        while self.part(before) in (Part.ADVERB, Part.NOT):
            before -= 1
        part = self.part(before) if self.lower(before) not in _QUANTIFIERS else Part.DETERMINER
        if not forms or part in _NEVER_BEFORE_VERBS or part is Part.CONJUNCTION:
            return False
        if self.lower(before) in ("’", "'"):
            return False  # "the officers' retired"
        if part is Part.NUMBER and not forms & Form.PAST:
            return False  # '91 attacks'
        if forms & Form.PAST:
            return self._is_past(index, part)
        if forms & Form.THIRD:
            return self._is_third(index, part)
        return self._is_plural(index, before)

    def _is_past(self, index: int, before: Part | None) -> bool:
        word, after = self.lower(index), self.part(index + 1)
        participle = bool(verb_forms(word) & Form.PARTICIPLE)
        if word in _PARTICIPLE_QUALITIES and after is Part.WORD:
            return False
        if before is Part.COMMA:
            return not (participle and after in (Part.PREPOSITION, Part.TO))
        if before is Part.NUMBER:
            return after is not Part.WORD or not participle
        return True

    def _is_third(self, index: int, before: Part | None) -> bool:
        if not is_noun_as_well(self.lower(index)):
            return True
        if before in (Part.PRONOUN, Part.RELATIVE):
            return True
        verb_next = verb_forms(self.lower(index + 1)) & (Form.PAST | Form.THIRD)
        return self.has_object(index) and not (verb_next or self.lower(index - 1).endswith("s"))

    def _is_plural(self, index: int, before: int) -> bool:
        word = self.lower(before)
        if word in _PLURAL_PRONOUNS:
            return True
        plural = word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
        if not plural or self.part(before) not in (Part.WORD, Part.NAME):
            return False
        return not is_noun_as_well(self.lower(index)) or self.part(index + 1) in _OPENS_OBJECT

    def _main(self) -> Group | None:
        """The first verb group that no relative pronoun or subordinator claims for its clause."""
        groups = {group.first: group for group in self.groups}
        claimed = 0
        for index in range(len(self)):
            opens = self.opens_clause(index) and self.lower(index) not in _LINKS
            claimed += opens or self._is_contact(index)
            group = groups.get(index)
            if group is None or self._is_reduced(group):
                continue
            if not claimed:
                return group
            claimed -= 1
        return None

    def _is_contact(self, index: int) -> bool:
        """Whether a clause about the noun before it begins without 'that': 'the debts he had'."""
        framed = self.part(0) is Part.SUBORDINATOR  # 'When he was mayor they left'
        return not framed and self.part(index) is Part.PRONOUN and self.part(index - 1) is Part.WORD

    def _is_reduced(self, group: Group) -> bool:
        """Whether it is a participle after its noun, and the verb comes yet: 'arms sold to ...'."""
        both = group.helper is None and verb_forms(self.lower(group.main)) & Form.PARTICIPLE
        if not both or self.part(group.last) not in (Part.PREPOSITION, Part.TO):
            return False
        framed = False
        for index in range(group.last, len(self)):
            framed |= self.part(0) is Part.PREPOSITION and self.part(index) is Part.COMMA
            if self.part(index) in _JOINTS and not framed:
                return False
            if any(other.first == index for other in self.groups):
                return self.part(index - 1) is not Part.PRONOUN
        return False

    def has_reduced(self, first: int, last: int) -> bool:
        """Whether a participle follows a noun between the tokens: 'tanks made in'."""
        return any(
            self.part(index) is Part.WORD
            and bool(verb_forms(self.lower(index)) & Form.PARTICIPLE)
            and self.part(index - 1) in (Part.WORD, Part.NAME)
            for index in range(first + 1, last)
        )

    def is_quality(self, index: int) -> bool:
        """Whether the token is an adjective that no noun phrase ends with: 'new' in 'new and'."""
        word = self.lower(index)
        return word in _QUALITIES or (
            self.part(index) in (Part.WORD, Part.ADVERB) and word.endswith(_QUALITY_ENDS)
        )

    def continues(self, index: int, of: Group) -> Group | None:
        """The verb group that goes on after 'and' at the token with the subject of another group.

        Its `first` is where its own words begin; helpers that it shares are those of the other.
        None when the word there is no verb that fits, or may as well be something else.
        """
        own = self.group(index) if self.part(index) is not Part.WORD else None
        if own:
            return own
        word = self.lower(index)
        forms = verb_forms(word)
        if self.part(index) is not Part.WORD or not forms:
            return None
        shared = self._shared(index, forms, of)
        if shared:
            return Group(index, index, index + 1, shared, of.helper, of.negated)
        alone = self._alone(index, forms, of)
        return Group(index, index, index + 1, alone) if alone else None

    def _shared(self, index: int, forms: Form, of: Group) -> Form:
        """The form in which a word shares the helper of the group; none when it does not."""
        form = forms & of.form
        if of.helper is None or of.main == of.first or not form:
            return Form(0)
        word = self.lower(index)
        timed = self.part(index + 1) is Part.NUMBER  # 'confirmed 43 days before'
        if of.passive and (takes_no_object(word) or (self.has_object(index) and not timed)):
            return Form(0)
        if form & Form.BASE and is_noun_as_well(word) and self.part(index + 1) not in _OPENS_OBJECT:
            return Form(0)
        return form

    def _alone(self, index: int, forms: Form, of: Group) -> Form:
        """The form in which a word is a finite verb without helpers; none when it is not."""
        word = self.lower(index)
        if forms & Form.PAST:
            sure = self.has_object(index) or not forms & Form.PARTICIPLE or takes_no_object(word)
            alike = bool(of.form & Form.PAST) and of.helper is None
            adjective = word in _PARTICIPLE_QUALITIES and self.part(index + 1) is Part.WORD
            return Form.PAST if (sure or alike) and not adjective else Form(0)
        if forms & Form.THIRD and (self.has_object(index) or not is_noun_as_well(word)):
            return Form.THIRD if of.helper or of.form & (Form.THIRD | Form.PAST) else Form(0)
        plural = of.helper is None and of.form & (Form.BASE | Form.PAST) == Form.BASE
        if forms & Form.BASE and plural:
            fits = self.part(index + 1) in _OPENS_OBJECT if is_noun_as_well(word) else True
            return Form.BASE if fits else Form(0)
        return Form(0)


@dataclass(frozen=True)
class Fact:
    """What a clause says, as a clause of its own; `whole` when it is not to be cut further."""

    text: str
    whole: bool = False


def joined(left: str, right: str) -> str:
    """The words of both with a space between them; either may be empty."""
    return f"{left} {right}".strip()
