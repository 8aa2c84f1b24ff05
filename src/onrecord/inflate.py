"""Compressed bytes made plain again, up to a bound: a few of them can stand for gigabytes."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 31
_ZLIB = 15
_RAW = -15
_STEP = 65_536

MOST_RATIO = 200
"""How many times its compressed size a stream may grow. Pages reach 20, gzip goes up to 1,030."""

RATIO_RESERVE = 64_000_000
"""Bytes that a stream may grow to whatever its ratio."""


OF_A_BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
"""What zipfile raises on a damaged or hostile package, on opening it or while reading."""


class InflateError(ValueError):
    """The bytes are not what they are said to be, end too early, or grow beyond the bound."""


def decoded(content: bytes, encoding: str, most: int) -> bytes:
    """The body of an HTTP answer without its content encoding: gzip, deflate, br or none.

    At most `most` bytes are ever made. Raises InflateError.
    """
    name = encoding.strip().casefold().removeprefix("x-")
    match name:
        case "" | "identity":
            return _bounded(content, most)
        case "gzip":
            return _gunzipped(content, most)
        case "deflate":
            return _unzipped(content, _deflate_bits(content), most)[0]
        case "br":
            return _unbrotlied(content, most)
    raise InflateError(f"content encoding {encoding[:40]!r} is not read; gzip, deflate and br are")


def members(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Offset and length of the whole gzip members from the file's place on, one after another.

    Ends before the first that is not whole. What they hold is not kept.
    """
    offset = end = file.tell()
    data = b""
    while True:
        inflater = zlib.decompressobj(_GZIP)
        while not inflater.eof:
            data = data or file.read(_STEP)
            if not data:
                return
            end += len(data)
            try:
                inflater.decompress(data, _STEP)
            except zlib.error:
                return
            # At its end an inflater may have the rest of the input under both names.
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            end -= len(data)
        yield offset, end - offset
        offset = end


def gunzip_member(content: bytes, most: int) -> bytes:
    """What one gzip member holds, and nothing after it. Raises InflateError."""
    plain, rest = _unzipped(content, _GZIP, most)
    if rest:
        raise InflateError(f"{len(rest)} bytes follow the end of what was compressed")
    return plain


def plain_stream(file: BinaryIO) -> BinaryIO:
    """The file as it is, or gunzipped where it is gzip, however many members it has.

    Reading raises InflateError where it is no gzip, ends too early, or grows beyond
    `MOST_RATIO` times what was read of it.
    """
    head = file.read(2)
    file.seek(-len(head), io.SEEK_CUR)
    return io.BufferedReader(_Gunzip(file), _STEP) if head == _GZIP_MAGIC else file


class _Gunzip(io.RawIOBase):
    """A gzip stream, read plain."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflater = zlib.decompressobj(_GZIP)
        self._data = b""
        self._taken = 0
        self._made = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # as it is called
        while True:
            if self._inflater.eof:
                self._data = self._inflater.unused_data
                if not (self._data or self._fill()):
                    return 0
                self._inflater = zlib.decompressobj(_GZIP)
            if not (self._data or self._fill()):
                if self._taken:
                    raise InflateError("the gzip stream ends too early")
                return 0
            try:
                plain = self._inflater.decompress(self._data, len(buffer))
            except zlib.error as error:
                raise InflateError(f"no gzip from byte {self._taken} on: {error}") from error
            self._data = self._inflater.unconsumed_tail
            if plain:
                return self._give(plain, buffer)

    def _fill(self) -> bool:
        self._data = self._file.read(_STEP)
        self._taken += len(self._data)
        return bool(self._data)

    def _give(self, plain: bytes, buffer: bytearray | memoryview) -> int:
        self._made += len(plain)
        if self._made > RATIO_RESERVE + MOST_RATIO * self._taken:
            raise InflateError(
                f"{self._taken} compressed bytes grew to {self._made}: this is taken for a bomb"
            )
        buffer[: len(plain)] = plain
        return len(plain)


def _gunzipped(content: bytes, most: int) -> bytes:
    plain, rest = _unzipped(content, _GZIP, most)
    while rest.startswith(_GZIP_MAGIC):
        made, rest = _unzipped(rest, _GZIP, most - len(plain))
        plain += made
    return plain


def _unzipped(content: bytes, bits: int, most: int) -> tuple[bytes, bytes]:
    """What a zlib stream holds, and the bytes after it."""
    inflater = zlib.decompressobj(bits)
    try:
        plain = inflater.decompress(content, most + 1)
    except zlib.error as error:
        raise InflateError(f"not compressed as it says: {error}") from error
    _bounded(plain, most)
    if not inflater.eof:
        raise InflateError("what was compressed ends too early")
    return plain, inflater.unused_data


def _deflate_bits(content: bytes) -> int:
    """Servers say 'deflate' both for zlib, as RFC 9110 has it, and for bare deflate."""
    is_zlib = len(content) > 1 and content[0] & 15 == 8 and (content[0] << 8 | content[1]) % 31 == 0
    return _ZLIB if is_zlib else _RAW


def _unbrotlied(content: bytes, most: int) -> bytes:
    # Loaded when a server sends it.
    import brotli

    inflater = brotli.Decompressor()
    try:
        plain = bytes(inflater.process(content, output_buffer_limit=most + 1))
    except brotli.error as error:
        raise InflateError(f"not compressed as it says: {error}") from error
    _bounded(plain, most)
    if not inflater.is_finished():
        raise InflateError("what was compressed ends too early")
    return plain


def _bounded(plain: bytes, most: int) -> bytes:
    if len(plain) > most:
        raise InflateError(f"over {most} bytes when made plain")
    return plain
