"""RSS and Atom feeds: their entries, each as a document of its own.

After RSS 0.9x, 1.0 (RDF) and 2.0, and Atom (RFC 4287, and 0.3). Elements are taken by their names
in whatever namespace, since feeds in the wild are not of one mind about it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from onrecord.errors import InputError
from onrecord.intake.files import clean, edtf
from onrecord.intake.markup import MarkupError, lines, text_of

MOST_BYTES = 10_000_000
"""Largest feed that is read."""

MOST_ENTRIES = 10_000

_DATES = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
_BODIES = ("encoded", "content", "description", "summary")
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_REFUSED = {
    "ERR_TAG_NOT_FINISHED": "the feed ends before its end; get it once more, whole",
    "ERR_INVALID_ENCODING": "the feed is not in the encoding that it says",
    "ERR_RESOURCE_LIMIT": "the feed is nested too deeply, or has too long a text",
}
"""What to say of some mistakes, by the parser's names for them."""

_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
_BARE_AMPERSAND = re.compile(rb"&(?!#?[A-Za-z0-9]{1,31};)")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_MOST_MENDED = 100_000
_MARKUP = re.compile("[<&]")
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}\bencoding\s*=")
_DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T|\s|\Z)")
_LONGEST_DATE = 100
_NAMED = re.compile(r"\S+@\S+ \(([^()]+)\)|([^<>@]+) <\S+@\S+>")
_LONGEST_NAME = 300
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]\w{1,8})*")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """An entry of a feed; None where it does not say."""

    text: str
    """A line for each block, the title where there is nothing else; never empty."""
    title: str | None
    url: str | None
    """http or https only: what else it names is left out."""
    published: str | None
    """EDTF, mostly a day, as printed in the entry's own time zone."""
    basis: str
    """'feed: pubDate', 'feed: updated' ..., 'no date in the feed'."""
    authors: tuple[str, ...]
    publisher: str | None
    """The title of the feed, or of the one that the entry was taken over from."""
    language: str | None


def read_feed(
    content: bytes, place: str, base: str | None = None, charset: str | None = None
) -> tuple[Entry, ...]:
    """The entries of a feed, in its order.

    `base` is the address that relative links start from, `charset` the encoding of a feed that
    names none. Entries without title and text are passed over. Common mistakes are mended: an '&'
    that is none, HTML's entities, control characters, undeclared prefixes.

    Raises InputError, which begins with `place`, when it is no feed, has no entries, is no good
    XML otherwise, ends too early, is not in its encoding, declares entities, or is beyond the
    bounds.
    """
    if len(content) > MOST_BYTES:
        raise InputError(f"{place}: over {MOST_BYTES // 1_000_000} MB, no feed is as large")
    root = _root(content, place, charset)
    channel = _child(root, "channel")
    feed = root if channel is None else channel
    items = [item for item in root.iter("{*}item", "{*}entry") if _name(item.getparent()) != "item"]
    if len(items) > MOST_ENTRIES:
        raise InputError(f"{place}: over {MOST_ENTRIES} entries, at most so many are read")
    try:
        found = [_entry(item, feed, base) for item in items]
    except MarkupError as error:
        raise InputError(f"{place}: an entry cannot be read: {error}") from error
    entries = tuple(entry for entry in found if entry)
    if not entries:
        raise InputError(f"{place}: the feed has no entries with words")
    return entries


def _root(content: bytes, place: str, charset: str | None) -> Any:
    encoding = None if _DECLARED.match(content) else charset
    root, mistake = _parsed(content, place, encoding)
    if mistake is not None and mistake.type_name not in _REFUSED:
        root, mistake = _parsed(_mended(content), place, encoding)
    if mistake is not None:
        why = f"no good XML: line {mistake.line}: {' '.join(mistake.message.split())[:120]}"
        raise InputError(f"{place}: {_REFUSED.get(mistake.type_name, why)}")
    if root is None or _name(root).casefold() not in _ROOTS:
        raise InputError(f"{place}: no RSS or Atom feed is found in it")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise InputError(f"{place}: the feed declares entities, which may stand for anything")
    return root


def _parsed(content: bytes, place: str, encoding: str | None) -> tuple[Any, Any]:
    """The root, and the first mistake that counts: after one, the parser leaves text out."""
    try:
        parser = etree.XMLParser(
            recover=True,  # else it would stop at a prefix that is not declared
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        root = etree.fromstring(content, parser)
    except LookupError as error:
        raise InputError(
            f"{place}: there is no encoding {encoding!r}, as its server says"
        ) from error
    except etree.XMLSyntaxError as error:
        raise InputError(f"{place}: no XML: {str(error)[:120]}") from error
    counted = [entry for entry in parser.error_log if not entry.type_name.startswith("NS_")]
    refused = (entry for entry in counted if entry.type_name in _REFUSED)
    return root, next(refused, counted[0] if counted else None)


def _mended(content: bytes) -> bytes:
    """The feed without the mistakes that many make, in what has the letters of ASCII."""
    plain = content.lstrip().translate(None, _CONTROLS)
    named = _ENTITY.sub(_character, plain, count=_MOST_MENDED)
    return _BARE_AMPERSAND.sub(b"&amp;", named, count=_MOST_MENDED)


def _character(entity: re.Match[bytes]) -> bytes:
    """What an entity of HTML stands for, as XML writes it; its name where there is none."""
    name = entity[0].decode("ascii")
    shown = html.unescape(name)
    return "".join(f"&#{ord(one)};" for one in shown).encode()


def _entry(item: Any, feed: Any, base: str | None) -> Entry | None:
    source = _child(item, "source")
    heading = " ".join(_text(_child(item, "title")).split())
    bodies = [_text(part) for name in _BODIES for part in _children(item, name)]
    text = clean(max(bodies, key=len, default="") or heading)
    if not text:
        return None
    published, basis = _published(item)
    return Entry(
        text=text,
        title=heading or None,
        url=_url(item, base),
        published=published,
        basis=basis,
        authors=tuple(dict.fromkeys(_authors(item))) or tuple(dict.fromkeys(_authors(feed))),
        publisher=_title(source) or _title(feed),
        language=_language(item) or _language(feed) or _language(feed.getparent()),
    )


def _title(feed: Any) -> str | None:
    """The title of a feed; in RSS, the source of an item holds nothing but its title."""
    if feed is None:
        return None
    title = feed if len(feed) == 0 else _child(feed, "title")
    return " ".join(_text(title).split()) or None


def _text(element: Any) -> str:
    """The text of an element, which may be HTML, or hold some."""
    if element is None:
        return ""
    kind = element.get("type") or ("text" if _is_atom(element) else "html")
    if len(element):
        return text_of(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    inside = element.text or ""
    if kind == "text" or not _MARKUP.search(inside):
        return "\n".join(lines(inside.split("\n")))
    return text_of(inside)


def _is_atom(element: Any) -> bool:
    return "Atom" in str(element.tag)


def _published(item: Any) -> tuple[str | None, str]:
    for name in _DATES:
        for part in _children(item, name):
            if found := _day((part.text or "").strip()[:_LONGEST_DATE]):
                return found, f"feed: {name}"
    return None, "no date in the feed"


def _day(printed: str) -> str | None:
    if day := _DAY.match(printed):
        return edtf(day[1])
    try:
        return parsedate_to_datetime(printed).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _url(item: Any, base: str | None) -> str | None:
    for address in _addresses(item):
        try:
            whole = urljoin(base or "", address.strip())
        except ValueError:
            continue
        if _ADDRESS.fullmatch(whole):
            return whole
    return None


def _addresses(item: Any) -> Iterator[str]:
    for link in _children(item, "link"):
        if link.get("rel", "alternate") == "alternate":
            yield link.get("href") or link.text or ""
    for guid in _children(item, "guid"):
        if guid.get("isPermaLink", "true").casefold() == "true":
            yield guid.text or ""
    yield from (value for name, value in item.attrib.items() if name.endswith("}about"))


def _authors(element: Any) -> Iterator[str]:
    for name in ("author", "creator"):
        for part in _children(element, name):
            inner = _child(part, "name")
            told = " ".join(((part if inner is None else inner).text or "").split())
            named = _NAMED.fullmatch(told[:_LONGEST_NAME])
            who = (named[1] or named[2]).strip() if named else told
            if who and "@" not in who:
                yield clean(who)


def _language(element: Any) -> str | None:
    if element is None:
        return None
    part = _child(element, "language")
    told = element.get(_LANG) or ("" if part is None else part.text or "")
    found = _LANGUAGE.fullmatch(told.strip())
    return found[1].lower() if found else None


def _children(element: Any, name: str) -> list[Any]:
    """The children of that name: first those of the element's own namespace."""
    if element is None:
        return []
    own = etree.QName(element).namespace
    found = list(element.iterchildren(f"{{*}}{name}"))
    return sorted(found, key=lambda child: etree.QName(child).namespace != own)


def _child(element: Any, name: str) -> Any:
    return next(iter(_children(element, name)), None)


def _name(element: Any) -> str:
    return "" if element is None else etree.QName(element).localname
