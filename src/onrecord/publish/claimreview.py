"""ClaimReview of schema.org: the machine-readable form of what people published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from onrecord.errors import InputError
from onrecord.model import Appearance, Claim, Claimant, Dossier, Review
from onrecord.publish.addresses import web_address
from onrecord.publish.dates import full_date
from onrecord.publish.wording import shorten

CLAIM_LENGTH = 75
"""Readers of ClaimReview cut `claimReviewed` at about this many characters."""

_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """The organisation that publishes the page and answers for it."""

    name: str
    url: str


def claim_review(dossier: Dossier, page_url: str, publisher: Publisher) -> dict[str, Any]:
    """The ClaimReview of a reviewed dossier as JSON-LD.

    Raises InputError for a draft: people publish, and a machine's suggestion never leaves the
    house as a rating. Raises InputError too for addresses that are no http or https addresses.
    """
    review = dossier.review
    if review is None:
        raise InputError(
            "a draft has no ClaimReview: let people review the dossier, then publish that"
        )
    data = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": _address(page_url, "page"),
        "claimReviewed": shorten(dossier.claim.printed, CLAIM_LENGTH),
        "datePublished": full_date(review.published),
        "author": _organisation(publisher),
        "itemReviewed": _claim(dossier.claim),
        "reviewRating": _rating(review),
    }
    return _without_gaps(data)


def jsonld_script(data: dict[str, Any]) -> str:
    """JSON that cannot leave a `<script type="application/ld+json">` element, whatever it holds.

    Markup characters and the line separators of JavaScript are written as JSON escapes, so that a
    parser of JSON reads the same values and a parser of HTML sees neither tags nor comments.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)
    return text.translate(_ESCAPES)


def _address(url: str, whose: str) -> str:
    if web_address(url) is None or not url.isascii():
        raise InputError(
            f"the address of the {whose} is {url!r}: give a full http or https address, "
            "other letters than ASCII percent-encoded"
        )
    return url


def _organisation(publisher: Publisher) -> dict[str, Any]:
    if not publisher.name.strip():
        raise InputError("the publisher has no name: name who publishes the page")
    return {
        "@type": "Organization",
        "name": publisher.name,
        "url": _address(publisher.url, "publisher"),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    appearances = [_appearance(place) for place in claim.appearances if web_address(place.url)]
    data = {
        "@type": "Claim",
        "name": claim.printed,
        "author": _person(claim.claimant),
        "datePublished": full_date(claim.made_on),
        "appearance": appearances or None,
    }
    return _without_gaps(data)


def _person(claimant: Claimant) -> dict[str, Any]:
    data = {
        "@type": "Person",
        "name": claimant.name,
        "jobTitle": claimant.role,
        "sameAs": [url for url in claimant.same_as if web_address(url)] or None,
    }
    return _without_gaps(data)


def _appearance(appearance: Appearance) -> dict[str, Any]:
    outlet = appearance.outlet
    data = {
        "@type": "CreativeWork",
        "url": appearance.url,
        "datePublished": full_date(appearance.date),
        "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
        "archivedAt": web_address(appearance.archived),
    }
    return _without_gaps(data)


def _rating(review: Review) -> dict[str, Any]:
    level = review.scale.level(review.rating)
    data = {
        "@type": "Rating",
        "alternateName": level.label,
        "ratingExplanation": " ".join(paragraph.text for paragraph in review.explanation),
    }
    if level.value is None:
        # A label without a place on the ladder gets no number: -1 or a middle value would be read
        # as a verdict by those who collect ClaimReview.
        return data
    numbers = {
        "ratingValue": level.value,
        "bestRating": review.scale.best,
        "worstRating": review.scale.worst,
    }
    return data | {name: str(value) for name, value in numbers.items()}


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}
