"""Claims before they are checked: split into parts, and asked about."""

from onrecord.claims.checkable import REASONS, not_checkable
from onrecord.claims.queries import queries
from onrecord.claims.split import split

__all__ = ["REASONS", "not_checkable", "queries", "split"]
