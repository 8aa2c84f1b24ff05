"""Lines of a data file, plain or gzip, with the hash of what was read."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from onrecord.errors import InputError
from onrecord.intake.plain import kind_of, read_json

MOST_LINE_BYTES = 10_000_000
"""Longest line that is read, unpacked."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Lines:
    """What a file holds."""

    path: Path
    lines: tuple[tuple[int, str], ...]
    """Their numbers, from 1, and their text without the line end; blank ones are left out."""
    sha256: str
    """Of the whole file, unpacked: the same whether it lies packed or not."""

    def place(self, number: int) -> str:
        """A line's place, for messages."""
        return f"{self.path}: line {number}"


def read_lines(path: Path) -> Lines:
    """The lines of a UTF-8 file; that it is gzip is seen by its first bytes, not by its name.

    Raises InputError, which begins with the file's name, when it cannot be read or unpacked, is
    not UTF-8, or has a line of more than MOST_LINE_BYTES.
    """
    digest = hashlib.sha256()
    lines = []
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_unpacked(file), start=1):
                if len(line) > MOST_LINE_BYTES:
                    raise InputError(
                        f"{path}: line {number} is longer than {MOST_LINE_BYTES} bytes"
                    )
                digest.update(line)
                text = line.decode("utf-8-sig").rstrip("\r\n")
                if text.strip():
                    lines.append((number, text))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: line {number} is not UTF-8: {error.reason}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: cannot be unpacked: {error}; fetch the file again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return Lines(path, tuple(lines), digest.hexdigest())


def objects(lines: Lines) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON object of each line, with its place for messages.

    Raises InputError, which begins with the place, for a line that is something else.
    """
    for number, text in lines.lines:
        place = lines.place(number)
        found = read_json(text, place)
        if not isinstance(found, dict):
            raise InputError(f"{place}: an object is wanted, got {kind_of(found)}")
        yield place, found


def text_field(row: dict[str, Any], name: str, place: str) -> str:
    """The text of a field. Raises InputError when it is missing or no text that can be encoded."""
    value = row.get(name)
    if not isinstance(value, str):
        raise InputError(f"{place}: {name!r} is wanted as text, got {kind_of(value)}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError(f"{place}: {name!r} holds half a character (a lone surrogate)") from None
    return value


def _unpacked(file: io.BufferedReader) -> Iterator[bytes]:
    packed = file.peek(2)[:2] == _GZIP
    source = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if packed else file
    return iter(lambda: source.readline(MOST_LINE_BYTES + 1), b"")
