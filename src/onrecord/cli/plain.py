"""Results as plain data: what `--json` prints, and what the tables show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.archive import Added, Hit
    from onrecord.demo import Demonstration
    from onrecord.dossier import Difference
    from onrecord.model import Dossier, PartAssessment

Plain = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A piece of evidence as it stands to one part of the claim."""

    id: str
    stance: str
    """SUPPORTS, REFUTES, NOT_ENOUGH_INFO or NOT_CORROBORATING."""
    probability: float | None
    """Of that stance; None where reading alone found it."""
    publisher: str
    published: str | None
    quotation: str
    counted: bool
    log_odds: float
    why: str
    """'counted', or why not."""


def added(documents: Sequence[Added], held: int) -> Plain:
    """What `add` did."""
    return {
        "new": sum(document.new for document in documents),
        "known": sum(not document.new for document in documents),
        "documents": held,
        "added": [asdict(document) for document in documents],
    }


def found(query: str, before: str | None, as_of: int | None, hits: Sequence[Hit]) -> Plain:
    """What `search` found."""
    return {
        "query": query,
        "before": before,
        "as_of": as_of,
        "hits": [_hit(rank, hit) for rank, hit in enumerate(hits, start=1)],
    }


def _hit(rank: int, hit: Hit) -> Plain:
    return {
        "rank": rank,
        "score": hit.score,
        "word_rank": hit.word_rank,
        "vector_rank": hit.vector_rank,
        "document": hit.document.id,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.text,
        "title": hit.document.title,
        "publisher": hit.document.source.name,
        "published": hit.document.published.edtf,
    }


def checked(dossier: Dossier, file: Path) -> Plain:
    """What `check` came to."""
    texts = {part.id: part.text for part in dossier.claim.parts}
    assessment = dossier.assessment
    return {
        "claim": dossier.claim.id,
        "dossier": str(file),
        "hash": dossier.hash,
        "archive_sequence": dossier.archive_sequence,
        "outcome": assessment.outcome.model_dump(mode="json"),
        "decisive": list(assessment.decisive),
        "parts": [
            {
                "part": part.part,
                "text": texts[part.part],
                "outcome": part.outcome.model_dump(mode="json"),
                "origins_for": part.origins_for,
                "origins_against": part.origins_against,
                "evidence": [asdict(row) for row in rows(dossier, part)],
            }
            for part in assessment.parts
        ],
        "faults": [fault.model_dump(mode="json") for fault in dossier.faults],
    }


def rows(dossier: Dossier, part: PartAssessment) -> list[Row]:
    """The evidence read against a part, what moved it most first."""
    from onrecord.publish.wording import stance_probability

    evidence = {item.id: item for item in dossier.evidence}
    made = []
    for push in part.trace:
        item = evidence[push.evidence]
        stance = next(stance for stance in item.stances if stance.part == part.part)
        made.append(
            Row(
                id=item.id,
                stance=stance.label.value,
                probability=stance_probability(stance),
                publisher=dossier.document(item).source.name,
                published=item.report_date.edtf,
                quotation=dossier.quotation(item),
                counted=push.log_odds != 0,
                log_odds=push.log_odds,
                why=push.why,
            )
        )
    return made


def replayed(differences: Sequence[Difference]) -> Plain:
    """What `replay` found."""
    return {
        "same": not differences,
        "differences": [difference.model_dump(mode="json") for difference in differences],
    }


def demonstrated(made: Demonstration) -> Plain:
    """What `demo` made."""
    return {
        "workspace": str(made.workspace),
        "page": str(made.page),
        **checked(made.dossier, made.dossier_file),
    }
