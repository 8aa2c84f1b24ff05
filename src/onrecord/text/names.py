"""Names in a text, and whether another text speaks of them.

Places and organisations are met through inflection (Russia, Russian), never through likeness
(Oman is not in 'woman'); designators (Su-30) only as they are.
"""

from __future__ import annotations

import re

_NAME = re.compile(
    r"\b(?:(?:[A-Z]\.){2,}|"
    r"[A-Z][\w’'-]*+(?:(?<![’']s)(?<![’'])\s+(?:of\s+(?:the\s+)?)?(?:[A-Z][\w’'-]*+)(?!\.[A-Z]))*)"
)
"""A possessive ends a name: 'Russia’s Foreign Ministry' is two."""
_DESIGNATOR = re.compile(r"\b([A-Z][A-Za-z]{0,4}-\d+[A-Za-z]{0,3}?)s?\b")
_ACRONYM = re.compile(r"[A-Z]{2,}|(?:[A-Z]\.)+[A-Z]?")
_CALENDAR_WORDS = (
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_CALENDAR = set(_CALENDAR_WORDS.split())
_OPENER_WORDS = (
    "A About According After All Almost Also Although An Any Approximately Around As At Because "
    "Before Between Both But By Currently Despite During Each Eight Every Exactly Few Fewer "
    "Five Following For Four From Given He Her Here His How However I If In It Its Last Least "
    "Less Many Meanwhile More Moreover Most Much My Nearly Next Nine No Nobody None Not Nothing "
    "Now Of On Once One Only Or Our Over People Recently Roughly Seven Several She Since Six So "
    "Some Such Ten That The Their Then There These They This Those Though Three Through To "
    "Today Two Under Until Up Upwards We What When Where Which While Who Whose Why With Without "
    "Yesterday Yet You Your"
)
_OPENERS = set(_OPENER_WORDS.split())
_AFTER_CONSONANT = ("s", "i", "is", "an", "ans", "ian", "ians", "ese", "ish", "er", "ers")
_FOR_VOWEL = ("an", "ans", "ian", "ians", "ean", "eans", "ese", "ies")
METONYMS: dict[str, tuple[str, ...]] = {
    "Russia": ("Moscow", "Kremlin"),
    "China": ("Beijing",),
    "Myanmar": ("Naypyidaw", "Naypyitaw", "Burma", "Burmese"),
    "Ukraine": ("Kyiv",),
    "United States": ("Washington", "American"),
    "United Kingdom": ("Britain", "British", "London"),
    "United Nations": ("Security Council",),
    "European Union": ("Brussels",),
    "South Korea": ("Seoul",),
    "North Korea": ("Pyongyang",),
    "Japan": ("Tokyo",),
    "France": ("Paris", "French"),
    "Germany": ("Berlin",),
    "India": ("New Delhi",),
    "Iran": ("Tehran",),
    "Israel": ("Jerusalem",),
    "Turkey": ("Ankara", "Türkiye", "Turkish"),
}
"""Capitals and short names by which newsrooms call states and bodies."""


def names(text: str) -> tuple[str, ...]:
    """Proper names in order of first mention, without calendar words and sentence openers."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        words = [re.sub(r"[’']s?$", "", word) for word in match[0].split()]
        while words and is_no_name(words[0]):
            words.pop(0)
        while words and words[-1] in {*_CALENDAR, "of", "the"}:
            words.pop()
        if words and not (len(words) == 1 and len(words[0]) == 1):
            found[" ".join(words)] = None
    return tuple(found)


def is_no_name(word: str) -> bool:
    """Whether a capitalised word names nobody: a day, a month, a word that opens sentences."""
    return word in _OPENERS or word in _CALENDAR


def is_place_like(name: str) -> bool:
    """Whether a name may be a place or a body: of one word, or a state or body that we know.

    News names people by two words or more at first mention.
    """
    return len(name.split()) == 1 or name in METONYMS


def designators(text: str) -> frozenset[str]:
    """Model designations such as Su-30 or MiG-29, as printed."""
    return frozenset(_DESIGNATOR.findall(text))


def speaks_of(text: str, name: str) -> bool:
    """Whether the text names it: as printed, inflected, by its initials or by a metonym."""
    if designators(name):
        return designators(name) <= designators(text)
    return any(_printed(text, form) for form in _forms(name))


def missing_names(claim: str, text: str) -> tuple[str, ...]:
    """The names of the claim that the text does not speak of."""
    return tuple(name for name in names(claim) if not speaks_of(text, name))


def _forms(name: str) -> list[str]:
    """The name, and what else newsrooms call it: Russian: Russia, Moscow; U.N.: United Nations."""
    states = [state for state in METONYMS if _akin(state, name) or _initials(state) == _bare(name)]
    return [name, *states, *(other for state in states for other in METONYMS[state])]


def printed_in(text: str, name: str) -> bool:
    """Whether the name stands in the text as words of its own, in whatever case."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _printed(text: str, name: str) -> bool:
    """Whether it stands in the text as words of its own: inflected, or by its initials."""
    if _ACRONYM.fullmatch(name):
        return _has_initials(text, _bare(name))
    if re.fullmatch(r"\w+", name):
        like = re.finditer(rf"\b{re.escape(name[:3])}\w*", text, re.IGNORECASE)
        return any(_akin(name, word) for word in {match[0] for match in like})
    phrase = r"\s+".join(re.escape(word) for word in name.split())
    if re.search(rf"(?<!\w){phrase}s?(?!\w)", text, re.IGNORECASE):
        return True
    initials = _initials(name)
    return len(initials) > 1 and _has_initials(text, initials)


def _has_initials(text: str, initials: str) -> bool:
    return re.search(rf"\b{'[.]?'.join(initials)}\b", text) is not None


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _bare(acronym: str) -> str:
    return acronym.replace(".", "")


def _akin(one: str, other: str) -> bool:
    """Whether two words are one name, or one is what is said of the other (Russia, Russian)."""
    first, second = one.casefold(), other.casefold()
    return first == second or second in _inflected(first) or first in _inflected(second)


def _inflected(name: str) -> frozenset[str]:
    """Plural and adjectives of a name: ukraine(s), ukrain(ian); chin(ese); israel(i); german."""
    if len(name) < 4:
        return frozenset()
    if name[-1] not in "aeiouy":
        return frozenset(name + end for end in _AFTER_CONSONANT)
    stem = name[:-1]
    bare = {stem, stem + "s"} if name[-1] == "y" else set()
    return frozenset(
        {stem + end for end in _FOR_VOWEL} | {name + "s", name + "n", name + "ns"} | bare
    )
