"""Time stamps on what was captured (RFC 3161): an authority signs that these hashes existed then.

What is signed is a list of captures with their hashes. List and stamp lie beside each other in the
workspace, in forms that `openssl ts -verify` reads.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.archive.archive import Archive
from onrecord.archive.lock import held
from onrecord.errors import InputError, WorkspaceError
from onrecord.model import rfc3339
from onrecord.wholefile import write_whole

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

STAMPS = "stamps"
LOCK = "lock.sqlite3"

MOST_CERTIFICATES = 1_000_000
"""Largest file of certificates that is read, in bytes."""

_BUSY = "another process is getting a time stamp; try again when it is done"
_NAME = re.compile(r"(\d{6})\.txt")
_LINE = re.compile(r"(urn:uuid:[0-9a-f-]{36}) sha256:([0-9a-f]{64})")

Ask = Callable[[bytes], bytes]
"""Sends a time-stamp request (DER) to an authority, and gives its response (DER)."""


@dataclass(frozen=True)
class Stamp:
    """A time stamp on a list of captures."""

    name: str
    """Of its files in the workspace, without their endings."""
    moment: str
    """RFC 3339 moment that the authority signed."""
    captures: int
    """How many it covers."""
    proven: bool
    """Whether the signature was held against certificates, and fits."""


def read_certificates(path: Path) -> list[Certificate]:
    """The certificates of a PEM file: those that an authority's signature must lead to.

    Raises InputError when the file cannot be read, holds none, or what reads them is not there.
    """
    _needed()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        with path.open("rb") as file:
            return load_pem_x509_certificates(file.read(MOST_CERTIFICATES))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path}: no certificates in PEM form: {error}") from error


def stamp(archive: Archive, ask: Ask, roots: Sequence[Certificate]) -> Stamp:
    """Have the captures stamped that no stamp covers yet.

    The response is held against the certificates before it is kept. Raises InputError when there
    is nothing to stamp, or the response is none or does not fit.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    folder = archive.folder / STAMPS
    with held(folder / LOCK, "the time stamps", _BUSY):
        names = _names(folder)
        listed = _list(archive, folder, names)
        request = (
            TimestampRequestBuilder().data(listed).hash_algorithm(HashAlgorithm.SHA256).build()
        )
        answer = ask(request.as_bytes())
        response = _response(answer)
        _hold(response, listed, roots, request.nonce)
        number = int(names[-1]) + 1 if names else 1
        name = f"{number:06d}"
        write_whole(folder / f"{name}.tsr", answer, "time stamp")
        write_whole(folder / f"{name}.txt", listed, "list of captures")
    return _stamp(name, response, listed, proven=True)


def check_stamps(
    archive: Archive, roots: Sequence[Certificate] | None
) -> tuple[list[Stamp], list[tuple[str, str]]]:
    """The stamps, and what is wrong with which: the name of its files, and why.

    Each list must be the one that was signed, follow on the one before, and name captures that
    are kept with those hashes. Without `roots` the signatures are not held against anything.
    """
    folder = archive.folder / STAMPS
    names = _names(folder)
    if names:
        _needed()
    stamps, problems = [], []
    for place, name in enumerate(names):
        try:
            stamps.append(_checked(archive, folder, names[:place], name, roots))
        except (InputError, WorkspaceError) as error:
            problems.append((name, str(error)))
    return stamps, problems


def _checked(
    archive: Archive,
    folder: Path,
    before: list[str],
    name: str,
    roots: Sequence[Certificate] | None,
) -> Stamp:
    listed = _read(folder / f"{name}.txt")
    response = _response(_read(folder / f"{name}.tsr"))
    if roots is None:
        signed = response.tst_info.message_imprint.message
        if signed != hashlib.sha256(listed).digest():
            raise InputError("its list of captures is not the one that was signed")
    else:
        _hold(response, listed, roots, None)
    if _head(folder, before) != listed.partition(b"\n")[0]:
        raise InputError("its list of captures does not follow on the one before")
    kept = {item.reference.record: item.reference.sha256 for item in archive.captures()}
    for record, sha256 in _LINE.findall(listed.decode("ascii", "replace")):
        if kept.get(record) != sha256:
            raise InputError(f"it covers {record}, which is no longer kept with that hash")
    return _stamp(name, response, listed, proven=roots is not None)


def _list(archive: Archive, folder: Path, names: list[str]) -> bytes:
    """What is to be signed: the captures that no earlier list names, and the hash of the last."""
    covered = {
        record
        for name in names
        for record, _ in _LINE.findall(_read(folder / f"{name}.txt").decode("ascii", "replace"))
    }
    new = [
        f"{item.reference.record} sha256:{item.reference.sha256}"
        for item in archive.captures()
        if item.reference.record not in covered
    ]
    if not new:
        raise InputError(f"{archive.folder}: no capture is without a time stamp")
    return b"\n".join([_head(folder, names), *(line.encode() for line in new), b""])


def _head(folder: Path, before: list[str]) -> bytes:
    """The first line of a list: which one it follows."""
    if not before:
        return b"captures, the first list"
    digest = hashlib.sha256(_read(folder / f"{before[-1]}.txt")).hexdigest()
    return f"captures, after the list sha256:{digest}".encode()


def _response(answer: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(answer)
        status = response.status
    except ValueError as error:
        raise InputError(f"what the authority sent is no time stamp: {error}") from error
    if status != 0:
        said = "; ".join(map(str, response.status_string)) or f"status {status}"
        raise InputError(f"the authority refuses a time stamp: {said}")
    return response


def _hold(
    response: TimeStampResponse, listed: bytes, roots: Sequence[Certificate], nonce: int | None
) -> None:
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        VerifierBuilder(roots=list(roots), nonce=nonce).build().verify_message(response, listed)
    except (VerificationError, ValueError) as error:
        raise InputError(f"the time stamp does not fit: {error}") from error


def _stamp(name: str, response: TimeStampResponse, listed: bytes, *, proven: bool) -> Stamp:
    covered = len(_LINE.findall(listed.decode("ascii", "replace")))
    return Stamp(name, rfc3339(response.tst_info.gen_time), covered, proven)


def _names(folder: Path) -> list[str]:
    found = (_NAME.fullmatch(path.name) for path in folder.glob("*.txt"))
    return sorted(name[1] for name in found if name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"{path}: cannot be read: {error.strerror}") from error


def _needed() -> None:
    try:
        import rfc3161_client  # noqa: F401 - to see whether it is there
    except ImportError as error:
        raise InputError(
            'time stamps need a package that is not installed: pip install "onrecord[stamp]"'
        ) from error
