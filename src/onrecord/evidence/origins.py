"""Where reports go back to. Evidence of one origin counts once, however often it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.evidence.attribution import same_name
from onrecord.model import Attribution, Claim, Source
from onrecord.text.names import printed_in

VERSION = "origins/1"


def origins(
    attributions: Sequence[Attribution],
    publishers: Sequence[Source],
    clusters: Sequence[int],
    known: Mapping[str, Source],
) -> tuple[str, ...]:
    """The origin key of each passage.

    It is the independence key of the organisation that the passage relies on when the archive
    knows it, else of the publisher. `clusters` numbers passages that are nearly identical: all of
    a cluster take the first key found in it, so that a thousand copies are one origin.
    """
    keys = [
        _own_key(attribution, publisher, known)
        for attribution, publisher in zip(attributions, publishers, strict=True)
    ]
    first: dict[int, str] = {}
    for cluster, key in zip(clusters, keys, strict=True):
        first.setdefault(cluster, key)
    return tuple(first[cluster] for cluster in clusters)


def _own_key(attribution: Attribution, publisher: Source, known: Mapping[str, Source]) -> str:
    for cited in reversed(attribution.chain):
        for source in known.values():
            if same_name(cited.name, source.name):
                return source.independence
    return publisher.independence


def claimant_side(claim: Claim, known: Mapping[str, Source]) -> frozenset[str]:
    """Independence keys of sources that are the claimant, or whom the claimant speaks for."""
    speaker = claim.claimant
    spoken = "; ".join(filter(None, (speaker.name, speaker.role, speaker.affiliation)))
    return frozenset(
        source.independence for source in known.values() if printed_in(spoken, source.name)
    )
