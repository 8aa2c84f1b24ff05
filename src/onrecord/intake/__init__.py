"""Bytes into documents, quotations into claims."""

from onrecord.intake.claims import claim_from, parse_quote, read_claim
from onrecord.intake.files import find_files, read_file, read_sources, sources_beside

__all__ = [
    "claim_from",
    "find_files",
    "parse_quote",
    "read_claim",
    "read_file",
    "read_sources",
    "sources_beside",
]
