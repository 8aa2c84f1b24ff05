"""Who reports it, citing whom: the attribution nearest to the front of a passage."""

from __future__ import annotations

import re

from onrecord.model import Attribution, Cited, CitedKind, Source
from onrecord.text.names import is_no_name

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
_CAPITALISED = r"(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*)"
_NAME = rf"{_CAPITALISED}(?:\s+(?:(?:of|for|and)\s+(?:the\s+)?)?{_CAPITALISED})*"
_HEAD = (
    r"(?:[Ss]ources?|[Oo]fficials?|[Mm]embers|[Ss]pokes(?:m[ae]n|wom[ae]n|persons?)|[Aa]nalysts|"
    r"[Ww]itnesses|[Rr]esidents|[Dd]iplomats|[Ii]nsiders|[Pp]eople|(?:news\s+)?[Rr]eports)"
)
_ANONYMOUS = (
    r"(?:(?:[Aa]n?|[Tt]he|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Uu]nnamed|[Ff]ormer|[Mm]any)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?|(?:[a-z][\w-]*\s+){{0,2}}?){_HEAD}"
    r"(?:\s+(?:who|of|from|with|in|close)\s[^,.;]{0,60})?"
)
_VERB = "|".join(sorted(_ACTS, key=len, reverse=True))
_PATTERNS = (
    re.compile(
        rf"\b(?:[Aa]ccording to|[Cc]iting|[Aa]s reported by|[Qq]uoting)\s+"
        rf"(?P<who>{_ANONYMOUS}|(?:the\s+)?{_NAME})(?=[,.;:\s]|$)"
    ),
    re.compile(
        rf"\b(?P<who>(?:[Tt]he\s+)?{_NAME})(?:,[^,;]{{0,80}},)?\s+(?:has\s+|have\s+)?"
        rf"(?P<verb>{_VERB})\b"
    ),
    re.compile(rf"\b(?P<who>{_ANONYMOUS})\s+(?:has\s+|have\s+)?(?P<verb>{_VERB})\b"),
)
_HEDGE = re.compile(
    r"\b(reportedly|allegedly|apparently|supposedly|unconfirmed|purported(?:ly)?)\b", re.IGNORECASE
)
_UNAWARE = re.compile(
    r"\b(?:not aware of|unaware of|(?:could|can)(?:\s?not|n[’']t) "
    r"(?:independently )?(?:confirm|verify)|"
    r"no confirmation|has not confirmed|have not confirmed)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:Agency|Army|Asia|Association|Authority|Bank|Bureau|Center|Centre|Command|Commission|"
    r"Committee|Congress|Council|Court|Crisis|Department|Force|Forum|Foundation|Fund|Government|"
    r"Group|Institute|International|League|Ministry|Mission|Monitor|Nations|Network|News|Office|"
    r"Organi[sz]ation|Parliament|Party|Police|Post|Press|Project|Radio|Senate|Service|Society|"
    r"Television|Times|Tribune|Union|University|Watch|Witness)\b"
)


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
        act = _ACTS[found["verb"]]
    return Attribution(
        reporter=source.id,
        chain=(_cited(_name_in(found)),) if found else (),
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
        if (name := _name_in(match)) and not same_name(name, source.name)
    ]
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)


def _name_in(match: re.Match[str]) -> str:
    """The name that a cue gives, without days and openers before it; empty when nothing is left."""
    words = match["who"].split()
    if re.fullmatch(_ANONYMOUS, match["who"]):
        return " ".join(words)
    article = words[0] if words[0] in ("The", "the") and len(words) > 1 else None
    words = words[1:] if article else words
    while words and is_no_name(words[0]):
        words.pop(0)
        article = None
    return " ".join(filter(None, (article, *words)))


def _cited(name: str) -> Cited:
    if re.fullmatch(_ANONYMOUS, name):
        return Cited(name=name, kind=CitedKind.ANONYMOUS)
    words = name.split()
    person = 2 <= len(words) <= 3 and all(re.fullmatch(_CAPITALISED, word) for word in words)
    owned = any(word.endswith(("'s", "’s")) for word in words)
    if person and not owned and words[0] != "The" and not _ORGANISATION.search(name):
        return Cited(name=name, kind=CitedKind.PERSON)
    return Cited(name=name, kind=CitedKind.ORGANISATION)


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are one, but for case and a leading article."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()
