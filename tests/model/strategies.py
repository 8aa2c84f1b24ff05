"""Hypothesis strategies for the nouns, each drawing any value that the model accepts."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from onrecord.model import (
    COARSE,
    Abstention,
    AbstentionReason,
    Appearance,
    Assessment,
    Attribution,
    Cited,
    CitedKind,
    Claim,
    Claimant,
    ClaimPart,
    Contact,
    ContactOutcome,
    Correction,
    Document,
    Dossier,
    Evidence,
    Fault,
    Label,
    Method,
    Paragraph,
    PartAssessment,
    Passage,
    Push,
    Quantity,
    Rating,
    Review,
    SearchRecord,
    Segment,
    SegmentKind,
    Snapshot,
    Source,
    SourceKind,
    Stance,
    When,
    new_document,
)

# Lone surrogates cannot be written as UTF-8, so no file can bring them in.
characters = st.characters(exclude_categories=["Cs"])
texts = st.text(characters, max_size=30)
some_texts = st.text(characters, min_size=1, max_size=30)
counts = st.integers(0, 10_000)
numbers = st.floats(allow_nan=False, allow_infinity=False)
probabilities = st.floats(0, 1).map(lambda value: round(value, 4))
days = st.dates(date(1000, 1, 1))
edtfs = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4] + "~"),
    days.map(lambda day: f"../{day.isoformat()}"),
    st.tuples(days, days).map(lambda pair: "/".join(day.isoformat() for day in sorted(pair))),
)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[object], least: int = 0) -> st.SearchStrategy[object]:
    return st.lists(strategy, min_size=least, max_size=2).map(tuple)


segments = st.builds(Segment, kind=st.sampled_from(SegmentKind), text=texts)
quotes = st.tuples(
    tuples(segments), st.builds(Segment, kind=st.just(SegmentKind.VERBATIM), text=st.just("word"))
).map(lambda pair: (*pair[0], pair[1]))
claimants = st.builds(
    Claimant, name=some_texts, role=maybe(texts), affiliation=maybe(texts), same_as=tuples(texts)
)
appearances = st.builds(
    Appearance, outlet=maybe(texts), url=maybe(texts), date=maybe(edtfs), archived=maybe(texts)
)
parts = st.builds(ClaimPart, id=texts, text=some_texts, not_checkable=maybe(texts))
claims = st.builds(
    Claim,
    id=texts,
    quote=quotes,
    claimant=claimants,
    made_on=edtfs,
    appearances=tuples(appearances),
    context=maybe(texts),
    language=texts,
    parts=st.lists(parts, max_size=3, unique_by=lambda part: part.id).map(tuple),
)
sources = st.builds(
    Source,
    id=texts,
    name=texts,
    kind=st.sampled_from(SourceKind),
    country=maybe(texts),
    owner=maybe(texts),
    interest=maybe(texts),
    group=maybe(texts),
)
whens = st.builds(When, text=maybe(texts), edtf=maybe(edtfs), basis=texts)
snapshots = st.builds(
    Snapshot, sha256=texts, media_type=texts, size_bytes=counts, origin=maybe(texts)
)
new_documents = st.builds(
    new_document,
    source=sources,
    title=texts,
    text=some_texts,
    published=whens,
    authors=tuples(texts),
    url=maybe(texts),
    language=texts,
    retrieved_at=maybe(texts),
    snapshot=maybe(snapshots),
    note=maybe(texts),
)
documents = st.builds(
    lambda document, sequence: document.model_copy(update={"sequence": sequence}),
    new_documents,
    maybe(st.integers(1, 1000)),
)


@st.composite
def passages(draw: st.DrawFn, document: Document) -> Passage:
    start = draw(st.integers(0, len(document.text) - 1))
    end = draw(st.integers(start + 1, len(document.text)))
    return Passage(document=document.id, start=start, end=end)


stances = st.builds(
    Stance,
    part=texts,
    label=st.sampled_from(Label),
    supports=probabilities,
    refutes=probabilities,
    not_enough_info=probabilities,
    basis=texts,
)
cited = st.builds(Cited, name=texts, kind=st.sampled_from(CitedKind))
attributions = st.builds(
    Attribution,
    reporter=texts,
    chain=tuples(cited),
    act=texts,
    hedge=maybe(texts),
    cue=maybe(st.tuples(counts, counts)),
)
quantities = st.builds(
    Quantity,
    value=numbers,
    unit=texts,
    text=texts,
    of_total=maybe(numbers),
    qualifier=maybe(texts),
    as_of=maybe(texts),
)


@st.composite
def evidence_of(draw: st.DrawFn, document: Document, id_: str = "e1") -> Evidence:
    return Evidence(
        id=id_,
        passage=draw(passages(document)),
        attribution=draw(attributions),
        report_date=draw(whens),
        event_date=draw(maybe(whens)),
        quantities=draw(tuples(quantities)),
        stances=draw(tuples(stances, least=1)),
        origin=draw(texts),
        known_by_claim_date=draw(st.booleans()),
        quotes_claim=draw(st.booleans()),
        from_claimant=draw(st.booleans()),
    )


evidence = documents.flatmap(evidence_of)
outcomes = st.one_of(
    st.builds(Rating, scale=texts, label=texts, probability=probabilities),
    st.builds(
        Abstention,
        reason=st.sampled_from(AbstentionReason),
        probability=maybe(probabilities),
    ),
)
pushes = st.builds(Push, evidence=texts, origin=texts, log_odds=numbers, why=texts)
part_assessments = st.builds(
    PartAssessment,
    part=texts,
    outcome=outcomes,
    origins_for=counts,
    origins_against=counts,
    trace=tuples(pushes),
)
assessments = st.builds(
    Assessment, outcome=outcomes, decisive=tuples(texts), parts=tuples(part_assessments)
)
faults = st.builds(Fault, step=texts, subject=texts, message=texts)
contacts = st.builds(
    Contact,
    date=edtfs,
    channel=texts,
    outcome=st.sampled_from(ContactOutcome),
    answer=maybe(texts),
)
corrections = st.builds(Correction, date=edtfs, text=some_texts, editor=some_texts)


@st.composite
def reviews(draw: st.DrawFn, dossier: str = "sha256:0", cites: tuple[str, ...] = ("e1",)) -> Review:
    paragraphs = st.builds(
        Paragraph, text=some_texts, cites=tuples(st.sampled_from(cites)) if cites else st.just(())
    )
    return Review(
        dossier=dossier,
        rating=draw(st.sampled_from([level.label for level in COARSE.levels])),
        headline=draw(some_texts),
        explanation=draw(tuples(paragraphs, least=1)),
        author=draw(st.sampled_from(["Daw Hla", "A. Writer"])),
        editor=draw(st.sampled_from(["An Editor", "Ko Ko"])),
        published=draw(edtfs),
        version=draw(st.integers(1, 9)),
        contacts=draw(tuples(contacts)),
        corrections=draw(tuples(corrections)),
    )


methods = st.builds(Method, step=texts, version=texts, model=maybe(texts), sha256=maybe(texts))
searches = st.builds(SearchRecord, part=texts, query=texts, before=maybe(texts), found=counts)
options = st.dictionaries(
    texts, st.one_of(texts, st.integers(-(2**60), 2**60), numbers, st.booleans(), st.none())
)


@st.composite
def drafts(draw: st.DrawFn, least: int = 0) -> Dossier:
    """Dossiers without a review, with at least so many pieces of evidence."""
    held = draw(
        st.lists(documents, min_size=least, max_size=2, unique_by=lambda document: document.id)
    )
    claim = draw(claims.filter(lambda claim: bool(claim.parts)))
    names = st.sampled_from([part.id for part in claim.parts])
    found = []
    for rank, document in enumerate(held, start=1):
        item = draw(evidence_of(document, f"e{rank}"))
        read = tuple(s.model_copy(update={"part": draw(names)}) for s in item.stances)
        found.append(item.model_copy(update={"stances": read}))
    return Dossier(
        claim=claim,
        archive_sequence=draw(counts),
        methods=draw(tuples(methods)),
        options=draw(options),
        searches=draw(tuples(searches)),
        documents=tuple(held),
        evidence=tuple(found),
        assessment=draw(assessments_of(names, [item.id for item in found])),
        faults=draw(tuples(faults)),
    )


@st.composite
def assessments_of(draw: st.DrawFn, names: st.SearchStrategy[str], ids: list[str]) -> Assessment:
    """Assessments that name only these parts and rest only on this evidence."""
    free = draw(assessments)
    parts = [
        part.model_copy(
            update={
                "part": draw(names),
                "trace": tuple(
                    push.model_copy(update={"evidence": id_})
                    for push, id_ in zip(part.trace, ids, strict=False)
                ),
            }
        )
        for part in free.parts
    ]
    return free.model_copy(update={"parts": tuple(parts), "decisive": tuple(ids[:1])})


@st.composite
def reviewed(draw: st.DrawFn) -> Dossier:
    draft = draw(drafts())
    review = draw(reviews(draft.hash, tuple(item.id for item in draft.evidence)))
    return Dossier.model_validate({**dict(draft), "review": review})


dossiers = drafts() | reviewed()
