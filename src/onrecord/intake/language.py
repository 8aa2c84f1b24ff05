"""In which language a text is written, where nothing says so.

By py3langid, the method of Lui and Baldwin ('langid.py: An Off-the-shelf Language Identification
Tool', ACL 2012): naive Bayes over byte n-grams.
"""

from __future__ import annotations

LEAST_LETTERS = 40
"""A shorter text may be anything."""

LEAST_LEAD = 5.0
"""How far the first language must lead the second, in natural logarithms of their odds."""

_READ_CHARACTERS = 4_000
_NO_LANGUAGE = "zxx"


def language_of(text: str) -> str | None:
    """ISO 639 code of the text's language; None where it is too short to tell, or close."""
    # Loaded when a text does not say it: the model takes longer to load than most commands to run.
    import py3langid

    beginning = text[:_READ_CHARACTERS]
    if sum(map(str.isalpha, beginning)) < LEAST_LETTERS:
        return None
    (first, score), (_, next_score), *_ = py3langid.rank(beginning)
    is_sure = first != _NO_LANGUAGE and score - next_score >= LEAST_LEAD
    return str(first) if is_sure else None
