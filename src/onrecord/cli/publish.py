"""The command that makes a page of a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import onrecord
from onrecord.cli import show
from onrecord.cli.tools import PATH, emit, examples, json_option

if TYPE_CHECKING:
    from onrecord.publish import Publisher


@click.command(
    epilog=examples(
        "onrecord publish work/dossiers/c-0123456789ab.json --out draft.html",
        "onrecord publish dossier.json --review review.yaml --out page.html \\",
        "  --page-url https://example.org/check/1 \\",
        '  --publisher-name "The Example" --publisher-url https://example.org',
    )
)
@click.argument("dossier_file", metavar="DOSSIER", type=PATH)
@click.option("--out", type=PATH, default=Path("page.html"), show_default=True, help="The page.")
@click.option("--review", type=PATH, help="YAML or JSON file of what people decided.")
@click.option("--page-url", metavar="URL", help="Where the page will be; puts ClaimReview in it.")
@click.option("--publisher-name", metavar="NAME", help="Who publishes it.")
@click.option("--publisher-url", metavar="URL", help="The publisher's address.")
@json_option
def publish(
    dossier_file: Path,
    out: Path,
    review: Path | None,
    page_url: str | None,
    publisher_name: str | None,
    publisher_url: str | None,
    as_json: bool,
) -> None:
    """Make a page of a dossier.

    Without a review the page is marked as a draft, a machine's suggestion. A review names rating,
    headline, explanation, author, editor and published; only then, and with --page-url and a
    publisher, is ClaimReview put into the page. Nothing is sent anywhere.
    """
    dossier = onrecord.publish(
        onrecord.read_dossier(dossier_file),
        out,
        review=review,
        page_url=page_url,
        publisher=_publisher(publisher_name, publisher_url),
    )
    draft = dossier.review is None
    kind = "Draft, not reviewed by people" if draft else "Page"
    emit(as_json, {"page": str(out), "draft": draft}, show.lines(f"{kind}: {out}"))


def _publisher(name: str | None, url: str | None) -> Publisher | None:
    from onrecord.publish import Publisher

    if name and url:
        return Publisher(name, url)
    if name or url:
        raise click.UsageError("Give --publisher-name and --publisher-url together.")
    return None
