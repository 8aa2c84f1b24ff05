"""Where on the page each piece of evidence belongs: every one in exactly one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from onrecord.model import ClaimPart, Dossier, Evidence, Label, Push, Stance
from onrecord.publish.wording import stance_probability


class Place(StrEnum):
    """The sections that hold evidence."""

    APPEARANCE = "appearance"
    """It carries the claim itself."""
    SILENT = "silent"
    """Read, and says nothing on any part."""
    LATE = "late"
    """Not surely public when the claim was made."""
    PART = "part"
    """Under the claim part on which it weighs most."""


@dataclass(frozen=True)
class Layout:
    """The places of a dossier's evidence."""

    dossier: Dossier

    @cached_property
    def parts(self) -> tuple[ClaimPart, ...]:
        """The claim's parts, in order."""
        return self.dossier.claim.parts

    @cached_property
    def pushes(self) -> dict[tuple[str, str], Push]:
        """The trace, by part and evidence."""
        return {
            (part.part, push.evidence): push
            for part in self.dossier.assessment.parts
            for push in part.trace
        }

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Anchor by evidence id. Ids are not trusted to be fit for one, ranks are."""
        anchors: dict[str, str] = {}
        for rank, item in enumerate(self.dossier.evidence, start=1):
            anchors.setdefault(item.id, f"evidence-{rank}")
        return anchors

    def items(self, place: Place) -> tuple[Evidence, ...]:
        """The evidence of a section, in the dossier's order."""
        return tuple(item for item in self.dossier.evidence if place_of(item) is place)

    def home(self, item: Evidence) -> str:
        """The part under which the item is shown in full."""
        order = [part.id for part in self.parts]
        speaking = [stance for stance in item.stances if speaks(stance)]
        return max(
            speaking, key=lambda stance: (*self._weight(item, stance), -order.index(stance.part))
        ).part

    def on_part(self, part: str, label: Label) -> tuple[Evidence, ...]:
        """The evidence of that stance to the part, heaviest first."""
        found = [
            (item, stance)
            for item in self.items(Place.PART)
            for stance in item.stances
            if stance.part == part and stance.label is label
        ]
        found.sort(key=lambda pair: self._weight(*pair), reverse=True)
        return tuple(item for item, _ in found)

    def _weight(self, item: Evidence, stance: Stance) -> tuple[float, float]:
        push = self.pushes.get((stance.part, item.id))
        return abs(push.log_odds) if push else 0.0, stance_probability(stance) or 0.0


def speaks(stance: Stance) -> bool:
    """Whether the stance says anything on the part."""
    return stance.label is not Label.NOT_ENOUGH_INFO


def place_of(item: Evidence) -> Place:
    """The section to which the evidence belongs."""
    if item.quotes_claim:
        return Place.APPEARANCE
    if not any(speaks(stance) for stance in item.stances):
        return Place.SILENT
    return Place.PART if item.known_by_claim_date else Place.LATE
