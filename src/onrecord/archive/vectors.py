"""Passages by meaning: an exact scan over 8-bit vectors with faiss, in one file.

Vectors of unit length are scaled by 127 and rounded, query and passages alike. Every score is then
a sum of whole numbers that floating point holds exactly, in whatever order it is summed, so that
equal vectors tie on every machine and the order of an answer is the same on every run.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from onrecord.archive.ports import Embeds, Entry, Limits, Ranked
from onrecord.errors import WorkspaceError

FILE = "vectors.npz"
FORMAT = 1
SCALE = 127
UNDATED = np.iinfo(np.int32).max
"""Stands for the day of publication of a document that has none: later than any."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class _State:
    """What the file holds. The arrays have one element for each passage."""

    mark: int
    embedder: str | None
    """Name of the embedder that made the vectors; None when there are none."""
    index: Any
    keys: Integers
    sequences: Integers
    latest: Integers


class VectorIndex:
    """A PassageIndex over meaning. Files are replaced whole; readers see the newest."""

    def __init__(self, folder: Path, embedder: Embeds) -> None:
        """Read the index, or begin an empty one where there is none that can be read."""
        self._path = folder / FILE
        self._embedder = embedder
        self._seen: tuple[int, int, int] | None = None
        self._state = _empty(embedder.dimensions)

    def made_by(self) -> str | None:
        """Name of the embedder that made the vectors; None when there are none."""
        return self._current().embedder

    def mark(self) -> int:
        """Place of the last document that is indexed for certain."""
        return self._current().mark

    def size(self) -> int:
        """Number of passages indexed."""
        return len(self._current().keys)

    def add(self, entries: Sequence[Entry], up_to: int) -> None:
        """Embed and index the passages, and replace the file at once, its mark in it.

        Raises WorkspaceError when the vectors there are another embedder's, or the disk is full.
        """
        state = self._matching()
        if entries:
            state = _extended(state, entries, self._vectors([embedded_text(e) for e in entries]))
        self._save(replace(state, mark=up_to, embedder=self._embedder.name))

    def search(self, query: str, k: int, limits: Limits) -> list[Ranked]:
        """The `k` passages nearest in meaning; the score is the cosine, to about two digits.

        Raises WorkspaceError when the vectors are another embedder's.
        """
        state = self._matching()
        allowed = _allowed(state, limits)
        total = int(allowed.sum())
        if not query.strip() or k < 1 or not total:
            return []
        vector = self._vectors([query])
        parameters = _parameters(state.keys[allowed])
        depth = min(2 * k, total)
        while True:
            scores, keys = state.index.search(vector, depth, params=parameters)
            order = np.lexsort((keys[0], -scores[0]))
            # More may lie level with the last that is wanted: go on until the level is left.
            if depth == total or scores[0][order[-1]] < scores[0][order[k - 1]]:
                return [_ranked(keys[0][place], scores[0][place]) for place in order[:k]]
            depth = min(4 * depth, total)

    def clear(self) -> None:
        """Forget everything, the embedder's name too."""
        self._save(_empty(self._embedder.dimensions))

    def check(self) -> None:
        """Raise WorkspaceError when the vectors there are another embedder's."""
        self._matching()

    def _matching(self) -> _State:
        state = self._current()
        same = state.index.d == self._embedder.dimensions
        if state.embedder is not None and not (same and state.embedder == self._embedder.name):
            raise WorkspaceError(
                f"{self._path}: the vectors were made with {state.embedder!r}, "
                f"this is {self._embedder.name!r}; run `onrecord rebuild` to make them again"
            )
        return state

    def _current(self) -> _State:
        """The state as it lies on the disk; read again when another process replaced it."""
        seen = _signature(self._path)
        if seen != self._seen:
            self._state = _load(self._path) or _empty(self._embedder.dimensions)
            self._seen = seen
        return self._state

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.asarray(self._embedder.embed(texts), dtype=np.float32)
        wanted = (len(texts), self._embedder.dimensions)
        if vectors.shape != wanted:
            raise ValueError(
                f"embedder {self._embedder.name!r} gave shape {vectors.shape}, wanted {wanted}"
            )
        if not np.isfinite(vectors).all():
            raise ValueError(f"embedder {self._embedder.name!r} gave numbers that are none")
        return np.clip(np.rint(vectors * SCALE), -SCALE, SCALE)

    def _save(self, state: _State) -> None:
        header = {"format": FORMAT, "mark": state.mark, "embedder": state.embedder}
        buffer = io.BytesIO()
        np.savez(
            buffer,
            header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8),
            index=faiss.serialize_index(state.index),
            keys=state.keys,
            sequences=state.sequences,
            latest=state.latest,
        )
        try:
            _replace(self._path, buffer.getbuffer())
        except OSError as error:
            raise WorkspaceError(
                f"{self._path}: the vectors cannot be written: {error}; "
                "the documents are safe, see that the disk has room and run `onrecord rebuild`"
            ) from error
        self._state = state
        self._seen = _signature(self._path)


def embedded_text(entry: Entry) -> str:
    """What is embedded of a passage: the title of its document, and its own text."""
    return f"{entry.title}. {entry.text}"


def _empty(dimensions: int) -> _State:
    scalar = faiss.IndexScalarQuantizer(
        dimensions, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )
    none = np.empty(0, dtype=np.int64)
    return _State(0, None, faiss.IndexIDMap(scalar), none, none, none)


def _extended(state: _State, entries: Sequence[Entry], vectors: NDArray[np.float32]) -> _State:
    # A copy, so that a save that fails leaves what is searched as it was.
    index = faiss.clone_index(state.index)
    keys = np.array([entry.key for entry in entries], dtype=np.int64)
    index.add_with_ids(vectors, keys)
    latest = [
        entry.published_latest.toordinal() if entry.published_latest else UNDATED
        for entry in entries
    ]
    return replace(
        state,
        index=index,
        keys=np.concatenate([state.keys, keys]),
        sequences=np.concatenate([state.sequences, [entry.sequence for entry in entries]]),
        latest=np.concatenate([state.latest, np.array(latest, dtype=np.int64)]),
    )


def _allowed(state: _State, limits: Limits) -> NDArray[np.bool_]:
    allowed = state.sequences <= limits.as_of
    if limits.before is None:
        return allowed
    return allowed & (state.latest <= limits.before.toordinal())


def _parameters(keys: Integers) -> Any:
    """That only passages of these keys are scanned."""
    bits = np.zeros(int(keys.max()) + 1, dtype=np.bool_)
    bits[keys] = True
    # The wrapper takes an array and keyword arguments, the types that come with it do not know.
    selector = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore # as above
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg] # as above


def _ranked(key: np.int64, score: np.float32) -> Ranked:
    return Ranked(key=int(key), score=float(score) / SCALE**2)


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _load(path: Path) -> _State | None:
    """What the file holds; None when it is missing or damaged: it is made again from the store."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as parts:
            header = json.loads(parts["header"].tobytes())
            if header["format"] != FORMAT:
                return None
            state = _State(
                mark=header["mark"],
                embedder=header["embedder"],
                index=faiss.deserialize_index(parts["index"]),
                keys=parts["keys"],
                sequences=parts["sequences"],
                latest=parts["latest"],
            )
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, BadZipFile):
        return None
    return state if state.index.ntotal == len(state.keys) == len(state.latest) else None


def _replace(path: Path, content: memoryview) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
