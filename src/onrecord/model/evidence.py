"""What a passage says of a claim, on whose authority, when, and in what numbers."""

from __future__ import annotations

from enum import StrEnum
from operator import not_

from pydantic import Field

from onrecord.model.document import Passage
from onrecord.model.noun import Noun, Probability
from onrecord.model.when import When


class Label(StrEnum):
    """How a passage stands to a claim part.

    The first three are the field's (FEVER, Thorne et al. 2018) and what a verifier returns; the
    last is a finding of reading: the source says that it cannot confirm, which is no denial.
    """

    SUPPORTS = "SUPPORTS"
    REFUTES = "REFUTES"
    NOT_ENOUGH_INFO = "NOT_ENOUGH_INFO"
    NOT_CORROBORATING = "NOT_CORROBORATING"


class Stance(Noun):
    """A passage's stance to one claim part, with probabilities that sum to 1 before rounding."""

    part: str
    label: Label
    supports: Probability = Field(ge=0, le=1)
    refutes: Probability = Field(ge=0, le=1)
    not_enough_info: Probability = Field(ge=0, le=1)
    basis: str
    """How it was found: 'verifier', or 'numbers: 2158 is more than 2000'."""


class CitedKind(StrEnum):
    """How well a cited source can be identified."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"


def _is_none(value: object) -> bool:
    return value is None


class Cited(Noun):
    """One link of an attribution chain: someone on whose word the reporter relies.

    Role and `reports` are written only where there is something to say, so that dossiers of before
    keep their bytes and hashes; the same holds for the spans of an attribution.
    """

    name: str
    kind: CitedKind
    role: str | None = Field(default=None, exclude_if=_is_none)
    """In what office a person speaks, as printed; None when the text does not say."""
    reports: bool = Field(default=False, exclude_if=not_)
    """It is an outlet, agency or monitor that the text names as the one who reports it."""


Span = tuple[int, int]
"""Code points of the document's text, end exclusive."""


class Attribution(Noun):
    """Who reports it, citing whom."""

    reporter: str
    """Id of the source that published the passage."""
    chain: tuple[Cited, ...] = ()
    """Those cited, nearest to the reporter first; empty when it speaks in its own voice."""
    act: str = "reports"
    """The speech act: says, reports, announces, documents, accuses, is not aware ..."""
    hedge: str | None = None
    """'reportedly', 'allegedly' ...; None when there is none."""
    cue: Span | None = None
    """The words that attribute: 'said', 'according to'; None in the reporter's own voice."""
    source: Span | None = Field(default=None, exclude_if=_is_none)
    """The words that name the first of those cited."""
    content: tuple[Span, ...] = Field(default=(), exclude_if=not_)
    """What these are said to say, in one piece or several."""

    @property
    def reported_by(self) -> Cited | None:
        """The outlet or body that the text names as reporting; None: the publisher itself."""
        return next((cited for cited in self.chain if cited.reports), None)


class Quantity(Noun):
    """A figure that a text gives."""

    value: float
    unit: str
    """Singular noun or symbol: 'person killed', '%', 'company'."""
    text: str
    """As printed."""
    of_total: float | None = None
    qualifier: str | None = None
    """'more than', 'at least', 'about' ...; None when exact."""
    as_of: str | None = None
    """EDTF date for which it holds."""


class Evidence(Noun):
    """A passage read against a claim."""

    id: str
    """'e' and its rank in the dossier, from 1."""
    passage: Passage
    attribution: Attribution
    report_date: When
    event_date: When | None = None
    quantities: tuple[Quantity, ...] = ()
    stances: tuple[Stance, ...] = Field(min_length=1)
    """One for each claim part it was found for."""
    origin: str
    """Key of the origin it goes back to; evidence of one origin counts once."""
    known_by_claim_date: bool
    quotes_claim: bool = False
    """The passage carries the claim itself: an appearance of it, and evidence of nothing else."""
    from_claimant: bool = False
    """It comes from the claimant or their side, and so cannot vouch for the claim."""

    def stance(self, part: str) -> Stance | None:
        """Its stance to the claim part; None when it was not read against it."""
        return next((stance for stance in self.stances if stance.part == part), None)
