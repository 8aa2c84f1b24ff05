"""Captions: what a picture shows, by whom it was taken, and by which agency it came."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.text.passages import Span

_CREDIT = re.compile(
    r"\((?:(?:Photo|Photograph|Image|Picture|Video)\s?(?:by|from|courtesy of|:)?\s+"
    r"|Courtesy of\s+(?:the\s+)?)?"
    r"(?P<first>[A-Z][^()/\n]{1,60}?)"
    r"(?:(?:/\s?(?P<via>via\s+)?|\s+(?:handout\s+)?(?P<through>via)\s+)"
    r"(?P<second>[A-Z][^()/\n]{1,60}))?\)(?=\s*(?:\n|\Z))"
)
_SAYS_SO = re.compile(r"\A\((?:Photo|Photograph|Image|Picture|Video|Courtesy)", re.IGNORECASE)
_AGENCY_FIRST = re.compile(r"\A(?P<agency>[A-Z]{2,5}) (?:Photo|Images?)\Z")


@dataclass(frozen=True)
class Caption:
    """A caption; all spans are code points of the text, end exclusive."""

    text: Span
    credit: Span
    maker: Span
    """Who took or gave out the picture."""
    agency: Span | None
    """By which agency it came; None when the credit names none."""
    handed_out: bool
    """The agency only passed it on: 'Ministry/via Wire'."""


def captions(text: str) -> tuple[Caption, ...]:
    """The captions of a text: lines that end in a credit in brackets with a slash or 'Photo by'."""
    found = []
    for match in _CREDIT.finditer(text):
        if not (match["second"] or _SAYS_SO.match(match[0])):
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        maker, agency = match.span("first"), match.span("second") if match["second"] else None
        if agency and _AGENCY_FIRST.match(match["first"]):
            maker, agency = agency, (maker[0], match.start("first") + match["first"].index(" "))
        if text[start : match.start()].strip():
            found.append(
                Caption(
                    text=(start, match.start()),
                    credit=match.span(),
                    maker=maker,
                    agency=agency,
                    handed_out=bool(match["via"] or match["through"]),
                )
            )
    return tuple(found)
