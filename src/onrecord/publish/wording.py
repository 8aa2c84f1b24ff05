"""The words of the page for what the nouns say in codes."""

from __future__ import annotations

from onrecord.model import (
    FALSE,
    TRUE,
    Abstention,
    AbstentionReason,
    Attribution,
    Cited,
    CitedKind,
    ContactOutcome,
    Label,
    Outcome,
    Quantity,
    Review,
    SourceKind,
    Stance,
)
from onrecord.publish.dates import in_words
from onrecord.publish.view import OutcomeView

SOURCE_KINDS = {
    SourceKind.WIRE: "news agency",
    SourceKind.NEWSPAPER: "newspaper",
    SourceKind.MAGAZINE: "magazine",
    SourceKind.BROADCASTER: "broadcaster",
    SourceKind.NGO: "non-governmental organisation",
    SourceKind.THINK_TANK: "think tank",
    SourceKind.MINISTRY: "ministry",
    SourceKind.UN_BODY: "United Nations body",
    SourceKind.MONITOR: "monitoring group",
    SourceKind.PARTY: "party to the matter",
    SourceKind.COMPANY: "company",
    SourceKind.ACADEMIC: "academic source",
    SourceKind.FACT_CHECKER: "fact-checker",
    SourceKind.OTHER: "other source",
}

ABSTENTIONS = {
    AbstentionReason.NO_EVIDENCE: "the archive that was searched says nothing on it.",
    AbstentionReason.ONLY_LATER: (
        "what was found was published after the claim, or has no date, so nobody can be shown to "
        "have known it when the claim was made."
    ),
    AbstentionReason.ONE_ORIGIN: (
        "all that was found goes back to one origin, and one origin alone does not carry a rating."
    ),
    AbstentionReason.CONFLICTING: "independent origins contradict each other.",
    AbstentionReason.UNCERTAIN: "the evidence could not be read with enough certainty.",
    AbstentionReason.NOT_CHECKABLE: "it is an opinion or a prediction, which no record can decide.",
    AbstentionReason.NO_LABEL: "the scale has no label for what the record says.",
    AbstentionReason.UNDECIDED_PARTS: (
        "the record bears out some parts of the claim and leaves others open."
    ),
}

STANCES = {
    Label.SUPPORTS: "Supports it",
    Label.REFUTES: "Contradicts it",
    Label.NOT_CORROBORATING: "Cannot confirm it",
    Label.NOT_ENOUGH_INFO: "Says nothing on it",
}

CONTACTS = {
    ContactOutcome.ANSWERED: "answered",
    ContactOutcome.NO_ANSWER: "no answer",
    ContactOutcome.REFUSED: "declined to comment",
}

_TONES = {TRUE: "true", FALSE: "false"}


def shorten(text: str, limit: int) -> str:
    """The text within `limit` characters, cut between words and marked with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[:limit]
    words = cut.rsplit(" ", 1)[0] if " " in cut else cut[:-1]
    return words.rstrip(" ,;:.–-") + "…"


def probability(value: float) -> str:
    """Two digits; a reading is never printed as certain."""
    if value >= 0.995:
        return "above 0.99"
    if value < 0.005:
        return "below 0.01"
    return f"{value:.2f}"


def outcome_view(outcome: Outcome) -> OutcomeView:
    """A suggestion, or why there is none."""
    if isinstance(outcome, Abstention):
        return _abstention(outcome)
    words = f"Suggested: {outcome.label}, probability {probability(outcome.probability)}"
    return OutcomeView(tone=_TONES.get(outcome.label, "mixed"), words=words)


def _abstention(outcome: Abstention) -> OutcomeView:
    near = outcome.probability
    note = None if near is None else f"The nearest rating had a probability of {probability(near)}."
    return OutcomeView("open", f"No suggestion: {ABSTENTIONS[outcome.reason]}", note)


def rating_view(review: Review) -> OutcomeView:
    """The people's rating with its definition."""
    level = review.scale.level(review.rating)
    return OutcomeView(_tone(review, level.value), level.label, level.definition or None)


def _tone(review: Review, value: int | None) -> str:
    if value is None:
        return "open"
    if value == review.scale.best:
        return "true"
    return "false" if value == review.scale.worst else "mixed"


def stance_probability(stance: Stance) -> float | None:
    """The probability of the stance's own label; None for what reading alone found."""
    by_label = {
        Label.SUPPORTS: stance.supports,
        Label.REFUTES: stance.refutes,
        Label.NOT_ENOUGH_INFO: stance.not_enough_info,
    }
    return by_label.get(stance.label)


def attribution_words(publisher: str, attribution: Attribution) -> str:
    """'The Irrawaddy reports, citing former members of the air force (not named)'."""
    if not attribution.chain:
        return f"{publisher} {attribution.act}, citing no source"
    cited = ", who cites ".join(_cited(link) for link in attribution.chain)
    return f"{publisher} {attribution.act}, citing {cited}"


def _cited(link: Cited) -> str:
    return f"{link.name} (not named)" if link.kind is CitedKind.ANONYMOUS else link.name


def figure_words(quantity: Quantity) -> str:
    """'2,158 (as of August 5, 2022)'."""
    remarks = []
    if quantity.of_total is not None:
        remarks.append(f"of {_number(quantity.of_total)} in all")
    if quantity.as_of:
        remarks.append(f"as of {in_words(quantity.as_of)}")
    return f"{quantity.text} ({', '.join(remarks)})" if remarks else quantity.text


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,}"


def origins_words(against: int, for_: int) -> str:
    """'Independent origins: 3 against, none for'."""
    return f"Independent origins: {against or 'none'} against, {for_ or 'none'} for"
