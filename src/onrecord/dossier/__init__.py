"""The record of a check: written, read back, reviewed, compared.

The JSON Schemas are in `onrecord.dossier.schemas`.
"""

from onrecord.dossier.diff import Difference, differences
from onrecord.dossier.files import dossier_bytes, read_dossier, read_review, reviewed, write_dossier

__all__ = [
    "Difference",
    "differences",
    "dossier_bytes",
    "read_dossier",
    "read_review",
    "reviewed",
    "write_dossier",
]
