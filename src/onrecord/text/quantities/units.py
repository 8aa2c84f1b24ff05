"""Units of figures: what is counted or measured, and whether two figures can be held together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.text.wordlists import listed

_SYMBOLS = {
    "us$": "USD",
    "c$": "CAD",
    "a$": "AUD",
    "hk$": "HKD",
    "s$": "SGD",
    "nz$": "NZD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₴": "UAH",
    "₦": "NGN",
}
_CODES = "USD EUR GBP JPY CNY INR RUB CHF CAD AUD KRW TRY UAH PLN SEK NOK DKK MMK THB ZAR NGN BRL"
_NAMES = {
    "USD": "dollar dollars",
    "EUR": "euro euros",
    "JPY": "yen",
    "CNY": "yuan renminbi",
    "INR": "rupee rupees",
    "RUB": "ruble rubles rouble roubles",
    "MMK": "kyat kyats",
    "THB": "baht",
    "CHF": "franc francs",
    "GBP": "sterling",
    "UAH": "hryvnia hryvnias",
    "TRY": "lira liras",
    "ZAR": "rand",
    "NGN": "naira",
}
CURRENCIES = _SYMBOLS | {code.lower(): code for code in _CODES.split()}
"""Currency codes (ISO 4217) by what is printed before a sum."""
CURRENCY_NAMES = {word: code for code, words in _NAMES.items() for word in words.split()}
"""Currency codes by what is printed behind it."""

_MEASURES: dict[str, dict[str, tuple[float, str]]] = {
    "length": {
        "millimetre": (1e-3, "mm millimeter millimeters millimetres"),
        "centimetre": (1e-2, "cm centimeter centimeters centimetres"),
        "metre": (1.0, "m meter meters metres"),
        "kilometre": (1e3, "km kms kilometer kilometers kilometres"),
        "inch": (0.0254, "inches"),
        "foot": (0.3048, "ft feet"),
        "yard": (0.9144, "yards"),
        "mile": (1609.344, "miles mi"),
    },
    "mass": {
        "gram": (1e-3, "g grams gramme grammes"),
        "kilogram": (1.0, "kg kgs kilo kilos kilograms"),
        "tonne": (1e3, "tonnes"),
        "ton": (1e3, "tons"),
        "ounce": (0.028349523125, "oz ounces"),
    },
    "area": {
        "hectare": (1e4, "ha hectares"),
        "acre": (4046.8564224, "acres"),
    },
    "time": {
        "second": (1.0, "seconds sec"),
        "minute": (60.0, "minutes min"),
        "hour": (3600.0, "hours hr hrs"),
        "day": (86400.0, "days"),
        "week": (604800.0, "weeks"),
        "month": (2629746.0, "months"),
        "year": (31556952.0, "years"),
        "decade": (315569520.0, "decades"),
        "century": (3155695200.0, "centuries"),
    },
    "power": {
        "kilowatt": (1e3, "kw kilowatts"),
        "megawatt": (1e6, "mw megawatts"),
        "gigawatt": (1e9, "gw gigawatts"),
    },
    "volume": {
        "litre": (1.0, "litres liter liters"),
        "gallon": (3.785411784, "gallons"),
        "barrel": (158.987294928, "barrels bpd"),
    },
    "points": {
        "percentage point": (1.0, ""),
        "basis point": (0.01, ""),
    },
}
MEASURES = {
    word: unit
    for units in _MEASURES.values()
    for unit, (_, words) in units.items()
    for word in (unit, *words.split())
}
"""Units of measure by the words that print them."""
_SIZES = {
    unit: (dimension, size)
    for dimension, units in _MEASURES.items()
    for unit, (size, _) in units.items()
}
GLUED = listed("mm cm km kms kg kgs m g ft mi ha kw mw gw")
"""Units that are printed without a space: '23mm'."""

_PEOPLE = listed("people person persons civilian civilians individual individuals human humans")
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "police": "police",
    "troops": "troop",
    "lives": "life",
    "knives": "knife",
    "wives": "wife",
    "series": "series",
    "species": "species",
    "aircraft": "aircraft",
    "countries": "country",
    "personnel": "personnel",
    "staff": "staff",
    "bodies": "body",
    "houses": "house",
}
_PLURALS = frozenset(_IRREGULAR) | {"people"}
_STATES = {
    "killed": "killed killing kills dead died deaths death fatalities fatality slain die dying",
    "injured": "injured injuring wounded wounding injuries wounds hurt",
    "arrested": "arrested arresting arrests detained detaining detentions jailed imprisoned",
    "executed": "executed executing executions",
    "displaced": "displaced displacing",
    "missing": "missing disappeared",
    "infected": "infected infections",
}
STATES = {word: state for state, words in _STATES.items() for word in words.split()}
"""What has become of those counted, by the words that say it."""
CUMULATIVE = frozenset(("killed", "injured", "executed", "infected"))
"""States of which a count never falls."""


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural noun."""
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith("ss"))


def singular(word: str) -> str:
    """The noun in the singular; 'person' for all words that mean people and no more."""
    if word in _PEOPLE:
        return "person"
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x|z)es$", word):
        return word[:-2]
    return word[:-1] if is_plural(word) else word


def counted(head: str, state: str | None) -> str:
    """The unit of a count: 'person killed' for deaths, and for people of whom that is said."""
    if head in STATES:
        return f"person {STATES[head]}"
    noun = singular(head) if head else ("person" if state else "")
    return f"{noun} {state}" if state else noun


@dataclass(frozen=True)
class Unit:
    """A unit taken apart."""

    dimension: str
    """'count', 'share', a currency or what is measured: length, mass, time ..."""
    size: float = 1.0
    """In the basic unit of its dimension."""
    noun: str = ""
    """What is counted, or of what it is a share; empty when the text does not say."""
    state: str | None = None

    @property
    def money(self) -> bool:
        """Whether it is a currency."""
        return self.dimension.isupper()


def unit_of(printed: str) -> Unit:
    """The unit that a Quantity prints."""
    if printed == "%" or printed.startswith("% of "):
        return Unit("share", noun=printed[5:])
    if printed in _SIZES:
        dimension, size = _SIZES[printed]
        return Unit(dimension, size)
    if printed.isupper() and printed.isalpha():
        return Unit(printed)
    noun, _, state = printed.rpartition(" ")
    if state in _STATES:
        return Unit("count", noun=noun, state=state)
    return Unit("count", noun=printed)
