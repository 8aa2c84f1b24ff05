"""What others captured: the pages of WARC files and WACZ packages. Nothing is unpacked to disk."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from onrecord.errors import InputError
from onrecord.inflate import MOST_RATIO, OF_A_BAD_ZIP, RATIO_RESERVE, InflateError, plain_stream
from onrecord.intake.plain import read_json
from onrecord.model import Capture
from onrecord.warc import WarcBrokenError, WarcError, capture_of, next_record

MOST_FILES = 10_000
"""Most files in a package that is read."""

MOST_MANIFEST = 5_000_000
"""Largest datapackage.json that is read, in bytes."""

MOST_PAGE_LINE = 5_000_000
"""Longest line of a list of pages that is read, in bytes."""

_WARC = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
_PAGES = re.compile(r"pages/[^/]+\.jsonl")
_STEP = 1_000_000


@dataclass(frozen=True)
class Damage:
    """A record that cannot be trusted or read, or the end of a file that is not its end."""

    place: str
    """File, and number of the record in it, from 1."""
    why: str


def read_warc(path: Path) -> Iterator[Capture | Damage]:
    """The pages and files of a WARC file, gzip or plain, in order, with what of it is damaged.

    Other records (requests, metadata, revisits) are passed over. Raises InputError when the file
    cannot be opened.
    """
    try:
        with path.open("rb") as file:
            yield from _captures(file, str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def read_wacz(path: Path, sha256: str | None = None) -> Iterator[Capture | Damage]:
    """The pages of a WACZ package (1.1.1), with what of it is damaged.

    Where the package lists its pages, what else belongs to them (pictures, scripts, frames) is
    passed over. Before the first page is given, every file in the package is held against the
    hash in its manifest, and the package against `sha256` where one is given: the manifest lies in
    the package, so whoever altered one could have altered both.

    Raises InputError when it is no package, is altered, or is beyond the bounds.
    """
    _check_anchor(path, sha256)
    with _package(path) as package:
        names = _checked_names(path, package)
        pages = _pages(package, [name for name in names if _PAGES.fullmatch(name)], path)
        for name in names:
            if not _WARC.fullmatch(name):
                continue
            with package.open(name) as file:
                for item in _captures(cast("BinaryIO", file), f"{path}: {name}"):
                    if isinstance(item, Damage) or not pages or item.uri in pages:
                        yield item


def _captures(file: BinaryIO, place: str) -> Iterator[Capture | Damage]:
    number = 0
    reader = plain_stream(file)
    while True:
        number += 1
        try:
            record = next_record(reader)
            if record is None:
                return
            capture = capture_of(record)
        except (WarcBrokenError, InflateError) as error:
            yield Damage(f"{place}: record {number}", f"{error}; nothing beyond it is read")
            return
        except WarcError as error:
            yield Damage(f"{place}: record {number}", str(error))
            continue
        if capture:
            yield capture


def _check_anchor(path: Path, sha256: str | None) -> None:
    if sha256 is None:
        return
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if found != sha256.casefold().removeprefix("sha256:"):
        raise InputError(
            f"{path}: its SHA-256 is {found}, not {sha256}; it was altered, or is another"
        )


@contextmanager
def _package(path: Path) -> Iterator[zipfile.ZipFile]:
    """The open package. Whatever a hostile one makes the library raise is an InputError."""
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except OF_A_BAD_ZIP as error:
        raise InputError(f"{path}: no WACZ package, or a damaged one: {error}") from error


def _checked_names(path: Path, package: zipfile.ZipFile) -> list[str]:
    """The names of the files in a package that is what its manifest says."""
    infos = [info for info in package.infolist() if not info.is_dir()]
    names = [info.filename for info in infos]
    if len(names) > MOST_FILES:
        raise InputError(f"{path}: {len(names)} files in it, at most {MOST_FILES} are read")
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise InputError(f"{path}: two files in it are named {twice[0]!r}")
    if locked := [info.filename for info in infos if info.flag_bits & 1]:
        raise InputError(f"{path}: {locked[0]!r} in it is encrypted")
    hashes = _hashes(path, package)
    for info in infos:
        if info.filename in ("datapackage.json", "datapackage-digest.json"):
            continue
        if info.filename not in hashes:
            raise InputError(f"{path}: its manifest does not know {info.filename!r}")
        if _digest(package, info) != hashes[info.filename]:
            raise InputError(f"{path}: {info.filename!r} in it is not what its manifest says")
    if missing := sorted(set(hashes) - set(names)):
        raise InputError(f"{path}: {missing[0]!r} is missing in it")
    return names


def _hashes(path: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 that the manifest has for each file."""
    manifest = _manifest(path, package, "datapackage.json")
    if manifest is None:
        raise InputError(f"{path}: no WACZ package: it has no datapackage.json")
    digest = _manifest(path, package, "datapackage-digest.json")
    told = read_json(digest.decode("utf-8", "replace"), f"{path}: digest") if digest else {}
    told_hash = told.get("hash") if isinstance(told, dict) else None
    if digest and told_hash != f"sha256:{hashlib.sha256(manifest).hexdigest()}":
        raise InputError(f"{path}: its manifest is not what datapackage-digest.json says")
    plain = read_json(manifest.decode("utf-8", "replace"), f"{path}: manifest")
    resources = plain.get("resources") if isinstance(plain, dict) else None
    try:
        return {item["path"]: _sha256(item["hash"]) for item in resources or ()}
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise InputError(f"{path}: its manifest does not list files with SHA-256 hashes") from error


def _sha256(label: str) -> str:
    if not label.startswith("sha256:"):
        raise ValueError(label)
    return label.removeprefix("sha256:").casefold()


def _manifest(path: Path, package: zipfile.ZipFile, name: str) -> bytes | None:
    if name not in package.namelist():
        return None
    with package.open(name) as file:
        content = file.read(MOST_MANIFEST + 1)
    if len(content) > MOST_MANIFEST:
        raise InputError(f"{path}: {name} is over {MOST_MANIFEST} bytes")
    return content


def _digest(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    most = RATIO_RESERVE + MOST_RATIO * info.compress_size
    if info.file_size > most:
        raise ValueError(f"{info.filename!r} grows to {info.file_size} bytes, taken for a bomb")
    hasher = hashlib.sha256()
    with package.open(info) as file:
        while chunk := file.read(_STEP):
            hasher.update(chunk)
    return hasher.hexdigest()


def _pages(package: zipfile.ZipFile, names: list[str], path: Path) -> frozenset[str]:
    """The addresses of the pages that the package lists; none when it lists none."""
    found: set[str] = set()
    for name in names:
        with package.open(name) as file:
            found.update(_addresses(file, f"{path}: {name}"))
    return frozenset(found)


def _addresses(file: IO[bytes], place: str) -> Iterator[str]:
    while line := file.readline(MOST_PAGE_LINE + 1):
        if len(line) > MOST_PAGE_LINE:
            raise InputError(f"{place}: a line is over {MOST_PAGE_LINE} bytes")
        if not line.strip():
            continue
        try:
            page: Any = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{place}: a line is no JSON") from error
        url = page.get("url") if isinstance(page, dict) else None
        if isinstance(url, str):
            yield url.partition("#")[0]
