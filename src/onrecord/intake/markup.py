"""HTML before it becomes text: captions kept as lines of their own, strips and scripts out.

By elements, and by the words that sites of every kind use in the names of their classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree, html

from onrecord.text.wordlists import listed

_NOT_READ = listed(
    "aside audio button canvas embed footer form head iframe input math nav noscript object select "
    "style script svg template textarea title video"
)
_BLOCKS = listed(
    "address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table tr ul"
)
_CAPTION = re.compile(r"(?:[\w-]*[-_])?caption(?:[-_]+(?:text|content|body|inner))?", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:[\w-]*[-_])?(?:credits?|copyright|photographer|byline|attribution|source)"
    r"(?:[-_]+(?:text|name|line))?",
    re.IGNORECASE,
)
_CREDIT_PROPERTIES = listed("author copyrightHolder copyrightNotice creator creditText")
_FOR_THE_EAR = re.compile(
    r"(?:visually|screen-?reader|sr|assistive)[-_](?:hidden|only|text)", re.IGNORECASE
)
_STRIP = re.compile(
    r"(?:[\w-]*[-_])?(?:breaking|ticker|newsticker|marquee)(?:[-_][\w-]*)?", re.IGNORECASE
)
_LONGEST_STRIP = 300
_LONGEST_CAPTION = 2_000
_LEAST_WORDS = 4
_BREAKPOINTS = re.compile(r"(?:(?:xs|sm|md|lg|xl|xxl|[2-6]xl)(?:[\s|,/·]+|\Z))+")
_BREAK = "\u2029"
_OVER_LIMIT = "ERR_RESOURCE_LIMIT"
"""What the parser calls it; it would leave out the rest."""


class MarkupError(ValueError):
    """HTML that is nested too deeply, or too long, to be read whole."""


def prepare(tree: Any) -> frozenset[str]:
    """Take strips ('Breaking news ...') out of a page, and give each caption a paragraph.

    A credit in an element of its own goes into brackets behind what it credits, as agencies print
    it. A caption that stood there before is dropped. Gives the captions.
    """
    for element in tree.xpath("//*[@class or @id]"):
        if _is_strip(element):
            _remove(element)
    found: dict[str, None] = {}
    done: set[Any] = set()
    for element in tree.xpath("//figcaption | //*[contains(@class, 'caption')]"):
        if _is_caption(element) and done.isdisjoint(element.iterancestors()):
            text = _caption(element)
            _put(element, "" if text in found else text)
            found[text] = None
            done.add(element)
    for figure in list(tree.iter("figure")):
        _open(figure)
    return frozenset(found) - {""}


def text_of(source: str) -> str:
    """The text of HTML as it is shown, of whole pages or pieces: a line a block, '' for none.

    Unlike extraction from a page, nothing in it is judged. Raises MarkupError.
    """
    parser = html.HTMLParser(no_network=True, recover=True)
    try:
        tree = html.document_fromstring(f"<div>{source}</div>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    if any(entry.type_name == _OVER_LIMIT for entry in parser.error_log):
        raise MarkupError("its HTML is nested too deeply or too long")
    prepare(tree)
    etree.strip_elements(tree, *sorted(_NOT_READ), with_tail=False)
    for element in tree.iter(*sorted(_BLOCKS)):
        element.text = _BREAK + (element.text or "")
        element.tail = _BREAK + (element.tail or "")
    return "\n".join(lines("".join(tree.itertext()).split(_BREAK)))


def lines(found: Iterable[str]) -> list[str]:
    """The lines that are text, their spaces single.

    None is empty, is the same four words or more as the line before, or only names the breakpoints
    of a layout ('xs sm md lg').
    """
    kept = [""]
    for words in (one.split() for one in found):
        line = " ".join(words)
        is_again = line == kept[-1] and len(words) >= _LEAST_WORDS
        if words and not is_again and not _BREAKPOINTS.fullmatch(line):
            kept.append(line)
    return kept[1:]


def _is_strip(element: Any) -> bool:
    """Whether it is a line that runs across all pages of a site, and no part of an article."""
    return (
        (_is_named(element, _STRIP) or _STRIP.fullmatch(element.get("id") or "") is not None)
        and element.tag not in ("html", "body", "article", "main", "h1", "p")
        and element.find(".//p") is None
        and element.find(".//h1") is None
        and len(_words(element)) <= _LONGEST_STRIP
    )


def _is_caption(element: Any) -> bool:
    is_named = element.tag == "figcaption" or _is_named(element, _CAPTION)
    return is_named and len(_words(element)) <= _LONGEST_CAPTION


def _caption(element: Any) -> str:
    """What a picture shows, and in brackets who made it. Takes both out of the element."""
    holder = next(element.iterancestors("figure"), element)
    if len(holder.findall(".//figcaption")) > 1:
        holder = element
    for part in element.xpath(".//*[@class]"):
        if _is_named(part, _FOR_THE_EAR):
            _remove(part)
    makers: list[str] = []
    for part in holder.xpath(".//*[@class or @itemprop or self::cite or self::small]"):
        if part is not element and _is_credit(part):
            makers.append(_words(part).strip("()[] "))
            _remove(part)
    credit = ", ".join(dict.fromkeys(filter(None, makers)))
    return " ".join(filter(None, (_words(element), f"({credit})" if credit else "")))


def _is_credit(element: Any) -> bool:
    return (
        element.tag in ("cite", "small")
        or element.get("itemprop") in _CREDIT_PROPERTIES
        or _is_named(element, _CREDIT)
    )


def _is_named(element: Any, pattern: re.Pattern[str]) -> bool:
    """Whether one of its classes fits."""
    return any(map(pattern.fullmatch, (element.get("class") or "").split()))


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext(with_tail=False)).split())


def _put(element: Any, text: str) -> None:
    """Put a paragraph in place of an element, or nothing for ''."""
    if text and element.getparent() is not None:
        paragraph = element.makeelement("p")
        paragraph.text = text
        element.addprevious(paragraph)
    _remove(element)


def _open(figure: Any) -> None:
    """Make a figure a part of the text: readers of text throw figures away."""
    if figure.find(".//blockquote") is None and figure.find(".//pre") is None:
        kept: dict[Any, None] = {}
        for part in figure.iter("p", "table"):
            if kept.keys().isdisjoint(part.iterancestors()):
                kept[part] = None
        for part in list(figure):
            figure.remove(part)
        figure.text = None
        for part in kept:
            part.tail = None
            figure.append(part)
    figure.tag = "div"


def _remove(element: Any) -> None:
    """Take an element out, and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)
