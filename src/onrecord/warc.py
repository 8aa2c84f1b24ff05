"""A capture as a WARC record, and back (ISO 28500, WARC/1.1)."""

from __future__ import annotations

import re
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from ipaddress import ip_address
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from onrecord.inflate import InflateError, decoded
from onrecord.model import Capture, Headers

MOST_HEAD = 65_536
"""Longest head of a record that is read, in bytes."""

MOST_HTTP_HEAD = 262_144
"""Longest head of the HTTP answer in a record that is read, in bytes."""

MOST_RECORD = 64_000_000
"""Largest record that is read, made plain, in bytes."""

_ORIGINAL = "X-Archive-Orig-"
"""Put before headers that speak of the body's way and not of the body that is kept."""

_OF_THE_WAY = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_TYPES = ("response", "resource")
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_URI = re.compile(r"[!-~]+")


class WarcError(ValueError):
    """What should be a record is none, is damaged, or is beyond the bounds."""


class WarcBrokenError(WarcError):
    """The file cannot be read beyond this point."""


class _Writer(WARCWriter):  # type: ignore[misc] # the library has no types
    """Digests in SHA-256."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class _Head(StatusAndHeaders):  # type: ignore[misc] # the library has no types
    """The head of an HTTP answer, with the bytes that came."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        lines = (f"{name}: {value}" for name, value in self.headers)
        head = (f"{self.protocol} {self.statusline}", *lines, "", "")
        self.headers_buff = b"\r\n".join(_as_sent(line) for line in head)


def record_bytes(capture: Capture) -> bytes:
    """The record of a capture as a gzip member: `response` of a page, `resource` of a file."""
    out = BytesIO()
    writer = _Writer(out, gzip=True, warc_version="1.1")
    fields = {
        "WARC-Record-ID": f"<{capture.record}>",
        "WARC-Date": capture.captured_at,
        "WARC-Payload-Digest": f"sha256:{capture.sha256}",
    }
    if capture.address:
        fields["WARC-IP-Address"] = capture.address
    is_page = capture.status is not None
    record = writer.create_warc_record(
        capture.uri,
        "response" if is_page else "resource",
        payload=BytesIO(capture.content),
        length=len(capture.content),
        warc_content_type="" if is_page else capture.content_type,
        warc_headers_dict=fields,
        http_headers=_http(capture) if is_page else None,
    )
    writer.write_record(record)
    return out.getvalue()


def info_bytes(name: str, software: str, moment: str, record: str) -> bytes:
    """The record that begins a file, as a gzip member: which file it is, and what wrote it."""
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    out = BytesIO()
    writer = _Writer(out, gzip=True, warc_version="1.1")
    head = {"WARC-Record-ID": f"<{record}>", "WARC-Date": moment, "WARC-Filename": name}
    writer.write_record(
        writer.create_warc_record(
            "", "warcinfo", BytesIO(fields), len(fields), warc_headers_dict=head
        )
    )
    return out.getvalue()


def capture_of(record: bytes) -> Capture | None:
    """The capture of a plain record; None of one that is neither a page nor a file.

    Its digests are held against it. Of the HTTP answer the chunks and the content encoding are
    undone. Raises WarcError when the record is no record, is damaged, lies about its digests, or
    grows beyond `MOST_RECORD`.
    """
    _check_heads(record)
    try:
        found = next(iter(ArchiveIterator(BytesIO(record), check_digests=True)))
        if found.rec_type not in _TYPES:
            return None
        block = found.raw_stream.read()
        return _capture(found, block)
    except WarcError:
        raise
    except InflateError as error:
        raise WarcError(f"its body cannot be read: {error}") from error
    except Exception as error:  # whatever the library makes of a hostile record, it is the record's
        kind = type(error).__name__
        raise WarcError(f"it cannot be read: {kind}: {str(error)[:200]}") from error


def next_record(file: BinaryIO) -> bytes | None:
    """The next plain record of a file of plain records; None at its end.

    Raises WarcError when what follows is no record, ends too early, or is larger than
    `MOST_RECORD`. After one that is too large the file is read on to its end, so that the next
    call gives the one after it.
    """
    head = _head(file)
    if head is None:
        return None
    length = _LENGTH.search(head)
    if length is None:
        raise WarcBrokenError("the head of a record does not say how long it is")
    size = int(length[1])
    if size > MOST_RECORD:
        _skip(file, size)
        raise WarcError(f"a record of {size} bytes, at most {MOST_RECORD} are read")
    block = file.read(size)
    if len(block) < size:
        raise WarcBrokenError(f"the last record has {len(block)} bytes of {size}")
    return head + block + b"\r\n\r\n"


def _head(file: BinaryIO) -> bytes | None:
    """The lines up to the blank one; those before the first that is not blank are passed over."""
    head = b""
    while True:
        line = file.readline(MOST_HEAD)
        if not line:
            if head:
                raise WarcBrokenError("the head of the last record ends too early")
            return None
        if not head and not line.strip():
            continue
        if not head and not line.startswith(b"WARC/"):
            raise WarcBrokenError(f"no record where one should be: {line[:40]!r}")
        head += line
        if not line.strip():
            return head
        if len(head) > MOST_HEAD:
            raise WarcBrokenError(f"the head of a record is over {MOST_HEAD} bytes")


def _skip(file: BinaryIO, size: int) -> None:
    while size > 0 and (passed := len(file.read(min(size, 1_000_000)))):
        size -= passed


def _check_heads(record: bytes) -> None:
    """The library reads lines of any length, slowly: none may be long."""
    end = _BLANK.search(record, 0, MOST_HEAD + 4)
    if not record.startswith(b"WARC/") or end is None:
        raise WarcError(f"it has no head of at most {MOST_HEAD} bytes")
    # Only an HTTP answer has a second head.
    is_response = re.search(rb"^warc-type:[ \t]*response", record[: end.end()], re.I | re.M)
    if is_response and not _BLANK.search(record, end.end(), end.end() + MOST_HTTP_HEAD):
        raise WarcError(f"its HTTP answer has no head of at most {MOST_HTTP_HEAD} bytes")


def _capture(found: Any, block: bytes) -> Capture:
    uri = found.rec_headers.get_header("WARC-Target-URI") or ""
    if not _URI.fullmatch(uri):
        raise WarcError("it names no address")
    http = found.http_headers
    body = block
    if http is not None:
        if http.get_header("transfer-encoding", "").casefold() == "chunked":
            body = _unchunked(block)
        body = decoded(body, http.get_header("content-encoding") or "", MOST_RECORD)
    _check_digests(found, is_as_sent=body == block)
    return Capture(
        uri=uri,
        content=body,
        content_type=_content_type(found),
        captured_at=_moment(found.rec_headers.get_header("WARC-Date")),
        status=None if http is None else _status(http.get_statuscode()),
        headers=() if http is None else _headers(http),
        address=_ip(found.rec_headers.get_header("WARC-IP-Address")),
    )


def _check_digests(found: Any, *, is_as_sent: bool) -> None:
    """Tools do not agree whether the payload's digest is of the chunks or of what they hold."""
    problems = [
        problem
        for problem in found.digest_checker.problems
        if "failed" in problem and (is_as_sent or problem.startswith("block"))
    ]
    if problems:
        raise WarcError(f"its content does not have the digest that it says: {problems[0]}")


def _unchunked(block: bytes) -> bytes:
    reader = ChunkedDataReader(BytesIO(block), raise_exceptions=True)
    return bytes(reader.read())


def _content_type(found: Any) -> str:
    head = found.rec_headers if found.http_headers is None else found.http_headers
    return head.get_header("Content-Type") or ""


def _moment(text: str | None) -> str:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        raise WarcError(f"its date {(text or '')[:40]!r} is none") from None
    if moment.tzinfo is None:
        raise WarcError(f"its date {text!r} has no zone")
    return text or ""


def _ip(text: str | None) -> str | None:
    try:
        return str(ip_address(text or ""))
    except ValueError:
        return None


def _status(code: str) -> int:
    if not re.fullmatch(r"[1-9]\d\d", code or "", re.ASCII):
        raise WarcError(f"its HTTP status {(code or '')[:20]!r} is none")
    return int(code)


def _headers(http: Any) -> Headers:
    return tuple((name, value) for name, value in http.headers)


def _http(capture: Capture) -> _Head:
    """The head of the answer that is kept: its body lies plain, so its length is another."""
    length = ("Content-Length", str(len(capture.content)))
    headers = [
        (_ORIGINAL + name if name.casefold() in _OF_THE_WAY else name, value)
        for name, value in capture.headers
        if (name, value) != length
    ]
    headers.append(length)
    return _Head(_status_line(capture.status), headers, protocol="HTTP/1.1")


def _as_sent(line: str) -> bytes:
    """Bytes of a head are Latin-1, but for those who write UTF-8."""
    line = re.sub(r"[\r\n]", " ", line)
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")


def _status_line(status: int | None) -> str:
    try:
        return f"{status} {HTTPStatus(status or 0).phrase}"
    except ValueError:
        return f"{status}"
