"""A dossier turned into what the page shows, piece by piece."""

from __future__ import annotations

import json
import re

from onrecord.model import (
    Appearance,
    Claim,
    ClaimPart,
    Contact,
    Document,
    Dossier,
    Evidence,
    Label,
    PartAssessment,
    Push,
    Review,
    SearchRecord,
    SegmentKind,
    Stance,
)
from onrecord.publish import view, wording
from onrecord.publish.addresses import web_address
from onrecord.publish.dates import date_view, when_view
from onrecord.publish.placing import Layout, Place, speaks

PAGE_LANGUAGE = "en"
CHECK_AGAIN = "onrecord check -w WORKSPACE --as-of {sequence} claim.yaml"
"""How a reader who has the claim checks it on the archive as it stood then."""

REPLAY = "onrecord replay -w WORKSPACE dossier.json"
"""How a reader who has the dossier runs it again and sees what differs."""

_DESCRIPTION_LENGTH = 160
_HEADLINE_LENGTH = 75
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_GROUPS = (
    (Label.REFUTES, "Evidence against", "false", None),
    (Label.SUPPORTS, "Evidence for", "true", None),
    (
        Label.NOT_CORROBORATING,
        "Could not confirm",
        "open",
        "These sources say that they cannot confirm it. That is no denial.",
    ),
)


def title(dossier: Dossier) -> str:
    """The headline of the page."""
    if dossier.review is not None:
        return dossier.review.headline
    return f"Draft check: “{wording.shorten(dossier.claim.printed, _HEADLINE_LENGTH)}”"


def description(dossier: Dossier) -> str:
    """One sentence for those who list the page."""
    review = dossier.review
    words = wording.rating_view(review).words if review else f"Draft. {suggestion(dossier).words}"
    said = wording.shorten(dossier.claim.printed, _DESCRIPTION_LENGTH)
    return f"{words.rstrip('.')}. {dossier.claim.claimant.name}: “{said}”"


def suggestion(dossier: Dossier) -> view.OutcomeView:
    """The machine's outcome for the whole claim."""
    return wording.outcome_view(dossier.assessment.outcome)


def claim_view(claim: Claim) -> view.ClaimView:
    """The claimant card."""
    claimant = claim.claimant
    return view.ClaimView(
        name=claimant.name,
        role=claimant.role,
        affiliation=_unless_said(claimant.affiliation, claimant.role),
        same_as=tuple(view.LinkView(url, web_address(url)) for url in claimant.same_as),
        quote=tuple(view.SegmentView(part.kind.value, part.text) for part in claim.quote),
        translated=any(part.kind is SegmentKind.TRANSLATION for part in claim.quote),
        language=_foreign(claim.language),
        made_on=date_view(claim.made_on),
        context=claim.context,
        appearances=tuple(_appearance(appearance) for appearance in claim.appearances),
    )


def _unless_said(affiliation: str | None, role: str | None) -> str | None:
    """The affiliation, unless the role already names it ('Spokeswoman, Foreign Ministry')."""
    said = affiliation and role and affiliation.casefold() in role.casefold()
    return None if said else affiliation


def _appearance(appearance: Appearance) -> view.AppearanceView:
    place = appearance.outlet or appearance.url or "outlet not recorded"
    archived = web_address(appearance.archived)
    return view.AppearanceView(
        place=view.LinkView(place, web_address(appearance.url)),
        date=date_view(appearance.date) if appearance.date else None,
        archived=view.LinkView("archived copy", archived) if archived else None,
    )


def _foreign(language: str) -> str | None:
    """The language tag where it is one and differs from the page's."""
    tag = language if _LANGUAGE_TAG.fullmatch(language) else None
    return None if tag is None or tag.split("-")[0].casefold() == PAGE_LANGUAGE else tag


# Evidence


def evidence_view(item: Evidence, layout: Layout) -> view.EvidenceView:
    """A passage with all that a reader needs to judge it."""
    dossier = layout.dossier
    document = dossier.document(item)
    address = web_address(document.url)
    return view.EvidenceView(
        anchor=layout.anchors[item.id],
        id=item.id,
        publisher=document.source.name,
        kind=wording.SOURCE_KINDS[document.source.kind],
        interest=_interest(document),
        date=when_view(item.report_date),
        event_date=when_view(item.event_date) if item.event_date else None,
        attribution=wording.attribution_words(document.source.name, item.attribution),
        hedge=item.attribution.hedge,
        quotation=dossier.quotation(item),
        language=_foreign(document.language),
        title=view.LinkView(document.title.strip() or "Untitled document", address),
        address=None if address else document.url,
        authors=", ".join(document.authors),
        figures=tuple(wording.figure_words(figure) for figure in item.quantities),
        stances=_stances(item, layout),
        same_origin=_same_origin(item, layout),
        own_side=item.from_claimant,
        decisive=item.id in dossier.assessment.decisive,
        late=not item.known_by_claim_date,
        note=document.note,
        record=_record(item, document),
    )


def evidence_link(item: Evidence, layout: Layout) -> view.LinkView:
    """'The Irrawaddy (e3)', leading to the item."""
    name = layout.dossier.document(item).source.name
    return view.LinkView(f"{name} ({item.id})", f"#{layout.anchors[item.id]}")


def cited_links(ids: tuple[str, ...], layout: Layout) -> tuple[view.LinkView, ...]:
    """Links to the evidence of those ids; ids that the dossier lacks are left out."""
    items = {item.id: item for item in layout.dossier.evidence}
    return tuple(evidence_link(items[name], layout) for name in ids if name in items)


def _interest(document: Document) -> tuple[str, ...]:
    source = document.source
    owner = f"Owner: {source.owner}" if source.owner else None
    return tuple(note for note in (source.interest, owner) if note)


def _same_origin(item: Evidence, layout: Layout) -> tuple[view.LinkView, ...]:
    return tuple(
        evidence_link(other, layout)
        for other in layout.dossier.evidence
        if other.origin == item.origin and other.id != item.id
    )


def _stances(item: Evidence, layout: Layout) -> tuple[view.StanceView, ...]:
    speaking = [stance for stance in item.stances if speaks(stance)]
    if speaking:
        home = layout.home(item)
        speaking.sort(key=lambda stance: stance.part != home)
    return tuple(_stance(stance, item, layout) for stance in speaking)


def _stance(stance: Stance, item: Evidence, layout: Layout) -> view.StanceView:
    value = wording.stance_probability(stance)
    head, _, comparison = stance.basis.partition(":")
    return view.StanceView(
        part=part_link(stance.part, layout),
        words=wording.STANCES[stance.label],
        probability=None if value is None else wording.probability(value),
        comparison=comparison.strip() or stance.basis if head.startswith("numbers") else None,
        scores=_scores(stance),
        weight=_weight(layout.pushes.get((stance.part, item.id))),
    )


def _scores(stance: Stance) -> str:
    return (
        f"contradicts {stance.refutes:.4f}, supports {stance.supports:.4f}, "
        f"says nothing {stance.not_enough_info:.4f}; by {stance.basis}"
    )


def _weight(push: Push | None) -> str | None:
    if push is None:
        return None
    if not push.log_odds:
        return f"not counted: {push.why}"
    side = "True" if push.log_odds > 0 else "False"
    return f"{abs(push.log_odds):.2f} towards {side} (log-odds): {push.why}"


def _record(item: Evidence, document: Document) -> tuple[tuple[str, str], ...]:
    place = f"characters {item.passage.start} to {item.passage.end}"
    rows = (
        ("Document", f"{document.id}, {place}"),
        ("Archive number", str(document.sequence) if document.sequence else None),
        ("Address", document.url),
        ("Retrieved", document.retrieved_at),
        ("Capture, SHA-256", document.snapshot.sha256 if document.snapshot else None),
        ("Origin", item.origin),
    )
    return tuple((name, value) for name, value in rows if value)


# Parts of the claim


def part_label(part: str, layout: Layout) -> str:
    """'Part 1 of 2', or 'The claim' where it has one part."""
    ids = [known.id for known in layout.parts]
    return "The claim" if len(ids) == 1 else f"Part {ids.index(part) + 1} of {len(ids)}"


def part_link(part: str, layout: Layout) -> view.LinkView:
    """A link to the section of a part; the bare name where the page has no such section."""
    ids = [known.id for known in layout.parts]
    if part not in ids:
        return view.LinkView(part, None)
    text = "the claim" if len(ids) == 1 else f"part {ids.index(part) + 1}"
    return view.LinkView(text, f"#part-{ids.index(part) + 1}")


def part_views(layout: Layout) -> tuple[view.PartView, ...]:
    """The claim part by part, with its evidence."""
    assessed = {part.part: part for part in layout.dossier.assessment.parts}
    return tuple(
        _part(rank, part, assessed.get(part.id), layout)
        for rank, part in enumerate(layout.parts, start=1)
    )


def _part(
    rank: int, part: ClaimPart, assessed: PartAssessment | None, layout: Layout
) -> view.PartView:
    groups = _groups(part.id, layout)
    return view.PartView(
        anchor=f"part-{rank}",
        label=part_label(part.id, layout),
        text=part.text,
        not_checkable=part.not_checkable,
        outcome=wording.outcome_view(assessed.outcome) if assessed else None,
        origins=_origins(assessed),
        groups=groups,
        silence=None if groups else _silence(part, layout),
    )


def _origins(assessed: PartAssessment | None) -> str | None:
    if assessed is None:
        return None
    return wording.origins_words(assessed.origins_against, assessed.origins_for)


def _groups(part: str, layout: Layout) -> tuple[view.GroupView, ...]:
    groups = []
    for label, heading, tone, remark in _GROUPS:
        items = layout.on_part(part, label)
        if not items:
            continue
        here = [item for item in items if layout.home(item) == part]
        there = [item for item in items if layout.home(item) != part]
        groups.append(
            view.GroupView(
                heading=heading,
                tone=tone,
                remark=remark,
                items=tuple(evidence_view(item, layout) for item in here),
                elsewhere=tuple(evidence_link(item, layout) for item in there),
            )
        )
    return tuple(groups)


def _silence(part: ClaimPart, layout: Layout) -> str:
    if not part.checkable:
        return "No evidence was sought for it."
    read = sum(1 for item in layout.dossier.evidence if item.stance(part.id) is not None)
    if not read:
        return "No passage was found on it."
    passages = "one passage was" if read == 1 else f"{read} passages were"
    return f"Nothing that counts was found on it: {passages} read and set apart below."


def not_found(layout: Layout) -> tuple[str, ...]:
    """What the check looked for in vain, in sentences."""
    bare = [
        f"{part_label(part.id, layout)}: “{part.text}” No evidence that counts was found."
        for part in layout.parts
        if part.checkable and not _groups(part.id, layout)
    ]
    searches = [
        f"The search “{search.query}” found no passage."
        for search in layout.dossier.searches
        if not search.found
    ]
    return (*bare, *dict.fromkeys(searches))


# People


def review_view(review: Review, layout: Layout) -> view.ReviewView:
    """The people's judgement."""
    return view.ReviewView(
        rating=wording.rating_view(review),
        author=review.author,
        editor=review.editor,
        published=date_view(review.published),
        version=review.version,
        explanation=tuple(
            view.ParagraphView(paragraph.text, cited_links(paragraph.cites, layout))
            for paragraph in review.explanation
        ),
        contacts=tuple(_contact(contact) for contact in review.contacts),
        corrections=tuple(
            view.CorrectionView(date_view(change.date), change.text, change.editor)
            for change in review.corrections
        ),
    )


def _contact(contact: Contact) -> view.ContactView:
    words = f"{contact.channel}: {wording.CONTACTS[contact.outcome]}"
    return view.ContactView(date_view(contact.date), words, contact.answer)


# The record


def record_view(layout: Layout) -> view.RecordView:
    """How it was checked."""
    dossier = layout.dossier
    return view.RecordView(
        searches=tuple(_search(search, layout) for search in dossier.searches),
        archive_sequence=dossier.archive_sequence,
        methods=tuple((m.step, m.version, m.model, m.sha256) for m in dossier.methods),
        options=tuple((name, _option(value)) for name, value in sorted(dossier.options.items())),
        faults=tuple((f.step, f.subject, f.message) for f in dossier.faults),
        dossier_hash=dossier.hash,
        check_again=CHECK_AGAIN.format(sequence=dossier.archive_sequence),
        replay=REPLAY,
    )


def _option(value: str | float | bool | None) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _search(search: SearchRecord, layout: Layout) -> view.SearchView:
    return view.SearchView(
        part=part_link(search.part, layout),
        query=search.query,
        before=date_view(search.before) if search.before else None,
        found=search.found,
    )


def evidence_of(place: Place, layout: Layout) -> tuple[view.EvidenceView, ...]:
    """The evidence of a section that belongs to no part."""
    return tuple(evidence_view(item, layout) for item in layout.items(place))
