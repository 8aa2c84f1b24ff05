"""Which lines of a page are prose, and which are its furniture: menus, strips, player words, names.

By form alone: a line is prose when it ends as a sentence does and has the words of one. So no list
of buttons has to be kept, and a heading is no evidence either.
"""

from __future__ import annotations

import re

from onrecord.text.passages import Span

LEAST_WORDS = 4
"""A line of fewer words is no sentence that could be evidence."""

UNSTOPPED_WORDS = 25
"""A line of so many words is prose even if no stop ends it: a page may be cut."""

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,40}")
_END = re.compile(r"(?:[.!?…:]|[。！？])[\"'”’»)\]*_]*\s*\Z|[.!?][^.!?\n]{0,80}\)\s*\Z")


def prose(text: str) -> tuple[Span, ...]:
    """Spans of the lines that are prose, in order, without the whitespace around them.

    A line that is the same as the one before it counts once: pages print a caption also as the
    picture's alternative text.
    """
    found: list[Span] = []
    last = ""
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        if line != last and is_prose(line):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append((start, start + len(line)))
        last = line
    return tuple(found)


def is_prose(line: str) -> bool:
    """Whether a line reads as sentences: words in lower case among it, and a stop at its end."""
    words = _WORD.findall(line)
    if len(words) < LEAST_WORDS or not any(word[0].islower() for word in words):
        return False
    return len(words) >= UNSTOPPED_WORDS or _END.search(line) is not None
