"""The published page: one static HTML file that needs nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from onrecord.errors import InputError
from onrecord.model import Dossier
from onrecord.publish import building
from onrecord.publish.addresses import web_address
from onrecord.publish.claimreview import Publisher, claim_review, jsonld_script
from onrecord.publish.placing import Layout, Place
from onrecord.publish.view import PageView
from onrecord.wholefile import write_whole

SITE = "Onrecord"
"""Name in the page's head when no publisher is given."""

_NOT_IN_HTML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def render_page(
    dossier: Dossier, page_url: str | None = None, publisher: Publisher | None = None
) -> str:
    """The HTML page of a dossier: a draft that says so, or what people published.

    ClaimReview is embedded when the dossier is reviewed and `page_url` is given; that needs a
    publisher, and InputError says so. The same arguments give the same bytes.
    """
    return _template().render(page=page_view(dossier, page_url, publisher), **_style())


def write_page(
    dossier: Dossier,
    path: Path,
    page_url: str | None = None,
    publisher: Publisher | None = None,
) -> None:
    """Write the page, whole or not at all. Raises InputError when the file cannot be written."""
    write_whole(path, render_page(dossier, page_url, publisher).encode(), "page")


def page_view(
    dossier: Dossier, page_url: str | None = None, publisher: Publisher | None = None
) -> PageView:
    """What the template is given."""
    layout = Layout(dossier)
    review = dossier.review
    return PageView(
        title=building.title(dossier),
        description=building.description(dossier),
        site=publisher.name if publisher else SITE,
        site_link=web_address(publisher.url) if publisher else None,
        page_url=page_url if review else None,
        claim=building.claim_view(dossier.claim),
        suggestion=building.suggestion(dossier),
        decisive=building.cited_links(dossier.assessment.decisive, layout),
        review=building.review_view(review, layout) if review else None,
        parts=building.part_views(layout),
        appearances=building.evidence_of(Place.APPEARANCE, layout),
        late=building.evidence_of(Place.LATE, layout),
        silent=building.evidence_of(Place.SILENT, layout),
        not_found=building.not_found(layout),
        record=building.record_view(layout),
        jsonld=_jsonld(dossier, page_url, publisher),
    )


def _jsonld(dossier: Dossier, page_url: str | None, publisher: Publisher | None) -> Markup | None:
    if dossier.review is None or page_url is None:
        return None
    if publisher is None:
        raise InputError(
            "a page address was given without a publisher: name who publishes the page, or leave "
            "the address out to get a page without ClaimReview"
        )
    data = claim_review(dossier, page_url, publisher)
    return Markup(jsonld_script(data))  # noqa: S704 - jsonld_script leaves no markup in it


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("onrecord.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")


def _printable(value: Any) -> Any:
    """Characters that no HTML file may hold are shown as U+FFFD, not passed on to a browser."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _NOT_IN_HTML.sub("�", value)
    return value


@cache
def _style() -> dict[str, Markup | str]:
    """The style sheet, and its hash for the page's content security policy."""
    css = resources.files("onrecord.publish").joinpath("templates", "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return {"css": Markup(css), "css_hash": f"sha256-{digest}"}  # noqa: S704 - our own file
