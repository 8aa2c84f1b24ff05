"""Commands on the captured bytes: capture verify, stamp, export, import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.archive.stamps import Stamp
    from onrecord.ingest import Imported, Problem


@click.group(
    epilog=examples(
        "onrecord capture verify -w work",
        "onrecord capture export -w work august.wacz",
        "onrecord capture import -w other august.wacz --sha256 0123...",
    )
)
def capture() -> None:
    """Prove what was captured, and take it from one archive to another.

    Every document is kept with the bytes that it was read from, in WARC files in the workspace.
    """


@capture.command(epilog=examples("onrecord capture verify -w work"))
@click.option(
    "--authorities", metavar="PEM", type=PATH, help="Certificates that time stamps must lead to."
)
@workspace_option
@json_option
@pass_tools
def verify(tools: Tools, authorities: Path | None, workspace: Path, as_json: bool) -> None:
    """Read all captures again, hash them, and read the documents from them again.

    Exit code 0: every capture is what was kept, and every document's text comes out of its
    capture; 1: something does not.
    """
    with tools.open(workspace) as archive, progress() as report:
        found = onrecord.verify_captures(archive, authorities, report)
    held = f"{show.count(found.captures, 'capture')}, {show.count(found.documents, 'document')}"
    outcome = "all proven" if not found.problems else show.count(len(found.problems), "problem")
    stamps = [f"  {_stamped(stamp)}" for stamp in found.stamps]
    emit(as_json, asdict(found), show.lines(f"{held}: {outcome}", *stamps, *_said(found.problems)))
    if found.problems:
        raise click.exceptions.Exit(1)


@capture.command(
    epilog=examples(
        "onrecord capture stamp -w work --authority https://stamp.example/ --certificates ca.pem",
    )
)
@click.option("--authority", metavar="URL", required=True, help="Where it takes requests.")
@click.option(
    "--certificates",
    metavar="PEM",
    type=PATH,
    required=True,
    help="Certificates that its signature must lead to.",
)
@workspace_option
@json_option
@pass_tools
def stamp(tools: Tools, authority: str, certificates: Path, workspace: Path, as_json: bool) -> None:
    """Have an authority sign when the captures existed (RFC 3161).

    It gets one hash, over the list of those that have no time stamp yet, and nothing else. List
    and stamp lie in the workspace, in stamps/, for `openssl ts -verify` and others to read.
    """
    with tools.open(workspace) as archive:
        made = onrecord.stamp_captures(archive, authority, certificates)
    emit(as_json, asdict(made), show.lines(_stamped(made)))


@capture.command("export", epilog=examples("onrecord capture export -w work august.wacz"))
@click.argument("out", metavar="OUT.wacz", type=PATH)
@workspace_option
@json_option
@pass_tools
def export_(tools: Tools, out: Path, workspace: Path, as_json: bool) -> None:
    """Write all captures into a package that other tools replay (WACZ 1.1.1).

    Its SHA-256 is printed, and kept in exports.jsonl in the workspace: give it to whoever gets
    the package by another way than the package.
    """
    with tools.open(workspace) as archive:
        package = onrecord.export_captures(archive, out)
    emit(
        as_json,
        asdict(package),
        show.lines(
            f"{show.count(package.captures, 'capture')} in {out}", f"SHA-256: {package.sha256}"
        ),
    )


@capture.command(
    "import",
    epilog=examples(
        "onrecord capture import -w work august.wacz --sha256 0123...",
        "onrecord capture import -w work crawl.warc.gz",
    ),
)
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--sha256", metavar="HEX", help="Take the package only when this is its hash.")
@click.option("--sources", type=PATH, help="YAML list of publishers that the pages name.")
@workspace_option
@json_option
@pass_tools
def import_(
    tools: Tools,
    file: Path,
    sha256: str | None,
    sources: Path | None,
    workspace: Path,
    as_json: bool,
) -> None:
    """Keep what others captured: the pages of a WACZ package or a WARC file.

    They become documents as if they were added. A record that is damaged, or lies about its
    digest, is named and left out. Exit code 0: all was read; 1: something was not.
    """
    known = onrecord.read_sources(sources) if sources else None
    with tools.open(workspace) as archive, progress() as report:
        found = onrecord.import_captures(
            archive, file, sources=known, sha256=sha256, progress=report
        )
        held = archive.sequence
    made = {
        **plain.added(found.added, held),
        "passed_over": found.passed_over,
        "problems": [asdict(problem) for problem in found.problems],
    }
    emit(as_json, made, _imported(found, held))
    if found.problems:
        raise click.exceptions.Exit(1)


def _imported(found: Imported, held: int) -> show.Show:
    def lines(console: Console) -> None:
        show.added(found.added, held)(console)
        passed_over = show.count(found.passed_over, "record")
        show.lines(f"{passed_over} passed over: no pages to read", *_said(found.problems))(console)

    return lines


def _stamped(stamp: Stamp) -> str:
    how = "proven" if stamp.proven else "not held against certificates (--authorities)"
    covered = show.count(stamp.captures, "capture")
    return f"stamp {stamp.name}: {covered} on {stamp.moment}, {how}"


def _said(problems: Sequence[Problem]) -> list[str]:
    return [f"  {problem.kind}: {problem.subject}: {problem.why}" for problem in problems]
