"""Who reports it, citing whom: the attribution nearest to the front of a passage."""

from __future__ import annotations

import re

from onrecord.model import Attribution, Cited, CitedKind, Source

VERSION = "attribution/1"

_ACTS = {
    "said": "says",
    "says": "says",
    "told": "says",
    "stated": "says",
    "added": "says",
    "reported": "reports",
    "reports": "reports",
    "wrote": "reports",
    "announced": "announces",
    "documented": "documents",
    "found": "finds",
    "accused": "accuses",
    "alleged": "alleges",
    "estimated": "estimates",
    "confirmed": "confirms",
    "denied": "denies",
    "called for": "calls for",
}
_NAME = r"(?:[A-Z][\w’'.-]*)(?:\s+(?:of|for|and|the|[A-Z][\w’'.-]*))*"
_ANONYMOUS = (
    r"(?:(?:an?|the|two|three|several|some|unnamed|former|other|many)\s+){0,3}"
    r"(?:[\w-]+\s+){0,2}?(?:sources?|officials?|members|spokesm[ae]n|spokeswom[ae]n|spokespersons?|"
    r"analysts|witnesses|residents|diplomats|insiders|people|news reports|reports)"
    r"(?:\s+(?:who|of|from|with|in|close)\s[^,.;]{0,60}?)?"
)
_VERB = "|".join(sorted(_ACTS, key=len, reverse=True))
_PATTERNS = (
    re.compile(
        rf"\b(?:[Aa]ccording to|[Cc]iting|[Aa]s reported by|[Qq]uoting)\s+"
        rf"(?P<who>{_ANONYMOUS}|(?:the\s+)?{_NAME})(?=[,.;:\s]|$)"
    ),
    re.compile(
        rf"(?P<who>(?:[Tt]he\s+)?{_NAME})(?:,[^,.;]{{0,80}},)?\s+(?:has\s+|have\s+)?(?P<verb>{_VERB})\b"
    ),
    re.compile(rf"(?i:\b(?P<who>{_ANONYMOUS})\s+(?:has\s+|have\s+)?(?P<verb>{_VERB})\b)"),
)
_HEDGE = re.compile(
    r"\b(reportedly|allegedly|apparently|supposedly|unconfirmed|purported(?:ly)?)\b", re.IGNORECASE
)
_UNAWARE = re.compile(
    r"\b(?:not aware of|unaware of|(?:could|can)\s?not (?:independently )?(?:confirm|verify)|"
    r"no confirmation|has not confirmed|have not confirmed)\b",
    re.IGNORECASE,
)
_PRONOUNS = {"It", "He", "She", "They", "This", "That", "These", "Those", "Both", "We", "I", "The"}


def attribution(passage: str, start: int, source: Source) -> Attribution:
    """The attribution of a passage that begins at `start` in its document.

    The publisher itself is not part of the chain: 'The Irrawaddy reported' in The Irrawaddy is
    its own voice.
    """
    hedge = _HEDGE.search(passage)
    found = _first_cue(passage, source)
    unaware = _UNAWARE.search(passage)
    act = "reports"
    if unaware:
        act = "is not aware"
    elif found and found.groupdict().get("verb"):
        act = _ACTS[found["verb"].lower()]
    return Attribution(
        reporter=source.id,
        chain=(_cited(found["who"]),) if found else (),
        act=act,
        hedge=hedge[1].lower() if hedge else None,
        cue=(start + found.start(), start + found.end()) if found else None,
    )


def does_not_corroborate(passage: str) -> bool:
    """Whether the passage says that its source cannot confirm something; that is no denial."""
    return _UNAWARE.search(passage) is not None


def _first_cue(passage: str, source: Source) -> re.Match[str] | None:
    matches = [
        match
        for pattern in _PATTERNS
        for match in pattern.finditer(passage)
        if match["who"] not in _PRONOUNS and not same_name(match["who"], source.name)
    ]
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)


def _cited(who: str) -> Cited:
    name = " ".join(who.split())
    if re.fullmatch(_ANONYMOUS, name, re.IGNORECASE):
        return Cited(name=name, kind=CitedKind.ANONYMOUS)
    words = name.removeprefix("the ").removeprefix("The ").split()
    person = 2 <= len(words) <= 3 and all(word[0].isupper() for word in words)
    return Cited(name=name, kind=CitedKind.PERSON if person else CitedKind.ORGANISATION)


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are one, but for case and a leading article."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()
