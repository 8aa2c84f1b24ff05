"""EDTF intervals as words bound them: 'since 2014', 'from May to June', 'by Friday'."""

from __future__ import annotations

from onrecord.model import bounds

_OPENING = frozenset(("since", "after", "following", "from"))
_CLOSING = frozenset(
    ("until", "till", "by", "before", "prior to", "through", "no later than", "to")
)
TIES = _OPENING | _CLOSING
"""Words that make a date one end of an interval."""


def first_of(edtf: str) -> str:
    """The beginning of an interval; of a single date the date itself."""
    return edtf.partition("/")[0]


def last_of(edtf: str) -> str:
    """The end of an interval; of a single date the date itself."""
    return edtf.rpartition("/")[2]


def bounded(signal: str | None, edtf: str) -> str:
    """The date as the word before it bounds it: with 'since', 2014 is '2014/..'."""
    if ".." in edtf:
        return edtf
    if signal in _OPENING:
        return f"{first_of(edtf)}/.."
    return f"../{last_of(edtf)}" if signal in _CLOSING else edtf


def between(first: str, last: str) -> str:
    """From the beginning of one date to the end of another; the first alone where that is none."""
    joined = f"{first_of(first)}/{last_of(last)}"
    try:
        bounds(joined)
    except ValueError:
        return first
    return joined
