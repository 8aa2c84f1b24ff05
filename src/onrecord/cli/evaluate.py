"""The command that measures: cases with known outcomes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import onrecord
from onrecord.cli import show
from onrecord.cli.tools import PATH, Tools, emit, examples, json_option, pass_tools, progress, safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from onrecord.archive import Archive
    from onrecord.evals import Results
    from onrecord.model import Claim, Dossier


@click.group("eval")
def evaluate() -> None:
    """Measure how well checks come out."""


@evaluate.command(
    epilog=examples(
        "onrecord eval cases examples/myanmar-2022/cases.json",
        "onrecord eval cases cases.json --workspace work --json",
    )
)
@click.argument("file", metavar="FILE", type=PATH)
@click.option(
    "--workspace", "-w", type=PATH, help="Check against this.  [default: a fresh example archive]"
)
@click.option("--example", type=PATH, help="Folder of an example.  [default: the repository's]")
@click.option("--all", "every", is_flag=True, help="Also the cases that are not marked 'first'.")
@json_option
@pass_tools
def cases(
    tools: Tools,
    file: Path,
    workspace: Path | None,
    example: Path | None,
    every: bool,
    as_json: bool,
) -> None:
    """Check the claims of a file of cases, and count the right outcomes.

    A case passes when its outcome is one that it accepts and, where it is a rating and the case
    says by which reports it must be decided, one of these is among the decisive evidence. An
    outcome that a case lists under 'never' is counted as opposite. Cases that name another archive
    than the example run only with --all and --workspace.
    """
    from onrecord.evals import read_cases, run_cases, select

    chosen = select(read_cases(file), every=every, own_archive=workspace is not None)
    with progress() as report, _archive(tools, workspace, example, report) as archive:

        def check(claim: Claim) -> Dossier:
            return onrecord.check(claim, archive, verifier=tools.verifier, progress=report)

        results = run_cases(chosen, check)
    emit(as_json, results.plain(), _table(results))


@contextmanager
def _archive(
    tools: Tools, workspace: Path | None, example: Path | None, report: onrecord.Progress
) -> Iterator[Archive]:
    """The workspace's archive, or the example's in a folder that goes away again."""
    if workspace is not None:
        with tools.open(workspace) as archive:
            yield archive
        return
    from onrecord.demo import example_archive, example_folder

    with tempfile.TemporaryDirectory(prefix="onrecord-eval-") as temporary:
        place = Path(temporary, "workspace")
        with example_archive(example_folder(example), place, tools.embedder, report) as archive:
            yield archive


def _table(results: Results) -> show.Show:
    """How cases came out."""

    def print_table(console: Console) -> None:
        table = show.table("Case", "Outcome", "Probability", "Expected", "")
        for case in results.cases:
            table.add_row(
                safe(case.id),
                case.outcome,
                "" if case.probability is None else f"{case.probability:.2f}",
                ", ".join(case.expected),
                _verdict(case.passed, case.opposite),
            )
        console.print(table)
        console.print(f"{results.passed} of {results.n} pass, {results.opposite} opposite")

    return print_table


def _verdict(passed: bool, opposite: bool) -> Text:
    from rich.text import Text

    if opposite:
        return Text("opposite", "bold red")
    return Text("pass", "green") if passed else Text("fail", "yellow")
