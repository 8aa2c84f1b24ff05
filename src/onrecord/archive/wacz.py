"""The captures as one package that other tools replay: WACZ 1.1.1."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid4, uuid5

from onrecord.archive.archive import Archive
from onrecord.archive.ports import Kept
from onrecord.errors import InputError
from onrecord.model import Capture, rfc3339
from onrecord.warc import info_bytes

VERSION = "1.1.1"
DATA = "archive/data.warc.gz"
INDEX = "indexes/index.cdx"
PAGES = "pages/pages.jsonl"
EXPORTS = "exports.jsonl"
"""File of the workspace that keeps the hash of every package: what lies in one proves nothing of
it, for whoever alters it can alter that, too."""

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Package:
    """A package that was written."""

    file: str
    """Its name, without the folder."""
    sha256: str
    """Hex digest of the whole of it."""
    size_bytes: int
    captures: int
    pages: int
    created: str
    """RFC 3339 moment."""


@dataclass(frozen=True)
class _Entry:
    """A capture as it lies in the package."""

    capture: Capture
    offset: int
    length: int
    title: str | None
    """Of the first document read from it; None when there is none."""


def export(archive: Archive, path: Path, created: datetime) -> Package:
    """Write all captures into a package, whole or not at all, and keep its hash in the workspace.

    The same captures at the same moment give the same bytes. Raises CaptureError when one of them
    is lost or altered, InputError when the name does not end in .wacz, when there is nothing to
    export, or when the file cannot be written.
    """
    if path.suffix.casefold() != ".wacz":
        raise InputError(f"{path}: the name of a WACZ package ends in .wacz")
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        entries = _write(archive, part, created.astimezone(UTC))
        with part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        package = Package(
            file=path.name,
            sha256=digest,
            size_bytes=part.stat().st_size,
            captures=len(entries),
            pages=sum(entry.title is not None for entry in entries),
            created=rfc3339(created),
        )
        _note(archive.folder / EXPORTS, package)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"cannot write the package {path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return package


def _write(archive: Archive, path: Path, created: datetime) -> list[_Entry]:
    with zipfile.ZipFile(path, "w") as package:
        kept = list(archive.captures())
        if not kept:
            raise InputError(f"{archive.folder}: it holds no captures, there is nothing to export")
        resources, entries = [], []
        with package.open(_info(DATA, created), "w", force_zip64=True) as file:
            hashed = _Hashed(file)
            entries = list(_records(archive, kept, hashed, created))
            resources.append(_resource(DATA, hashed.digest, hashed.size))
        for name, lines in ((INDEX, _index(entries)), (PAGES, _pages(entries))):
            content = "".join(f"{line}\n" for line in lines).encode()
            package.writestr(_info(name, created, zipfile.ZIP_DEFLATED), content)
            resources.append(_resource(name, hashlib.sha256(content).hexdigest(), len(content)))
        _manifest(package, resources, created)
    return entries


def _records(
    archive: Archive, kept: Sequence[Kept], file: _Hashed, created: datetime
) -> Iterator[_Entry]:
    moment = rfc3339(created)
    record = uuid5(NAMESPACE_URL, f"{DATA} {moment}").urn
    file.write(info_bytes("data.warc.gz", _software(), moment, record))
    for item in kept:
        capture = archive.capture(item.reference)
        content = archive.record(item.reference)
        offset = file.size
        file.write(content)
        yield _Entry(capture, offset, len(content), _title(archive, item))


class _Hashed:
    """A file that is hashed and counted while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hasher = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        return self._hasher.hexdigest()

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._hasher.update(content)
        self.size += len(content)


def _title(archive: Archive, kept: Kept) -> str | None:
    if not kept.documents:
        return None
    document = archive.document(kept.documents[0])
    return document.title if document else None


def _index(entries: Iterable[_Entry]) -> list[str]:
    """CDXJ: a sort key made of the address, the moment, and where the record lies."""
    return sorted(
        f"{sort_key(entry.capture.uri)} {_digits(entry.capture.captured_at)} "
        + json.dumps(
            {
                "url": entry.capture.uri,
                "mime": entry.capture.media_type or "unk",
                "status": str(entry.capture.status or 200),
                "digest": f"sha256:{entry.capture.sha256}",
                "length": str(entry.length),
                "offset": str(entry.offset),
                "filename": "data.warc.gz",
            }
        )
        for entry in entries
    )


def sort_key(url: str) -> str:
    """The address with its host turned round (SURT), so that a site's pages lie side by side.

    'https://www.Example.org/a?y=2&x=1' is 'org,example)/a?x=1&y=2'.
    """
    try:
        parts = urlsplit(url.casefold())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS:
        return url
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    turned = ",".join(reversed(host.split(".")))
    place = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    query = "&".join(sorted(parts.query.split("&")))
    path = parts.path.rstrip("/") or "/"
    return f"{turned}{place}){path}" + (f"?{query}" if query else "")


def _pages(entries: Iterable[_Entry]) -> list[str]:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    pages = [
        {
            "id": entry.capture.record.removeprefix("urn:uuid:"),
            "url": entry.capture.uri,
            "ts": entry.capture.captured_at,
            "title": entry.title,
        }
        for entry in entries
        if entry.title is not None
    ]
    return [json.dumps(line) for line in (head, *pages)]


def _manifest(package: zipfile.ZipFile, resources: list[dict[str, Any]], created: datetime) -> None:
    content = json.dumps(
        {
            "profile": "data-package",
            "wacz_version": VERSION,
            "software": _software(),
            "created": rfc3339(created),
            "resources": resources,
        },
        indent=2,
    ).encode()
    digest = {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    package.writestr(_info("datapackage.json", created, zipfile.ZIP_DEFLATED), content)
    package.writestr(
        _info("datapackage-digest.json", created, zipfile.ZIP_DEFLATED), json.dumps(digest)
    )


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "hash": f"sha256:{digest}",
        "bytes": size,
    }


def _info(name: str, created: datetime, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, created.timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info


def _note(path: Path, package: Package) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(package)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _software() -> str:
    return f"Onrecord {version('onrecord')}"


def _digits(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y%m%d%H%M%S")
