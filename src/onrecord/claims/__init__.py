"""Claims before they are checked: split into parts, and asked about."""

from onrecord.claims.queries import queries
from onrecord.claims.split import not_checkable, split

__all__ = ["not_checkable", "queries", "split"]
