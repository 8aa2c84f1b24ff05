"""A Word file (DOCX): its text as a reader sees it, and what it says of itself.

After ECMA-376, Office Open XML. Names are taken without their namespaces, so that its strict and
its transitional form are read alike.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from onrecord.errors import InputError
from onrecord.inflate import OF_A_BAD_ZIP
from onrecord.intake.files import clean, edtf

MOST_PARTS = 10_000
"""Most files in the package."""

MOST_BYTES = 50_000_000
"""Largest part that is read, in bytes when unpacked. Word takes many bytes for few words."""

MOST_ELEMENTS = 2_000_000
"""In the document or in its notes."""

MOST_SMALL = 20_000
"""Elements of another part."""

MOST_DEPTH = 256
MOST_CHARACTERS = 5_000_000

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 1
_STEP = 65_536
_UNSEEN = frozenset(
    {"del", "moveFrom", "pPr", "rPrChange", "sectPr", "Fallback", "rt", "footnotePr", "endnotePr"}
)
"""Elements whose text no reader sees, or sees elsewhere, or who only set others."""
_STANDS_FOR = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = frozenset({"footnote", "endnote"})
_OFF = frozenset({"0", "false", "off"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Docx:
    """What a Word file holds; None where it does not say."""

    text: str
    """Paragraphs with a blank line between them; never empty. The row of a table is one, with
    ' | ' between its cells; notes stand at the end as '[1] ...'. Left out is what is deleted,
    hidden or a comment, and the heads and feet of pages."""
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    saved: str | None
    """ISO date on which the file was last saved."""


class DocxError(ValueError):
    """The package is not what it should be. The message goes after 'the DOCX ...'."""


def read_docx(content: bytes, place: str) -> Docx:
    """The text of a Word file.

    Raises InputError, which begins with `place`, when it is encrypted, a .doc of old, another kind
    of package, damaged, without text, declares entities, or is beyond the bounds.
    """
    if content.startswith(_OLD):
        raise InputError(
            f"{place}: it is encrypted, or a .doc of before 2007; save it as .docx, unprotected"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _read(package)
    except DocxError as error:
        raise InputError(f"{place}: the DOCX {error}") from error
    except etree.XMLSyntaxError as error:
        raise InputError(f"{place}: the DOCX is damaged: {str(error.msg)[:120]}") from error
    except (*OF_A_BAD_ZIP, OSError) as error:
        raise InputError(f"{place}: the DOCX is damaged: {str(error)[:120]}") from error


def _read(package: zipfile.ZipFile) -> Docx:
    count = len(package.infolist())
    if count > MOST_PARTS:
        raise DocxError(f"holds {count} files, at most {MOST_PARTS} are read")
    top = _related(package, "")
    main = top.get("officeDocument")
    if main is None:
        raise DocxError("is no Word file: no document is named in it")
    body = _Body()
    _feed(package, main, body)
    parts = _related(package, main)
    notes = _Body()
    for kind in ("footnotes", "endnotes"):
        if kind in parts:
            _feed(package, parts[kind], notes)
    paragraphs = [clean(paragraph) for paragraph in body.paragraphs]
    for key, number in body.references.items():
        paragraphs.append(f"[{number}] {clean(notes.notes.get(key, ''))}")
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if not body.paragraphs or not text:
        raise DocxError("has no text")
    return _with_properties(text, _properties(package, top.get("core-properties")))


def _with_properties(text: str, properties: dict[str, str]) -> Docx:
    saved = _DAY.match(properties.get("modified", ""))
    language = re.match(r"([A-Za-z]{2,3})(?:-|\Z)", properties.get("language", ""))
    names = re.split(r"[;\n]", properties.get("creator", ""))
    return Docx(
        text=text,
        title=properties.get("title") or None,
        authors=tuple(name.strip() for name in names if name.strip()),
        language=language[1].lower() if language else None,
        saved=edtf(saved[0]) if saved else None,
    )


def _related(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part names (the package where it is ''), by the kind of each."""
    folder, name = posixpath.split(part)
    relations = _Elements()
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in package.NameToInfo:
        _feed(package, path, relations)
    found: dict[str, str] = {}
    for tag, attributes, _ in relations.found:
        target = attributes.get("Target", "")
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            named = posixpath.normpath(posixpath.join("/", folder, target))
            found.setdefault(kind, named.lstrip("/"))
    return found


def _properties(package: zipfile.ZipFile, part: str | None) -> dict[str, str]:
    if part is None:
        return {}
    elements = _Elements()
    _feed(package, part, elements)
    return {tag: clean(text) for tag, _, text in elements.found}


def _feed(package: zipfile.ZipFile, part: str, target: _Target) -> None:
    """Parse a part, without a tree, so that it takes little memory however large it is."""
    try:
        info = package.getinfo(part)
    except KeyError:
        raise DocxError(f"is damaged: it has no {part[:80]!r}") from None
    if info.flag_bits & _ENCRYPTED:
        raise DocxError("is encrypted; save it without a password")
    if info.file_size > MOST_BYTES:
        raise DocxError(
            f"is taken for a bomb: {info.compress_size} bytes in it unpack to {info.file_size}"
        )
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)
    with package.open(info) as file:
        while chunk := file.read(_STEP):
            parser.feed(chunk)
    parser.close()


class _Target:
    """What the parser calls. Names come without namespaces."""

    most = MOST_ELEMENTS

    def __init__(self) -> None:
        self._elements = 0
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > self.most:
            raise DocxError(f"has over {self.most} elements in a part; split it into smaller files")
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise DocxError(f"nests elements over {MOST_DEPTH} deep")
        self.begin(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self.finish(_local(tag))

    def doctype(self, *_: object) -> None:
        # The format forbids it, and entities are declared in it.
        raise DocxError("declares a document type, as no Word file does")

    def close(self) -> None:
        pass

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def finish(self, name: str) -> None:
        raise NotImplementedError

    def data(self, text: str) -> None:
        raise NotImplementedError


class _Elements(_Target):
    """The elements of a small part, each with its attributes and the text in it."""

    most = MOST_SMALL

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], str]] = []
        self._text: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._text = []
        self.found.append((name, attributes, ""))

    def finish(self, name: str) -> None:
        if self.found[-1][0] == name:
            self.found[-1] = name, self.found[-1][1], "".join(self._text)

    def data(self, text: str) -> None:
        self._text.append(text)


class _Body(_Target):
    """The text of the document, or of its notes."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.references: dict[tuple[str, str], int] = {}
        """The number of each note that is referred to: 'footnote' or 'endnote', and its id."""
        self.notes: dict[tuple[str, str], str] = {}
        self._blocks = [self.paragraphs]
        """Paragraphs of the document, then of the row, the cell and the note that are open."""
        self._words: list[list[str]] = []
        """Text of the paragraphs that are open; a text box lies inside one."""
        self._hidden: list[bool] = []
        """For each run that is open, whether it is hidden."""
        self._keys: list[tuple[str, str]] = []
        self._unseen = 0
        self._is_text = False
        self._characters = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
        elif name == "p":
            self._words.append([])
        elif name in ("tr", "tc") or name in _NOTES:
            self._blocks.append([])
            if name in _NOTES:
                self._keys.append((name, attributes.get("id", "")))
        elif name == "r":
            self._hidden.append(False)
        elif self._hidden:
            self._begin_in_run(name, attributes)

    def finish(self, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif name == "p":
            self._blocks[-1].append("".join(self._words.pop()))
        elif name == "tc":
            cell = self._blocks.pop()
            self._blocks[-1].append(" ".join(" ".join(cell).split()))
        elif name == "tr":
            row = self._blocks.pop()
            self._blocks[-1].append(" | ".join(row) if any(row) else "")
        elif name in _NOTES:
            self.notes[self._keys.pop()] = "\n".join(self._blocks.pop())
        elif name == "r":
            self._hidden.pop()
        elif name == "t":
            self._is_text = False

    def data(self, text: str) -> None:
        if self._is_text:
            self._add(text)

    def _begin_in_run(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._is_text = True
        elif name in ("vanish", "webHidden"):
            self._hidden[-1] = attributes.get("val", "").casefold() not in _OFF
        elif name in _STANDS_FOR:
            self._add(_STANDS_FOR[name])
        elif name in ("footnoteReference", "endnoteReference"):
            key = name.removesuffix("Reference"), attributes.get("id", "")
            number = self.references.setdefault(key, len(self.references) + 1)
            self._add(f"[{number}]")

    def _add(self, text: str) -> None:
        if not self._words or any(self._hidden):
            return
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise DocxError(f"has over {MOST_CHARACTERS} characters; split it into smaller files")
        self._words[-1].append(text)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
