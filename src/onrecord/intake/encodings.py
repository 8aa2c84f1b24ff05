"""Bytes into text, in encodings that strangers name."""

from __future__ import annotations

import codecs

_NOT_OF_PAGES = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
"""Encodings that Python knows and no page is in: some take hours for what is fast elsewhere, some
let bytes stand for what a browser would never show."""


def decoded(content: bytes, encoding: str) -> str:
    """The text. Raises LookupError for an encoding that is none, UnicodeError when it is another.

    As on the web (WHATWG Encoding), ASCII and Latin-1 stand for Windows-1252.
    """
    name = codecs.lookup(encoding).name.replace("_", "-")
    if name in _NOT_OF_PAGES:
        raise LookupError(f"no page is in {name}")
    if name not in ("ascii", "iso8859-1"):
        return content.decode(encoding)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # five bytes that Windows-1252 leaves open
