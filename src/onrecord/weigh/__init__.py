"""Evidence becomes an assessment."""

from onrecord.weigh.scales import (
    KnownFrom,
    Level,
    Scale,
    open_level,
    read_scale,
    shipped_scales,
    suggest,
)
from onrecord.weigh.weigh import DEFAULT, VERSION, Rules, log_odds, weigh

__all__ = [
    "DEFAULT",
    "VERSION",
    "KnownFrom",
    "Level",
    "Rules",
    "Scale",
    "log_odds",
    "open_level",
    "read_scale",
    "shipped_scales",
    "suggest",
    "weigh",
]
