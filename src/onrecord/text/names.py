"""Names in a text, and whether another text speaks of them.

Places and organisations are met through inflection (Russia, Russian), never through likeness;
designators (Su-30) only as they are.
"""

from __future__ import annotations

import re

_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]*|(?:[A-Z]\.){2,})(?:\s+(?:of\s+(?:the\s+)?)?(?:[A-Z][\w’'-]*))*"
)
_DESIGNATOR = re.compile(r"\b[A-Z][A-Za-z]{0,4}-\d+[A-Za-z]{0,3}\b")
_CALENDAR = set(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
_OPENERS = set(
    "A An All Any At As After Before Between Both But By Despite During Each Every Few For From He "
    "Her Here His How However I If In It Its Many More Most Much My No Nobody None Not Nothing Of "
    "On One Only Or Our Over She Since So Some Such That The Their Then There These They This "
    "Those To Two Three Four Five Six Seven Eight Nine Ten Under Until We What When Where Which "
    "While Who Whose Why With Without You Your".split()
)
METONYMS: dict[str, tuple[str, ...]] = {
    "russia": ("moscow", "kremlin"),
    "china": ("beijing",),
    "myanmar": ("naypyidaw", "naypyitaw", "burma", "burmese"),
    "ukraine": ("kyiv",),
    "united states": ("u.s.", "us ", "washington", "american"),
    "united kingdom": ("britain", "british", "london"),
    "united nations": ("u.n.", "un ", "security council"),
    "european union": ("eu ", "brussels"),
    "south korea": ("seoul",),
    "north korea": ("pyongyang",),
    "japan": ("tokyo",),
    "france": ("paris", "french"),
    "germany": ("berlin",),
    "india": ("new delhi",),
    "iran": ("tehran",),
    "israel": ("jerusalem",),
    "turkey": ("ankara", "türkiye"),
}
"""Capitals and short names by which newsrooms call states and bodies."""


def names(text: str) -> tuple[str, ...]:
    """Proper names in order of first mention, without calendar words and sentence openers."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        words = [re.sub(r"[’']s?$", "", word) for word in match[0].split()]
        while words and (words[0] in _OPENERS or words[0] in _CALENDAR):
            words.pop(0)
        while words and words[-1] in {*_CALENDAR, "of", "the"}:
            words.pop()
        if words and not (len(words) == 1 and len(words[0]) == 1):
            found[" ".join(words)] = None
    return tuple(found)


def designators(text: str) -> frozenset[str]:
    """Model designations such as Su-30 or MiG-29, as printed."""
    return frozenset(_DESIGNATOR.findall(text))


def speaks_of(text: str, name: str) -> bool:
    """Whether the text names it: as printed, inflected, by its initials or by a metonym."""
    folded = text.casefold()
    if designators(name):
        return designators(name) <= designators(text)
    if _stem(name.casefold()) in folded:
        return True
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if len(initials) > 1 and re.search(rf"\b{'[.]?'.join(initials)}\b", text):
        return True
    return any(other in folded for other in METONYMS.get(name.casefold(), ()))


def missing_names(claim: str, text: str) -> tuple[str, ...]:
    """The names of the claim that the text does not speak of."""
    return tuple(name for name in names(claim) if not speaks_of(text, name))


def _stem(name: str) -> str:
    """The name without an ending that adjectives change: russia(n), ukrain(e/ian), chin(a/ese)."""
    last = name.split()[-1]
    if len(last) < 5 or len(name.split()) > 1:
        return name
    return last.rstrip("aeiouy") if last[-1] in "aeiouy" else last
