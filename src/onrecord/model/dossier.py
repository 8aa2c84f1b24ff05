"""The record of a check: everything that went in and came out, so that anyone can re-run it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from onrecord.model.assessment import Assessment
from onrecord.model.claim import Claim
from onrecord.model.document import Document
from onrecord.model.evidence import Evidence
from onrecord.model.fault import Fault
from onrecord.model.noun import Noun, content_hash
from onrecord.model.review import Review


class Method(Noun):
    """A step of the check with its version, and the hash of its model where it runs one."""

    step: str
    version: str
    model: str | None = None
    """Name of the model; None when the step runs none."""
    sha256: str | None = None


class SearchRecord(Noun):
    """A query that was put to the archive."""

    part: str
    query: str
    before: str | None
    """Last day of publication asked for; None when any."""
    found: int = Field(ge=0)


class Dossier(Noun):
    """Claim, evidence, assessment, and what it takes to get them again."""

    format: Literal["onrecord-dossier-1"] = "onrecord-dossier-1"
    claim: Claim
    archive_sequence: int = Field(ge=0)
    """The archive is searched as it stood after this many documents."""
    methods: tuple[Method, ...]
    options: dict[str, str | int | float | bool | None]
    searches: tuple[SearchRecord, ...] = ()
    documents: tuple[Document, ...] = ()
    """Every document that evidence quotes, so that the dossier can be read by itself."""
    evidence: tuple[Evidence, ...] = ()
    assessment: Assessment
    faults: tuple[Fault, ...] = ()
    review: Review | None = None
    """None: a draft by a machine."""

    @model_validator(mode="after")
    def _quotations_hold(self) -> Self:
        documents = {document.id: document for document in self.documents}
        for item in self.evidence:
            if item.passage.document not in documents:
                raise ValueError(f"evidence {item.id} quotes a document that is not in the dossier")
            item.passage.of(documents[item.passage.document])
        return self

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        items = [item.id for item in self.evidence]
        if len(set(items)) != len(items):
            raise ValueError("two pieces of evidence share an id")
        parts = {part.id for part in self.claim.parts}
        named = {stance.part for item in self.evidence for stance in item.stances}
        named |= {part.part for part in self.assessment.parts}
        if named - parts:
            raise ValueError(
                f"the claim has no parts {sorted(named - parts)}, it has {sorted(parts)}"
            )
        traced = {push.evidence for part in self.assessment.parts for push in part.trace}
        traced |= set(self.assessment.decisive)
        if traced - set(items):
            raise ValueError(
                f"the assessment rests on what is not here: {sorted(traced - set(items))}"
            )
        return self

    @model_validator(mode="after")
    def _review_is_of_this(self) -> Self:
        if self.review is None:
            return self
        if self.review.dossier != self.hash:
            raise ValueError(
                f"the review is of dossier {self.review.dossier}, this one is {self.hash}: "
                "review this dossier, or publish the one that was reviewed"
            )
        known = {item.id for item in self.evidence}
        cited = {cite for paragraph in self.review.explanation for cite in paragraph.cites}
        if cited - known:
            raise ValueError(f"the review cites evidence that is not here: {sorted(cited - known)}")
        return self

    @property
    def hash(self) -> str:
        """Hash of what the machine found; a review does not change it."""
        return content_hash(self.model_dump(mode="json", exclude={"review"}))

    def document(self, item: Evidence) -> Document:
        """The document that the evidence quotes."""
        return next(d for d in self.documents if d.id == item.passage.document)

    def quotation(self, item: Evidence) -> str:
        """The words that the evidence quotes."""
        return item.passage.of(self.document(item))
