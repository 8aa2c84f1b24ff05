"""Evidence into an assessment: origins pooled, a rating suggested or an abstention given.

Each origin speaks once, through its strongest evidence. Its say is the log-odds of its reading,
and independent origins add up (naive Bayes with an even prior), each further one on the same side
at a discount, since no two reports on one matter are wholly independent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import (
    COARSE,
    FALSE,
    PROBABILITY_DIGITS,
    TRUE,
    Abstention,
    AbstentionReason,
    Assessment,
    CitedKind,
    ClaimPart,
    Evidence,
    Label,
    Outcome,
    PartAssessment,
    Push,
    Rating,
)

VERSION = "weigh/1"


@dataclass(frozen=True)
class Rules:
    """The thresholds of weighing; part of every dossier's options."""

    silent: float = 0.4
    """Log-odds below which evidence counts as silent."""
    discount: float = 0.7
    """What each further origin on the same side counts of the one before it."""
    weak_attribution: float = 0.6
    """Factor for what rests on anonymous or hedged reports."""
    enough: float = 0.75
    """Least probability for a suggestion."""
    enough_alone: float = 0.85
    """Least probability when all goes back to one origin."""
    conflict: float = 0.9
    """Log-odds that both sides must reach for their difference to be a conflict ..."""
    conflict_margin: float = 1.2
    """... unless one side exceeds the other by as much."""
    torn: float = 0.2
    """An origin whose two sides differ by less vouches for neither."""
    smoothing: float = 0.05
    """Added to probabilities, so that no single reading is certain."""


DEFAULT = Rules()


def weigh(
    parts: Sequence[ClaimPart], evidence: Sequence[Evidence], rules: Rules = DEFAULT
) -> Assessment:
    """What the evidence says of each part and of the claim, true when all its parts are.

    There must be a part; none is a ValueError.
    """
    if not parts:
        raise ValueError("a claim without parts cannot be weighed: split it first")
    assessed = tuple(_part(part, evidence, rules) for part in parts)
    outcome = _whole(assessed)
    return Assessment(outcome=outcome, decisive=_decisive(outcome, assessed), parts=assessed)


def log_odds(item: Evidence, part: str, rules: Rules = DEFAULT) -> float:
    """How far the evidence by itself moves the part: positive towards True."""
    stance = item.stance(part)
    if stance is None:
        return 0.0
    odds = math.log((stance.supports + rules.smoothing) / (stance.refutes + rules.smoothing))
    weak = item.attribution.hedge is not None or any(
        cited.kind is CitedKind.ANONYMOUS for cited in item.attribution.chain
    )
    factor = rules.weak_attribution if weak else 1.0
    return odds * (1 - stance.not_enough_info) * factor


def _part(part: ClaimPart, evidence: Sequence[Evidence], rules: Rules) -> PartAssessment:
    if not part.checkable:
        reason = Abstention(reason=AbstentionReason.NOT_CHECKABLE)
        return PartAssessment(part=part.id, outcome=reason, origins_for=0, origins_against=0)
    trace = _trace(part.id, evidence, rules)
    pros = sorted((push.log_odds for push in trace if push.log_odds > 0), reverse=True)
    cons = sorted(-push.log_odds for push in trace if push.log_odds < 0)[::-1]
    later = any(
        abs(log_odds(item, part.id, rules)) >= rules.silent
        for item in evidence
        if not item.known_by_claim_date and not item.quotes_claim
    )
    outcome = _outcome(
        pros, cons, later=later, alone_is_weak=_alone_is_weak(trace, evidence), rules=rules
    )
    return PartAssessment(
        part=part.id,
        outcome=outcome,
        origins_for=len(pros),
        origins_against=len(cons),
        trace=trace,
    )


def _trace(part: str, evidence: Sequence[Evidence], rules: Rules) -> tuple[Push, ...]:
    """A push for each item read against the part, strongest first; those without say why."""
    read = [item for item in evidence if item.stance(part) is not None]
    said = {item.id: round(log_odds(item, part, rules), PROBABILITY_DIGITS) for item in read}
    read.sort(key=lambda item: (-abs(said[item.id]), -said[item.id]))
    silenced = {item.id: _why_not(item, part, said[item.id], rules) for item in read}
    speaking = [item for item in read if silenced[item.id] is None]
    torn = _torn({item.id: item.origin for item in speaking}, said, rules)
    speaker: dict[str, str] = {}
    pushes = []
    for item in read:
        why = silenced[item.id]
        if why is None and item.origin in torn:
            why = "its origin contradicts itself"
        elif why is None and item.origin in speaker:
            why = f"same origin as {speaker[item.origin]}"
        if why is None:
            speaker[item.origin] = item.id
        counted = said[item.id] if why is None else 0.0
        pushes.append(
            Push(evidence=item.id, origin=item.origin, log_odds=counted, why=why or "counted")
        )
    return tuple(pushes)


def _torn(origin_of: Mapping[str, str], said: Mapping[str, float], rules: Rules) -> set[str]:
    """Origins that speak for both sides about as strongly: they vouch for neither."""
    sides: dict[str, list[float]] = {}
    for item, origin in origin_of.items():
        best = sides.setdefault(origin, [0.0, 0.0])
        best[said[item] < 0] = max(best[said[item] < 0], abs(said[item]))
    return {o for o, (plus, minus) in sides.items() if abs(plus - minus) < rules.torn}


def _why_not(item: Evidence, part: str, odds: float, rules: Rules) -> str | None:
    stance = item.stance(part)
    if item.quotes_claim:
        return "an appearance of the claim itself"
    if stance is not None and stance.label is Label.NOT_CORROBORATING:
        return "cannot confirm, which is no denial"
    if abs(odds) < rules.silent:
        return "silent"
    if not item.known_by_claim_date:
        return "published after the claim, or undated"
    if item.from_claimant and odds > 0:
        return "the claimant's own side"
    return None


def _alone_is_weak(trace: Sequence[Push], evidence: Sequence[Evidence]) -> bool:
    counted = {push.evidence for push in trace if push.log_odds}
    return all(
        item.attribution.hedge is not None
        or any(cited.kind is CitedKind.ANONYMOUS for cited in item.attribution.chain)
        for item in evidence
        if item.id in counted
    )


def _outcome(
    pros: list[float], cons: list[float], *, later: bool, alone_is_weak: bool, rules: Rules
) -> Outcome:
    if not pros and not cons:
        reason = AbstentionReason.ONLY_LATER if later else AbstentionReason.NO_EVIDENCE
        return Abstention(reason=reason)
    plus, minus = (_pooled(side, rules) for side in (pros, cons))
    probability = 1 / (1 + math.exp(minus - plus))
    sure = round(max(probability, 1 - probability), PROBABILITY_DIGITS)
    if min(plus, minus) >= rules.conflict and abs(plus - minus) < rules.conflict_margin:
        return Abstention(reason=AbstentionReason.CONFLICTING, probability=sure)
    if sure < rules.enough:
        return Abstention(reason=AbstentionReason.UNCERTAIN, probability=sure)
    if len(pros) + len(cons) == 1 and (alone_is_weak or sure < rules.enough_alone):
        return Abstention(reason=AbstentionReason.ONE_ORIGIN, probability=sure)
    return Rating(scale=COARSE.id, label=TRUE if probability > 0.5 else FALSE, probability=sure)


def _pooled(side: list[float], rules: Rules) -> float:
    return math.fsum(odds * rules.discount**rank for rank, odds in enumerate(side))


_TELLING = (
    AbstentionReason.CONFLICTING,
    AbstentionReason.UNCERTAIN,
    AbstentionReason.ONE_ORIGIN,
    AbstentionReason.ONLY_LATER,
    AbstentionReason.NO_EVIDENCE,
    AbstentionReason.NOT_CHECKABLE,
)


def _whole(parts: Sequence[PartAssessment]) -> Outcome:
    rated = [part.outcome for part in parts if isinstance(part.outcome, Rating)]
    wrong = [rating for rating in rated if rating.label == FALSE]
    if wrong:
        return max(wrong, key=lambda rating: rating.probability)
    open_parts = [part.outcome for part in parts if isinstance(part.outcome, Abstention)]
    decidable = [a for a in open_parts if a.reason is not AbstentionReason.NOT_CHECKABLE]
    if rated and not decidable:
        return min(rated, key=lambda rating: rating.probability)
    if rated:
        return Abstention(reason=AbstentionReason.UNDECIDED_PARTS)
    return min(open_parts, key=lambda abstention: _TELLING.index(abstention.reason))


def _decisive(outcome: Outcome, parts: Sequence[PartAssessment]) -> tuple[str, ...]:
    """Evidence that pushed the deciding parts the way they went, strongest first."""
    if isinstance(outcome, Abstention):
        return ()
    sign = 1 if outcome.label == TRUE else -1
    pushes = [
        push
        for part in parts
        if isinstance(part.outcome, Rating) and part.outcome.label == outcome.label
        for push in part.trace
        if push.log_odds * sign > 0
    ]
    pushes.sort(key=lambda push: -abs(push.log_odds))
    return tuple(dict.fromkeys(push.evidence for push in pushes))
