"""The way in: bytes are captured, read, and kept. The one place that knows this order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from onrecord.archive import Added, Archive, Captured, CaptureError, Kept
from onrecord.archive.stamps import Stamp, check_stamps, read_certificates, stamp
from onrecord.clock import Clock
from onrecord.errors import InputError
from onrecord.intake import (
    capture_file,
    find_files,
    is_readable,
    read_capture,
    sources_beside,
)
from onrecord.intake.sniffing import BY_SUFFIX
from onrecord.intake.webarchives import Damage, read_wacz, read_warc
from onrecord.model import Capture, Source, rfc3339

BATCH_BYTES = 32_000_000
"""Captures of an import that are kept at a time, so that memory has a bound."""

Progress = Callable[[str, int, int], None]
Networks = Sequence[IPv4Network | IPv6Network]

ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))


@dataclass(frozen=True)
class Problem:
    """What keeps a document from being proven by its capture, or a capture from being read."""

    kind: str
    """'capture' (lost, altered, damaged), 'text' (no longer comes out of it), 'missing' (there is
    none), 'stamp', 'record' (of a file that is imported)."""
    subject: str
    """Id of the document or the record, or the place in a file."""
    why: str


@dataclass(frozen=True)
class Verification:
    """What reading all captures again came to."""

    captures: int
    documents: int
    stamps: tuple[Stamp, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Imported:
    """What became of a file of captures."""

    added: tuple[Added, ...]
    passed_over: int
    """Records that are no page of a type that is read: pictures, scripts, redirects, errors."""
    problems: tuple[Problem, ...]


def captured(
    places: Sequence[str | Path],
    sources: Mapping[str, Source] | None,
    progress: Progress,
    clock: Clock,
    allow: Networks = (),
) -> Iterator[Captured]:
    """What files and folders (paths) and pages (addresses) hold, captured and read, in their order.

    `sources` are the publishers that they name, those of the nearest sources.yaml unless given.
    `allow` names networks beyond the public ones that may be fetched from. Raises InputError when
    there is nothing, or something that cannot be read or fetched.
    """
    # Loaded when something is added: the client is for pages alone.
    from onrecord.intake.fetch import Pace, fetch

    paths = [place for place in places if isinstance(place, Path)]
    known = sources_beside(paths) if sources is None else sources
    found: list[str | Path] = []
    for place in places:
        found += find_files([place]) if isinstance(place, Path) else [place]
    found = list(dict.fromkeys(found))
    if not found:
        raise InputError(
            f"no documents in {', '.join(map(str, places)) or 'nothing'}: name files of type "
            f"{' '.join(BY_SUFFIX)}, folders that hold some, or addresses of pages"
        )
    pace = Pace(clock)
    for number, place in enumerate(found):
        progress("read", number, len(found))
        if isinstance(place, Path):
            yield _read(capture_file(place, rfc3339(clock.now())), known, str(place))
        else:
            *hops, page = fetch(place, clock=clock, pace=pace, allow=allow).captures()
            yield from (Captured(hop, ()) for hop in hops)
            yield _read(page, known, None)
    progress("read", len(found), len(found))


def verify(archive: Archive, authorities: Path | None, progress: Progress) -> Verification:
    """Read every capture again, and from it every document.

    A capture must have the content, address and moment that were kept, and the text of each
    document must come out of one of its captures when it is read as it would be today. Time
    stamps must fit what is kept, and be signed by one of the `authorities`, a file of
    certificates; without it their signatures are not held against anything.
    """
    sources = archive.sources()
    problems: list[Problem] = []
    proven: set[str] = set()
    doubted: dict[str, Problem] = {}
    captures = list(archive.captures())
    for number, kept in enumerate(captures):
        progress("verify", number, len(captures))
        try:
            capture = archive.capture(kept.reference)
        except CaptureError as error:
            problems.append(Problem("capture", kept.reference.record, str(error)))
            continue
        for identifier, why in _unlike(archive, kept, capture, sources):
            if why is None:
                proven.add(identifier)
            else:
                doubted.setdefault(identifier, Problem("text", identifier, why))
    progress("verify", len(captures), len(captures))
    for document in archive.documents():
        if document.id not in proven:
            missing = Problem("missing", document.id, "no capture of it can be read")
            problems.append(doubted.get(document.id, missing))
    roots = read_certificates(authorities) if authorities else None
    stamps, faulty = check_stamps(archive, roots)
    problems += (Problem("stamp", name, why) for name, why in faulty)
    return Verification(len(captures), archive.sequence, tuple(stamps), tuple(problems))


def stamp_captures(archive: Archive, authority: str, certificates: Path, clock: Clock) -> Stamp:
    """Have an authority stamp the captures that no stamp covers yet.

    It may be in the house: a person named its address, no stranger. Raises InputError when it
    cannot be reached, when its stamp does not lead to one of the certificates, or when there is
    nothing to stamp.
    """
    from onrecord.intake.fetch import send

    def ask(request: bytes) -> bytes:
        query = "application/timestamp-query"
        return send(authority, request, query, clock=clock, allow=ANYWHERE)

    return stamp(archive, ask, read_certificates(certificates))


def import_captures(
    archive: Archive,
    path: Path,
    sources: Mapping[str, Source],
    sha256: str | None,
    progress: Progress,
) -> Imported:
    """Keep the pages of a WARC file or a WACZ package, and what is read from them.

    One bad record never stops the rest. What was imported before is not kept again. Raises
    InputError when the file is none of these, or is not the one with that hash.
    """
    added: list[Added] = []
    problems: list[Problem] = []
    batch: list[Captured] = []
    passed_over = size = 0
    for item in _records(path, sha256):
        if isinstance(item, Damage):
            problems.append(Problem("record", item.place, item.why))
        elif item.status not in (None, 200) or not is_readable(item):
            passed_over += 1
        else:
            try:
                batch.append(_read(item, sources, None))
                size += len(item.content)
            except InputError as error:
                problems.append(Problem("text", item.uri, str(error)))
        if size > BATCH_BYTES:
            added += _kept(archive, batch, progress)
            batch, size = [], 0
    added += _kept(archive, batch, progress)
    return Imported(tuple(added), passed_over, tuple(problems))


def _kept(archive: Archive, batch: Iterable[Captured], progress: Progress) -> list[Added]:
    return archive.add_captured(batch, lambda done, total: progress("index", done, total))


def _records(path: Path, sha256: str | None) -> Iterator[Capture | Damage]:
    name = path.name.casefold()
    if name.endswith(".wacz"):
        return read_wacz(path, sha256)
    if name.endswith((".warc", ".warc.gz")):
        if sha256:
            raise InputError(f"{path}: a hash is held against WACZ packages only")
        return read_warc(path)
    raise InputError(f"{path}: .wacz, .warc and .warc.gz are imported")


def _read(capture: Capture, sources: Mapping[str, Source], place: str | None) -> Captured:
    return Captured(capture, read_capture(capture, sources, place))


def _unlike(
    archive: Archive, kept: Kept, capture: Capture, sources: Mapping[str, Source]
) -> Iterator[tuple[str, str | None]]:
    """For each document of a capture, why its text does not come out of it; None when it does."""
    if not kept.documents:
        return
    try:
        texts = {document.text for document in read_capture(capture, sources)}
    except InputError as error:
        yield from ((identifier, str(error)) for identifier in kept.documents)
        return
    for identifier in kept.documents:
        document = archive.document(identifier)
        is_there = document is not None and document.text in texts
        yield identifier, None if is_there else "its text does not come out of its capture"
