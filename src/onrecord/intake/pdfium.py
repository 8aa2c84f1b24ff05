"""The lines of a PDF as PDFium finds them, in a process of its own: a hostile file ends only that.

Run as a script. The file comes on standard input, and a JSON object goes to standard output: what
`read` gives. It imports nothing of ours, so that it starts fast.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from ctypes import c_double, c_ushort
from statistics import median_low
from typing import Any

MOST_PAGES = 5_000
MOST_LINES = 300_000
MOST_CHARACTERS = 5_000_000
MOST_MEMORY = 1_000_000_000
"""Bytes of address space, where the system keeps to such a limit."""
MOST_SECONDS = 60
"""Of processor time, where the system keeps to such a limit."""

DIVIDED = "\ufffe"
"""Ends a line that ends in a hyphen, in place of the hyphen."""

GUESSED = "\x1f"
"""A space that is not in the file: PDFium saw a gap."""

LEAST_SIZE = 1.0
"""Lower type than this, in points, is not there to be read by people."""

_END_OF_LINE = 10
_SPACE = 32
_MOST_LANGUAGE = 100
_SAMPLE = 20

Line = tuple[str, float, float, float, float]
"""Text (with DIVIDED and GUESSED), left, right, baseline, height of the type: points from the
page's left and bottom."""


def read(content: bytes) -> dict[str, Any]:
    """What the file holds, or why it cannot be read.

    `pages`, each with its `label` and its `lines`; `language`, and `Title`, `Author`,
    `CreationDate` and others as the file gives them, empty where it does not. Or else `error`:
    'password', 'broken', 'page 7', 'pages' (over MOST_PAGES) or 'text' (over the other bounds).
    """
    # Loaded here, so that the bounds above can be had without it.
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        return {"error": "password" if is_locked else "broken"}
    if len(pdf) > MOST_PAGES:
        return {"error": "pages"}
    pages: list[dict[str, Any]] = []
    lines = characters = 0
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return {"error": f"page {index + 1}"}
        characters += text.count_chars()
        if characters > MOST_CHARACTERS or lines > MOST_LINES:
            return {"error": "text"}
        found = list(_visible(page, _lines(text)))
        lines += len(found)
        pages.append({"label": pdf.get_page_label(index), "lines": found})
    return {"pages": pages, "language": _language(pdf), **pdf.get_metadata_dict()}


def _lines(text: Any) -> Iterator[Line]:
    """The lines of a page in the order of its content."""
    from pypdfium2 import raw

    letters: list[str] = []
    drawn: list[int] = []
    count = text.count_chars()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        is_divided = raw.FPDFText_IsHyphen(text, index) == 1
        if is_divided:
            letters.append(DIVIDED)
        elif code <= _SPACE:
            letters.append(GUESSED if raw.FPDFText_IsGenerated(text, index) else " ")
        else:
            letters.append(chr(code) if code <= sys.maxunicode else "\ufffd")
            drawn.append(index)
        if code == _END_OF_LINE or is_divided or index == count - 1:
            if drawn:
                yield _line(text, "".join(letters).strip(), drawn)
            letters, drawn = [], []


def _line(text: Any, letters: str, drawn: list[int]) -> Line:
    from pypdfium2 import raw

    # PDFium tells characters beyond U+FFFF in two halves.
    words = letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    baseline = c_double()
    raw.FPDFText_GetCharOrigin(text, drawn[0], c_double(), baseline)
    left, right = _box(text, drawn[0]).left, _box(text, drawn[-1]).right
    return words, left, right, baseline.value, _height(text, drawn)


def _height(text: Any, drawn: list[int]) -> float:
    """Height of most of the characters of a line: one word of it may be in another type."""
    boxes = [_box(text, index) for index in drawn[:: 1 + len(drawn) // _SAMPLE]]
    return float(median_low(abs(box.top - box.bottom) for box in boxes))


def _box(text: Any, index: int) -> Any:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    return box


def _visible(page: Any, lines: Iterator[Line]) -> Iterator[Line]:
    """The lines without those that lie outside the page or are too small to be seen."""
    left, bottom, right, top = page.get_bbox()
    for line in lines:
        _, start, end, baseline, size = line
        if start < right and end > left and bottom < baseline < top and size >= LEAST_SIZE:
            yield line


def _language(pdf: Any) -> str:
    from pypdfium2 import raw

    buffer = (c_ushort * _MOST_LANGUAGE)()
    size = raw.FPDFCatalog_GetLanguage(pdf, buffer, 2 * _MOST_LANGUAGE)
    known = bytes(buffer)[: size - 2] if 2 <= size <= 2 * _MOST_LANGUAGE else b""
    return known.decode("utf-16-le", "replace")


def _limit() -> None:
    """Give the process its bounds. Windows has none of them; the caller's clock remains."""
    if sys.platform != "win32":
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CPU, MOST_SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _limit()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
