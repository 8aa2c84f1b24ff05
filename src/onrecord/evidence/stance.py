"""A passage's stance to a claim part: read by the verifier, kept straight by names and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from onrecord.evidence.attribution import does_not_corroborate
from onrecord.model import PROBABILITY_DIGITS, ClaimPart, Label, Stance
from onrecord.text.names import missing_names
from onrecord.text.passages import sentences as sentence_spans
from onrecord.text.quantities import (
    Comparison,
    Figure,
    Relation,
    alike,
    compare,
    figures,
)

VERSION = "stance/2"

MOST_FIGURES = 4
"""At most so many pairs of figures, one of the claim and one of the passage, are tried."""


class Reads(Protocol):
    """What stance needs of a verifier."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> Sequence[ReadingLike]:
        """A reading for each (claim, passage)."""
        ...


class ReadingLike(Protocol):
    """Probabilities of one reading."""

    @property
    def supports(self) -> float: ...  # noqa: D102 - the name says it
    @property
    def refutes(self) -> float: ...  # noqa: D102 - the name says it
    @property
    def not_enough_info(self) -> float: ...  # noqa: D102 - the name says it


@dataclass(frozen=True)
class Shown:
    """A passage as it is put before the verifier, with the whole text that it stands in."""

    passage: str
    document: str
    """Title, date and text of its document, where names may be looked for."""
    published: str | None = None
    """When the document was published, as EDTF, against which 'as of Monday' is resolved."""


@dataclass(frozen=True)
class _Trial:
    """One question to the verifier: the part as it stands, or with a figure of the passage."""

    claim: str | None
    """None when nothing need be asked: the figures cannot be held against each other."""
    comparison: Comparison | None = None
    basis: str = "verifier"


def trials(part: ClaimPart, shown: Shown) -> list[_Trial]:
    """What must be asked to know the passage's stance to the part.

    Nothing when the document does not speak of someone or something that the part names: it
    cannot decide the part then, however alike the words are.
    """
    if missing_names(part.text, shown.document):
        return []
    claimed, given = figures(part.text), figures(shown.passage, shown.published)
    pairs = [(one, other) for one in claimed for other in given if alike(one, other)]
    numeric = [_with_figure(part.text, one, other) for one, other in pairs]
    numeric.sort(key=lambda trial: trial.claim is None)
    return [_Trial(part.text), *numeric[:MOST_FIGURES]]


@dataclass(frozen=True)
class Question:
    """What the verifier must be asked to know a passage's stance to a part. Made by `ask`."""

    part: ClaimPart
    shown: Shown
    """What is read of the passage: all but the sentences in `unaware`."""
    unaware: tuple[str, ...]
    """Sentences in which a source says that it cannot confirm something."""
    trials: tuple[_Trial, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Claim and passage for each question, as a verifier reads them; none where none helps."""
        return [
            (trial.claim, self.shown.passage) for trial in self.trials if trial.claim is not None
        ]


def ask(part: ClaimPart, shown: Shown) -> Question:
    """The questions for a passage and a part.

    Sentences in which a source says that it cannot confirm something are set aside before the
    verifier reads: when they alone speak of what the part names, the source does not corroborate.
    """
    sentences = [shown.passage[start:end] for start, end in sentence_spans(shown.passage)]
    unaware = tuple(sentence for sentence in sentences if does_not_corroborate(sentence))
    if unaware:
        rest = " ".join(sentence for sentence in sentences if sentence not in unaware)
        shown = replace(shown, passage=rest)
    return Question(part, shown, unaware, tuple(trials(part, shown) if shown.passage else ()))


def answer(question: Question, readings: Sequence[ReadingLike]) -> Stance:
    """The stance that the verifier's readings of `question.pairs`, in order, amount to."""
    found = _read(question, readings)
    if not question.unaware or found.label is not Label.NOT_ENOUGH_INFO:
        return found
    part = question.part
    if any(not missing_names(part.text, sentence) for sentence in question.unaware):
        return _not_corroborating(part.id)
    return found


def read(part: ClaimPart, shown: Shown, verifier: Reads) -> Stance:
    """The passage's stance to the part: asked and answered at once."""
    question = ask(part, shown)
    return answer(question, verifier.read(question.pairs) if question.pairs else ())


def _read(question: Question, readings: Sequence[ReadingLike]) -> Stance:
    part, shown = question.part, question.shown
    if not question.trials:
        absent = ", ".join(missing_names(part.text, shown.document))
        basis = f"names: the document does not speak of {absent}" if absent else "reading: silent"
        return _labelled(part.id, 0.0, 0.0, 1.0, basis)
    asked = [trial for trial in question.trials if trial.claim is not None]
    found = [_stance(part.id, *pair) for pair in zip(asked, readings, strict=True)]
    return _settled(part.id, found, numeric=len(question.trials) > 1)


def _with_figure(text: str, claimed: Figure, given: Figure) -> _Trial:
    """The claim as it would read with the passage's figure.

    If the passage says that, both figures are of the same thing, and arithmetic tells the rest.
    """
    compared = compare(claimed, given)
    basis = f"numbers: {compared.arithmetic}"
    if compared.relation is Relation.NOT_COMPARABLE:
        return _Trial(None, compared.comparison, basis)
    before, after = text[: claimed.start], text[claimed.end :]
    printed = given.quantity.text
    if text[claimed.start].isupper():
        printed = printed[:1].upper() + printed[1:]
    if given.takes_of != claimed.takes_of:
        after = f" of{after}" if given.takes_of else after.removeprefix(" of")
    return _Trial(before + printed + after, compared.comparison, basis)


def _stance(part: str, trial: _Trial, reading: ReadingLike) -> Stance:
    s, r, n = reading.supports, reading.refutes, reading.not_enough_info
    if trial.comparison is Comparison.WITHIN:
        s, r, n = s, 0.0, r + n
    elif trial.comparison is Comparison.OUTSIDE:
        s, r, n = 0.0, s, r + n
    elif trial.comparison is Comparison.OPEN:
        s, r, n = 0.0, 0.0, 1.0
    return _labelled(part, s, r, n, trial.basis)


def _settled(part: str, found: list[Stance], *, numeric: bool) -> Stance:
    """One stance out of those tried: a figure of the same thing decides over the plain reading."""
    plain, *tried = found
    decided = [stance for stance in tried if max(stance.supports, stance.refutes) >= 0.5]
    if decided:
        return max(decided, key=lambda stance: max(stance.supports, stance.refutes))
    if numeric and plain.label is not Label.NOT_ENOUGH_INFO:
        # The verifier saw other figures and decided by them; that is not its to decide.
        return _labelled(part, 0.0, 0.0, 1.0, "numbers: no figure of the same thing")
    return plain


def _labelled(part: str, s: float, r: float, n: float, basis: str) -> Stance:
    label = max(
        ((n, Label.NOT_ENOUGH_INFO), (s, Label.SUPPORTS), (r, Label.REFUTES)),
        key=lambda pair: pair[0],
    )[1]
    return Stance(
        part=part,
        label=label,
        supports=round(s, PROBABILITY_DIGITS),
        refutes=round(r, PROBABILITY_DIGITS),
        not_enough_info=round(n, PROBABILITY_DIGITS),
        basis=basis,
    )


def _not_corroborating(part: str) -> Stance:
    return Stance(
        part=part,
        label=Label.NOT_CORROBORATING,
        supports=0.0,
        refutes=0.0,
        not_enough_info=1.0,
        basis="reading: the source says that it cannot confirm",
    )


def quotes(claim_words: str, passage: str) -> bool:
    """Whether the passage carries the claim itself: most of its five-word runs, in order."""
    said, text = (re.findall(r"\w+", words.casefold()) for words in (claim_words, passage))
    size = min(5, len(said))
    runs = {tuple(said[i : i + size]) for i in range(len(said) - size + 1)}
    there = {tuple(text[i : i + size]) for i in range(len(text) - size + 1)}
    return len(said) >= 5 and len(runs & there) >= 0.6 * len(runs)
