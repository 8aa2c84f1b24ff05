"""What to ask the archive about a claim part."""

from __future__ import annotations

import re

VERSION = "queries/1"

CONTRARIES: dict[str, str] = {
    "peace": "war attacks air strikes killed civilians weapons supplied",
    "peaceful": "violence attacks killed weapons",
    "stability": "crisis coup refugees fighting crackdown destabilise",
    "security": "attacks threat violence casualties",
    "cooperation": "dispute sanctions refusal pressure",
    "law": "violation war crimes condemned illegal invasion",
    "respect": "abuses interference violation accused",
    "interests": "interference pressure coercion",
    "democracy": "coup junta crackdown rigged",
    "freedom": "arrested censored banned jailed",
    "safe": "accident deaths recall unsafe",
    "safety": "accident deaths recall violations",
    "transparency": "secret hidden undisclosed",
    "honest": "misled fraud concealed",
    "independent": "controlled funded owned state",
    "supported": "condemned opposed blocked vetoed",
    "condemned": "supported backed endorsed defended",
    "denied": "confirmed admitted announced",
    "increased": "fell declined decreased",
    "decreased": "rose grew increased",
}
"""What a record would speak of were the word not true of the subject. A checker looks for the
contrary, too, since an article seldom repeats the words of the claim that it disproves."""

_WORD = re.compile(r"[^\W\d_]+")


def queries(part: str, context: str | None) -> tuple[str, ...]:
    """Queries for a part: its words; its words in context; its subject with the contraries."""
    asked = [part]
    if context:
        asked.append(f"{part} {context}")
    contrary = [CONTRARIES[word] for word in _words(part) if word in CONTRARIES]
    if contrary:
        subject = " ".join(part.split()[:2])
        asked.append(" ".join([subject, *contrary, context or ""]).strip())
    return tuple(dict.fromkeys(asked))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
