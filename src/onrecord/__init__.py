"""Onrecord holds a public claim against the record.

    import onrecord

    archive = onrecord.open_archive("workspace")
    claim = onrecord.read_claim("claim.yaml")
    dossier = onrecord.check(claim, archive)
    onrecord.publish(dossier, "page.html")

Importing this loads nothing heavy: models and engines are loaded by the first function that needs
them. The nouns are in `onrecord.model`, the errors in `onrecord.errors`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from onrecord.errors import InputError, ModelError, OnrecordError, ReadingError, WorkspaceError

if TYPE_CHECKING:
    from onrecord.archive import Added, Archive, Embeds, Hit
    from onrecord.archive.stamps import Stamp
    from onrecord.archive.wacz import Package
    from onrecord.check import Options, Verifier
    from onrecord.dossier import Difference
    from onrecord.ingest import Imported, Networks, Verification
    from onrecord.model import Claim, Dossier, Source
    from onrecord.publish import Publisher

__version__ = "0.1.0"

__all__ = [
    "InputError",
    "ModelError",
    "OnrecordError",
    "ReadingError",
    "WorkspaceError",
    "__version__",
    "add",
    "check",
    "export_captures",
    "import_captures",
    "init",
    "keep_dossier",
    "open_archive",
    "publish",
    "quoted_claim",
    "read_claim",
    "read_dossier",
    "read_sources",
    "rebuild",
    "replay",
    "search",
    "stamp_captures",
    "verify_captures",
    "write_dossier",
]

AnyPath = str | PathLike[str]

Progress = Callable[[str, int, int], None]
"""Called with the step, what is done of it, and how much there is."""


class _Package(ModuleType):
    """Keeps `onrecord.check` and `onrecord.publish` the functions.

    Python binds a module to its name in the package when it is first imported, and would put
    onrecord/check.py where the function is. `from onrecord.check import ...` finds the module all
    the same.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if isinstance(value, ModuleType) and callable(self.__dict__.get(name)):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def init(folder: AnyPath) -> Path:
    """Make an empty workspace of a folder that is missing or empty.

    Raises WorkspaceError when it is a workspace already, holds something else, or cannot be
    written.
    """
    from onrecord.archive import Archive

    Archive.create(Path(folder))
    return Path(folder)


def open_archive(folder: AnyPath = ".", embedder: Embeds | None = None) -> Archive:
    """The archive of a workspace. Use it in a `with` statement, or close it.

    `embedder` is the one that ships with the project unless another is given. Raises
    WorkspaceError when the folder is no workspace, ModelError when the embedder cannot be loaded.
    """
    from onrecord.archive import Archive
    from onrecord.neural import Embedder

    return Archive.open(Path(folder), embedder or Embedder())


def add(
    archive: Archive,
    *places: AnyPath,
    sources: Mapping[str, Source] | None = None,
    progress: Progress | None = None,
    allow: Networks = (),
) -> list[Added]:
    """Capture files, what is in folders, and pages at http(s) addresses, and keep all or none.

    The captured bytes are kept with the documents that were read from them. `sources` are the
    publishers that the files name, those of the nearest sources.yaml unless given. Pages are
    fetched from public addresses alone, and from the networks in `allow`. Raises InputError,
    before anything is kept, when a file cannot be read or a page cannot be fetched.
    """
    from onrecord.clock import SystemClock
    from onrecord.ingest import captured

    report = progress or _silent
    found = captured([_place(place) for place in places], sources, report, SystemClock(), allow)
    return archive.add_captured(found, lambda done, total: report("index", done, total))


def verify_captures(
    archive: Archive, authorities: AnyPath | None = None, progress: Progress | None = None
) -> Verification:
    """Read every capture again, hash it, and prove that each document's text comes out of it.

    Time stamps are held against the certificates in the PEM file `authorities`; without one, only
    against what is kept.
    """
    from onrecord.ingest import verify

    return verify(archive, Path(authorities) if authorities else None, progress or _silent)


def stamp_captures(archive: Archive, authority: str, certificates: AnyPath) -> Stamp:
    """Have a time-stamping authority (RFC 3161) sign the hashes of the captures not yet stamped.

    `authority` is its http(s) address, `certificates` a PEM file with those that its signature
    must lead to. Raises InputError when there is nothing to stamp, or the stamp does not fit.
    """
    from onrecord.clock import SystemClock
    from onrecord.ingest import stamp_captures as run

    return run(archive, authority, Path(certificates), SystemClock())


def export_captures(archive: Archive, path: AnyPath) -> Package:
    """Write all captures into a WACZ package, and keep its hash in the workspace.

    Raises CaptureError when one of them is lost or altered, InputError when there are none or the
    package cannot be written.
    """
    from onrecord.archive.wacz import export
    from onrecord.clock import SystemClock

    return export(archive, Path(path), SystemClock().now())


def import_captures(
    archive: Archive,
    path: AnyPath,
    *,
    sources: Mapping[str, Source] | None = None,
    sha256: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Keep the pages of a WARC file or a WACZ package, and what is read from them.

    `sha256` is the hash that the package must have. What of it is damaged or cannot be read is
    listed, and stops nothing else. Raises InputError when it is no such file, or is altered.
    """
    from onrecord.ingest import import_captures as run

    return run(archive, Path(path), sources or {}, sha256, progress or _silent)


def search(
    archive: Archive,
    query: str,
    k: int = 10,
    before: str | None = None,
    as_of: int | None = None,
) -> tuple[Hit, ...]:
    """The `k` passages that fit the query best, by words and by meaning, best first.

    `before` (EDTF) leaves what was surely published by the first day that it can mean; `as_of`
    searches the archive as it stood after so many documents. Raises InputError when `before` is
    no date.
    """
    from onrecord.model import bounds

    try:
        day = bounds(before)[0] if before else None
    except ValueError as error:
        raise InputError(f"before: {error}") from error
    if before and day is None:
        raise InputError(f"before: {before!r} has no beginning; give a day, a month or a year")
    return archive.search(query, k, day, as_of)


def check(
    claim: Claim,
    archive: Archive,
    *,
    verifier: Verifier | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Dossier:
    """The dossier of a claim held against an archive. Same input, same dossier, to the byte.

    `verifier` is the one that ships with the project unless another is given. Raises InputError
    for a claim whose date has no beginning or a place beyond the archive's end, ModelError when
    the verifier cannot be loaded.
    """
    from onrecord.check import check as run
    from onrecord.neural import Verifier as Shipped

    if options and options.as_of is not None and options.as_of > archive.sequence:
        raise InputError(
            f"the archive holds {archive.sequence} documents, it cannot be searched as of "
            f"{options.as_of}"
        )
    return run(claim, archive, verifier or Shipped(), options, progress or _silent)


def replay(
    dossier: Dossier,
    archive: Archive,
    *,
    verifier: Verifier | None = None,
    progress: Progress | None = None,
) -> tuple[Difference, ...]:
    """Check the claim again as the dossier says it was checked; what differs, or nothing.

    The archive is searched as it stood then, however much was added since. Raises InputError when
    it holds fewer documents than it did, or when the dossier does not say how it was made.
    """
    from onrecord.check import Options
    from onrecord.dossier import differences

    if archive.sequence < dossier.archive_sequence:
        raise InputError(
            f"the dossier was made over {dossier.archive_sequence} documents, this archive holds "
            f"{archive.sequence}; name the workspace in which it was made"
        )
    known, later = (dossier.options.get(name) for name in ("known", "later"))
    if not isinstance(known, int) or not isinstance(later, int):
        raise InputError("the dossier does not record its options 'known' and 'later'")
    options = Options(known=known, later=later, as_of=dossier.archive_sequence)
    again = check(dossier.claim, archive, verifier=verifier, options=options, progress=progress)
    return differences(dossier, again)


def publish(
    dossier: Dossier,
    path: AnyPath,
    *,
    review: AnyPath | None = None,
    page_url: str | None = None,
    publisher: Publisher | None = None,
) -> Dossier:
    """Write the page of a dossier: a draft, or with the file of a review what people decided.

    ClaimReview is embedded in the page of a reviewed dossier when its address and its publisher
    are given. Gives the dossier that the page shows. Raises InputError when the review does not
    fit the dossier, or the page cannot be written.
    """
    from onrecord.dossier import read_review, reviewed
    from onrecord.publish import write_page

    if review is not None:
        dossier = reviewed(dossier, read_review(Path(review), dossier))
    write_page(dossier, Path(path), page_url, publisher)
    return dossier


def rebuild(archive: Archive, progress: Progress | None = None) -> None:
    """Make the archive's indexes again from its documents. Raises WorkspaceError when it cannot."""
    report = progress or _silent
    archive.rebuild(lambda done, total: report("index", done, total))


def read_claim(path: AnyPath) -> Claim:
    """The claim that a person wrote in YAML or JSON. Raises InputError when it is none."""
    from onrecord.intake import read_claim as read

    return read(Path(path))


def quoted_claim(quote: str, by: str, on: str, role: str | None = None) -> Claim:
    """The claim of a quotation, its speaker and its date (EDTF). Raises InputError for no date."""
    from onrecord.intake import claim_from

    return claim_from({"quote": quote, "claimant": {"name": by, "role": role}, "made_on": on})


def read_sources(path: AnyPath) -> dict[str, Source]:
    """The publishers of a sources.yaml, by id. Raises InputError when it cannot be read."""
    from onrecord.intake import read_sources as read

    return read(Path(path))


def read_dossier(path: AnyPath) -> Dossier:
    """The dossier of a file. Raises InputError when it is none, or does not hold together."""
    from onrecord.dossier import read_dossier as read

    return read(Path(path))


def write_dossier(dossier: Dossier, path: AnyPath) -> None:
    """Write a dossier, whole or not at all. Raises InputError when the file cannot be written."""
    from onrecord.dossier import write_dossier as write

    write(dossier, Path(path))


def keep_dossier(dossier: Dossier, archive: Archive) -> Path:
    """Write a dossier into the workspace, as dossiers/<id of the claim>.json, and say where.

    One of the same claim that says something else is not lost: it stays beside the new one, with
    the beginning of its hash in its name. Raises InputError when the file cannot be written.
    """
    from onrecord.dossier import dossier_bytes

    path = archive.folder / "dossiers" / f"{_file_stem(dossier.claim.id)}.json"
    try:
        path.parent.mkdir(exist_ok=True)
        earlier = path.read_bytes() if path.exists() else None
        if earlier is not None and earlier != dossier_bytes(dossier):
            digest = hashlib.sha256(earlier).hexdigest()
            path.with_name(f"{path.stem}.{digest[:8]}.json").write_bytes(earlier)
    except OSError as error:
        raise InputError(f"cannot keep the dossier {path}: {error.strerror}") from error
    write_dossier(dossier, path)
    return path


def _place(place: AnyPath) -> str | Path:
    """An address as it is written, and any other place as a path."""
    text = str(place)
    return text if text.casefold().startswith(("http://", "https://")) else Path(place)


def _silent(step: str, done: int, total: int) -> None:
    """Reports progress to nobody."""


def _file_stem(identifier: str) -> str:
    """The id where it is a plain file name, else what is plain of it and a piece of its hash."""
    if re.fullmatch(r"\w[\w.-]{0,99}", identifier, re.ASCII):
        return identifier
    plain = re.sub(r"[^\w-]+", "-", identifier, flags=re.ASCII).strip("-")[:60]
    return f"{plain or 'claim'}-{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"
