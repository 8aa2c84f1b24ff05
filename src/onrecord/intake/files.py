"""Files and pages into documents: a reader for each type, and what all documents have."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from onrecord.errors import InputError
from onrecord.intake.encodings import decoded
from onrecord.intake.language import language_of
from onrecord.intake.plain import kind_of, read_json, read_yaml, reason, shortened
from onrecord.intake.sniffing import ATOM, BINARY, BY_SUFFIX, DOCX, PDF, RSS, SRT, VTT, media_type
from onrecord.model import (
    Capture,
    Document,
    Snapshot,
    Source,
    When,
    bounds,
    file_uri,
    new_document,
)

MOST_BYTES = 20_000_000
"""Largest file that is read."""

SOURCES_FILE = "sources.yaml"
LEVELS_UP = 2
"""How many folders above a given one may hold its sources.yaml."""

UNKNOWN = Source(id="unknown", name="Unknown publisher")
"""The source of a document that names none."""

_TITLE_CHARACTERS = 300
_SKIPPED = frozenset({"readme.md", SOURCES_FILE})
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF")
_LINE_END = re.compile("\r\n|[\r\v\f\x85]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_CONTROLS = 0.1
_UNCLOSED = re.compile(r"-{3,}[^\S\n]*\n\s*[\w-]+[^\S\n]*:")


@dataclass(frozen=True)
class _Found:
    """One document as it stands in a capture, before it is checked."""

    place: str
    """File or address, and line, for messages."""
    fields: Mapping[str, object]
    text: str
    basis: str = "as given in the file"
    has_address: bool = False
    """It is one of several in a page, and has an address of its own."""


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to read: those named, and those of known type in the folders named, in order.

    Folders are walked with all that is in them, except hidden files and folders, README.md and
    sources.yaml. A file named is taken whatever its type. No file comes twice. Raises InputError
    for a path that does not exist or a folder that cannot be read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        elif path.exists():
            found[path] = None
        else:
            raise InputError(f"{path}: no such file or folder")
    return tuple(found)


def read_file(path: Path, sources: Mapping[str, Source]) -> tuple[Document, ...]:
    """The documents of a file, by its type or else its content: feeds and .jsonl hold many.

    `sources` are those that a publisher may be one of, by id; another name becomes a source of its
    own. Markdown and text may begin with front matter: title, publisher, authors, published (EDTF),
    published_basis, language, url, note. Line ends become line feeds, and control characters other
    than line feed and tab are left out, NUL among them (see `clean`).

    Raises InputError when the file is missing, empty, too large, binary, not UTF-8 (other than
    HTML), or a field in it is not what it should be.
    """
    return read_capture(capture_file(path, ""), sources, str(path))


def capture_file(path: Path, moment: str) -> Capture:
    """The bytes of a file of a type that is read, as they are at that moment (RFC 3339).

    Raises InputError when the file is of another type, missing, empty, too large, or binary.
    """
    said = BY_SUFFIX.get(path.suffix.lower(), "")
    content = _content(path)
    found = media_type(said, content)
    if found not in _READERS:
        known = " ".join(BY_SUFFIX)
        raise InputError(
            f"{path}: files of type {path.suffix or 'none'!r} are not read; {known} are"
        )
    _check(content, str(path), found)
    return Capture(
        uri=file_uri(path.name),
        content=content,
        content_type=said or found,
        captured_at=moment,
    )


def read_capture(
    capture: Capture, sources: Mapping[str, Source], place: str | None = None
) -> tuple[Document, ...]:
    """The documents of a captured file or page, by its media type; `sources` as in `read_file`.

    The same capture gives the same documents, whenever it is read. A page has the address that it
    was fetched from, whatever address it gives itself. `place` names it in errors; without it,
    its address or file name does.

    Raises InputError when it is of a type that is not read, is empty, binary, not in the encoding
    that it says, or a field in it is not what it should be.
    """
    place = place or capture.file_name or shortened(capture.uri)
    found = media_type(capture.media_type, capture.content)
    reader = _READERS.get(found)
    if reader is None:
        known = ", ".join(_READERS)
        raise InputError(
            f"{place}: pages of type {found[:60] or 'none'!r} are not read; {known} are"
        )
    _check(capture.content, place, found)
    snapshot = Snapshot(
        sha256=capture.sha256,
        media_type=found,
        size_bytes=len(capture.content),
        origin=capture.file_name or capture.uri,
    )
    return tuple(_document(draft, sources, capture, snapshot) for draft in reader(place, capture))


def is_readable(capture: Capture) -> bool:
    """Whether it is of a type that is read."""
    return media_type(capture.media_type, capture.content) in _READERS


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a sources.yaml by id, in its order.

    Raises InputError when it cannot be read, is no list of sources, or two share an id.
    """
    content = _content(path)
    _check(content, str(path), "text/yaml")
    items = read_yaml(_utf8(str(path), content), str(path))
    if not isinstance(items, list):
        raise InputError(f"{path}: a list of sources is wanted, got {kind_of(items)}")
    sources: dict[str, Source] = {}
    for number, item in enumerate(items, start=1):
        source = _source(item, f"{path}: source {number}")
        if source.id in sources:
            raise InputError(f"{path}: two sources share the id {source.id!r}; rename one")
        sources[source.id] = source
    return sources


def sources_beside(paths: Iterable[Path]) -> dict[str, Source]:
    """The sources of the sources.yaml nearest to each path: in the folder, or up to 2 above it.

    Of two with one id, the first found stands. Empty when there are none. Raises InputError as
    `read_sources` does.
    """
    sources: dict[str, Source] = {}
    for file in dict.fromkeys(_sources_file(path) for path in paths):
        for identifier, source in (read_sources(file) if file else {}).items():
            sources.setdefault(identifier, source)
    return sources


def clean(text: str) -> str:
    """The text with line feeds for line ends, without control characters and surrogates, stripped.

    Form feed, vertical tab and next line (U+0085) are line ends too; tab stays. Everything else
    stays as it is, invisible characters among it.
    """
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).strip()


def edtf(text: str) -> str | None:
    """The text where it is an EDTF date; None where a program wrote a day that is none."""
    try:
        bounds(text)
    except ValueError:
        return None
    return text


class _FrontMatter(YAMLHandler):
    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def load(self, fm: str, **_: object) -> Any:
        fields = read_yaml(fm, f"{self._place}: front matter") or {}
        if not isinstance(fields, dict):
            raise InputError(
                f"{self._place}: front matter is {kind_of(fields)}, "
                "lines like 'title: ...' are wanted"
            )
        return fields


def _prose(place: str, capture: Capture) -> list[_Found]:
    text = clean(_text(place, capture))
    handler = _FrontMatter(place)
    if not handler.detect(text):
        # Without the check, rules (---) further down would be taken for front matter.
        return [_Found(place, {}, text)]
    fields, body = frontmatter.parse(text, handler=handler)
    if not fields and _UNCLOSED.match(text):
        raise InputError(f"{place}: front matter has no end; close it with a line of three hyphens")
    return [_Found(place, fields, body)]


def _page(place: str, capture: Capture) -> list[_Found]:
    # Loaded when a page is read: the parsers take longer to load than most commands to run.
    from onrecord.intake.page import read_page

    page = read_page(capture.content, place, capture.charset)
    fields = {
        "title": page.title,
        "publisher": page.site,
        "authors": list(page.authors),
        "published": page.published,
        "published_basis": page.basis,
        "language": page.language,
        "url": page.url if page.url and _is_address(page.url) else None,
    }
    return [_Found(place, fields, page.text)]


def _lines(place: str, capture: Capture) -> list[_Found]:
    lines = enumerate(_text(place, capture).split("\n"), start=1)
    return [_line(f"{place}: line {number}", line) for number, line in lines if line.strip()]


def _line(place: str, line: str) -> _Found:
    fields = read_json(line, place)
    if not isinstance(fields, dict):
        raise InputError(f"{place}: a JSON object is wanted, got {kind_of(fields)}")
    text = _string(fields, "text", place)
    if text is None:
        raise InputError(f"{place}: it has no 'text'")
    return _Found(place, fields, text)


def _pdf(place: str, capture: Capture) -> list[_Found]:
    from onrecord.intake.pdf import read_pdf

    pdf = read_pdf(capture.content, place)
    fields = {
        "title": pdf.title,
        "authors": list(pdf.authors),
        "published": pdf.made and f"{pdf.made}~",
        "published_basis": "PDF: when the file was made" if pdf.made else None,
        "language": pdf.language,
    }
    return [_Found(place, fields, pdf.text)]


def _docx(place: str, capture: Capture) -> list[_Found]:
    from onrecord.intake.docx import read_docx

    docx = read_docx(capture.content, place)
    fields = {
        "title": docx.title,
        "authors": list(docx.authors),
        "published": docx.saved and f"{docx.saved}~",
        "published_basis": "DOCX: when the file was last saved" if docx.saved else None,
        "language": docx.language,
    }
    return [_Found(place, fields, docx.text)]


def _feed(place: str, capture: Capture) -> list[_Found]:
    from onrecord.intake.feeds import read_feed

    base = capture.uri if capture.file_name is None else None
    entries = read_feed(capture.content, place, base, capture.charset)
    return [
        _Found(
            place=f"{place}: entry {number}",
            fields={
                "title": entry.title,
                "publisher": entry.publisher,
                "authors": list(entry.authors),
                "published": entry.published,
                "published_basis": entry.basis,
                "language": entry.language,
                "url": entry.url,
            },
            text=entry.text,
            has_address=entry.url is not None,
        )
        for number, entry in enumerate(entries, start=1)
    ]


def _subtitles(place: str, capture: Capture) -> list[_Found]:
    from onrecord.intake.transcripts import read_subtitles

    transcript = read_subtitles(_text(place, capture), place)
    name = capture.file_name or capture.uri.rpartition("/")[2]
    fields = {"title": transcript.title or PurePath(name).stem, "language": transcript.language}
    return [_Found(place, fields, transcript.text)]


_READERS: dict[str, Callable[[str, Capture], list[_Found]]] = {
    "text/html": _page,
    "application/xhtml+xml": _page,
    "text/markdown": _prose,
    "text/plain": _prose,
    "application/jsonl": _lines,
    PDF: _pdf,
    DOCX: _docx,
    RSS: _feed,
    ATOM: _feed,
    VTT: _subtitles,
    SRT: _subtitles,
}


def _document(
    found: _Found, sources: Mapping[str, Source], capture: Capture, snapshot: Snapshot
) -> Document:
    fields, place = found.fields, found.place
    is_page = capture.file_name is None
    text = clean(found.text)
    if not text:
        raise InputError(f"{place}: it has no text")
    title = _string(fields, "title", place)
    return new_document(
        source=_publisher(_string(fields, "publisher", place), sources),
        title=title or _first_line(text) or snapshot.origin or "",
        text=text,
        published=_published(found),
        authors=_authors(fields, place),
        url=capture.uri if is_page and not found.has_address else _url(fields, place),
        language=_string(fields, "language", place) or language_of(text) or "en",
        retrieved_at=capture.captured_at if is_page else None,
        snapshot=snapshot,
        note=_string(fields, "note", place),
    )


def _string(fields: Mapping[str, object], key: str, place: str) -> str | None:
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{place}: {key} is {kind_of(value)}, text is wanted")
    return clean(value) or None


def _first_line(text: str) -> str | None:
    line = text.partition("\n")[0].lstrip("#").strip()
    return line if 0 < len(line) <= _TITLE_CHARACTERS else None


def _authors(fields: Mapping[str, object], place: str) -> tuple[str, ...]:
    value = fields.get("authors")
    names = [value] if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError(f"{place}: authors is no list of names, write [Jane Roe, John Doe]")
    return tuple(cleaned for name in names if (cleaned := clean(name)))


def _published(found: _Found) -> When:
    value = found.fields.get("published")
    basis = _string(found.fields, "published_basis", found.place)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{found.place}: published is {kind_of(value)}, an EDTF date is wanted")
    printed = (value or "").strip()
    if printed.casefold() in {"", "unknown", "undated"}:
        return When(edtf=None, basis=basis or "no date given")
    if edtf(printed) is None:
        raise InputError(
            f"{found.place}: published {shortened(printed)} is no EDTF date; write it like "
            "2022-08-05, 2022-08, 2022 or 2022-08~"
        )
    return When(edtf=printed, basis=basis or found.basis)


def _url(fields: Mapping[str, object], place: str) -> str | None:
    url = _string(fields, "url", place)
    if url and not _is_address(url):
        raise InputError(f"{place}: url {shortened(url)} is no web address (http:// or https://)")
    return url


def _is_address(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s/]+\S*", url, re.IGNORECASE) is not None


def _publisher(name: str | None, sources: Mapping[str, Source]) -> Source:
    if name is None:
        return UNKNOWN
    for source in sources.values():
        if name.casefold() in {source.id.casefold(), source.name.casefold()}:
            return source
    return _named(name)


def _named(name: str) -> Source:
    """A source that is known by its name only."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    for letters in (plain, name):
        if slug := re.sub(r"[^\w]+", "-", letters.casefold()).strip("-"):
            return Source(id=slug, name=name)
    return Source(id="unknown", name=name)


def _source(item: object, place: str) -> Source:
    if not isinstance(item, dict):
        raise InputError(f"{place} is {kind_of(item)}, a mapping with id and name is wanted")
    try:
        return Source.from_plain(item)
    except ValidationError as error:
        raise InputError(f"{place}: {reason(error)}") from error


def _content(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: it is no regular file")
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return content


def _check(content: bytes, place: str, found: str) -> None:
    """Refuse what is too large, empty, or not what its media type says."""
    if len(content) > MOST_BYTES:
        raise InputError(f"{place}: over {MOST_BYTES // 1_000_000} MB, split it into smaller files")
    if not content.strip():
        raise InputError(f"{place}: the file is empty")
    if found not in BINARY and _is_binary(content):
        raise InputError(f"{place}: it is binary, text is wanted; export it as text or HTML first")


def _is_binary(content: bytes) -> bool:
    head = content[:8192]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return content.startswith(_MAGIC) or controls > _MOST_CONTROLS * len(head)


def _text(place: str, capture: Capture) -> str:
    """The content in the encoding that the server names, else as UTF-8."""
    if capture.charset is None:
        return _utf8(place, capture.content)
    try:
        return decoded(capture.content, capture.charset)
    except (LookupError, UnicodeError) as error:
        raise InputError(
            f"{place}: it is not in the encoding that its server names, {capture.charset!r}"
        ) from error


def _utf8(place: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{place}: not UTF-8 (byte {content[error.start]:#04x} on line {line}); "
            "save it as UTF-8 and try again"
        ) from error


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(parent, name) for name in names if _is_wanted(name))
    return sorted((path for path in found if path.is_file()), key=lambda path: path.parts)


def _is_wanted(name: str) -> bool:
    hidden = name.startswith(".") or name.casefold() in _SKIPPED
    return not hidden and Path(name).suffix.lower() in BY_SUFFIX


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _sources_file(path: Path) -> Path | None:
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    for place in (folder, *list(folder.parents)[:LEVELS_UP]):
        if (place / SOURCES_FILE).is_file():
            return place / SOURCES_FILE
    return None
