"""Who publishes: outlets, agencies, organisations, authorities."""

from __future__ import annotations

from enum import StrEnum

from onrecord.model.noun import Noun


class SourceKind(StrEnum):
    """What sort of publisher a source is."""

    WIRE = "wire"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    NGO = "ngo"
    THINK_TANK = "think_tank"
    MINISTRY = "ministry"
    UN_BODY = "un_body"
    MONITOR = "monitor"
    PARTY = "party"
    COMPANY = "company"
    ACADEMIC = "academic"
    FACT_CHECKER = "fact_checker"
    OTHER = "other"


class Source(Noun):
    """A publisher or organisation, with what a reader must know of its interests."""

    id: str
    name: str
    kind: SourceKind = SourceKind.OTHER
    country: str | None = None
    """ISO 3166-1 alpha-2; None when unknown or international."""
    owner: str | None = None
    interest: str | None = None
    """The interest note shown beside its evidence: state-owned, party to the matter, sister."""
    group: str | None = None
    """Sources that are not independent of each other share a group; None stands alone."""

    @property
    def independence(self) -> str:
        """The key under which this source counts once: its group, or its own id."""
        return self.group or self.id
