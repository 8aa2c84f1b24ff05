"""The archive: documents kept for ever, unchanged, and found again."""

from onrecord.archive.archive import Archive, Hit, Progress
from onrecord.archive.captures import CaptureError, Captures
from onrecord.archive.ports import (
    Added,
    Captured,
    DocumentStore,
    Embeds,
    Entry,
    Kept,
    Limits,
    Marks,
    PassageIndex,
    Ranked,
    Reference,
)

__all__ = [
    "Added",
    "Archive",
    "CaptureError",
    "Captured",
    "Captures",
    "DocumentStore",
    "Embeds",
    "Entry",
    "Hit",
    "Kept",
    "Limits",
    "Marks",
    "PassageIndex",
    "Progress",
    "Ranked",
    "Reference",
]
