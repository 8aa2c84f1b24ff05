"""Files into documents: articles as Markdown, text, saved pages, and lists as JSON lines."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from onrecord.errors import InputError
from onrecord.intake.plain import kind_of, read_json, read_yaml, reason, shortened
from onrecord.model import Document, Snapshot, Source, When, bounds, new_document

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
    """One document as it stands in a file, before it is checked."""

    place: str
    """File and line, for messages."""
    fields: Mapping[str, object]
    text: str
    snapshot: Snapshot
    basis: str = "as given in the file"


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
    """The documents of a file, by its type: .md .markdown .txt .html .htm hold one, .jsonl many.

    `sources` are those that a publisher may be one of, by id; another name becomes a source of its
    own. Markdown and text may begin with front matter: title, publisher, authors, published (EDTF),
    published_basis, language, url, note. Line ends become line feeds, and control characters other
    than line feed and tab are left out, NUL among them (see `clean`).

    Raises InputError when the file is missing, empty, too large, binary, not UTF-8 (other than
    HTML), or a field in it is not what it should be.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(_READERS)
        raise InputError(
            f"{path}: files of type {path.suffix or 'none'!r} are not read; {known} are"
        )
    content = _content(path)
    return tuple(_document(found, sources) for found in reader(path, content))


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a sources.yaml by id, in its order.

    Raises InputError when it cannot be read, is no list of sources, or two share an id.
    """
    items = read_yaml(_utf8(path, _content(path)), str(path))
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


def _prose(path: Path, content: bytes) -> list[_Found]:
    text = clean(_utf8(path, content))
    handler = _FrontMatter(str(path))
    if not handler.detect(text):
        # Without the check, rules (---) further down would be taken for front matter.
        return [_Found(str(path), {}, text, _snapshot(path, content))]
    fields, body = frontmatter.parse(text, handler=handler)
    if not fields and _UNCLOSED.match(text):
        raise InputError(f"{path}: front matter has no end; close it with a line of three hyphens")
    return [_Found(str(path), fields, body, _snapshot(path, content))]


def _page(path: Path, content: bytes) -> list[_Found]:
    # Loaded when a page is read: the parsers take longer to load than most commands to run.
    from onrecord.intake.page import read_page

    page = read_page(content, str(path))
    fields = {
        "title": page.title,
        "publisher": page.site,
        "authors": list(page.authors),
        "published": page.published,
        "published_basis": page.basis,
        "language": page.language,
        "url": page.url if page.url and _is_address(page.url) else None,
    }
    return [_Found(str(path), fields, page.text, _snapshot(path, content))]


def _lines(path: Path, content: bytes) -> list[_Found]:
    snapshot = _snapshot(path, content)
    lines = enumerate(_utf8(path, content).split("\n"), start=1)
    return [
        _line(f"{path}: line {number}", line, snapshot) for number, line in lines if line.strip()
    ]


def _line(place: str, line: str, snapshot: Snapshot) -> _Found:
    fields = read_json(line, place)
    if not isinstance(fields, dict):
        raise InputError(f"{place}: a JSON object is wanted, got {kind_of(fields)}")
    text = _string(fields, "text", place)
    if text is None:
        raise InputError(f"{place}: it has no 'text'")
    return _Found(place, fields, text, snapshot)


_READERS: dict[str, Callable[[Path, bytes], list[_Found]]] = {
    ".md": _prose,
    ".markdown": _prose,
    ".txt": _prose,
    ".html": _page,
    ".htm": _page,
    ".jsonl": _lines,
}
_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".jsonl": "application/jsonl",
}


def _document(found: _Found, sources: Mapping[str, Source]) -> Document:
    fields, place = found.fields, found.place
    text = clean(found.text)
    if not text:
        raise InputError(f"{place}: it has no text")
    title = _string(fields, "title", place)
    return new_document(
        source=_publisher(_string(fields, "publisher", place), sources),
        title=title or _first_line(text) or found.snapshot.origin or "",
        text=text,
        published=_published(found),
        authors=_authors(fields, place),
        url=_url(fields, place),
        language=_string(fields, "language", place) or "en",
        snapshot=found.snapshot,
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
    edtf = (value or "").strip()
    if edtf.casefold() in {"", "unknown", "undated"}:
        return When(edtf=None, basis=basis or "no date given")
    try:
        bounds(edtf)
    except ValueError as error:
        raise InputError(
            f"{found.place}: published {shortened(edtf)} is no EDTF date; write it like "
            "2022-08-05, 2022-08, 2022 or 2022-08~"
        ) from error
    return When(edtf=edtf, basis=basis or found.basis)


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
    if len(content) > MOST_BYTES:
        raise InputError(f"{path}: over {MOST_BYTES // 1_000_000} MB, split it into smaller files")
    if not content.strip():
        raise InputError(f"{path}: the file is empty")
    if _is_binary(content):
        raise InputError(f"{path}: it is binary, text is wanted; export it as text or HTML first")
    return content


def _is_binary(content: bytes) -> bool:
    head = content[:8192]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return content.startswith(_MAGIC) or controls > _MOST_CONTROLS * len(head)


def _utf8(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path}: not UTF-8 (byte {content[error.start]:#04x} on line {line}); "
            "save it as UTF-8 and try again"
        ) from error


def _snapshot(path: Path, content: bytes) -> Snapshot:
    return Snapshot(
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=_MEDIA_TYPES[path.suffix.lower()],
        size_bytes=len(content),
        origin=path.name,
    )


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(parent, name) for name in names if _is_wanted(name))
    return sorted((path for path in found if path.is_file()), key=lambda path: path.parts)


def _is_wanted(name: str) -> bool:
    hidden = name.startswith(".") or name.casefold() in _SKIPPED
    return not hidden and Path(name).suffix.lower() in _READERS


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _sources_file(path: Path) -> Path | None:
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    for place in (folder, *list(folder.parents)[:LEVELS_UP]):
        if (place / SOURCES_FILE).is_file():
            return place / SOURCES_FILE
    return None
