"""Figures in running text, and their comparison as numbers.

pieces     a text cut into pieces, and the numbers among them
units      what is counted or measured, and what can be compared
reading    figures with qualifier, range, unit, total, and the day for which they hold
comparing  a source's figure held against a claim's
"""

from onrecord.text.quantities.comparing import (
    Compared,
    Comparison,
    Relation,
    alike,
    bounds_of,
    compare,
)
from onrecord.text.quantities.reading import Figure, figures

__all__ = [
    "Compared",
    "Comparison",
    "Figure",
    "Relation",
    "alike",
    "bounds_of",
    "compare",
    "figures",
]
