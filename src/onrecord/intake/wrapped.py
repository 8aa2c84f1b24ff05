"""Lines that were broken to fit a page or a screen, and run on."""

from __future__ import annotations

import re

_LETTER = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uaa60-\uaa7f\uff01-\uff60]"
)
_UNSPACED = re.compile(_LETTER)
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese set no spaces between words."""


def between(before: str, after: str) -> str:
    """What stands between two pieces of one text: a space, or nothing where its script has none."""
    return "" if _UNSPACED.match(before[-1:]) and _UNSPACED.match(after[:1]) else " "


def without_guessed(text: str, guessed: str) -> str:
    """The text with a space for each guessed one, or nothing where its script has none."""
    return re.sub(f"(?<={_LETTER}){guessed}+(?={_LETTER})", "", text).replace(guessed, " ")
