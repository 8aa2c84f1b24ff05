"""The archive: documents kept for ever, unchanged, and found again."""

from onrecord.archive.archive import Archive, Hit, Progress
from onrecord.archive.ports import (
    Added,
    DocumentStore,
    Embeds,
    Entry,
    Limits,
    Marks,
    PassageIndex,
    Ranked,
)

__all__ = [
    "Added",
    "Archive",
    "DocumentStore",
    "Embeds",
    "Entry",
    "Hit",
    "Limits",
    "Marks",
    "PassageIndex",
    "Progress",
    "Ranked",
]
