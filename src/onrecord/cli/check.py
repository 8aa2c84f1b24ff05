"""Commands on a claim: check it, and check that a dossier comes out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import onrecord
from onrecord.cli import plain, show
from onrecord.cli.judge import judge_option, judging
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
    from onrecord.model import Claim


@click.command(
    epilog=examples(
        "onrecord check -w work claim.yaml",
        'onrecord check -w work --quote "We never sold arms." --by "A. Minister" --on 2022-08-03',
    )
)
@click.argument("claim_file", metavar="[CLAIM_FILE]", required=False, type=PATH)
@click.option("--quote", help="What was said, with the editor's words in [brackets].")
@click.option("--by", metavar="NAME", help="Who said it.")
@click.option("--on", metavar="DATE", help="When: 2022-08-03, 2022-08, 2022~ (EDTF).")
@click.option("--role", help="The speaker's office on that day.")
@click.option(
    "--as-of", type=click.IntRange(min=0), metavar="N", help="See only the first N documents."
)
@click.option("--out", type=PATH, help="Dossier file.  [default: WORKSPACE/dossiers/ID.json]")
@judge_option
@workspace_option
@json_option
@pass_tools
def check(
    tools: Tools,
    claim_file: Path | None,
    quote: str | None,
    by: str | None,
    on: str | None,
    role: str | None,
    as_of: int | None,
    out: Path | None,
    judge: str,
    workspace: Path,
    as_json: bool,
) -> None:
    """Check a claim against the archive.

    The claim comes from a YAML or JSON file (quote, claimant, made_on) or from --quote, --by and
    --on. Printed are the evidence for each part of the claim, what it counted, and the outcome: a
    suggested rating, or why there is none. All of it goes into a dossier, from which people decide
    and a page is made.
    """
    from onrecord.check import Options

    claim = _claim(claim_file, quote, by, on, role)
    with tools.open(workspace) as archive, judging(judge, tools, workspace) as reader:
        with progress() as report:
            dossier = onrecord.check(
                claim,
                archive,
                verifier=reader.verifier,
                options=Options(as_of=as_of),
                progress=report,
            )
        if out is None:
            out = onrecord.keep_dossier(dossier, archive)
        else:
            onrecord.write_dossier(dossier, out)
    emit(as_json, {**plain.checked(dossier, out), **reader.plain()}, show.checked(dossier, out))


@click.command(
    epilog=examples(
        "onrecord replay -w work work/dossiers/c-0123456789ab.json",
    )
)
@click.argument("dossier_file", metavar="DOSSIER", type=PATH)
@judge_option
@workspace_option
@json_option
@pass_tools
def replay(tools: Tools, dossier_file: Path, judge: str, workspace: Path, as_json: bool) -> None:
    """Check a dossier's claim again, and name what differs.

    The archive is searched as it stood when the dossier was made. Exit code 0: the same to the
    byte; 1: there are differences.
    """
    recorded = onrecord.read_dossier(dossier_file)
    with (
        tools.open(workspace) as archive,
        judging(judge, tools, workspace) as reader,
        progress() as report,
    ):
        found = onrecord.replay(recorded, archive, verifier=reader.verifier, progress=report)
    emit(as_json, {**plain.replayed(found), **reader.plain()}, show.replayed(found))
    if found:
        raise click.exceptions.Exit(1)


def _claim(
    file: Path | None, quote: str | None, by: str | None, on: str | None, role: str | None
) -> Claim:
    if file and not (quote or by or on or role):
        return onrecord.read_claim(file)
    if not file and quote is not None and by is not None and on is not None:
        return onrecord.quoted_claim(quote, by, on, role)
    raise click.UsageError("Give a claim file, or --quote, --by and --on.")
