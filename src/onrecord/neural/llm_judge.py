"""What a language model may do here: read a passage, split a claim, draft an explanation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from pydantic import ValidationInfo, model_validator

from onrecord.errors import InputError
from onrecord.model import PROBABILITY_DIGITS, ClaimPart, Paragraph, content_hash
from onrecord.neural.llm import LLM
from onrecord.neural.prompt import Answer, Prompt
from onrecord.neural.verifier import Reading

MOST_PARTS = 12
MOST_PARAGRAPHS = 8

STANCE_TASK = """
You read for a fact-checking desk: how does one passage stand to one claim?
SUPPORTS: what the passage reports makes the claim true.
REFUTES: what the passage reports makes the claim false.
NOT_ENOUGH_INFO: it does neither, or is about something else, someone else, another time or place.
Go by what the passage reports, not by what you know, and not by how sure it sounds. A source that
cannot confirm something does not refute it. That someone made the claim does not support it.
`confidence` is how many in a hundred judgements as sure as this one would be right.
"""

SPLIT_TASK = f"""
You prepare a claim for a fact-checking desk: divide it into the things that it asserts, each to be
checked by itself. A part is one sentence that stands alone, in the claim's own words as far as
possible, with the subject in place of pronouns. Add nothing, judge nothing, leave nothing out; a
claim that asserts one thing is one part, and there are at most {MOST_PARTS}.
`kind` is fact for what a record can decide, else opinion, prediction or advice.
"""

DRAFT_TASK = f"""
You draft for an editor: what does the evidence say of the claim? Write one to {MOST_PARAGRAPHS}
short paragraphs of plain text. Say only what the evidence says, in your own plain words, with its
names and figures as it has them, and with what it leaves open. Give no rating and no advice.
`cites` lists the names of the texts that the paragraph rests on, at least one, never the claim.
"""


class StanceAnswer(Answer):
    """How a passage stands to a claim."""

    stance: Literal["SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO"]
    confidence: Literal[50, 60, 70, 80, 90, 95, 99]


class Part(Answer):
    """One thing that a claim asserts."""

    text: str
    kind: Literal["fact", "opinion", "prediction", "advice"]


class SplitAnswer(Answer):
    """A claim's parts; none may name or count what the claim does not."""

    parts: list[Part]

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> SplitAnswer:
        if not 1 <= len(self.parts) <= MOST_PARTS:
            raise ValueError(f"{len(self.parts)} parts, from 1 to {MOST_PARTS} are wanted")
        texts = _context(info)
        for part in self.parts:
            _plain(part.text)
            _founded(part.text, texts.values())
        return self


class DraftParagraph(Answer):
    """A paragraph with the texts that it rests on."""

    text: str
    cites: list[str]


class DraftAnswer(Answer):
    """An explanation; what it names, counts and cites must be there."""

    paragraphs: list[DraftParagraph]

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> DraftAnswer:
        if not 1 <= len(self.paragraphs) <= MOST_PARAGRAPHS:
            raise ValueError(
                f"{len(self.paragraphs)} paragraphs, from 1 to {MOST_PARAGRAPHS} are wanted"
            )
        texts = _context(info)
        for paragraph in self.paragraphs:
            _plain(paragraph.text)
            unknown = [cite for cite in paragraph.cites if cite not in texts or cite == "claim"]
            if unknown or not paragraph.cites:
                raise ValueError(f"cites {unknown or 'nothing'}, the evidence is {_cited(texts)}")
            _founded(paragraph.text, (texts[name] for name in ("claim", *paragraph.cites)))
        return self


STANCE = Prompt("llm-stance/1", STANCE_TASK, StanceAnswer, most_tokens=200)
SPLIT = Prompt("llm-split/1", SPLIT_TASK, SplitAnswer, most_tokens=1500)
DRAFT = Prompt("llm-draft/1", DRAFT_TASK, DraftAnswer, most_tokens=3000)


class LLMVerifier:
    """A language model in the verifier's place."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    @property
    def name(self) -> str:
        """The model's name at its endpoint, and the version of the question put to it."""
        return f"{self._llm.endpoint.model} {STANCE.version}"

    @property
    def sha256(self) -> str:
        """Digest over the model's name and all of the question but its texts.

        It cannot vouch for the weights: what an endpoint serves under a name is its own affair.
        """
        return content_hash([self._llm.endpoint.model, STANCE.digest]).removeprefix("sha256:")

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """A reading for each (claim, passage), in order; the same pair is asked about once.

        The stance named has the confidence given, the two others halves of the rest: the model's
        own word on how sure it is (Tian et al. 2023, 'Just Ask for Calibration'), not calibrated
        on anything. Raises ReadingError when a pair has no answer that fits or is too long,
        ModelError when the endpoint cannot be used.
        """
        distinct = list(dict.fromkeys(pairs))
        with ThreadPoolExecutor(self._llm.endpoint.parallel) as several:
            found = dict(zip(distinct, several.map(self._one, distinct), strict=True))
        return [found[pair] for pair in pairs]

    def _one(self, pair: tuple[str, str]) -> Reading:
        claim, passage = pair
        answer = self._llm.ask(STANCE, {"claim": claim, "passage": passage})
        sure = answer.confidence / 100
        rest = round((1 - sure) / 2, PROBABILITY_DIGITS)
        shares = dict.fromkeys(("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO"), rest)
        shares[answer.stance] = sure
        return Reading(*shares.values())


def split_claim(llm: LLM, claim: str) -> tuple[ClaimPart, ...]:
    """The parts of a claim's text, as `claims.split` gives them: for `Claim.parts`.

    Raises ReadingError when no answer fits: one that names or counts what the claim does not is
    none. Raises ModelError when the endpoint cannot be used.
    """
    answer = llm.ask(SPLIT, {"claim": claim})
    kinds = {" ".join(part.text.split()): part.kind for part in answer.parts}
    return tuple(
        ClaimPart(id=f"p{number}", text=text, not_checkable=None if kind == "fact" else kind)
        for number, (text, kind) in enumerate(kinds.items(), start=1)
    )


def draft(llm: LLM, claim: str, evidence: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """What the evidence says of the claim, in paragraphs for a person to rewrite and answer for.

    `evidence` is the quotations by evidence id. Every paragraph cites ids that are among these,
    and names and counts only what the claim and what it cites do; it has no links. Raises
    ReadingError when no answer fits, ModelError when the endpoint cannot be used, InputError when
    there is no evidence or an id cannot name a text.
    """
    if not evidence or "claim" in evidence:
        raise InputError("a draft needs evidence, under ids other than 'claim'")
    answer = llm.ask(DRAFT, {"claim": claim, **evidence})
    return tuple(
        Paragraph(text=paragraph.text.strip(), cites=tuple(dict.fromkeys(paragraph.cites)))
        for paragraph in answer.paragraphs
    )


MOST_WRITTEN = 1500
"""Characters of a part or a paragraph."""

_LINK = re.compile(r"://|\bwww\.|\bmailto:|[<>]|\]\(", re.IGNORECASE)
_FIGURE = re.compile(r"(?<!\w)\d[\d.,]*")
_NAME = re.compile(r"(?<=[^\s.!?:“\"'‘(] )[^\W\d_][\w-]*")
_WORD = re.compile(r"[^\W\d_][\w-]*")


def _context(info: ValidationInfo) -> Mapping[str, str]:
    texts: Mapping[str, str] = info.context or {}
    return texts


def _cited(texts: Mapping[str, str]) -> str:
    return ", ".join(name for name in texts if name != "claim")


def _plain(text: str) -> None:
    """Raises ValueError unless the text is plain words of a sensible length."""
    if not any(character.isalnum() for character in text):
        raise ValueError("a text without words")
    if len(text) > MOST_WRITTEN:
        raise ValueError(f"a text of {len(text)} characters, at most {MOST_WRITTEN} are wanted")
    if _LINK.search(text) or not all(c.isprintable() or c == "\n" for c in text):
        raise ValueError("a text with links, markup or control characters")


def _founded(text: str, given: Iterable[str]) -> None:
    """Raises ValueError when the text has figures, or names within a sentence, that no given has.

    'Ruritanian' is founded on 'Ruritania', and '2158' on '2,158'.
    """
    source = "\n".join(given)
    figures = set(_figures(source))
    words = [word.casefold() for word in _WORD.findall(source)]
    unfounded = [figure for figure in _figures(text) if figure not in figures]
    unfounded += [
        name
        for name in _NAME.findall(text)
        if name[0].isupper() and not any(_akin(name.casefold(), word) for word in words)
    ]
    if unfounded:
        raise ValueError(f"{unfounded[0]!r} is not in the texts that it rests on")


def _figures(text: str) -> list[str]:
    return [figure.rstrip(".,").replace(",", "") for figure in _FIGURE.findall(text)]


def _akin(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= 4 and longer.startswith(shorter))
