"""Evidence becomes an assessment."""

from onrecord.weigh.weigh import DEFAULT, VERSION, Rules, log_odds, weigh

__all__ = ["DEFAULT", "VERSION", "Rules", "log_odds", "weigh"]
