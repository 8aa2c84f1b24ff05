"""What the archive keeps: documents for ever, passages as spans of them."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from onrecord.model.noun import Noun, content_hash
from onrecord.model.source import Source
from onrecord.model.when import When


class Snapshot(Noun):
    """The bytes a document was read from."""

    sha256: str
    """Hex digest of the captured bytes."""
    media_type: str
    size_bytes: int = Field(ge=0)
    origin: str | None = None
    """File name or address the bytes came from."""


class Document(Noun):
    """An article, report, statement or caption. Its id is the hash of what it says and who says it.

    Make one with `document`, which computes the id.
    """

    id: str
    source: Source
    title: str
    text: str = Field(min_length=1)
    published: When
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str = "en"
    retrieved_at: str | None = None
    """RFC 3339 moment at which the bytes were taken; None for a local file."""
    snapshot: Snapshot | None = None
    note: str | None = None
    """What the archive's keeper says of it, shown beside quotations ('Summary written for ...')."""
    sequence: int | None = Field(default=None, ge=1)
    """Place in the archive, from 1; None before it is archived."""

    @model_validator(mode="after")
    def _id_is_hash(self) -> Self:
        if self.id != document_id(self):
            raise ValueError(f"document id {self.id!r} is not the hash of its content")
        return self


def document_id(document: Document) -> str:
    """'d-' and 24 hex digits over publisher, title, text, date and address.

    Not part of it are when it was fetched and where it lies in the archive, so the same article
    found twice is one document.
    """
    return _hash(
        document.source.id, document.title, document.text, document.published.edtf, document.url
    )


def new_document(
    *,
    source: Source,
    title: str,
    text: str,
    published: When,
    authors: tuple[str, ...] = (),
    url: str | None = None,
    language: str = "en",
    retrieved_at: str | None = None,
    snapshot: Snapshot | None = None,
    note: str | None = None,
) -> Document:
    """A document with its id. Raises ValidationError when the text is empty."""
    return Document(
        id=_hash(source.id, title, text, published.edtf, url),
        source=source,
        title=title,
        text=text,
        published=published,
        authors=authors,
        url=url,
        language=language,
        retrieved_at=retrieved_at,
        snapshot=snapshot,
        note=note,
    )


def _hash(source: str, title: str, text: str, published: str | None, url: str | None) -> str:
    digest = content_hash([source, title, text, published, url]).removeprefix("sha256:")
    return f"d-{digest[:24]}"


class Passage(Noun):
    """A stretch of a document: Unicode code points `start` to `end`, end exclusive."""

    document: str
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"passage ends at {self.end}, before its start {self.start} or on it")
        return self

    def of(self, document: Document) -> str:
        """The quotation. Raises ValueError when the document is another or too short."""
        if document.id != self.document:
            raise ValueError(f"passage of {self.document} asked of document {document.id}")
        if self.end > len(document.text):
            raise ValueError(
                f"passage {self.start}..{self.end} lies beyond the {len(document.text)} "
                f"characters of document {document.id}"
            )
        return document.text[self.start : self.end]
