"""Of which type a capture is: as it is said, and where that says little, as its content shows.

After the WHATWG's 'MIME Sniffing', cut to the types that are read.
"""

from __future__ import annotations

import codecs
import re

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RSS = "application/rss+xml"
ATOM = "application/atom+xml"
VTT = "text/vtt"
SRT = "application/x-subrip"

BY_SUFFIX = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".jsonl": "application/jsonl",
    ".pdf": PDF,
    ".docx": DOCX,
    ".rss": RSS,
    ".atom": ATOM,
    ".vtt": VTT,
    ".srt": SRT,
}

BINARY = frozenset({PDF, DOCX})
"""Types whose content is no text."""

_OTHER_NAMES = {
    "application/x-pdf": PDF,
    "application/rdf+xml": RSS,
    "application/x-rss+xml": RSS,
    "application/srt": SRT,
    "text/srt": SRT,
    "text/x-subrip": SRT,
}
_SAYS_NOTHING = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/force-download",
     "application/x-download", "application/zip"}
)  # fmt: skip
_MAY_BE_FEED = frozenset({"text/xml", "application/xml", "text/html", "application/xhtml+xml"})
_HEAD = 1024
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FEED = re.compile(rb"\s*(?:<[?!][^>]*>\s*)*<(?:[\w-]+:)?(rss|feed|RDF)[\s>]")
_SRT = re.compile(rb"\s*\d+[ \t]*\r?\n[ \t]*(?:\d+:)?\d+:\d\d,\d{1,3}\s*-->")
_VTT = re.compile(rb"WEBVTT(?:\s|\Z)")


def media_type(said: str, content: bytes) -> str:
    """The type by which it is read: 'said' is what the server or the file's name says.

    PDF, Word, feeds, HTML and subtitles are told by their content where nothing is said, or only
    'bytes', 'XML' or 'text'. What is called HTML may be a feed.
    """
    said = _OTHER_NAMES.get(said, said)
    head = content[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if said in _SAYS_NOTHING:
        return _package(content) or _feed(head) or _page(head) or _subtitles(head) or said
    if said in _MAY_BE_FEED:
        return _feed(head) or (_page(head) if said.endswith("/xml") else None) or said
    if said == "text/plain":
        return _subtitles(head) or said
    return said


def _package(content: bytes) -> str | None:
    if content[:_HEAD].find(b"%PDF-") >= 0:
        return PDF
    is_word = content.startswith(b"PK\x03\x04") and b"word/" in content
    return DOCX if is_word else None


def _feed(head: bytes) -> str | None:
    found = _FEED.match(head)
    if found is None:
        return None
    return ATOM if found[1] == b"feed" else RSS


def _page(head: bytes) -> str | None:
    return "text/html" if _HTML.match(head) else None


def _subtitles(head: bytes) -> str | None:
    if _VTT.match(head):
        return VTT
    return SRT if _SRT.match(head) else None
