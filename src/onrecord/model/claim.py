"""What was said: the quotation with its segments, by whom, when, where."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from onrecord.model.evidence import Quantity
from onrecord.model.noun import Noun, content_hash
from onrecord.model.when import Edtf, When


class SegmentKind(StrEnum):
    """Whose words a stretch of a quotation is."""

    VERBATIM = "verbatim"
    INSERTION = "insertion"
    """The editor's words in square brackets: `[and]`."""
    ELLIPSIS = "ellipsis"
    """Something left out: `[...]`, `...` or `…`."""
    TRANSLATION = "translation"
    """The speaker's words in another language than they were said in."""


class Segment(Noun):
    """A stretch of a quotation, as printed."""

    kind: SegmentKind
    text: str


class Claimant(Noun):
    """Who said it. `role` is the one held on the day of the claim."""

    name: str = Field(min_length=1)
    role: str | None = None
    affiliation: str | None = None
    same_as: tuple[str, ...] = ()
    """Addresses of the same person elsewhere (Wikidata ...), never guessed."""


class Appearance(Noun):
    """Where the claim was seen or heard."""

    outlet: str | None = None
    url: str | None = None
    date: Edtf | None = None
    archived: str | None = None
    """Address of an archived copy."""


def _is_empty(values: tuple[object, ...]) -> bool:
    return not values


class ClaimPart(Noun):
    """One thing a claim asserts, in words that stand alone.

    What it names, counts and dates is written only where there is some, so that dossiers of before
    keep their bytes and hashes.
    """

    id: str
    text: str = Field(min_length=1)
    not_checkable: str | None = None
    """Why no record can decide it (opinion, prediction ...); None when one can."""
    names: tuple[str, ...] = Field(default=(), exclude_if=_is_empty)
    """Whom and what it names, as printed."""
    quantities: tuple[Quantity, ...] = Field(default=(), exclude_if=_is_empty)
    """The figures that it gives."""
    dates: tuple[When, ...] = Field(default=(), exclude_if=_is_empty)
    """The dates that it gives, read against the day of the claim."""

    @property
    def checkable(self) -> bool:
        """Whether evidence is sought for it."""
        return self.not_checkable is None


class Claim(Noun):
    """A quoted claim by a named speaker."""

    id: str
    quote: tuple[Segment, ...] = Field(min_length=1)
    claimant: Claimant
    made_on: Edtf
    appearances: tuple[Appearance, ...] = ()
    context: str | None = None
    """What it was said about, in a sentence of the checker's; helps to find evidence."""
    language: str = "en"
    parts: tuple[ClaimPart, ...] = ()
    """Empty until the claim is split, or as a person split it."""

    @field_validator("quote")
    @classmethod
    def _has_words(cls, quote: tuple[Segment, ...]) -> tuple[Segment, ...]:
        said = (segment.text for segment in quote if segment.kind is not SegmentKind.ELLIPSIS)
        if not any(character.isalnum() for text in said for character in text):
            raise ValueError("the quotation has no words")
        return quote

    @model_validator(mode="after")
    def _part_ids_differ(self) -> Self:
        ids = [part.id for part in self.parts]
        if len(set(ids)) != len(ids):
            raise ValueError(f"two parts share an id: {ids}")
        return self

    @property
    def printed(self) -> str:
        """The quotation as printed, brackets included."""
        return "".join(segment.text for segment in self.quote)

    @property
    def text(self) -> str:
        """The quotation as plain text: brackets off insertions, omissions gone."""
        return " ".join("".join(map(_plain, self.quote)).split())


def _plain(segment: Segment) -> str:
    match segment.kind:
        case SegmentKind.ELLIPSIS:
            return " "  # 'he left[...]and came back' is not 'leftand'
        case SegmentKind.INSERTION:
            return segment.text.strip("[]")
        case _:
            return segment.text


def claim_id(printed: str, claimant: str, made_on: str) -> str:
    """The id of a claim that was given none: 'c-' and 12 hex digits of words, speaker and date."""
    digest = content_hash([printed, claimant, made_on]).removeprefix("sha256:")
    return f"c-{digest[:12]}"
