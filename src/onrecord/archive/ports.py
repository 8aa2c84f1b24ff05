"""What the archive asks of its parts: a store that is the truth, and indexes made from it.

Another engine is one class more, and passes the same tests (tests/archive/test_ports.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Capture, Document, Passage, Source

Vectors = NDArray[np.float32]


class Embeds(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Model and version; vectors of different names are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def sha256(self) -> str:
        """Hex digest of the model's file."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, float32 of shape [texts, dimensions]."""
        ...


@dataclass(frozen=True)
class Added:
    """What became of a document that was given to the archive."""

    id: str
    sequence: int
    """Its place in the archive, from 1."""
    new: bool
    """False when the archive held it before; then nothing was changed."""


@dataclass(frozen=True)
class Captured:
    """What was read from one capture."""

    capture: Capture
    documents: tuple[Document, ...]
    """In their order; none of a redirect."""


@dataclass(frozen=True)
class Reference:
    """Where the record of a capture lies."""

    file: str
    """Name of the WARC file in the workspace."""
    offset: int
    """Of its first byte in that file."""
    length: int
    """In bytes, as it lies there."""
    record: str
    """Id of the record: `urn:uuid:...`."""
    sha256: str
    """Hex digest of the captured content."""


@dataclass(frozen=True)
class Kept:
    """A capture that is kept, and the documents that were read from it."""

    reference: Reference
    documents: tuple[str, ...]
    """Their ids, in the order in which they were archived."""


@dataclass(frozen=True)
class Limits:
    """Which documents a search may see."""

    as_of: int
    """The last place in the archive: documents added later do not exist for this search."""
    before: date | None = None
    """Only what was surely published on or before this day; None: also the undated."""

    def allow(self, sequence: int, published_latest: date | None) -> bool:
        """Whether a document of that place and last possible day of publication may be seen."""
        if sequence > self.as_of:
            return False
        if self.before is None:
            return True
        return published_latest is not None and published_latest <= self.before


@dataclass(frozen=True)
class Entry:
    """A passage as an index takes it in."""

    key: int
    """The passage's number in the store, from 1, growing with the documents' sequence."""
    sequence: int
    published_latest: date | None
    """Last day on which the document can have been published; None when unknown."""
    title: str
    text: str


@dataclass(frozen=True)
class Ranked:
    """A passage that an index found."""

    key: int
    score: float
    """Higher is nearer; comparable within one answer of one index only."""


class Marks(Protocol):
    """A place for numbers that must outlive the process."""

    def mark(self, name: str) -> int:
        """The number last set; 0 when there is none."""
        ...

    def set_mark(self, name: str, value: int) -> None:
        """Keep the number, durably."""
        ...


class DocumentStore(Protocol):
    """The truth: documents and their passages, appended and never changed."""

    @property
    def sequence(self) -> int:
        """Place of the last document; 0 when there is none."""
        ...

    def add(self, documents: Sequence[Document], captures: Sequence[Kept] = ()) -> list[Added]:
        """Append those that are new, all or none of them, and say where each one lies.

        `captures` are what they were read from; one that is known gains what documents it lacks.
        Raises WorkspaceError when they cannot be written; then the store is as it was.
        """
        ...

    def captures(self) -> Iterator[Kept]:
        """The captures, in the order in which they were kept."""
        ...

    def captures_of(self, identifier: str) -> list[Reference]:
        """The captures of a document, the first one first; none when it has none."""
        ...

    def captured(self, record: str) -> Reference | None:
        """The capture of that record id; None when the store knows none."""
        ...

    def captured_up_to(self, file: str) -> int:
        """Where the last known record of a file of captures ends; 0 when none lies there."""
        ...

    def get(self, identifier: str) -> Document | None:
        """The document with its sequence number; None when the store has none of that id."""
        ...

    def since(self, sequence: int) -> Iterator[Document]:
        """Documents after that place, in order."""
        ...

    def sources(self, as_of: int) -> dict[str, Source]:
        """The publishers of the first `as_of` documents by id, as last described there."""
        ...

    def entries(self, document: Document) -> list[Entry]:
        """The passages of a stored document, in order."""
        ...

    def passage(self, key: int) -> tuple[Document, Passage]:
        """The passage of that number and its document. Raises KeyError when there is none."""
        ...


class PassageIndex(Protocol):
    """Finds passages for a query. Made from the store, and made again at any time."""

    def mark(self) -> int:
        """Place of the last document that is indexed for certain; 0 when none is."""
        ...

    def size(self) -> int:
        """Number of passages indexed."""
        ...

    def add(self, entries: Sequence[Entry], up_to: int) -> None:
        """Index passages of documents after the mark, then set the mark to `up_to`.

        Durable when it returns; killed before that, the old mark stands and the same passages may
        be added again. Raises WorkspaceError when they cannot be written.
        """
        ...

    def search(self, query: str, k: int, limits: Limits) -> list[Ranked]:
        """The `k` best passages within the limits, best first, equals by key.

        The answer depends on the documents up to `limits.as_of` only. Any text is a query; one
        that says nothing finds nothing.
        """
        ...

    def clear(self) -> None:
        """Forget everything; the mark is 0 after it."""
        ...
