"""Lists of words, written as they are read."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a text, each once: 'the a an' are three."""
    return frozenset(words.split())
