"""Cases: claims over an archive, with the outcomes that count as right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.intake import claim_from
from onrecord.model import FALSE, TRUE, AbstentionReason, Claim, Document, Dossier, Outcome, Rating

OUTCOMES = frozenset({TRUE, FALSE, *(reason.value for reason in AbstentionReason)})
"""What a check can come to: a rating of the coarse scale, or the reason of an abstention."""


@dataclass(frozen=True)
class Case:
    """A claim and what its check should come to."""

    id: str
    claim: Claim
    accept: tuple[str, ...]
    """Outcomes that are right."""
    never: tuple[str, ...] = ()
    """Outcomes that are wrong beyond doubt."""
    decided_by_reports: tuple[str, ...] = ()
    """File stems of documents, of which one must be decisive when the outcome is a rating."""
    first: bool = True
    archive: str | None = None
    """The archive it is about, where that is not the example as it stands."""


@dataclass(frozen=True)
class CaseResult:
    """What the check of a case came to."""

    id: str
    outcome: str
    expected: tuple[str, ...]
    passed: bool
    opposite: bool
    probability: float | None
    decisive: tuple[str, ...]
    """Files of the documents that decided it, or their ids where they came from no file."""


@dataclass(frozen=True)
class Results:
    """What the checks of all cases came to."""

    cases: tuple[CaseResult, ...]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.cases)

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(case.passed for case in self.cases)

    @property
    def opposite(self) -> int:
        """How many came to what they never should."""
        return sum(case.opposite for case in self.cases)

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        cases = [asdict(case) for case in self.cases]
        return {"n": self.n, "passed": self.passed, "opposite": self.opposite, "cases": cases}


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON file: `{"cases": [{"id", "claim", "accept", ...}]}`.

    Raises InputError, which begins with the file's name, when it cannot be read or a case is not
    what it should be.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    items = plain.get("cases") if isinstance(plain, dict) else None
    if not isinstance(items, list) or not items:
        raise InputError(f'{path}: no cases; an object like {{"cases": [...]}} is wanted')
    cases = tuple(_case(item, f"{path}: case {rank}") for rank, item in enumerate(items, start=1))
    if len({case.id for case in cases}) < len(cases):
        raise InputError(f"{path}: two cases share an id; rename one")
    return cases


def select(cases: Iterable[Case], *, every: bool, own_archive: bool) -> tuple[Case, ...]:
    """The cases to run: those marked first, or all; of another archive only on one's own."""
    return tuple(
        case
        for case in cases
        if (case.first or every) and (case.archive is None or (every and own_archive))
    )


def run_cases(cases: Sequence[Case], check: Callable[[Claim], Dossier]) -> Results:
    """The results of checking each case's claim, in order."""
    return Results(tuple(judge(case, check(case.claim)) for case in cases))


def judge(case: Case, dossier: Dossier) -> CaseResult:
    """How the dossier of a case's claim compares with what is expected."""
    assessment = dossier.assessment
    outcome = word(assessment.outcome)
    evidence = {item.id: item for item in dossier.evidence}
    decisive = tuple(
        dict.fromkeys(_file(dossier.document(evidence[item])) for item in assessment.decisive)
    )
    wanted = set(case.decided_by_reports)
    rests_on = not wanted or not isinstance(assessment.outcome, Rating)
    return CaseResult(
        id=case.id,
        outcome=outcome,
        expected=case.accept,
        passed=outcome in case.accept and (rests_on or bool(wanted & set(decisive))),
        opposite=outcome in case.never,
        probability=assessment.outcome.probability,
        decisive=decisive,
    )


def word(outcome: Outcome) -> str:
    """The rating's label, or the reason of the abstention."""
    return outcome.label if isinstance(outcome, Rating) else outcome.reason.value


def _file(document: Document) -> str:
    """The stem of the file that the document came from: 'reports.jsonl:12' is 'reports'."""
    origin = document.snapshot.origin if document.snapshot else None
    return Path(origin).stem if origin else document.id


def _case(item: object, place: str) -> Case:
    if not isinstance(item, dict):
        raise InputError(f"{place} is no object")
    name = item.get("id")
    if not isinstance(name, str) or not name:
        raise InputError(f"{place} has no id")
    accept = _words(item, "accept", place)
    if not accept:
        raise InputError(f"{place} accepts no outcome")
    _check_outcomes((*accept, *_words(item, "never", place)), place)
    first, archive = item.get("first", True), item.get("archive")
    if not isinstance(first, bool):
        raise InputError(f"{place}: first is neither true nor false")
    if not isinstance(archive, str | None):
        raise InputError(f"{place}: archive is no text")
    return Case(
        id=name,
        claim=_claim(item.get("claim"), place),
        accept=accept,
        never=_words(item, "never", place),
        decided_by_reports=_words(item, "decided_by_reports", place),
        first=first,
        archive=archive,
    )


def _claim(plain: object, place: str) -> Claim:
    if not isinstance(plain, dict):
        raise InputError(f"{place} has no claim")
    try:
        return claim_from(plain)
    except InputError as error:
        raise InputError(f"{place}: {error}") from error


def _words(item: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = item.get(key) or []
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise InputError(f"{place}: {key} is no list of texts")
    return tuple(value)


def _check_outcomes(words: tuple[str, ...], place: str) -> None:
    unknown = sorted(set(words) - OUTCOMES)
    if unknown:
        raise InputError(
            f"{place}: no check comes to {unknown[0]!r}; known are {', '.join(sorted(OUTCOMES))}"
        )
