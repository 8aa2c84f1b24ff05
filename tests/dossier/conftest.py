import pytest

from onrecord.model import (
    Assessment,
    Attribution,
    Claim,
    Claimant,
    ClaimPart,
    Dossier,
    Evidence,
    Fault,
    Label,
    Method,
    PartAssessment,
    Passage,
    Push,
    Rating,
    SearchRecord,
    Segment,
    SegmentKind,
    Source,
    Stance,
    When,
    new_document,
)

REVIEW = """\
rating: "False"
headline: The count says otherwise
explanation:
  - text: The one count in the archive lies below that.
    cites: [e1]
author: Ada Writer
editor: Ed Itor
published: 2022-08-20
contacts:
  - {date: 2022-08-15, channel: E-mail, outcome: no_answer}
"""


def make_dossier() -> Dossier:
    source = Source(id="aapp", name="AAPP")
    report_date = When(edtf="2022-08-05", basis="printed")
    documents = tuple(
        new_document(source=source, title=title, text=text, published=report_date)
        for title, text in (("One", "2,158 have been killed — 2158."), ("Two", "No further count."))
    )

    def stance(label: Label) -> Stance:
        return Stance(
            part="p1",
            label=label,
            supports=0.0312,
            refutes=0.9,
            not_enough_info=0.0688,
            basis="numbers: 2158 is not more than 3000",
        )

    evidence = tuple(
        Evidence(
            id=f"e{rank}",
            passage=Passage(document=document.id, start=0, end=8),
            attribution=Attribution(reporter="aapp"),
            report_date=report_date,
            stances=(stance(label),),
            origin="aapp",
            known_by_claim_date=True,
        )
        for rank, (document, label) in enumerate(
            zip(documents, (Label.REFUTES, Label.NOT_ENOUGH_INFO), strict=True), start=1
        )
    )
    rating = Rating(scale="coarse-1", label="False", probability=0.9)
    push = Push(evidence="e1", origin="aapp", log_odds=-2.2, why="decisive")
    return Dossier(
        claim=Claim(
            id="c-1",
            quote=(Segment(kind=SegmentKind.VERBATIM, text="More than 3,000 were killed."),),
            claimant=Claimant(name="A user"),
            made_on="2022-08-06",
            parts=(ClaimPart(id="p1", text="More than 3,000 were killed."),),
        ),
        archive_sequence=2,
        methods=(
            Method(step="archive.search", version="1"),
            Method(step="verifier", version="1", model="m", sha256="ab" * 32),
        ),
        options={"top": 50, "before": None, "exact": True, "floor": 0.5},
        searches=(
            SearchRecord(part="p1", query="killed 3,000", before="2022-08-06", found=2),
            SearchRecord(part="p1", query="count", before=None, found=1),
        ),
        documents=documents,
        evidence=evidence,
        assessment=Assessment(
            outcome=rating,
            decisive=("e1",),
            parts=(
                PartAssessment(
                    part="p1", outcome=rating, origins_for=0, origins_against=1, trace=(push,)
                ),
            ),
        ),
        faults=(Fault(step="neural.verifier", subject="d-1", message="ended early"),),
    )


@pytest.fixture
def dossier() -> Dossier:
    return make_dossier()


@pytest.fixture
def review_text() -> str:
    return REVIEW
