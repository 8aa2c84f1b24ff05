"""Commands on the archive: init, add, search, rebuild."""

from __future__ import annotations

from pathlib import Path

import click

import onrecord
from onrecord.cli import plain, show
from onrecord.cli.tools import (
    PATH,
    Tools,
    emit,
    examples,
    json_option,
    pass_tools,
    progress,
    workspace_option,
)


@click.command(
    epilog=examples(
        "onrecord init work",
    )
)
@click.argument("folder", metavar="DIR", type=PATH)
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Make a workspace.

    It is a folder that keeps documents, indexes and dossiers. DIR must be missing or empty.
    """
    made = onrecord.init(folder)
    emit(as_json, {"workspace": str(made)}, show.lines(f"Workspace made: {made}"))


@click.command(
    epilog=examples(
        "onrecord add -w work article.md",
        "onrecord add -w work articles/ --sources sources.yaml",
        "onrecord add -w work https://example.org/2022/08/03/report.html",
    )
)
@click.argument("places", metavar="PATH|URL...", nargs=-1, required=True)
@click.option(
    "--sources", type=PATH, help="YAML list of publishers; else the nearest sources.yaml."
)
@workspace_option
@json_option
@pass_tools
def add(
    tools: Tools, places: tuple[str, ...], sources: Path | None, workspace: Path, as_json: bool
) -> None:
    """Keep documents in the archive, and the bytes that they were read from.

    A PATH is a file, or a folder that is walked. Markdown and text (.md .txt) may begin with front
    matter: title, publisher, published, url and more. Saved pages (.html), PDF and Word files (.pdf
    .docx), feeds (.rss .atom), subtitles (.vtt .srt) and lists of documents (.jsonl) are read too.
    A URL is fetched, and kept as it was at that moment; only what is open to
    all is, by http or https. A document that is there already is not added again. If one file
    cannot be read, or one page cannot be fetched, nothing is added.
    """
    known = onrecord.read_sources(sources) if sources else None
    with tools.open(workspace) as archive, progress() as report:
        added = onrecord.add(archive, *places, sources=known, progress=report, allow=tools.allow)
        held = archive.sequence
    emit(as_json, plain.added(added, held), show.added(added, held))


@click.command(
    epilog=examples(
        'onrecord search -w work "fighter jets for Myanmar"',
        'onrecord search -w work "people killed since the coup" -k 5 --before 2022-08-03',
    )
)
@click.argument("query")
@click.option("-k", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@click.option("--before", metavar="DATE", help="Only what was surely published by that day.")
@click.option(
    "--as-of", type=click.IntRange(min=0), metavar="N", help="As if only the first N were there."
)
@workspace_option
@json_option
@pass_tools
def search(
    tools: Tools,
    query: str,
    k: int,
    before: str | None,
    as_of: int | None,
    workspace: Path,
    as_json: bool,
) -> None:
    """Find passages by their words and by their meaning."""
    with tools.open(workspace) as archive:
        hits = onrecord.search(archive, query, k, before, as_of)
    emit(as_json, plain.found(query, before, as_of, hits), show.hits(hits))


@click.command(
    epilog=examples(
        "onrecord rebuild -w work",
    )
)
@workspace_option
@json_option
@pass_tools
def rebuild(tools: Tools, workspace: Path, as_json: bool) -> None:
    """Make the indexes again from the documents.

    Needed after a change of the embedding model, or when an index was damaged. The documents stay
    as they are.
    """
    with tools.open(workspace) as archive, progress() as report:
        onrecord.rebuild(archive, report)
        held = archive.sequence
    emit(as_json, {"documents": held}, show.lines(f"Indexed again: {show.count(held, 'document')}"))
