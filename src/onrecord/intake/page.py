"""An HTML page: its text, and what it says of itself. Never fetches anything, runs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import htmldate
import trafilatura
from trafilatura.utils import decode_file

from onrecord.errors import InputError
from onrecord.intake.encodings import decoded
from onrecord.intake.files import clean
from onrecord.intake.markup import lines, prepare, text_of
from onrecord.text.passages import Span

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_HEAD_BYTES = 4096

_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datePublished",
    "parsely-pub-date",
    "dc.date.issued",
    "DC.date.issued",
    "date",
)
_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{10,40})"')


@dataclass(frozen=True)
class Page:
    """What a page holds; None where it does not say."""

    text: str
    """Paragraphs with a blank line between them; never empty."""
    title: str | None
    authors: tuple[str, ...]
    site: str | None
    url: str | None
    """The address that it gives itself, which may not be where it was found."""
    language: str | None
    published: str | None
    """ISO date, as printed in the page's own time zone."""
    basis: str
    """How the date was found: 'meta tag ...', 'JSON-LD datePublished', 'found in page by
    htmldate', 'no date in the page'."""
    captions: tuple[Span, ...]
    """Which paragraphs say what a picture shows, with its credit in brackets at the end: code
    points of the text, end exclusive."""


def read_page(content: bytes, place: str, charset: str | None = None) -> Page:
    """The page of an HTML file.

    Its encoding is UTF-8 where it can be, else the one that its server names (`charset`), else
    the one that the page declares, else guessed.

    Raises InputError, which begins with `place`, when no text is found in it.
    """
    tree = _guarded(lambda: trafilatura.load_html(_decoded(content, charset)), place)
    if tree is None:
        raise InputError(f"{place}: no HTML is found in it; is it a web page?")
    # htmldate and the extraction change the tree that they are given.
    published, basis = _guarded(lambda: _published(deepcopy(tree)), place)
    language = _language(tree)
    captions = _guarded(lambda: prepare(tree), place)
    found = _guarded(lambda: _extracted(tree), place)
    text = found.text or _guarded(lambda: text_of(_decoded(content, charset)), place)
    paragraphs = lines(clean(line) for line in (text or "").splitlines())
    if not paragraphs:
        raise InputError(f"{place}: no text is found in the page; save it as .txt and add that")
    return Page(
        text="\n\n".join(paragraphs),
        title=found.title or None,
        authors=tuple(part.strip() for part in (found.author or "").split(";") if part.strip()),
        site=found.sitename or found.hostname or None,
        url=found.url or None,
        language=language,
        published=published,
        basis=basis,
        captions=tuple(_spans(paragraphs, captions)),
    )


def _spans(paragraphs: list[str], wanted: frozenset[str]) -> Iterator[Span]:
    start = 0
    for paragraph in paragraphs:
        if paragraph in wanted:
            yield start, start + len(paragraph)
        start += len(paragraph) + len("\n\n")


def _guarded(step: Callable[[], Any], place: str) -> Any:
    """A parser's crash on a hostile page is a fault of that page, never a traceback."""
    try:
        return step()
    except Exception as error:  # whatever it is, it is the page's
        kind = type(error).__name__
        raise InputError(f"{place}: the page cannot be read: {kind}: {str(error)[:120]}") from error


def _decoded(content: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    for name in ("utf-8-sig", charset, declared and declared[1].decode("ascii")):
        try:
            if name:
                return decoded(content, name)
        except (LookupError, UnicodeError):
            continue
    return str(decode_file(content))


def _extracted(tree: Any) -> Any:
    found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    return found or trafilatura.extract_metadata(tree)


def _published(tree: Any) -> tuple[str | None, str]:
    for name in _META_DATES:
        for content in tree.xpath(
            "//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name
        ):
            if day := _DAY.match(content):
                return day[1], f"meta tag {name}"
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        if (date := _JSON_LD_DATE.search(script)) and (day := _DAY.match(date[1])):
            return day[1], "JSON-LD datePublished"
    # A string would be taken for an address and fetched if it looked like one, a tree is not; and
    # the fixed end keeps today's date out of the answer.
    found = htmldate.find_date(
        tree, original_date=True, extensive_search=False, max_date="2100-01-01"
    )
    return (found, "found in page by htmldate") if found else (None, "no date in the page")


def _language(tree: Any) -> str | None:
    for tag in tree.xpath("/html/@lang"):
        if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", tag.strip()):
            return str(re.split("[-_]", tag.strip())[0].lower())
    return None
