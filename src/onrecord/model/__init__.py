"""The nouns of fact-checking: frozen, typed, and readable as JSON. They import nothing of ours."""

from onrecord.model.assessment import (
    COARSE,
    FALSE,
    TRUE,
    Abstention,
    AbstentionReason,
    Assessment,
    Outcome,
    PartAssessment,
    Push,
    Rating,
    RatingLevel,
    RatingScale,
)
from onrecord.model.capture import Capture, Headers, file_uri, rfc3339
from onrecord.model.claim import (
    Appearance,
    Claim,
    Claimant,
    ClaimPart,
    Segment,
    SegmentKind,
    claim_id,
)
from onrecord.model.document import Document, Passage, Snapshot, new_document
from onrecord.model.dossier import Dossier, Method, SearchRecord
from onrecord.model.evidence import (
    Attribution,
    Cited,
    CitedKind,
    Evidence,
    Label,
    Quantity,
    Stance,
)
from onrecord.model.fault import Fault
from onrecord.model.noun import PROBABILITY_DIGITS, Noun, canonical_json, content_hash
from onrecord.model.review import Contact, ContactOutcome, Correction, Paragraph, Review
from onrecord.model.source import Source, SourceKind
from onrecord.model.when import Edtf, When, bounds, known_by

__all__ = [
    "COARSE",
    "FALSE",
    "PROBABILITY_DIGITS",
    "TRUE",
    "Abstention",
    "AbstentionReason",
    "Appearance",
    "Assessment",
    "Attribution",
    "Capture",
    "Cited",
    "CitedKind",
    "Claim",
    "ClaimPart",
    "Claimant",
    "Contact",
    "ContactOutcome",
    "Correction",
    "Document",
    "Dossier",
    "Edtf",
    "Evidence",
    "Fault",
    "Headers",
    "Label",
    "Method",
    "Noun",
    "Outcome",
    "Paragraph",
    "PartAssessment",
    "Passage",
    "Push",
    "Quantity",
    "Rating",
    "RatingLevel",
    "RatingScale",
    "Review",
    "SearchRecord",
    "Segment",
    "SegmentKind",
    "Snapshot",
    "Source",
    "SourceKind",
    "Stance",
    "When",
    "bounds",
    "canonical_json",
    "claim_id",
    "content_hash",
    "file_uri",
    "known_by",
    "new_document",
    "rfc3339",
]
