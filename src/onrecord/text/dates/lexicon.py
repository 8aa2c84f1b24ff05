"""Words of time by kind, with what they count."""

from __future__ import annotations

Value = int | str | None


def _ranked(words: str, first: int = 1) -> dict[str, int]:
    return {word: rank for rank, word in enumerate(words.split(), start=first)}


MONTHS = _ranked(
    "january february march april may june july august september october november december"
)
SHORT_MONTHS = _ranked("jan feb mar apr may jun jul aug sep oct nov dec") | {"sept": 9}
SHORT_WEEKDAYS = _ranked("mon tue wed thu fri sat sun", 0) | {"tues": 1, "thur": 3, "thurs": 3}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""By their first month in the northern half."""
_CARDINALS = _ranked(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    0,
)
_TENS = _ranked("twenty thirty forty fifty sixty seventy eighty ninety", 2)
_UNITS = "minute hour day week fortnight month year decade"

_VALUED: dict[str, dict[str, int] | dict[str, str]] = {
    "CARDINAL": _CARDINALS | {word: 10 * tens for word, tens in _TENS.items()},
    "SCALE": {"hundred": 100, "thousand": 1000},
    "ORDINAL": _ranked(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
    "MONTH": MONTHS,
    "WEEKDAY": _ranked("monday tuesday wednesday thursday friday saturday sunday", 0),
    "SEASON": SEASONS,
    "PART": {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"},
    "NOON": {"noon": "12:00", "midday": "12:00", "midnight": "24:00"},
    "TWENTIES": _ranked("twenties thirties forties fifties sixties seventies eighties nineties", 2),
    "OFTEN": {"hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "monthly": "P1M"}
    | {"yearly": "P1Y", "annually": "P1Y"},
    "DAY": {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1},
    "NOW": {"now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF"}
    | {"recently": "PAST_REF", "lately": "PAST_REF", "soon": "FUTURE_REF"},
    "UNIT": {unit: unit for unit in _UNITS.split()},
    "UNITS": {f"{unit}s": unit for unit in f"second {_UNITS} weekend".split()}
    | {"centuries": "century", "summers": "season", "winters": "season"},
    "QUARTER": {"quarter": "quarter"},
    "QUARTERS": {"quarters": "quarter"},
    "WEEKEND": {"weekend": "weekend"},
    "CENTURY": {"century": "century"},
    "PERIOD": {"period": "period"},
    "HALF": {"half": "half"},
}
_PLAIN = {
    "AN": "a an",
    "THE": "the its their his her our",
    "THIS": "this",
    "THAT": "that",
    "THESE": "these those",
    "LAST": "last past",
    "PREVIOUS": "previous preceding prior",
    "NEXT": "next coming upcoming",
    "FOLLOWING": "following subsequent ensuing",
    "SAME": "same corresponding comparable",
    "LATEST": "latest current present",
    "RECENT": "recent",
    "EACH": "each every",
    "FEW": "few several many",
    "COUPLE": "couple",
    "AGO": "ago",
    "EARLIER": "earlier",
    "LATER": "later",
    "BEFORE": "before",
    "AFTER": "after",
    "OF": "of",
    "IN": "in on at by during since until till for",
    "FROM": "from",
    "TO": "to through",
    "AND": "and",
    "OR": "or",
    "EARLY": "early",
    "LATE": "late",
    "MID": "mid middle",
    "END": "end close",
    "FISCAL": "fiscal financial calendar",
    "FULL": "full whole entire",
    "ZONE": "est edt pst pdt cst gmt utc bst cet",
    "OLD": "old",
    "FUTURE": "future",
    "MORE": "more further additional straight consecutive trading business working",
}
_BARE = "OTHER N12 N31 N999 YEAR SHORT DECADE FIGURE COMMA DASH OWNER ISO NUMERIC CLOCK MERIDIEM"
KINDS = (*_BARE.split(), *_VALUED, *_PLAIN)
"""All kinds of words. N12, N31 and N999 are whole numbers up to 12, 31 and 999, SHORT is '89."""

WORDS: dict[str, tuple[str, Value]] = {
    **{word: (kind, None) for kind, words in _PLAIN.items() for word in words.split()},
    **{word: (kind, value) for kind, words in _VALUED.items() for word, value in words.items()},
}
"""Kind and value of each word that has one."""
