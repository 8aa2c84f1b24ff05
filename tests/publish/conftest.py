"""Small dossiers, drawn from the example page: a draft, an abstention, a reviewed one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

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
from onrecord.publish import Publisher

DATA = Path(__file__).parent / "data"
PEACE, LAW = "p1", "p2"

IRRAWADDY = Source(
    id="irrawaddy",
    name="The Irrawaddy",
    kind=SourceKind.NEWSPAPER,
    country="MM",
    interest="Independent Myanmar news outlet.",
)
ASIA_TIMES = Source(id="asia-times", name="Asia Times", kind=SourceKind.NEWSPAPER, country="HK")
RFA = Source(
    id="rfa",
    name="Radio Free Asia",
    kind=SourceKind.BROADCASTER,
    owner="Funded by the U.S. Congress",
    interest="U.S.-funded; sister organisation of Voice of America.",
    group="us-funded-media",
)
WITNESS = Source(id="myanmar-witness", name="Myanmar Witness", kind=SourceKind.MONITOR)
AAPP = Source(
    id="aapp",
    name="Assistance Association for Political Prisoners (AAPP)",
    kind=SourceKind.NGO,
    interest="Run by Myanmar citizens in exile.",
)
MINISTRY = Source(
    id="mid-ru",
    name="Russian Foreign Ministry",
    kind=SourceKind.MINISTRY,
    interest="Party to the matter: the claimant speaks for it.",
)
SPUTNIK = Source(
    id="sputnik",
    name="Sputnik",
    kind=SourceKind.BROADCASTER,
    interest="Russian state broadcaster.",
    group="russian-state",
)

NOTE = "Summary written for the Onrecord example; not the publisher’s words."


def article(
    source: Source, title: str, text: str, published: str | None, **more: object
) -> Document:
    basis = "printed" if published else "no date given"
    when = When(edtf=published, basis=basis)
    document = new_document(source=source, title=title, text=text, published=when, **more)
    return document.model_copy(update={"sequence": 17})


def stance(part: str, label: Label, high: float, basis: str = "verifier") -> Stance:
    low = round((1 - high) / 2, 4)
    named = {Label.SUPPORTS: "supports", Label.REFUTES: "refutes"}
    scores = {"supports": low, "refutes": low, "not_enough_info": low}
    scores[named.get(label, "not_enough_info")] = high
    return Stance(part=part, label=label, basis=basis, **scores)


def read(rank: int, document: Document, *stances: Stance, **more: object) -> Evidence:
    fields: dict[str, object] = {
        "id": f"e{rank}",
        "passage": Passage(document=document.id, start=0, end=len(document.text)),
        "attribution": Attribution(reporter=document.source.id),
        "report_date": document.published,
        "stances": stances,
        "origin": document.source.independence,
        "known_by_claim_date": True,
    }
    return Evidence(**{**fields, **more})


def zakharova(**more: object) -> Claim:
    verbatim, insertion = SegmentKind.VERBATIM, SegmentKind.INSERTION
    fields: dict[str, object] = {
        "id": "c-zakharova",
        "quote": (
            Segment(kind=verbatim, text="Russia brings cooperation, peace, "),
            Segment(kind=insertion, text="[and]"),
            Segment(
                kind=verbatim,
                text=" stability to the region. Russia operates on the basis of international law, "
                "mutual respect and the mutual consideration of interests.",
            ),
        ),
        "claimant": Claimant(
            name="Maria Zakharova",
            role="Spokeswoman, Russian Foreign Ministry",
            affiliation="Russian Foreign Ministry",
            same_as=("https://www.wikidata.org/wiki/Q4187304",),
        ),
        "made_on": "2022-08-03",
        "appearances": (
            Appearance(
                outlet="Sputnik",
                url="https://example.org/sputnik/rich-visit",
                date="2022-08-03",
                archived="https://archive.example.org/2022/rich-visit",
            ),
            Appearance(outlet="Telegram channel of the ministry"),
        ),
        "context": "Comment on the visit of Foreign Minister Sergey Lavrov to Myanmar.",
        "parts": (
            ClaimPart(id=PEACE, text="Russia brings peace and stability to Myanmar’s region."),
            ClaimPart(id=LAW, text="Russia operates on the basis of international law."),
            ClaimPart(
                id="p3",
                text="Russia operates on mutual respect.",
                not_checkable="a judgement of value",
            ),
        ),
    }
    return Claim(**{**fields, **more})


def readings() -> tuple[tuple[Document, ...], tuple[Evidence, ...]]:
    """Documents and evidence of every kind that the page treats apart."""
    times = article(
        ASIA_TIMES,
        "Russia emerges as the junta’s most outspoken backer",
        "The assaults using Russian hardware are contributing to a new regional humanitarian "
        "crisis as refugees stream toward the Thai and Indian borders.",
        "2022-07-21",
        url="https://example.org/asia-times/2022/07/russian-hardware-in-myanmar-assaults-and-a-very"
        "-long-address-that-must-wrap-on-a-narrow-screen",
        authors=("Bertil Example",),
        snapshot=Snapshot(sha256="ab" * 32, media_type="text/html", size_bytes=4096),
        note=NOTE,
    )
    rfa = article(
        RFA,
        "Russian jets used in air strikes on villages",
        "Russian jets and attack helicopters have been used to carry out airstrikes, at times "
        "firing into villages indiscriminately.",
        "2022-06~",
        note=NOTE,
    )
    irrawaddy = article(
        IRRAWADDY,
        "Russia delivers two of six Su-30 fighters",
        "Russia delivered two of six new Su-30 fighter jets to Myanmar in March, reportedly, "
        "former members of the air force said.",
        "2022-07-04",
        url="https://example.org/irrawaddy/su-30",
    )
    ministry = article(
        MINISTRY,
        "On the Minister’s visit to Myanmar",
        "The visit serves cooperation and stabilises the situation in the country.",
        "2022-08-03",
        url="javascript:alert(1)",
    )
    witness = article(
        WITNESS,
        "Report on aircraft in use",
        "We are not aware of the Su-30 being delivered to, nor employed by, the Myanmar military "
        "at this time.",
        "2022-07-28",
        url="https://example.org/myanmar-witness/report",
    )
    aapp = article(
        AAPP,
        "Daily briefing",
        "As of August 5, 2,158 people, pro-democracy activists and other civilians have been "
        "killed by this junta.",
        "2022-08-05",
        url="https://example.org/aapp/daily-briefing",
    )
    sputnik = article(
        SPUTNIK,
        "Zakharova on a rich visit",
        "“Russia brings cooperation, peace, stability to the region,” Zakharova said.",
        "2022-08-03",
        url="https://example.org/sputnik/rich-visit",
    )
    silent = article(
        IRRAWADDY, "Rice prices in Yangon", "Rice prices rose by a tenth in Yangon.", "2022-07"
    )
    items = (
        read(1, times, stance(PEACE, Label.REFUTES, 0.9412), stance(LAW, Label.REFUTES, 0.61)),
        read(
            2,
            rfa,
            stance(PEACE, Label.REFUTES, 0.88),
            stance(LAW, Label.REFUTES, 0.72),
            attribution=Attribution(reporter="rfa", act="documents"),
        ),
        read(
            3,
            irrawaddy,
            stance(PEACE, Label.REFUTES, 0.7),
            attribution=Attribution(
                reporter="irrawaddy",
                chain=(
                    Cited(name="former members of the Myanmar Air Force", kind=CitedKind.ANONYMOUS),
                ),
                hedge="reportedly",
            ),
            event_date=When(text="in March", edtf="2022-03", basis="year from publication"),
            quantities=(
                Quantity(value=2, unit="Su-30 fighter jet", text="two of six", of_total=6),
            ),
            origin="asia-times",
        ),
        read(
            4,
            ministry,
            stance(PEACE, Label.SUPPORTS, 0.83),
            from_claimant=True,
            attribution=Attribution(reporter="mid-ru", act="says"),
        ),
        read(
            5,
            witness,
            stance(PEACE, Label.NOT_CORROBORATING, 0.9, basis="reading: is not aware"),
            attribution=Attribution(reporter="myanmar-witness", act="is not aware"),
        ),
        read(
            6,
            aapp,
            stance(
                PEACE, Label.REFUTES, 0.99, basis="numbers: 2,158 killed is more than 2,000 killed"
            ),
            known_by_claim_date=False,
            quantities=(
                Quantity(value=2158, unit="person killed", text="2,158", as_of="2022-08-05"),
            ),
        ),
        read(7, sputnik, stance(PEACE, Label.SUPPORTS, 0.97), quotes_claim=True),
        read(8, silent, stance(PEACE, Label.NOT_ENOUGH_INFO, 0.96)),
    )
    return (times, rfa, irrawaddy, ministry, witness, aapp, sputnik, silent), items


def assessed() -> Assessment:
    def push(evidence: str, origin: str, log_odds: float, why: str) -> Push:
        return Push(evidence=evidence, origin=origin, log_odds=log_odds, why=why)

    return Assessment(
        outcome=Rating(scale=COARSE.id, label="False", probability=0.91),
        decisive=("e1", "e2"),
        parts=(
            PartAssessment(
                part=PEACE,
                outcome=Rating(scale=COARSE.id, label="False", probability=0.93),
                origins_for=0,
                origins_against=2,
                trace=(
                    push("e1", "asia-times", -1.8, "decisive"),
                    push("e2", "us-funded-media", -0.4, "decisive"),
                    push("e3", "asia-times", 0, "same origin as e1"),
                    push("e4", "mid-ru", 0, "claimant’s own side"),
                ),
            ),
            PartAssessment(
                part=LAW,
                outcome=Abstention(reason=AbstentionReason.UNCERTAIN, probability=0.66),
                origins_for=0,
                origins_against=2,
                trace=(push("e2", "us-funded-media", -0.9, "decisive"),),
            ),
        ),
    )


def dossier(**more: object) -> Dossier:
    documents, items = readings()
    fields: dict[str, object] = {
        "claim": zakharova(),
        "archive_sequence": 119,
        "methods": (
            Method(step="archive.search", version="1"),
            Method(step="verifier", version="2", model="verifier-int8", sha256="cd" * 32),
        ),
        "options": {"top": 50, "before_claim": True},
        "searches": (
            SearchRecord(part=PEACE, query="Russia peace Myanmar", before="2022-08-03", found=8),
            SearchRecord(part=LAW, query="Russia international law", before=None, found=0),
        ),
        "documents": documents,
        "evidence": items,
        "assessment": assessed(),
        "faults": (
            Fault(step="neural.verifier", subject="d-123:0-80", message="session ended early"),
        ),
    }
    return Dossier(**{**fields, **more})


def review_of(draft: Dossier, **more: object) -> Review:
    fields: dict[str, object] = {
        "dossier": draft.hash,
        "rating": "False",
        "headline": "Moscow arms Myanmar’s military, then claims to bring peace",
        "explanation": (
            Paragraph(
                text="Russia is a major supplier of arms to Myanmar’s military government, which "
                "uses them against its own people.",
                cites=("e1", "e2"),
            ),
            Paragraph(text="That is the opposite of bringing peace and stability."),
        ),
        "author": "Ada Writer",
        "editor": "Ed Itor",
        "published": "2022-08-20",
        "version": 2,
        "contacts": (
            Contact(
                date="2022-08-15",
                channel="E-mail to the press office",
                outcome=ContactOutcome.ANSWERED,
                answer="We have nothing to add to the statement.",
            ),
            Contact(date="2022-08-17", channel="Telephone", outcome=ContactOutcome.NO_ANSWER),
        ),
        "corrections": (
            Correction(
                date="2022-08-21",
                text="An earlier version gave a wrong date for the Irrawaddy report.",
                editor="Ed Itor",
            ),
        ),
    }
    return Review(**{**fields, **more})


@pytest.fixture(scope="session")
def draft() -> Dossier:
    return dossier()


@pytest.fixture(scope="session")
def abstention() -> Dossier:
    outcome = Abstention(reason=AbstentionReason.NO_EVIDENCE)
    part = PartAssessment(part=PEACE, outcome=outcome, origins_for=0, origins_against=0)
    return dossier(
        claim=zakharova(parts=(ClaimPart(id=PEACE, text="Russia brings peace."),)),
        documents=(),
        evidence=(),
        assessment=Assessment(outcome=outcome, parts=(part,)),
        faults=(),
        searches=(SearchRecord(part=PEACE, query="Russia peace", before=None, found=0),),
    )


@pytest.fixture(scope="session")
def published(draft: Dossier) -> Dossier:
    return dossier(review=review_of(draft))


@pytest.fixture(scope="session")
def publisher() -> Publisher:
    return Publisher(name="The Example Checker", url="https://checks.example.org")


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA


@pytest.fixture(scope="session")
def claimreview_schema() -> dict[str, object]:
    schema = json.loads((DATA / "claim-review-schema.json").read_text("utf-8"))
    # Its inner $id starts a new scope, in which the schema's own references lead nowhere.
    del schema["definitions"]["claimReview"]["$id"]
    return schema


@pytest.fixture(scope="session")
def make() -> Callable[..., Dossier]:
    """Makes a draft with fields of one's own."""
    return dossier


@pytest.fixture(scope="session")
def make_review() -> Callable[..., Dossier]:
    """Makes the reviewed form of a draft, with fields of the review of one's own."""

    def reviewed(draft: Dossier, **more: object) -> Dossier:
        fields = {name: getattr(draft, name) for name in Dossier.model_fields}
        own = {"explanation": (Paragraph(text="It is so."),), "corrections": (), **more}
        return Dossier(**{**fields, "review": review_of(draft, **own)})

    return reviewed
