"""The captured bytes, as WARC records in files that are only ever appended to."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from io import FileIO
from pathlib import Path

from onrecord.archive.lock import held
from onrecord.archive.ports import Reference
from onrecord.errors import WorkspaceError
from onrecord.inflate import InflateError, gunzip_member, members
from onrecord.model import Capture
from onrecord.warc import MOST_RECORD, WarcError, capture_of, info_bytes, record_bytes

FILE_BYTES = 256_000_000
"""Size at which a file is full, and the next one begins."""

LOCK = "lock.sqlite3"

_NAME = re.compile(r"captures-(\d{6,})\.warc\.gz")
_BUSY = "another process is writing captures; try again when that process is done"


class CaptureError(WorkspaceError):
    """A capture is not what was kept: lost, altered, or damaged."""


def nothing_sure(name: str) -> int:
    """Of no file is anything known."""
    return 0


class Captures:
    """A folder of WARC files. Safe to share between processes, and between threads for reading.

    A record is acknowledged when it is on the disk. What a killed process left half written at
    the end of a file stays there, sealed off: the next record goes into a new file.
    """

    def __init__(
        self,
        folder: Path,
        sure: Callable[[str], int] = nothing_sure,
        file_bytes: int = FILE_BYTES,
    ) -> None:
        """Nothing is read or made yet.

        `sure` tells up to which offset a file of that name is known to be whole, so that only what
        lies behind it has to be read before a record is added.
        """
        self.folder = folder
        self._sure = sure
        self._file_bytes = file_bytes

    def keep(self, capture: Capture) -> Reference:
        """Keep one; see `keep_all`."""
        return self.keep_all([capture])[0]

    def keep_all(self, captures: Sequence[Capture]) -> list[Reference]:
        """Append the records of the captures, and say where each one lies when all are on the disk.

        One that lies there behind what is sure, left by a process that was killed before it could
        say so, is not written again. Raises WorkspaceError when they cannot be written; nothing
        is acknowledged then.
        """
        if not captures:
            return []
        records = {capture.record: capture for capture in captures}
        with held(self.folder / LOCK, "the captures", _BUSY):
            try:
                found = self._unsure()
                new = [capture for record, capture in records.items() if record not in found]
                found |= {reference.record: reference for reference in self._append(new)}
            except OSError as error:
                raise WorkspaceError(
                    f"{self.folder}: captures cannot be kept: {error.strerror or error}; "
                    "nothing was added, make room and try again"
                ) from error
        return [found[capture.record] for capture in captures]

    def read(self, reference: Reference) -> Capture:
        """The capture there, its content held against the hash.

        Raises CaptureError when it is not there, is damaged, or is another.
        """
        place = f"{self.folder / reference.file}: the record at byte {reference.offset}"
        try:
            capture = capture_of(gunzip_member(self.raw(reference), MOST_RECORD))
        except (InflateError, WarcError) as error:
            raise CaptureError(f"{place} is damaged: {error}") from error
        if capture is None or capture.sha256 != reference.sha256:
            raise CaptureError(f"{place} does not have the content that was kept")
        if capture.record != reference.record:
            raise CaptureError(f"{place} has another address or moment than was kept")
        return capture

    def raw(self, reference: Reference) -> bytes:
        """The record there as it lies, a gzip member. Raises CaptureError when it is not there."""
        path = self.folder / reference.file
        if not _NAME.fullmatch(reference.file):
            raise CaptureError(f"{self.folder}: {reference.file!r} is no file of captures")
        try:
            with path.open("rb") as file:
                file.seek(reference.offset)
                content = file.read(reference.length)
        except OSError as error:
            raise CaptureError(f"{path}: cannot be read: {error.strerror}") from error
        if len(content) < reference.length:
            raise CaptureError(f"{path}: it ends before the record at byte {reference.offset}")
        return content

    def references(self) -> Iterator[Reference]:
        """Where each whole record lies that can be read, by files and in their order."""
        for name in self.names():
            yield from self._records(name, 0)

    def names(self) -> list[str]:
        """The files of captures, the oldest first."""
        try:
            found = [name for name in os.listdir(self.folder) if _NAME.fullmatch(name)]
        except FileNotFoundError:
            return []
        return sorted(found, key=_number)

    def size(self) -> int:
        """Bytes that the files take."""
        return sum((self.folder / name).stat().st_size for name in self.names())

    def _unsure(self) -> dict[str, Reference]:
        """The whole records behind what is sure."""
        return {
            reference.record: reference
            for name in self.names()
            for reference in self._records(name, self._sure(name))
        }

    def _records(self, name: str, start: int) -> Iterator[Reference]:
        with (self.folder / name).open("rb") as file:
            file.seek(start)
            for offset, length in members(file):
                reference = self._reference(name, offset, length)
                if reference:
                    yield reference

    def _reference(self, name: str, offset: int, length: int) -> Reference | None:
        """Where a capture lies; None where the record is of another kind, or damaged."""
        with (self.folder / name).open("rb") as file:
            file.seek(offset)
            try:
                capture = capture_of(gunzip_member(file.read(length), MOST_RECORD))
            except (InflateError, WarcError):
                return None
        if capture is None:
            return None
        return Reference(name, offset, length, capture.record, capture.sha256)

    def _append(self, captures: Sequence[Capture]) -> list[Reference]:
        references: list[Reference] = []
        left = list(captures)
        while left:
            name, start = self._next_place(left[0].captured_at)
            with (self.folder / name).open("r+b", buffering=0) as file:
                file.seek(start)
                try:
                    while left and file.tell() < self._file_bytes:
                        references.append(_write(file, name, left.pop(0)))
                    os.fsync(file.fileno())
                except OSError:
                    # None of it was acknowledged, and nobody else writes here now.
                    file.truncate(start)
                    raise
        return references

    def _next_place(self, moment: str) -> tuple[str, int]:
        """The file to append to and its end: the last one, or a new one where that is no good."""
        names = self.names()
        if names:
            name = names[-1]
            size = (self.folder / name).stat().st_size
            if size < self._file_bytes and size == self._whole(name):
                return name, size
        number = _number(names[-1]) + 1 if names else 1
        return self._begin(f"captures-{number:06d}.warc.gz", moment)

    def _whole(self, name: str) -> int:
        """Up to which byte the file is whole records."""
        end = self._sure(name)
        with (self.folder / name).open("rb") as file:
            file.seek(end)
            for offset, length in members(file):
                end = offset + length
        return end

    def _begin(self, name: str, moment: str) -> tuple[str, int]:
        """A new file with its first record, on the disk."""
        record = uuid.uuid5(uuid.NAMESPACE_URL, f"{name} {moment}").urn
        info = info_bytes(name, f"Onrecord {version('onrecord')}", moment, record)
        with (self.folder / name).open("xb") as file:
            file.write(info)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(self.folder)
        return name, len(info)


def _write(file: FileIO, name: str, capture: Capture) -> Reference:
    content = record_bytes(capture)
    offset = file.tell()
    written = 0
    while written < len(content):
        written += file.write(content[written:]) or 0
    return Reference(name, offset, len(content), capture.record, capture.sha256)


def _number(name: str) -> int:
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else 0


def _sync_folder(folder: Path) -> None:
    """The name of a new file outlives a loss of power only when the folder is on the disk, too."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
