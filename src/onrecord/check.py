"""The pipeline: a claim and an archive go in, a dossier comes out. The one place with the order.

1. split     the claim into parts
2. search    the archive for each part, for what was public on the day of the claim, and for later
3. read      attribution, figures, date and stance of each passage
4. origins   what goes back to one origin counts once
5. weigh     suggest a rating, or abstain
6. record    all of it, with what it takes to get it again
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Protocol

from onrecord.archive import Archive, Hit
from onrecord.claims import queries, split
from onrecord.claims.queries import VERSION as QUERIES_VERSION
from onrecord.claims.split import VERSION as SPLIT_VERSION
from onrecord.errors import InputError, ReadingError
from onrecord.evidence import attribution as attributing
from onrecord.evidence import origins as originating
from onrecord.evidence import stance as reading
from onrecord.model import (
    Abstention,
    AbstentionReason,
    Assessment,
    Claim,
    ClaimPart,
    Document,
    Dossier,
    Evidence,
    Fault,
    Method,
    Quantity,
    SearchRecord,
    Source,
    Stance,
    bounds,
    known_by,
)
from onrecord.neural import Reading
from onrecord.text.dates import first_date
from onrecord.text.names import is_place_like, names, printed_in, speaks_of
from onrecord.text.quantities import figures
from onrecord.text.similar import clusters
from onrecord.weigh import VERSION as WEIGH_VERSION
from onrecord.weigh import log_odds, weigh

SEARCH_VERSION = "hybrid-rrf/1"

TOGETHER = 32
"""Passages put to the verifier at once: enough for all cores, few enough to show progress."""

DEEPEST = 4096
"""How far down a ranking is followed past copies."""

Progress = Callable[[str, int, int], None]
"""Called with the step, what is done of it, and how much there is."""


class Verifier(Protocol):
    """What a check needs of a verifier: a reading for each (claim, passage), and its identity."""

    @property
    def name(self) -> str:
        """Version of the model."""
        ...

    @property
    def sha256(self) -> str:
        """Digest over the model's files."""
        ...

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """Readings in order. Raises ReadingError when the model fails on an input."""
        ...


@dataclass(frozen=True)
class Options:
    """What a check can be told; recorded in the dossier."""

    known: int = 12
    """Passages read per part among those that were public when the claim was made."""
    later: int = 3
    """Passages read per part among those that came later or are undated."""
    as_of: int | None = None
    """Search the archive as it stood after this many documents; None for all."""


@dataclass
class _Finding:
    """A passage on its way to becoming evidence, with its stance to each part it was found for."""

    hit: Hit
    known: bool
    parts: list[ClaimPart] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)


def check(
    claim: Claim,
    archive: Archive,
    verifier: Verifier,
    options: Options | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Dossier:
    """The dossier of a claim held against an archive.

    Same claim, archive, models and options: same dossier, to the byte. Raises InputError when the
    claim has no date before which to search, ReadingError when the verifier failed on passages and
    nothing else was found for a part.
    """
    options = options or Options()
    sequence = archive.sequence if options.as_of is None else options.as_of
    parts = split(claim)
    claim = claim.model_copy(update={"parts": parts})
    context = _context(claim, archive, sequence)
    findings, searches = _search(claim, archive, context, options, sequence, progress)
    faults = _read(findings, verifier, progress)
    evidence = _evidence(claim, findings, archive.sources(sequence))
    assessment = weigh(parts, evidence)
    _refuse_silence_by_fault(assessment, faults)
    return Dossier(
        claim=claim,
        archive_sequence=sequence,
        methods=_methods(archive, verifier),
        options={**asdict(options), "as_of": sequence, "context": context},
        searches=tuple(searches),
        documents=_documents(findings),
        evidence=evidence,
        assessment=assessment,
        faults=tuple(faults),
    )


def _refuse_silence_by_fault(assessment: Assessment, faults: Sequence[Fault]) -> None:
    """A part whose passages could not be read is not one on which the archive is silent."""
    for part in assessment.parts:
        failed = [fault for fault in faults if fault.subject.split()[0] == part.part]
        silent = isinstance(part.outcome, Abstention) and part.outcome.reason in _SILENCE
        if failed and silent:
            raise ReadingError(
                f"{len(failed)} passages could not be read against part {part.part}, so nothing "
                f"can be said of it: {failed[0].message}; run the check again"
            )


_SILENCE = (AbstentionReason.NO_EVIDENCE, AbstentionReason.ONLY_LATER)


def _claim_day(claim: Claim) -> date:
    first = bounds(claim.made_on)[0]
    if first is None:
        raise InputError(
            f"the claim's date {claim.made_on!r} has no beginning; give the day, month or year in "
            "which it was made"
        )
    return first


def _context(claim: Claim, archive: Archive, sequence: int) -> str | None:
    """What places and bodies the claim was about: as the checker says, or a report that carries it.

    'The region' in a quotation is a place only for those who know the occasion: the names in the
    account of it, but for the claimant's, the publisher's, and those that the claim has itself.
    People are left out, since asking for them finds all that they ever said.
    """
    speaker = claim.claimant
    said = [claim.text, speaker.name, speaker.role, speaker.affiliation]
    account = claim.context
    if account is None:
        hits = archive.search(claim.text, k=10, as_of=sequence)
        carrying = [hit.document for hit in hits if _carries(claim, hit)]
        if not carrying:
            return None
        report = min(carrying, key=lambda document: document.sequence or 0)
        said.append(report.source.name)
        account = report.text
    known = ". ".join(filter(None, said))
    found = (name for name in names(account) if is_place_like(name))
    return " ".join(name for name in found if not speaks_of(known, name)) or None


def _carries(claim: Claim, hit: Hit) -> bool:
    """Whether the passage reports that the claim was made, rather than what it claims.

    It has the claim's words, in a document that names the claimant: an article that states the
    same fact in the same words, without them, is evidence like any other.
    """
    surname = claim.claimant.name.split()[-1]
    return reading.quotes(claim.text, hit.text) and printed_in(hit.document.text, surname)


def _search(
    claim: Claim,
    archive: Archive,
    context: str | None,
    options: Options,
    sequence: int,
    progress: Progress,
) -> tuple[list[_Finding], list[SearchRecord]]:
    day = _claim_day(claim)
    findings: dict[tuple[str, int], _Finding] = {}
    searches: list[SearchRecord] = []
    checkable = [part for part in claim.parts if part.checkable]
    for number, part in enumerate(checkable):
        progress("search", number, len(checkable))
        asked = queries(part.text, context)
        early = [_distinct(archive, q, options.known, day, sequence) for q in asked]
        late = [
            _not_known(_distinct(archive, q, 3 * options.later, None, sequence), day) for q in asked
        ]
        for hit in _merged(early, options.known) + _merged(late, options.later):
            key = (hit.document.id, hit.passage.start)
            known = known_by(hit.document.published.edtf, day)
            findings.setdefault(key, _Finding(hit, known)).parts.append(part)
        searches += _records(part, asked, early, day) + _records(part, asked, late, None)
    progress("search", len(checkable), len(checkable))
    return list(findings.values()), searches


def _distinct(
    archive: Archive, query: str, k: int, before: date | None, sequence: int
) -> list[Hit]:
    """The first k passages of a search that are no copies of each other.

    A thousand copies of one article would else fill every place, and leave the rest unread. As
    long as copies crowd the ranking it is followed down, to DEEPEST passages at most.
    """
    depth = 2 * k
    while True:
        hits = archive.search(query, depth, before=before, as_of=sequence)
        first: dict[int, Hit] = {}
        for cluster, hit in zip(clusters([hit.text for hit in hits]), hits, strict=True):
            first.setdefault(cluster, hit)
        if len(first) >= k or len(hits) < depth or depth >= DEEPEST:
            return list(first.values())[:k]
        depth = min(8 * depth, DEEPEST)


def _not_known(hits: Sequence[Hit], day: date) -> list[Hit]:
    return [hit for hit in hits if not known_by(hit.document.published.edtf, day)]


def _records(
    part: ClaimPart, asked: Sequence[str], found: Sequence[Sequence[Hit]], before: date | None
) -> list[SearchRecord]:
    day = before.isoformat() if before else None
    return [
        SearchRecord(part=part.id, query=query, before=day, found=len(hits))
        for query, hits in zip(asked, found, strict=True)
    ]


def _merged(rankings: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """The first k of several rankings taken in turns, each passage once."""
    found: dict[tuple[str, int], Hit] = {}
    for rank in range(max((len(hits) for hits in rankings), default=0)):
        for hits in rankings:
            if rank < len(hits):
                found.setdefault((hits[rank].document.id, hits[rank].passage.start), hits[rank])
    return list(found.values())[:k]


def _read(findings: list[_Finding], verifier: Verifier, progress: Progress) -> list[Fault]:
    """Gives each finding its stances; what the verifier failed on is left out and recorded."""
    asked = [
        (finding, reading.ask(part, _shown(finding.hit)))
        for finding in findings
        for part in finding.parts
    ]
    faults: list[Fault] = []
    for start in range(0, len(asked), TOGETHER):
        progress("read", start, len(asked))
        some = asked[start : start + TOGETHER]
        try:
            _answer(some, verifier)
        except ReadingError:
            faults += _answer_singly(some, verifier)
    progress("read", len(asked), len(asked))
    return faults


def _answer(asked: Sequence[tuple[_Finding, reading.Question]], verifier: Verifier) -> None:
    pairs = [pair for _, question in asked for pair in question.pairs]
    readings = iter(verifier.read(pairs))
    answers = [
        reading.answer(question, [next(readings) for _ in question.pairs]) for _, question in asked
    ]
    for (finding, _), stance in zip(asked, answers, strict=True):
        finding.stances.append(stance)


def _answer_singly(
    asked: Sequence[tuple[_Finding, reading.Question]], verifier: Verifier
) -> list[Fault]:
    faults = []
    for finding, question in asked:
        try:
            _answer([(finding, question)], verifier)
        except ReadingError as error:
            passage = finding.hit.passage
            place = f"{passage.document}[{passage.start}:{passage.end}]"
            subject = f"{question.part.id} against {place}"
            faults.append(Fault(step="neural.verifier", subject=subject, message=str(error)))
    return faults


def _quantities(hit: Hit) -> tuple[Quantity, ...]:
    found = figures(hit.text, hit.document.published.edtf)
    return tuple(figure.quantity for figure in found)


def _shown(hit: Hit) -> reading.Shown:
    document = hit.document
    whole = f"{document.title}\n{document.source.name}\n{document.text}"
    return reading.Shown(hit.text, whole, published=document.published.edtf)


def _evidence(
    claim: Claim, findings: list[_Finding], known: Mapping[str, Source]
) -> tuple[Evidence, ...]:
    """Evidence of all findings that were read, strongest first."""
    read = [finding for finding in findings if finding.stances]
    read.sort(key=lambda f: (f.hit.document.sequence or 0, f.hit.passage.start))
    attributions = [
        attributing.attribution(f.hit.text, f.hit.passage.start, f.hit.document.source)
        for f in read
    ]
    keys = originating.origins(
        attributions,
        [f.hit.document.source for f in read],
        clusters([f.hit.text for f in read]),
        known,
    )
    side = originating.claimant_side(claim, known)
    items = [
        Evidence(
            id="e0",
            passage=finding.hit.passage,
            attribution=attribution,
            report_date=finding.hit.document.published,
            event_date=first_date(finding.hit.text, finding.hit.document.published.edtf),
            quantities=_quantities(finding.hit),
            stances=tuple(finding.stances),
            origin=key,
            known_by_claim_date=finding.known,
            quotes_claim=_carries(claim, finding.hit),
            from_claimant=key in side,
        )
        for finding, attribution, key in zip(read, attributions, keys, strict=True)
    ]
    items.sort(key=lambda item: -max(abs(log_odds(item, s.part)) for s in item.stances))
    return tuple(
        item.model_copy(update={"id": f"e{rank}"}) for rank, item in enumerate(items, start=1)
    )


def _documents(findings: list[_Finding]) -> tuple[Document, ...]:
    found = {f.hit.document.id: f.hit.document for f in findings if f.stances}
    return tuple(sorted(found.values(), key=lambda document: document.sequence or 0))


def _methods(archive: Archive, verifier: Verifier) -> tuple[Method, ...]:
    return (
        Method(step="split", version=SPLIT_VERSION),
        Method(step="queries", version=QUERIES_VERSION),
        Method(
            step="search",
            version=SEARCH_VERSION,
            model=archive.embedder.name,
            sha256=archive.embedder.sha256,
        ),
        Method(step="stance", version=reading.VERSION, model=verifier.name, sha256=verifier.sha256),
        Method(step="attribution", version=attributing.VERSION),
        Method(step="origins", version=originating.VERSION),
        Method(step="weigh", version=WEIGH_VERSION),
    )
