"""What people decided. Only a review by named people makes a dossier publishable."""

from __future__ import annotations

from enum import StrEnum
from typing import Self
from unicodedata import normalize

from pydantic import Field, model_validator

from onrecord.model.assessment import COARSE, RatingScale
from onrecord.model.noun import Noun
from onrecord.model.when import Edtf


class Paragraph(Noun):
    """A paragraph of the explanation with the evidence that it rests on."""

    text: str = Field(min_length=1)
    cites: tuple[str, ...] = ()
    """Evidence ids of the dossier."""


class ContactOutcome(StrEnum):
    """What came of asking the claimant."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"


class Contact(Noun):
    """One attempt to hear the claimant."""

    date: Edtf
    channel: str
    outcome: ContactOutcome
    answer: str | None = None


class Correction(Noun):
    """A change after publication, shown on the page for ever."""

    date: Edtf
    text: str = Field(min_length=1)
    editor: str = Field(min_length=1)


class Review(Noun):
    """The people's judgement on a dossier."""

    dossier: str
    """Hash of the dossier that was reviewed."""
    rating: str
    """A label of `scale`."""
    scale: RatingScale = COARSE
    headline: str = Field(min_length=1)
    explanation: tuple[Paragraph, ...] = Field(min_length=1)
    author: str = Field(min_length=1)
    editor: str = Field(min_length=1)
    published: Edtf
    version: int = Field(default=1, ge=1)
    contacts: tuple[Contact, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @model_validator(mode="after")
    def _rating_is_on_scale(self) -> Self:
        try:
            self.scale.level(self.rating)
        except KeyError as error:
            raise ValueError(str(error.args[0])) from None
        return self

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        author, editor = (_known_as(name) for name in (self.author, self.editor))
        if not author or not editor:
            raise ValueError("a review needs an author and an editor, by name")
        if author == editor:
            raise ValueError(f"author and editor must be two people, got {self.author!r} twice")
        return self


def _known_as(name: str) -> str:
    """The name but for case, spacing and the way its characters are composed."""
    return " ".join(normalize("NFKC", name).casefold().split())
