"""How well attributions are read: brat standoff annotations of source, cue and content.

The scheme is that of PolNeAR (Newell et al. 2018, 'An Attribution Relations Corpus for Political
News'): events `Attribution` with the roles Source, Cue and Content. A found span counts as
overlapping when it shares a character with a gold one of its role, and the other way round (Breck,
Choi and Cardie 2007, 'Identifying Expressions of Opinion in Context'); as exact when all its
characters are the same. The whole of an attribution is its source and its content, linked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.evals.lines import objects, read_lines, text_field
from onrecord.evidence.reported import reported
from onrecord.text.passages import PASSAGE_WORDS, Span, sentences

Spans = tuple[Span, ...]
"""Pieces of one annotation, in order, without whitespace around them."""

ROLES = ("cue", "source", "content")


@dataclass(frozen=True, order=True)
class Attributed:
    """An attribution as it is measured; a part that it has not is empty."""

    cue: Spans
    source: Spans
    content: Spans


@dataclass(frozen=True)
class AnnotatedText:
    """A text of the gold standard."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]


Reader = Callable[[str], Iterable[Attributed]]


def evaluate_attribution(path: Path) -> dict[str, Any]:
    """Scores of the rules, and of a baseline that knows only 'said', 'told' and 'according to'.

    `path` is a folder of brat files (`NAME.txt` beside `NAME.ann`), or lines of JSON with `id`,
    `text` and `ann`, plain or gzip. Milliseconds are of processor time for a passage of
    PASSAGE_WORDS words. Raises InputError when there is nothing to read.
    """
    texts = read_brat(path)
    started = time.process_time()
    read = [tuple(read_rules(text.text)) for text in texts]
    spent = time.process_time() - started
    words = sum(len(text.text.split()) for text in texts)
    return {
        "documents": len(texts),
        "n": sum(len(text.attributions) for text in texts),
        **score(texts, read),
        "ms_per_passage": round(1000 * spent * PASSAGE_WORDS / max(1, words), 3),
        "baseline": score(texts, [tuple(read_said(text.text)) for text in texts]),
    }


def read_rules(text: str) -> Iterator[Attributed]:
    """What `onrecord.evidence.reported` finds outside quotations: the scheme looks at no others."""
    for one in reported(text):
        if not one.quoted:
            source = _pieces([one.source] if one.source else [], text)
            yield Attributed(_pieces([one.cue], text), source, _pieces(one.content, text))


_SAID = re.compile(
    r"(?P<source>\b(?:[Hh]e|[Ss]he|[Tt]hey|(?:[A-Z][\w.’'-]*\s+){0,5}[A-Z][\w’'-]*))\s+"
    r"(?P<cue>said|says|told)\b|"
    r"(?P<to>[Aa]ccording to)\s+(?P<of>(?:the\s+)?(?:[\w’'-]+\s+){0,4}[\w’'-]+)"
)


def read_said(text: str) -> Iterator[Attributed]:
    """The baseline: a pronoun or names before 'said', 'says' or 'told', words after 'according to'.

    The content is the longer side of the sentence.
    """
    for start, end in sentences(text):
        for match in _SAID.finditer(text, start, end):
            cue, source = ("cue", "source") if match["cue"] else ("to", "of")
            before, after = (start, match.start()), (match.end(), end)
            content = max(before, after, key=lambda span: span[1] - span[0])
            yield Attributed(
                _pieces([match.span(cue)], text),
                _pieces([match.span(source)], text),
                _pieces([content], text),
            )


def score(
    texts: Sequence[AnnotatedText], read: Sequence[Sequence[Attributed]]
) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each role and of the whole, by overlap and exact, in [0, 1]."""
    tallies = {role: _Tally() for role in (*ROLES, "whole")}
    for text, found in zip(texts, read, strict=True):
        for role in ROLES:
            gold = {getattr(one, role) for one in text.attributions} - {()}
            tallies[role].add(gold, {getattr(one, role) for one in found} - {()}, _overlap)
        tallies["whole"].add(_wholes(text.attributions), _wholes(found), _both_overlap)
    return {role: tally.scores() for role, tally in tallies.items()}


def _wholes(attributions: Iterable[Attributed]) -> set[tuple[Spans, Spans]]:
    return {(one.source, one.content) for one in attributions if one.source and one.content}


class _Tally:
    """Counts over texts."""

    def __init__(self) -> None:
        self.gold = self.found = self.right = self.recalled = self.exact = 0

    def add(self, gold: set[Any], found: set[Any], match: Callable[[Any, Any], bool]) -> None:
        self.gold += len(gold)
        self.found += len(found)
        self.exact += len(gold & found)
        self.right += sum(any(match(one, other) for other in gold) for one in found)
        self.recalled += sum(any(match(one, other) for other in found) for one in gold)

    def scores(self) -> dict[str, float]:
        precision, recall = _share(self.right, self.found), _share(self.recalled, self.gold)
        return {
            "overlap_f1": _f1(precision, recall),
            "overlap_precision": round(precision, 4),
            "overlap_recall": round(recall, 4),
            "exact_f1": _f1(_share(self.exact, self.found), _share(self.exact, self.gold)),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    both = precision + recall
    return round(2 * precision * recall / both, 4) if both else 0.0


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _both_overlap(one: tuple[Spans, Spans], other: tuple[Spans, Spans]) -> bool:
    return _overlap(one[0], other[0]) and _overlap(one[1], other[1])


def _pieces(spans: Iterable[Span], text: str) -> Spans:
    """Spans in order without whitespace around them, those put together that only it parts."""
    found: list[Span] = []
    for start, end in sorted(spans):
        piece = text[start:end]
        left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if left >= right:
            continue
        if found and not text[found[-1][1] : left].strip():
            found[-1] = found[-1][0], right
        else:
            found.append((left, right))
    return tuple(found)


def read_brat(path: Path) -> tuple[AnnotatedText, ...]:
    """The annotated texts of a folder or file. Raises InputError when there are none."""
    texts = tuple(_folder(path) if path.is_dir() else _rows(path))
    if not texts:
        raise InputError(
            f"{path}: no annotated texts; NAME.txt beside NAME.ann, or lines with 'id', 'text' and "
            "'ann' are wanted"
        )
    return texts


def _folder(path: Path) -> Iterator[AnnotatedText]:
    for file in sorted(path.glob("*.ann")):
        text, annotations = _content(file.with_suffix(".txt")), _content(file)
        yield annotated(file.stem, text, annotations, str(file))


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file, though its annotations are there") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8: {error.reason}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _rows(path: Path) -> Iterator[AnnotatedText]:
    for place, row in objects(read_lines(path)):
        name, text, annotations = (text_field(row, key, place) for key in ("id", "text", "ann"))
        yield annotated(name, text, annotations, place)


_SPAN_LINE = re.compile(r"(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT_LINE = re.compile(r"E\d+\t(\S+:\S+(?: \S+:\S+)*)\s*")
_ROLE = re.compile(r"(Source|Cue|Content)\d*")


def annotated(name: str, text: str, annotations: str, place: str) -> AnnotatedText:
    """A text with the attributions of its brat annotations; lines of other kinds are passed over.

    Raises InputError, which begins with `place`, for a span beyond the text.
    """
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in annotations.split("\n"):
        if held := _SPAN_LINE.match(line):
            spans[held[1]] = [_span(piece, text, place) for piece in held[2].split(";")]
        elif event := _EVENT_LINE.fullmatch(line):
            events.append(event[1])
    found = (_attributed(event, spans, text) for event in events)
    return AnnotatedText(name, text, tuple(one for one in found if one.cue or one.content))


def _span(piece: str, text: str, place: str) -> Span:
    start, end = map(int, piece.split())
    if not start < end <= len(text):
        raise InputError(
            f"{place}: span {start} {end} lies beyond the {len(text)} characters of its text"
        )
    return start, end


def _attributed(event: str, spans: dict[str, list[Span]], text: str) -> Attributed:
    held: dict[str, list[Span]] = {role: [] for role in ROLES}
    for argument in event.split():
        role, _, key = argument.partition(":")
        if known := _ROLE.fullmatch(role):
            held[known[1].lower()] += spans.get(key, [])
    return Attributed(**{role: _pieces(pieces, text) for role, pieces in held.items()})
