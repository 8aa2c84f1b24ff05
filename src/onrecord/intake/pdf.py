"""A PDF file: its text in paragraphs with the pages they stand on, and what it says of itself."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median_low
from typing import Any

from onrecord.errors import InputError
from onrecord.intake import pdfium
from onrecord.intake.files import clean, edtf
from onrecord.intake.wrapped import between, without_guessed

MOST_WAIT = 600.0
"""Seconds after which the process that reads is ended. Its processor time ends sooner."""

REPEATED = 3
"""A line at the edge of so many pages is their running head or foot; one with a page number
already on one page less."""

_EDGE_LINES = 2
_WIDE_GAP = 1.3
_WIDEST_GAP = 2.2
_OTHER_SIZE = 1.15
_COLUMN = 20.0
_TAIL = 1024
_ENDS = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"[•‣◦▪■●○◆►–—*-]\s")
_PAGE_NUMBER = re.compile(
    r"(?:page\s)?[-–|(\[]?\s?(\w{1,8})\s?[-–|)\]]?(?:\s?(?:of|/)\s?\d{1,5})?", re.IGNORECASE
)
_NAME_OF_A_FILE = re.compile(
    r"\A(?:Microsoft Word - |untitled\b)|\.(?:docx?|indd|odt|pages|pdf|pptx?|qxp|rtf|tex|xlsx?)\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
_WORD = re.compile(r"\w+(?:-\w+)*")
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"(\w+)-\Z")
_EDGE_NUMBER = re.compile(r"\A\d+(?:\s?/\s?\d+)?\s+|\s+\d+(?:\s?(?:/|of)\s?\d+)?\Z")


@dataclass(frozen=True)
class PageMark:
    """Where the text of a page stands: code points of the whole text, end exclusive."""

    number: int
    """From 1, in the order of the pages."""
    label: str
    """The number as the file has it printed: 'xii', 'A-3'; mostly the same."""
    start: int
    end: int


@dataclass(frozen=True)
class Pdf:
    """What a PDF file holds; None where it does not say."""

    text: str
    """Paragraphs with a blank line between them; never empty. Running heads, feet and page numbers
    are left out, words that were divided at a line's end are whole."""
    pages: tuple[PageMark, ...]
    """Those that have text, in order. A paragraph may run on from one to the next."""
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    made: str | None
    """ISO date on which the file was made."""


@dataclass(frozen=True)
class _Line:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int
    """Its place among the pages, from 0."""
    divided: bool
    """It ends in a hyphen, and what follows runs on."""


def read_pdf(content: bytes, place: str) -> Pdf:
    """The text of a PDF file.

    Raises InputError, which begins with `place`, when it needs a password, is broken or cut off,
    holds no text (scanned pages), or is beyond the bounds in `pdfium`.
    """
    if b"%%EOF" not in content.rstrip()[-_TAIL:]:
        raise InputError(f"{place}: the PDF ends before its end; get it once more, whole")
    plain = _read(content, place)
    labels = [
        clean(page["label"]) or str(number) for number, page in enumerate(plain["pages"], start=1)
    ]
    lines = [
        line
        for number, page in enumerate(plain["pages"])
        for line in (_line(number, *found) for found in page["lines"])
        if line.text
    ]
    text, pages = _set(_body(lines, labels) or lines, labels)
    if not text:
        raise InputError(
            f"{place}: no text in the {len(labels)} pages of the PDF; if they are scanned, "
            "run them through text recognition first"
        )
    title = clean(plain["Title"])
    return Pdf(
        text=text,
        pages=pages,
        title=None if not title or _NAME_OF_A_FILE.search(title) else title,
        authors=tuple(clean(name) for name in plain["Author"].split(";") if clean(name)),
        language=_language(plain["language"]),
        made=_day(plain["CreationDate"]),
    )


def _line(page: int, words: str, left: float, right: float, baseline: float, size: float) -> _Line:
    spaced = without_guessed(words.replace(pdfium.DIVIDED, "-"), pdfium.GUESSED)
    text = clean(" ".join(spaced.split()))
    return _Line(text, left, right, baseline, size, page, words.endswith(pdfium.DIVIDED))


def _read(content: bytes, place: str) -> dict[str, Any]:
    """What the process that runs PDFium says."""
    try:
        run = subprocess.run(  # noqa: S603 - our own script, the file goes in as its input
            [sys.executable, "-P", str(Path(pdfium.__file__))],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"{place}: the PDF is not read after {MOST_WAIT:.0f} seconds") from None
    if run.returncode:
        raise InputError(f"{place}: the PDF cannot be read: {_end(run.returncode)}")
    plain: dict[str, Any] = json.loads(run.stdout)
    if "error" in plain:
        raise InputError(f"{place}: {_refusal(plain['error'])}")
    return plain


def _refusal(error: str) -> str:
    match error:
        case "password":
            return "the PDF is encrypted and needs a password; save a copy that needs none"
        case "broken":
            return "the PDF is broken; open it in a viewer and print it to a new PDF"
        case "pages":
            return f"the PDF has over {pdfium.MOST_PAGES} pages; split it into smaller files"
        case "text":
            return (
                f"the PDF has over {pdfium.MOST_CHARACTERS} characters or {pdfium.MOST_LINES} "
                "lines of text; split it into smaller files"
            )
    return f"{error} of the PDF is broken; open it in a viewer and print it to a new PDF"


def _end(code: int) -> str:
    """How a process ended that did not end well."""
    if code in (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0)):
        return f"it takes more than {pdfium.MOST_SECONDS} seconds of work"
    return f"it takes more than {pdfium.MOST_MEMORY // 1_000_000} MB of memory, or PDFium fails"


def _language(told: str) -> str | None:
    found = _LANGUAGE.fullmatch(told.strip())
    return found[1].lower() if found else None


def _day(told: str) -> str | None:
    found = _DAY.match(told)
    return edtf("-".join(found.groups())) if found else None


def _body(lines: list[_Line], labels: list[str]) -> list[_Line]:
    """The lines without running heads, feet and page numbers."""
    edges = _edges(lines)
    pages = Counter(words for _, words in {(line.page, _running(line)) for line in edges})

    def is_furniture(line: _Line) -> bool:
        running = _running(line)
        least = REPEATED if running == line.text else REPEATED - 1
        return _is_page_number(line, labels) or (running != "" and pages[running] >= least)

    return [line for line in lines if line not in edges or not is_furniture(line)]


def _edges(lines: list[_Line]) -> set[_Line]:
    """The highest and the lowest lines of each page."""
    by_page: dict[int, list[_Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    found: set[_Line] = set()
    for page in by_page.values():
        heights = sorted({round(line.baseline) for line in page})
        outer = {*heights[:_EDGE_LINES], *heights[-_EDGE_LINES:]}
        found.update(line for line in page if round(line.baseline) in outer)
    return found


def _running(line: _Line) -> str:
    """What a running head has in common on all pages: all but the page number; '' for figures."""
    words = _EDGE_NUMBER.sub("", line.text)
    return words if any(map(str.isalpha, words)) else ""


def _is_page_number(line: _Line, labels: list[str]) -> bool:
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and found[1] in {labels[line.page], str(line.page + 1)}


def _set(lines: list[_Line], labels: list[str]) -> tuple[str, tuple[PageMark, ...]]:
    """The lines as running text, and where each page stands in it."""
    layout = _Layout(lines)
    pieces: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    length = 0
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if before and not before.divided:
            pieces.append("\n\n" if layout.parts(before, line) else between(before.text, line.text))
            length += len(pieces[-1])
        whole = after and line.divided and not layout.keeps_hyphen(line, after)
        pieces.append(line.text[:-1] if whole else line.text)
        start, _ = spans.get(line.page, (length, 0))
        length += len(pieces[-1])
        spans[line.page] = start, length
    marks = (PageMark(page + 1, labels[page], *span) for page, span in spans.items())
    return "".join(pieces), tuple(marks)


class _Layout:
    """Tells from where lines stand which of them make one paragraph."""

    def __init__(self, lines: list[_Line]) -> None:
        self._words = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
        self._columns: dict[tuple[int, int], float] = {}
        gaps: dict[int, list[float]] = {}
        for line in lines:
            key = line.page, int(line.left // _COLUMN)
            self._columns[key] = max(line.right, self._columns.get(key, line.right))
        for before, line in pairwise(lines):
            gap = before.baseline - line.baseline
            if before.page == line.page and line.size / 2 < gap < 3 * line.size:
                gaps.setdefault(line.page, []).append(gap)
        self._gaps = {page: median_low(found) for page, found in gaps.items()}

    def parts(self, before: _Line, line: _Line) -> bool:
        """Whether a paragraph ends between two lines."""
        ended = _ENDS.search(before.text) is not None
        runs_on = not ended and line.text[:1].islower()
        gap = before.baseline - line.baseline
        if before.page != line.page or gap < -line.size / 2:
            return not runs_on
        if gap < line.size / 2:
            return False
        return (
            gap > min(_WIDE_GAP * self._gaps.get(line.page, gap), _WIDEST_GAP * line.size)
            or max(before.size, line.size) > _OTHER_SIZE * min(before.size, line.size)
            or _BULLET.match(line.text) is not None
            or (ended and line.left > before.left + line.size / 2)
            or (not runs_on and self._fits(before, line))
        )

    def keeps_hyphen(self, line: _Line, after: _Line) -> bool:
        """Whether the hyphen at the end of a line is one of the word: Su-30, well-known.

        Between small letters it is taken for a division, unless the file has the word with the
        hyphen elsewhere, and never without.
        """
        first, second = _LAST_WORD.search(line.text), _FIRST_WORD.match(after.text)
        if not (first and second and first[1][-1].islower() and second[0][0].islower()):
            return True
        head, tail = first[1].casefold(), second[0].casefold()
        return f"{head}-{tail}" in self._words and head + tail not in self._words

    def _fits(self, before: _Line, line: _Line) -> bool:
        """Whether the first word of a line had had room on the line before."""
        column = int(before.left // _COLUMN)
        right = max(
            self._columns.get((before.page, key), before.right)
            for key in (column - 1, column, column + 1)
        )
        word = line.text.split(" ", 1)[0]
        width = (line.right - line.left) * len(word) / len(line.text)
        return before.right + line.size / 4 + width < right
