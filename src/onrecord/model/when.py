"""Dates as the Extended Date/Time Format writes them, with how they were reached.

EDTF is Library of Congress' profile of ISO 8601-2:2019; levels 0 and 1 are accepted, with
intervals ('2021-02/2022-08-05', '../2022-07-28', '2021-02/..').
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from edtf import EDTFObject, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from pydantic import AfterValidator

from onrecord.model.noun import Noun

_SHAPE = re.compile(
    r"[0-9]{2}(?:[0-9]{2}|[0-9]X|XX)(?:-(?:[01][0-9]|2[1-4]|XX)(?:-(?:[0-3][0-9]|XX))?)?"
    r"(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?[?~%]?"
)
"""Levels 0 and 1, years 0 to 9999. The parser takes level 2 and blanks, too, and fails with errors
of its own on some texts that are neither."""


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Any:
    try:
        found = parse_edtf(text) if _SHAPE.fullmatch(text) else None
    except EDTFParseException:
        found = None
    if found is None:
        raise ValueError(f"{text!r} is not an EDTF date such as 2022-08-05, 2022-08 or 2022~")
    return found


def check_edtf(text: str) -> str:
    """The text itself when it is EDTF with a possible first and last day; ValueError when not."""
    bounds(text)
    return text


Edtf = Annotated[str, AfterValidator(check_edtf)]
"""An EDTF string that was checked."""


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day that the EDTF text can mean; None where it is open or unknown.

    Approximate and uncertain dates ('2022-07~', '2022?') keep the bounds as printed. Raises
    ValueError when the text is no EDTF, or names a day that no calendar has.
    """
    if "/" in text:
        first, _, last = text.partition("/")
        if "/" in last or text == "/":
            raise ValueError(f"{text!r} is no EDTF interval such as 2021-02/2022-08-05 or ../2022")
        low = None if first in ("..", "") else bounds(first)[0]
        high = None if last in ("..", "") else bounds(last)[1]
        if low and high and low > high:
            raise ValueError(f"{text!r} ends before it begins")
        return low, high
    found: EDTFObject = _parsed(text)
    return _day(text, found.lower_strict()), _day(text, found.upper_strict())


def _day(text: str, moment: Any) -> date:
    try:
        return date(*moment[:3])
    except (TypeError, ValueError) as error:
        raise ValueError(f"{text!r} names no day of the years 1 to 9999") from error


def known_by(published: str | None, day: date) -> bool:
    """Whether something published then was surely public by the end of `day`.

    None (undated) and dates that may be later ('2022' for a day in August 2022) are not.
    """
    latest = bounds(published)[1] if published else None
    return latest is not None and latest <= day


class When(Noun):
    """A date as printed, as EDTF, and the basis on which the one became the other."""

    text: str | None = None
    """Words of the source ('In February'); None when no words give it."""
    edtf: Edtf | None
    """None when no date can be given."""
    basis: str
    """'printed', 'year from publication', 'relative to publication', 'anchor: coup' ..."""
