"""The archive: documents kept for ever, and their passages found by words and by meaning."""

from __future__ import annotations

import os
import shutil
import threading
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.archive.captures import Captures
from onrecord.archive.lock import WAIT_SECONDS, indexing
from onrecord.archive.ports import (
    Added,
    Captured,
    Embeds,
    Entry,
    Kept,
    Limits,
    PassageIndex,
    Ranked,
    Reference,
)
from onrecord.archive.store import SqliteStore
from onrecord.archive.vectors import VectorIndex
from onrecord.archive.words import WordIndex
from onrecord.errors import WorkspaceError
from onrecord.model import Capture, Document, Passage, Source

MARKER = "onrecord.toml"
STORE = "archive.sqlite3"
WORDS = Path("index", "words")
VECTORS = Path("index", "vectors")
LOCK = Path("index", "lock.sqlite3")
CAPTURES = Path("warc")
FORMAT = 1
"""Version of the workspace folder. A workspace of another version is refused."""

FUSION_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke & Buettcher 2009)."""

FUSION_DEPTH = 50
"""How many passages of each index are fused, or three times those wanted where that is more."""

BATCH_PASSAGES = 256
"""Passages indexed between two writes, at least."""

SPACE_FACTOR = 12
"""Most bytes that a byte of text takes on the disk: itself, its indexes, and a copy of them."""

SPACE_RESERVE_BYTES = 4_000_000

Progress = Callable[[int, int], None]
"""Called with the documents indexed so far, and those to index in all."""


@dataclass(frozen=True)
class Hit:
    """A passage that a search found."""

    passage: Passage
    document: Document
    score: float
    """Sum of 1 / (60 + rank) over the indexes that found it: orders the hits of one search."""
    word_rank: int | None
    """Its rank by words, from 1; None when it is not among those."""
    vector_rank: int | None
    """Its rank by meaning, from 1; None when it is not among those."""

    @property
    def text(self) -> str:
        """The words of the passage, as they stand in the document."""
        return self.passage.of(self.document)


class Archive:
    """A workspace folder: the documents, and the indexes made from them.

    It may be shared by threads, and the folder by processes. Use it as a context manager, or
    close it.
    """

    def __init__(self, folder: Path, store: SqliteStore, embedder: Embeds) -> None:
        """Use `Archive.create` or `Archive.open`."""
        self.folder = folder
        self._store = store
        self._captures = Captures(folder / CAPTURES, store.captured_up_to)
        self._words = WordIndex(folder / WORDS, store)
        self._vectors = VectorIndex(folder / VECTORS, embedder)
        self._indexes: tuple[PassageIndex, ...] = (self._words, self._vectors)
        self._embedder = embedder
        self._lock = threading.RLock()

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty workspace of a folder that is missing or empty.

        Raises WorkspaceError when it is a workspace already, holds something else, or cannot be
        written.
        """
        if (folder / MARKER).exists():
            raise WorkspaceError(f"{folder} is a workspace already; use it, or name another folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            foreign = sorted(name for name in os.listdir(folder) if not _ours(name))
        except OSError as error:
            raise WorkspaceError(f"{folder}: no workspace can be made here: {error}") from error
        if foreign:
            raise WorkspaceError(
                f"{folder} is not empty (it holds {foreign[0]!r}); name a new or an empty folder"
            )
        SqliteStore.create(folder / STORE).close()
        _write_marker(folder)

    @classmethod
    def open(cls, folder: Path, embedder: Embeds) -> Self:
        """Open a workspace. Nothing is indexed yet: `search` and `add` see to it.

        Raises WorkspaceError when the folder is no workspace, is one of another version, or its
        documents cannot be read. A damaged index is no error; it is made again.
        """
        _check_marker(folder)
        return cls(folder, SqliteStore(folder / STORE), embedder)

    @property
    def sequence(self) -> int:
        """Place of the last document, which counts them; 0 when there is none."""
        with self._lock:
            return self._store.sequence

    @property
    def embedder(self) -> Embeds:
        """What makes the vectors."""
        return self._embedder

    def add(self, documents: Iterable[Document], progress: Progress | None = None) -> list[Added]:
        """Keep the documents, all or none, and index them. Those kept before change nothing.

        Raises WorkspaceError when they cannot be kept; when they were kept and only the indexing
        failed, the message says so, and the next call catches up.
        """
        return self._add(list(documents), [], progress)

    def add_captured(
        self, captured: Iterable[Captured], progress: Progress | None = None
    ) -> list[Added]:
        """Keep the captures, and index what was read from them: all or none.

        A file captured before, and a page captured before at that moment, is not kept again.
        Raises WorkspaceError as `add` does.
        """
        given = list(captured)
        documents = [document for item in given for document in item.documents]
        return self._add(documents, given, progress)

    def _add(
        self, documents: list[Document], captured: list[Captured], progress: Progress | None
    ) -> list[Added]:
        with self._lock:
            self._vectors.check()
            self._drop_foreign()
            self._check_space(documents, captured)
            added = self._store.add(documents, self._keep(captured))
            self.catch_up(progress)
            return added

    def _keep(self, captured: list[Captured]) -> list[Kept]:
        """The captures on the disk, those that were not there before among them."""
        found = (self._store.captured(item.capture.record) for item in captured)
        places = {place.record: place for place in found if place}
        new = [item.capture for item in captured if item.capture.record not in places]
        places |= {place.record: place for place in self._captures.keep_all(new)}
        return [
            Kept(places[item.capture.record], tuple(document.id for document in item.documents))
            for item in captured
        ]

    def _check_space(self, documents: list[Document], captured: list[Captured]) -> None:
        """Refuse before anything is kept what the disk cannot hold along with its indexes.

        A disk that fills all the same (another program may write) still leaves documents and
        marks that fit together.
        """
        text = sum(len(document.text.encode("utf-8", "surrogatepass")) for document in documents)
        index = sum(file.stat().st_size for file in (self.folder / "index").rglob("*.*"))
        captures = sum(len(item.capture.content) for item in captured)
        needed = index + captures + SPACE_FACTOR * text + SPACE_RESERVE_BYTES
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise WorkspaceError(
                f"{self.folder}: the disk has {free // 1_000_000} MB free, and adding "
                f"{len(documents)} documents may take {needed // 1_000_000} MB; nothing was added, "
                "make room and try again"
            )

    def catch_up(self, progress: Progress | None = None) -> None:
        """Index what the archive holds beyond the indexes' marks; nothing when there is none.

        Raises WorkspaceError when another process is indexing, when the vectors are another
        embedder's, or when the indexes cannot be written.
        """
        with self._lock:
            self._vectors.check()
            self._drop_foreign()
            if self._is_behind():
                with indexing(self.folder / LOCK, WAIT_SECONDS):
                    self._index(progress)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make both indexes again from the documents, with the embedder at hand.

        Searches find the same before and after, unless the embedder is another. Raises
        WorkspaceError as `catch_up` does.
        """
        with self._lock, indexing(self.folder / LOCK, WAIT_SECONDS):
            for index in self._indexes:
                index.clear()
            self._index(progress)

    def search(
        self, query: str, k: int = 10, before: date | None = None, as_of: int | None = None
    ) -> tuple[Hit, ...]:
        """The `k` passages that fit the query best, best first.

        The ranks by words and by meaning are fused. `before` leaves only what was surely published
        on or before that day. `as_of` searches the archive as it stood after that many documents
        (None: as it stands), and gives the same answer however many were added since. Any text is
        a query; one without words may find nothing. Raises WorkspaceError as `catch_up` does.
        """
        if k < 1:
            return ()
        with self._lock:
            self.catch_up()
            place = self._store.sequence if as_of is None else as_of
            limits, depth = Limits(place, before), max(FUSION_DEPTH, 3 * k)
            words = _ranks(self._words.search(query, depth, limits))
            vectors = _ranks(self._vectors.search(query, depth, limits))
            best = _fused(words, vectors)[:k]
            return tuple(
                self._hit(key, score, words.get(key), vectors.get(key)) for key, score in best
            )

    def document(self, identifier: str) -> Document | None:
        """The document of that id with its sequence number; None when the archive has none."""
        with self._lock:
            return self._store.get(identifier)

    def documents(self) -> Iterator[Document]:
        """All documents in the order in which they were added."""
        sequence = 0
        while sequence < self.sequence:
            with self._lock:
                document = next(self._store.since(sequence))
            sequence = document.sequence or sequence + 1
            yield document

    def sources(self, as_of: int | None = None) -> dict[str, Source]:
        """The publishers in the archive by id; `as_of` as in `search`."""
        with self._lock:
            return self._store.sources(self._store.sequence if as_of is None else as_of)

    def captures(self) -> Iterator[Kept]:
        """The captures and the documents read from each, in the order in which they were kept."""
        found = self._store.captures()
        while True:
            with self._lock:
                kept = next(found, None)
            if kept is None:
                return
            yield kept

    def captures_of(self, identifier: str) -> list[Reference]:
        """The captures of a document, the first one first; none when it has none."""
        with self._lock:
            return self._store.captures_of(identifier)

    def capture(self, reference: Reference) -> Capture:
        """The capture there. Raises CaptureError when it is lost, altered or damaged."""
        return self._captures.read(reference)

    def record(self, reference: Reference) -> bytes:
        """The record as it lies, a gzip member. Raises CaptureError when it is lost."""
        return self._captures.raw(reference)

    def close(self) -> None:
        """Release the files. The archive cannot be used after it."""
        with self._lock:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _hit(self, key: int, score: float, word: int | None, vector: int | None) -> Hit:
        document, passage = self._store.passage(key)
        return Hit(passage, document, score, word, vector)

    def _is_behind(self) -> bool:
        return any(index.mark() < self._store.sequence for index in self._indexes)

    def _drop_foreign(self) -> None:
        """Clear an index that knows more documents than there are: the store was put back.

        It has to be seen before documents are added in the place of those that it knows.
        """
        for index in self._indexes:
            if index.mark() > self._store.sequence:
                with indexing(self.folder / LOCK, WAIT_SECONDS):
                    index.clear()

    def _index(self, progress: Progress | None) -> None:
        start = min(index.mark() for index in self._indexes)
        total = self._store.sequence - start
        for batch in self._batches(start):
            for index in self._indexes:
                _take_in(index, batch)
            if progress:
                progress(batch[-1][0] - start, total)

    def _batches(self, start: int) -> Iterator[list[tuple[int, list[Entry]]]]:
        """Documents after that place with their passages, some hundreds of passages at a time."""
        batch: list[tuple[int, list[Entry]]] = []
        passages = 0
        for document in self._store.since(start):
            entries = self._store.entries(document)
            batch.append((document.sequence or 0, entries))
            passages += len(entries)
            # The vectors are written whole: batches that grow with them keep that linear.
            if passages >= max(BATCH_PASSAGES, self._vectors.size() // 16):
                yield batch
                batch, passages = [], 0
        if batch:
            yield batch


def _take_in(index: PassageIndex, batch: list[tuple[int, list[Entry]]]) -> None:
    """Give an index what it lacks of the batch."""
    mark, last = index.mark(), batch[-1][0]
    if mark < last:
        index.add([e for sequence, entries in batch if sequence > mark for e in entries], last)


def _ranks(found: list[Ranked]) -> dict[int, int]:
    return {item.key: rank for rank, item in enumerate(found, start=1)}


def _fused(*rankings: dict[int, int]) -> list[tuple[int, float]]:
    """Keys with their fused scores, best first, equals by key."""
    keys = {key for ranks in rankings for key in ranks}
    scores = {
        key: sum(1 / (FUSION_K + ranks[key]) for ranks in rankings if key in ranks) for key in keys
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _ours(name: str) -> bool:
    """Whether a killed `create` may have left a file of that name."""
    return name.startswith((STORE, MARKER))


def _write_marker(folder: Path) -> None:
    partial = folder / f"{MARKER}.partial"
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.write(f"# An Onrecord workspace: keep its files together.\nformat = {FORMAT}\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / MARKER)
    except OSError as error:
        raise WorkspaceError(f"{folder}: no workspace can be made here: {error}") from error


def _check_marker(folder: Path) -> None:
    try:
        found = tomllib.loads((folder / MARKER).read_text(encoding="utf-8")).get("format")
    except (FileNotFoundError, NotADirectoryError):
        raise WorkspaceError(
            f"{folder} is no workspace: it has no {MARKER}; make one with `onrecord init {folder}`"
        ) from None
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"{folder / MARKER}: cannot be read: {error}") from error
    if found != FORMAT:
        raise WorkspaceError(
            f"{folder}: workspace format {found!r}, this Onrecord reads {FORMAT}; "
            "use the Onrecord that made it"
        )
