"""What the evidence amounts to: a suggestion with a probability, or an honest abstention."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from onrecord.model.noun import Noun, Probability


class RatingLevel(Noun):
    """One label of a scale."""

    label: str
    value: int | None
    """Whole number, higher is truer; None when the label has no place on the ladder."""
    definition: str


class RatingScale(Noun):
    """A publisher's ratings, as versioned data."""

    id: str
    levels: tuple[RatingLevel, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        labels = [level.label for level in self.levels]
        if len(set(labels)) != len(labels):
            raise ValueError(f"two levels of scale {self.id!r} share a label: {labels}")
        return self

    @property
    def best(self) -> int:
        """The highest value on the scale. Raises ValueError when no level has one."""
        return max(level.value for level in self.levels if level.value is not None)

    @property
    def worst(self) -> int:
        """The lowest value on the scale. Raises ValueError when no level has one."""
        return min(level.value for level in self.levels if level.value is not None)

    def level(self, label: str) -> RatingLevel:
        """The level of that label. Raises KeyError when the scale has none."""
        for level in self.levels:
            if level.label == label:
                return level
        raise KeyError(
            f"scale {self.id!r} has no rating {label!r}: {[v.label for v in self.levels]}"
        )


TRUE, FALSE = "True", "False"

COARSE = RatingScale(
    id="coarse-1",
    levels=(
        RatingLevel(label=TRUE, value=5, definition="The record bears the claim out."),
        RatingLevel(label=FALSE, value=1, definition="The record shows the claim to be wrong."),
    ),
)
"""The default scale, on which suggestions are made."""


class Rating(Noun):
    """A suggested rating."""

    kind: Literal["rating"] = "rating"
    scale: str
    label: str
    probability: Probability = Field(ge=0, le=1)
    """Calibrated probability that the suggestion is right."""


class AbstentionReason(StrEnum):
    """Why nothing is suggested."""

    NO_EVIDENCE = "no_evidence"
    """The archive is silent."""
    ONLY_LATER = "only_later"
    """What there is could not be known when the claim was made."""
    ONE_ORIGIN = "one_origin"
    """It all goes back to one origin that cannot carry a rating alone."""
    CONFLICTING = "conflicting"
    """Origins stand against each other."""
    UNCERTAIN = "uncertain"
    """The reading is not sure enough."""
    NOT_CHECKABLE = "not_checkable"
    """Opinion, prediction: no record can decide it."""
    UNDECIDED_PARTS = "undecided_parts"
    """Some parts are borne out, others open."""
    NO_LABEL = "no_label"
    """The record decides, but the scale that was asked for has no label for what it says."""


class Abstention(Noun):
    """Honest not-knowing. It is a finding, unlike a Fault."""

    kind: Literal["abstention"] = "abstention"
    reason: AbstentionReason
    probability: Probability | None = Field(default=None, ge=0, le=1)
    """Probability of the rating that was nearest; None when there was none."""


Outcome = Annotated[Rating | Abstention, Field(discriminator="kind")]


class Push(Noun):
    """How far one piece of evidence moved an outcome: a line of the trace."""

    evidence: str
    origin: str
    log_odds: float
    """Positive towards True, negative towards False; 0 when it did not count."""
    why: str
    """'decisive', 'same origin as e3', 'published after the claim', 'claimant's own side' ..."""


class PartAssessment(Noun):
    """What the evidence says of one claim part."""

    part: str
    outcome: Outcome
    origins_for: int = Field(ge=0)
    origins_against: int = Field(ge=0)
    trace: tuple[Push, ...] = ()


class Assessment(Noun):
    """The whole: per part, and for the claim."""

    outcome: Outcome
    decisive: tuple[str, ...] = ()
    """Ids of the evidence that decided the outcome, strongest first."""
    parts: tuple[PartAssessment, ...]
