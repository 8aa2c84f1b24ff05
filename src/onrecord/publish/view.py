"""What the page template is given: plain values, decided before a line of HTML is written.

The template only places these; it judges, counts and formats nothing. Every text in here is
untrusted and escaped by the template.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in words."""

    words: str
    """'July 4, 2022', 'about July 2022', 'undated'."""
    machine: str | None = None
    """Value of `<time datetime>`; None where HTML cannot write the date exactly."""
    basis: str | None = None
    """How the date was reached; None for dates that a person entered."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A text that may be a link."""

    text: str
    href: str | None
    """An http or https address, or an anchor on this page; None when it is no link."""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A stretch of the quotation: `kind` is a value of SegmentKind."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class AppearanceView:
    """Where the claim was seen or heard, as the claim file says."""

    place: LinkView
    date: DateView | None
    archived: LinkView | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """The claimant card."""

    name: str
    role: str | None
    affiliation: str | None
    same_as: tuple[LinkView, ...]
    quote: tuple[SegmentView, ...]
    translated: bool
    language: str | None
    made_on: DateView
    context: str | None
    appearances: tuple[AppearanceView, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """A rating or an abstention, in words; icon and colour only repeat them."""

    tone: str
    """'true', 'false', 'mixed' or 'open': picks icon and colour."""
    words: str
    """'Suggested: False, probability 0.91', or 'No suggestion: ...'; of people, the label alone."""
    note: str | None = None
    """What the rating means, or how near the nearest rating was."""


@dataclass(frozen=True, slots=True)
class StanceView:
    """How one evidence item stands to one claim part."""

    part: LinkView
    words: str
    probability: str | None
    """Of the stance; None where it was found by reading alone ('cannot confirm')."""
    comparison: str | None
    """'2158 is more than 2000' where figures were compared as numbers."""
    scores: str
    """All three probabilities and how they were reached."""
    weight: str | None
    """How far it moved the outcome of the part, and why."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A passage, shown in full once on the page."""

    anchor: str
    id: str
    publisher: str
    kind: str
    interest: tuple[str, ...]
    """What a reader must know of the publisher: interest note, owner."""
    date: DateView
    event_date: DateView | None
    attribution: str
    hedge: str | None
    quotation: str
    language: str | None
    """Set where the passage is not in the page's language."""
    title: LinkView
    address: str | None
    """The recorded address where it is no web address, as text; None otherwise."""
    authors: str
    figures: tuple[str, ...]
    stances: tuple[StanceView, ...]
    same_origin: tuple[LinkView, ...]
    own_side: bool
    decisive: bool
    late: bool
    """Not surely public when the claim was made."""
    note: str | None
    record: tuple[tuple[str, str], ...]
    """Name and value of what identifies the passage in the archive."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """Evidence of one stance to one part; `elsewhere` is shown in full under another part."""

    heading: str
    tone: str
    remark: str | None
    items: tuple[EvidenceView, ...]
    elsewhere: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A claim part with what was found on it."""

    anchor: str
    label: str
    """'Part 1 of 2', or 'The claim' where it has one part."""
    text: str
    not_checkable: str | None
    outcome: OutcomeView | None
    """None when the part was not assessed."""
    origins: str | None
    groups: tuple[GroupView, ...]
    silence: str | None
    """What to say when no group holds anything."""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the explanation."""

    text: str
    cites: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class ContactView:
    """One attempt to hear the claimant."""

    date: DateView
    words: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A change after publication."""

    date: DateView
    text: str
    editor: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What people decided."""

    rating: OutcomeView
    author: str
    editor: str
    published: DateView
    version: int
    explanation: tuple[ParagraphView, ...]
    contacts: tuple[ContactView, ...]
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """A query that was put to the archive."""

    part: LinkView
    query: str
    before: DateView | None
    found: int


@dataclass(frozen=True, slots=True)
class RecordView:
    """How it was checked, and how to do it again."""

    searches: tuple[SearchView, ...]
    archive_sequence: int
    methods: tuple[tuple[str, str, str | None, str | None], ...]
    """Step, version, model, hash of the model."""
    options: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str, str], ...]
    """Step, subject, message."""
    dossier_hash: str
    check_again: str
    """Command for those who have the claim and the archive."""
    replay: str
    """Command for those who have the dossier and the archive."""


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page."""

    title: str
    """Of the h1."""
    description: str
    site: str
    site_link: str | None
    page_url: str | None
    claim: ClaimView
    suggestion: OutcomeView
    decisive: tuple[LinkView, ...]
    review: ReviewView | None
    """None: the page is a draft and says so."""
    parts: tuple[PartView, ...]
    appearances: tuple[EvidenceView, ...]
    late: tuple[EvidenceView, ...]
    silent: tuple[EvidenceView, ...]
    not_found: tuple[str, ...]
    record: RecordView
    jsonld: Markup | None
    """ClaimReview, safe inside a script element; None unless people published."""
