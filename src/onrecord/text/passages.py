"""Where a text falls apart: sentences, and the passages that are searched and quoted.

Spans are Unicode code points, end exclusive. They come in order, never overlap, never are empty,
never begin or end in whitespace, and together cover every character that is not whitespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.text.wordlists import listed

Span = tuple[int, int]

PASSAGE_WORDS = 90
"""A passage has no more words than this, but for its tail."""

TAIL_WORDS = 15
"""A last stretch of no more words than this joins the passage before it."""

SENTENCE_WORDS = 180
"""A sentence of more words than this is cut."""

# A run of 40 characters counts as a word, so that a text without spaces cannot make a passage of
# any length.
_WORD = re.compile(r"\S{1,40}")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LIST_ITEM = re.compile(r"\n\s*(?=(?:[-*+•]|#{1,6}|\d{1,3}[.)])\s)")
_STOP = re.compile(
    # Only where a run of stops begins: a text of nothing else would take quadratic time.
    r"(?P<stop>(?<![.!?…])[.!?…]+)[\"'”’»)\]*_]*(?=\s)"
    r"|(?P<wide>(?<![。！？])[。！？]+[」』”’）]*)"
)
_LAST_WORD = re.compile(r"[\w.&'’-]{1,24}\Z")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[*_„]*([\w'’]*)")
_ACRONYM = re.compile(r"(?:\w\.)+\w\Z")


_ALWAYS_GO_ON = listed(
    "mr mrs ms mx dr prof rev hon sr fr messrs mme mlle gen lt col maj capt cmdr cpl sgt adm brig "
    "cdr pvt insp det supt gov sen rep pres amb min sec st mt ft vs viz cf eg ie approx ca"
)
_GO_ON_BEFORE_FIGURE = listed(
    "no nos art arts para paras sec secs fig figs p pp vol vols ch chap ed eq res op ref "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MAY_END = listed("inc co ltd corp bros llc plc etc al jr bn dept univ assn est")
_STARTERS = listed(
    "the a an this that these those it its he she they we i you his her their our there here in on "
    "at by for from after before when while where if as but and or so yet however since during "
    "according what who why how no not under with both two three one some many most all"
)


def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences, found by rule.

    A sentence ends at `.`, `!`, `?` or `…` (and quotation marks after it) before whitespace, unless
    the word is an abbreviation or an initial, or the next word begins in lower case. A blank line
    and a list item end one too.
    """
    return tuple(
        span for paragraph in _paragraphs(text) for span in _sentences_of(text, *paragraph)
    )


def passages(text: str) -> tuple[Span, ...]:
    """Spans of the passages: paragraphs in a row, or whole sentences of a long one.

    A passage has at most about 90 words, and as many as that allows: news paragraphs are short and
    lean on those before them. A last stretch of up to 15 words joins the one before it; a sentence
    of more than 180 words is cut at word boundaries.
    """
    joined: list[Span] = []
    for paragraph in _paragraphs(text):
        for start, end in _passages_of(text, *paragraph):
            if joined and _count(text, joined[-1][0], end) <= PASSAGE_WORDS:
                joined[-1] = joined[-1][0], end
            else:
                joined.append((start, end))
    return tuple(joined)


def _paragraphs(text: str) -> Iterator[Span]:
    cuts = ((match.start(), match.end()) for match in _PARAGRAPH_BREAK.finditer(text))
    return _trimmed(text, 0, len(text), (end for _, end in cuts))


def _sentences_of(text: str, start: int, end: int) -> Iterator[Span]:
    stops = {match.end() for match in _STOP.finditer(text, start, end) if _ends(text, match)}
    items = {match.end() for match in _LIST_ITEM.finditer(text, start, end)}
    return _trimmed(text, start, end, sorted(stops | items))


def _trimmed(text: str, start: int, end: int, cuts: Iterable[int]) -> Iterator[Span]:
    """The pieces between the cuts, without the whitespace around them."""
    for cut in (*cuts, end):
        piece = text[start:cut]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield left, right
        start = cut


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the stop ends a sentence."""
    if match["wide"]:
        return True
    following = _NEXT_WORD.match(text, match.end())
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    if match["stop"] != ".":
        return True
    return not _goes_on(_word_before(text, match.start()), word)


def _word_before(text: str, end: int) -> str:
    found = _LAST_WORD.search(text, max(0, end - 24), end)
    return found[0] if found else ""


def _goes_on(before: str, following: str) -> bool:
    """Whether a full stop after `before` belongs to the word rather than to the sentence."""
    lower = before.casefold()
    if lower in _GO_ON_BEFORE_FIGURE and following[:1].isdigit():
        return True
    if lower in _ALWAYS_GO_ON:
        return before[:1].isupper() or "." in before or lower in {"vs", "cf", "eg", "ie", "approx"}
    if len(before) == 1 and before.isalpha():
        return before.isupper() and before != "I"
    if _ACRONYM.match(before) or lower in _MAY_END:
        return following.casefold() not in _STARTERS
    return False


def _passages_of(text: str, start: int, end: int) -> Iterator[Span]:
    if _count(text, start, end) <= PASSAGE_WORDS:
        yield start, end
        return
    stretches: list[Span] = []
    words = 0
    for left, right in _pieces(text, start, end):
        count = _count(text, left, right)
        if stretches and words + count <= PASSAGE_WORDS:
            stretches[-1] = stretches[-1][0], right
            words += count
        else:
            stretches.append((left, right))
            words = count
    if len(stretches) > 1 and words <= TAIL_WORDS:
        _, right = stretches.pop()
        stretches[-1] = stretches[-1][0], right
    yield from stretches


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences, the very long ones cut."""
    for left, right in _sentences_of(text, start, end):
        words = [match.span() for match in _WORD.finditer(text, left, right)]
        for first in range(0, len(words), SENTENCE_WORDS):
            last = min(first + SENTENCE_WORDS, len(words)) - 1
            yield words[first][0], words[last][1]


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end))
