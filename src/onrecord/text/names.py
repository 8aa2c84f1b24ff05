"""Names in a text, whether another text speaks of them, and whether two names are one.

Whether a text speaks of places and organisations is seen by inflection (Russia, Russian), never by
likeness (Oman is not in 'woman'). Names of people and places are one across ways of writing them in
Latin letters (Sergey, Sergei) and slips of the pen; designators (Su-30) only as they are.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from onrecord.text.wordlists import listed

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
    "Before Between Both But By Currently Despite Dozens During Each Eight Eighteen Eighty Eleven "
    "Every Exactly Few Fewer Fifteen Fifty Forty Fourteen Half Hundreds Millions Nineteen Ninety "
    "Five Following For Four From Given He Her Here His How However I If In It Its Last Least "
    "Less Many Meanwhile More Moreover Most Much My Nearly Next Nine No Nobody None Not Nothing "
    "Now Of On Once One Only Or Our Over People Recently Roughly Seven Several She Since Six So "
    "Scores Seventeen Seventy Sixteen Sixty Some Such Ten Thirteen Thirty Thousands Twelve Twenty "
    "That The Their Then There These They This Those Though Three Through To "
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


class NameKind(StrEnum):
    """What a name names, as far as the name alone tells."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DESIGNATOR = "designator"


_STATE_LINES = """
Afghanistan;Albania;Algeria;Andorra;Angola;Argentina;Armenia;Australia;Austria;Azerbaijan;Bahamas;
Bahrain;Bangladesh;Barbados;Belarus;Belgium;Belize;Benin;Bhutan;Bolivia;Bosnia;Botswana;Brazil;
Brunei;Bulgaria;Burkina Faso;Burma;Burundi;Cambodia;Cameroon;Canada;Cape Verde;Chad;Chile;China;
Colombia;Comoros;Congo;Costa Rica;Croatia;Cuba;Cyprus;Czechia;Denmark;Djibouti;Dominica;Ecuador;
Egypt;El Salvador;Eritrea;Estonia;Eswatini;Ethiopia;Fiji;Finland;France;Gabon;Gambia;Georgia;
Germany;Ghana;Greece;Grenada;Guatemala;Guinea;Guyana;Haiti;Honduras;Hungary;Iceland;India;
Indonesia;Iran;Iraq;Ireland;Israel;Italy;Ivory Coast;Jamaica;Japan;Jordan;Kazakhstan;Kenya;
Kiribati;Kosovo;Kuwait;Kyrgyzstan;Laos;Latvia;Lebanon;Lesotho;Liberia;Libya;Liechtenstein;
Lithuania;Luxembourg;Madagascar;Malawi;Malaysia;Maldives;Mali;Malta;Mauritania;Mauritius;Mexico;
Micronesia;Moldova;Monaco;Mongolia;Montenegro;Morocco;Mozambique;Myanmar;Namibia;Nauru;Nepal;
Netherlands;New Zealand;Nicaragua;Niger;Nigeria;North Korea;North Macedonia;Norway;Oman;Pakistan;
Palau;Palestine;Panama;Papua New Guinea;Paraguay;Peru;Philippines;Poland;Portugal;Qatar;Romania;
Russia;Rwanda;Samoa;San Marino;Saudi Arabia;Senegal;Serbia;Seychelles;Sierra Leone;Singapore;
Slovakia;Slovenia;Somalia;South Africa;South Korea;South Sudan;Spain;Sri Lanka;Sudan;Suriname;
Sweden;Switzerland;Syria;Taiwan;Tajikistan;Tanzania;Thailand;Togo;Tonga;Trinidad;Tunisia;Turkey;
Turkmenistan;Tuvalu;Uganda;Ukraine;United Arab Emirates;United Kingdom;United States;Uruguay;
Uzbekistan;Vanuatu;Vatican;Venezuela;Vietnam;Yemen;Zambia;Zimbabwe;Britain;England;Scotland;Wales;
Hong Kong;America;Europe;Asia;Africa
"""
STATES = frozenset(name.strip() for name in _STATE_LINES.split(";"))
"""States and continents by their short English names."""
_ORGANISATION_WORDS = listed(
    "Agency Alliance Army Assembly Association Authority Bank Board Broadcasting Bureau Campaign "
    "Center Centre Chamber Club Coalition College Command Commission Committee Company Congress "
    "Council Court Department Federation Force Forces Forum Foundation Front Fund Gazette "
    "Government Group Guard Guardian Hospital Institute Institution International Journal "
    "League Ministry Mission Monitor Movement Museum Nations Navy Network News Office Organisation "
    "Organization Parliament Partnership Party Police Post Press Project Radio Reserve Review "
    "Senate Service Services Society Star Street Studies Television Times Tribune Trust Union "
    "University Watch Weekly World House Kremlin Pentagon Inc Corp Ltd Co"
)
_TITLES = listed(
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady Sen Senator Rep Representative Gov "
    "Governor President Vice Prime Deputy Foreign Defense Defence Interior Finance Health Justice "
    "Minister Secretary State Treasury Chief Justice General Senior Major Lieutenant Colonel "
    "Captain Sergeant Admiral Commander Gen Lt Col Capt Sgt Adm Maj Chairman Chairwoman Chair "
    "Speaker Leader House Majority Minority Ambassador Envoy Special King Queen Prince Princess "
    "Pope Bishop Father Judge Attorney Mayor Director Congressman Congresswoman Former Democratic "
    "Republican Spokesman Spokesperson Spokeswoman Rev Hon Pastor Sheik Sheikh Imam Ayatollah "
    "First Lady Chancellor Premier CEO"
)
_PARTICLES = "al|bin|da|de|del|della|den|der|di|dos|du|el|ibn|la|le|ul|van|von|ter|ten"
_PERSON_WORD = (
    r"(?:(?:[A-Z]\.)+|(?:[A-Z][’']|[A-Z][a-z]{0,2})?[A-Z][a-zÀ-ÿ]+(?:[-’'][A-Za-z][a-z]+)*)"
)
_PERSON = re.compile(
    rf"{_PERSON_WORD}(?:\s+(?:{_PERSON_WORD}|{_PARTICLES})){{0,3}}\s+{_PERSON_WORD}(?:\s+(?:Jr|Sr)\.?)?"
)


def is_place(name: str) -> bool:
    """Whether it is a state, a continent, or what newsrooms call a state: Moscow."""
    bare = re.sub(r"[’']s?\Z", "", name.removeprefix("the ").removeprefix("The "))
    return bare in STATES or _bare(bare) in _STATE_INITIALS or bare in _CAPITALS


def name_kind(name: str) -> NameKind | None:
    """What the name names; None for a single word that may be anyone's.

    A name of several plain words and no word of organisations is a person's.
    """
    if name.startswith(("The ", "the ")):
        return name_kind(name[4:]) if is_place(name) else NameKind.ORGANISATION
    if name in designators(name):
        return NameKind.DESIGNATOR
    if is_place(name):
        return NameKind.PLACE
    words = [word for word in re.split(r"[\s-]+", name) if word]
    if _ACRONYM.fullmatch(name) or _ORGANISATION_WORDS.intersection(words):
        return NameKind.ORGANISATION
    if _PERSON.fullmatch(name) and not any(is_place(word) for word in words):
        return NameKind.PERSON
    return NameKind.ORGANISATION if len(words) > 1 else None


def without_titles(name: str) -> str:
    """The name without office and rank before it: 'Senator John Doe' is John Doe."""
    words = name.split()
    for index in range(len(words) - 1, -1, -1):
        if words[index].rstrip(".") in _TITLES:
            return " ".join(words[index + 1 :]) or name
    return name


def full_names(text: str) -> tuple[str, ...]:
    """Names of people in full, of two words or more, in the order of their first mention."""
    found: dict[str, None] = {}
    for name in names(text):
        bare = without_titles(name)
        if len(bare.split()) > 1 and name_kind(bare) is NameKind.PERSON:
            found[bare] = None
    return tuple(found)


def is_variant(one: str, other: str) -> bool:
    """Whether two names of a person or place are one, written in other ways or with a slip.

    Articles, case and accents do not count, nor do ways of writing other alphabets in Latin ones
    (Sergey, Sergei). Beyond that, a single word of 7 letters may differ inside by one letter put
    in, left out, changed or swapped. Of several words one must be alike without that; the others
    may differ by one letter from 6 letters on, and by two from 8 on. Two states are never one, nor
    are designators unless they are the same.
    """
    if designators(one) or designators(other):
        return one == other
    if one in STATES and other in STATES:
        return one == other
    first, second = _plain(one).split(), _plain(other).split()
    if not first or len(first) != len(second):
        return False
    pairs = [(_romanised(a), _romanised(b)) for a, b in zip(first, second, strict=True)]
    unlike = [pair for pair in pairs if pair[0] != pair[1]]
    if len(unlike) == len(pairs) > 1:
        return False
    return all(_slip(a, b, 1 if len(pairs) == 1 else 2) for a, b in unlike)


def _plain(name: str) -> str:
    """In lower case, without accents, article, possessive and marks."""
    parts = unicodedata.normalize("NFKD", name)
    letters = "".join(char for char in parts if not unicodedata.combining(char)).casefold()
    bare = re.sub(r"\Athe\s+|[’']s\Z", "", letters)
    return " ".join(re.sub(r"[^\w\s]|_", "", bare).split())


_ROMANISED = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("shch|sch", "sh"),
        ("tsch|tch", "ch"),
        ("kh|gh", "h"),
        ("dzh|zh|dj", "j"),
        ("ph", "f"),
        ("x", "ks"),
        ("ck|q|c(?!h)", "k"),
        ("w", "v"),
        ("iye|ie|ye|je", "e"),
        ("y|j(?![aeiou])", "i"),
        ("ou|oo", "u"),
        ("ee", "i"),
        (r"(.)\1+", r"\1"),
    )
)
"""Ways of writing one sound in Latin letters, each brought to one spelling: BGN/PCGN, ISO 9, and
what newsrooms make of them. The last makes double letters single."""


@lru_cache(maxsize=4096)
def _romanised(word: str) -> str:
    for pattern, put in _ROMANISED:
        word = pattern.sub(put, word)
    return word


def _slip(one: str, other: str, most: int) -> bool:
    """Whether two words are so long, and so little apart, that one is a slip for the other.

    The first and the last letter must be the same: Petrov is not Petrova.
    """
    short = min(len(one), len(other))
    allowed = min(most, 0 if short < 7 - (most > 1) else 1 if short < 8 else 2)
    if one[:1] != other[:1] or one[-1:] != other[-1:] or abs(len(one) - len(other)) > allowed:
        return False
    return _distance(one, other, allowed) <= allowed


def _distance(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped (optimal string alignment); `most` + 1 for more.

    Words are cut at 40 letters.
    """
    one, other = one[:40], other[:40]
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


_STATE_INITIALS = frozenset({"US", "USA", "UK", "UAE", "EU", "DPRK", "PRC"})
_CAPITALS = frozenset(
    other for others in METONYMS.values() for other in others if not other.endswith(("an", "sh"))
)
