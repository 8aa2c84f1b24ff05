"""Numbers and years in digits and in words."""

from __future__ import annotations

import re

from onrecord.text.dates.words import Words

_PLAIN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")


def amount(w: Words, first: int, end: int) -> float | None:
    """The number that the words from `first` to `end` give: the lower of two.

    None for 'a few', 'several', 'many', and for what is no plain number.
    """
    total = 0.0
    for rank in range(first, end):
        match w.kind(rank):
            case "AN":
                total += end - first == 1 or w.kind(rank + 1) == "SCALE"
            case "SCALE":
                total = (total or 1) * w.number(rank)
            case "CARDINAL" | "N12" | "N31" | "N999" | "YEAR":
                total += w.number(rank)
            case "FIGURE":
                plain = w.lower[rank].replace(",", "")
                return float(plain) if _PLAIN.fullmatch(plain) else None
            case "COUPLE":
                return 2
            case "FEW":
                return None
            case "TO" | "OR":
                break
            case _:
                continue
    return total


def year(w: Words, first: int, end: int) -> int | None:
    """The year that the words give: 1997, '97 or 'nineteen ninety-seven'; None when it is none.

    Of two digits, those from 30 on are of the twentieth century.
    """
    match w.kind(first):
        case "YEAR":
            return w.number(first)
        case "SHORT":
            return century_of(w.number(first)) + w.number(first)
    numbers = [w.number(rank) for rank in range(first, end) if w.kind(rank) != "DASH"]
    if w.kind(end - 1) == "SCALE":
        return 2000 if numbers == [2, 1000] else None
    century, rest = numbers[0], sum(numbers[1:])
    return 100 * century + rest if century in (18, 19, 20) and 10 <= rest < 100 else None


def century_of(short: int) -> int:
    """The century that a year of two digits is of: 1900 or 2000."""
    return 1900 if short >= 30 else 2000
