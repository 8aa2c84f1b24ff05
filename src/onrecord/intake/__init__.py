"""Bytes into documents, quotations into claims."""

from onrecord.intake.claims import claim_from, parse_quote, read_claim
from onrecord.intake.files import (
    capture_file,
    find_files,
    is_readable,
    read_capture,
    read_file,
    read_sources,
    sources_beside,
)

__all__ = [
    "capture_file",
    "claim_from",
    "find_files",
    "is_readable",
    "parse_quote",
    "read_capture",
    "read_claim",
    "read_file",
    "read_sources",
    "sources_beside",
]
