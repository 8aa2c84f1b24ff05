"""A claim into the parts that can be checked one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Claim, ClaimPart
from onrecord.text.passages import sentences

VERSION = "split/1"

_LIST = re.compile(
    r"^(?P<before>[^,;]+?),\s+(?P<middle>[^,;]+(?:,\s+(?!and\b)[^,;]+)*?),?\s+and\s+(?P<rest>.+?)(?P<stop>[.!?]?)$"
)
_TAIL = re.compile(r"\s(?:to|in|for|at|from|with|since|by|on|into|across|over|during)\s")
_VERB = re.compile(
    r"(?:\w+ed|was|were|is|are|has|have|had|did|does|went|took|made|gave|sold|fled|said)\s"
)
_OPINION = re.compile(
    r"\b(?:love[sd]?|hate[sd]?|beautiful|wonderful|terrible|disgusting|greatest|nicest|best|worst|"
    r"I (?:think|believe|feel|hope)|we (?:believe|hope)|in my (?:view|opinion))\b",
    re.IGNORECASE,
)
_PREDICTION = re.compile(
    r"\b(?:(?-i:will)(?! of\b)|is going to|are going to|shall)\b", re.IGNORECASE
)  # 'Will' opens a question or is a name
_ADVICE = re.compile(r"\b(?:should|ought to|must (?:not )?be)\b", re.IGNORECASE)


def split(claim: Claim) -> tuple[ClaimPart, ...]:
    """The claim's parts: as a person gave them, else one for each clause and listed thing.

    'X brings peace and stability' stays whole; 'X brings cooperation, peace, and stability to the
    region' is three parts. Parts that no record can decide say why.
    """
    if claim.parts:
        return claim.parts
    texts = [
        part
        for start, end in sentences(claim.text)
        for clause in _clauses(claim.text[start:end])
        for part in _listed(clause)
    ]
    return tuple(
        ClaimPart(id=f"p{number}", text=text, not_checkable=not_checkable(text))
        for number, text in enumerate(dict.fromkeys(texts), start=1)
    )


def not_checkable(text: str) -> str | None:
    """Why no record can decide the text; None when one can."""
    if _OPINION.search(text):
        return "opinion"
    if _PREDICTION.search(text):
        return "prediction"
    if _ADVICE.search(text):
        return "advice"
    return None


def _clauses(sentence: str) -> list[str]:
    pieces = [piece.strip() for piece in sentence.split(";")]
    return [piece for piece in pieces if any(c.isalnum() for c in piece)]


@dataclass(frozen=True)
class _Series:
    head: str
    items: tuple[str, ...]
    tail: str


def _listed(clause: str) -> list[str]:
    series = _series(clause)
    if series is None:
        return [clause]
    return [
        " ".join(f"{series.head} {item} {series.tail}".split()).rstrip(" .!?") + "."
        for item in series.items
    ]


def _series(clause: str) -> _Series | None:
    """The list in 'HEAD a, b and c TAIL'; None unless its members are short and unnamed.

    How many words before the first comma belong to the list is taken from its second member.
    """
    match = _LIST.match(clause)
    if match is None:
        return None
    middle = [item.strip() for item in match["middle"].split(",")]
    size = len(middle[0].split())
    before = match["before"].split()
    if len(before) < size + 2:
        return None
    cut = _TAIL.search(match["rest"])
    last, tail = (
        (match["rest"][: cut.start()], match["rest"][cut.start() :]) if cut else (match["rest"], "")
    )
    items = (" ".join(before[-size:]), *middle, last)
    if any(len(item.split()) > 5 or not item[:1].islower() or _VERB.match(item) for item in items):
        return None
    return _Series(" ".join(before[:-size]), items, tail)
