"""The commands that measure: whole checks, the verifier, the search, and their floors."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import onrecord
from onrecord.cli import figures, show
from onrecord.cli.evaluate_attribution import attribution, seed
from onrecord.cli.evaluate_reading import dates, quantities
from onrecord.cli.tools import PATH, Tools, emit, examples, json_option, pass_tools, progress, safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from onrecord.archive import Archive, Embeds
    from onrecord.check import Verifier
    from onrecord.evals import Results
    from onrecord.evals.floors import Checked, Floor
    from onrecord.model import Claim, Dossier


model_option = click.option(
    "--model",
    type=click.Choice(["verifier", "verifier-fast"]),
    default="verifier",
    show_default=True,
    help="Which of the models reads.",
)

limit_option = click.option(
    "--limit", type=click.IntRange(min=1), help="Read this many pairs of a set, evenly spread."
)

data_option = click.option(
    "--data",
    type=PATH,
    envvar="ONRECORD_DATA",
    show_envvar=True,
    help="Folder of benchmarks.  [default: the small sets that come with the project]",
)


@click.group("eval")
def evaluate() -> None:
    """Measure how well checks come out, the verifier reads, and the archive finds."""


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


@evaluate.command(
    epilog=examples(
        "onrecord eval stance averitec.dev.jsonl.gz",
        "onrecord eval stance pairs.jsonl --limit 100 --json",
    )
)
@click.argument("file", metavar="FILE", type=PATH)
@limit_option
@model_option
@json_option
@pass_tools
def stance(tools: Tools, file: Path, limit: int | None, model: str, as_json: bool) -> None:
    """Measure how well a verifier reads labelled pairs.

    FILE has lines {"claim", "evidence", "label"}, plain or gzip; labels are SUPPORTS, REFUTES and
    NOT_ENOUGH_INFO. Where it has no REFUTES, or no NOT_ENOUGH_INFO, answers are folded to its two
    labels, and balanced accuracy is the figure to go by.

    Beside the verifier stand the same verifier with the evidence blanked, a TF-IDF model that is
    cross-validated within the file, and the commonest label. Intervals are of 95 %, by bootstrap
    over the claims.
    """
    from onrecord.evals.pairs import read_stance_set
    from onrecord.evals.stance import measure

    given = read_stance_set(file, limit)
    with progress() as report:
        result = measure(given, _verifier(tools, model), report)
    emit(as_json, result.plain(), figures.stance(result))


@evaluate.command(
    epilog=examples(
        "onrecord eval flips",
        "onrecord eval flips flips.jsonl --json",
    )
)
@click.argument("file", metavar="[FILE]", type=PATH, required=False)
@model_option
@json_option
@pass_tools
def flips(tools: Tools, file: Path | None, model: str, as_json: bool) -> None:
    """Measure whether a verifier sees a swapped number, name, role, date or negation.

    FILE has lines {"id", "kind", "claim", "flipped", "evidence"}, plain or gzip; the evidence
    supports the claim and refutes the flipped one.  [default: the set that comes with the project]
    """
    from onrecord.evals import flips as swaps

    rows = swaps.read_flips(file or swaps.SHIPPED)
    with progress() as report:
        result = swaps.flips(rows, _verifier(tools, model), report)
    emit(as_json, result.plain(), figures.flips(result))


@evaluate.command(
    epilog=examples(
        "onrecord eval retrieval scifact",
        "onrecord eval retrieval scifact --json",
    )
)
@click.argument("folder", metavar="DIR", type=PATH)
@json_option
@pass_tools
def retrieval(tools: Tools, folder: Path, as_json: bool) -> None:
    """Measure how well the archive finds the documents that answer a query.

    DIR is a test collection in BEIR's layout: corpus.jsonl, queries.jsonl and qrels/test.tsv, plain
    or gzip. Its documents go into a temporary archive, which is searched by words alone, by
    meaning alone, and as it is searched always. A document stands where its best passage does.
    """
    from onrecord.evals.retrieval import measure, read_collection

    given = read_collection(folder)
    with progress() as report:
        result = measure(given, _embedder(tools), progress=report)
    emit(as_json, result.plain(), figures.retrieval(result))


@evaluate.command(
    "all",
    epilog=examples(
        "onrecord eval all",
        "onrecord eval all --data benchmarks --out report.html",
        "onrecord eval all --data benchmarks --limit 100 --json",
    ),
)
@data_option
@click.option("--out", type=PATH, help="Write a report here, as one HTML page.")
@limit_option
@model_option
@json_option
@pass_tools
def everything(
    tools: Tools,
    data: Path | None,
    out: Path | None,
    limit: int | None,
    model: str,
    as_json: bool,
) -> None:
    """Measure on every benchmark that there is, and over all of them.

    Sets of pairs are looked for in the data folder and its 'verification', collections in its
    'retrieval'. Without a folder the small sets that come with the project are measured. A report
    needs matplotlib: pip install 'onrecord[evals]'.
    """
    from onrecord.evals.benchmarks import SHIPPED, measure_all

    if out:
        from onrecord.evals.plots import check_installed

        check_installed()
    with progress() as report:
        evaluation = measure_all(
            data or SHIPPED,
            lambda: _verifier(tools, model),
            lambda: _embedder(tools),
            limit,
            report,
        )
    if out:
        from onrecord.evals.report import write_report

        write_report(evaluation, out)
    plain = {**evaluation.plain(), "report": str(out) if out else None}
    emit(as_json, plain, figures.everything(evaluation, out))


@evaluate.command(
    epilog=examples(
        "onrecord eval floors",
        "onrecord eval floors --data benchmarks",
        "onrecord eval floors --set --reason 'Smaller model, a third of the size'",
    )
)
@data_option
@click.option("--file", type=PATH, help="File of floors.  [default: the project's own]")
@click.option("--set", "setting", is_flag=True, help="Write the figures of now as the new floors.")
@click.option("--reason", metavar="TEXT", help="With --set: why floors are lowered.")
@click.option("--limit", type=click.IntRange(min=1), help="With --set: read this many pairs.")
@model_option
@json_option
@pass_tools
def floors(
    tools: Tools,
    data: Path | None,
    file: Path | None,
    setting: bool,
    reason: str | None,
    limit: int | None,
    model: str,
    as_json: bool,
) -> None:
    """See that no figure has fallen below its floor by more than the noise.

    Measured are the small sets that come with the project, and those of the data folder whose
    hash is a floor's. Exit code 1 when a figure is below its floor. With --set the figures of
    --model become the floors; one is lowered only with a reason, which the file keeps.
    """
    from onrecord.evals.floors import FILE, Models, check_floors, read_floors, set_floors

    if (reason or limit) and not setting:
        raise click.UsageError("--reason and --limit go with --set")
    path = file or FILE
    known = read_floors(path)
    models = Models(lambda name: _verifier(tools, name), lambda: _embedder(tools))
    with progress() as report:
        if not setting:
            checked = check_floors(known, data, models, report)
        else:
            new = set_floors(
                known, data, models, model=model, limit=limit, why=reason, progress=report
            )
    if setting:
        _write(new, path, as_json)
    else:
        _judge(checked, as_json)


def _write(floors: Sequence[Floor], path: Path, as_json: bool) -> None:
    from onrecord.evals.floors import write_floors

    write_floors(floors, path)
    plain = {"file": str(path), "floors": [floor.model_dump() for floor in floors]}
    emit(as_json, plain, figures.written_floors(floors, path))


def _judge(checked: Sequence[Checked], as_json: bool) -> None:
    """Print how floors were found; exit code 1 when one does not hold."""
    below = [f"{one.floor.metric} on {one.floor.set}" for one in checked if one.below]
    plain = {"below": len(below), "floors": [one.plain() for one in checked]}
    emit(as_json, plain, figures.checked_floors(checked))
    if below:
        click.echo(f"onrecord: below the floor: {safe(', '.join(below))}", err=True)
        raise click.exceptions.Exit(1)


def _verifier(tools: Tools, model: str) -> Verifier:
    from onrecord.neural import Verifier as Shipped
    from onrecord.neural.session import load

    return tools.verifier or Shipped(load(model))


def _embedder(tools: Tools) -> Embeds:
    from onrecord.neural import Embedder

    return tools.embedder or Embedder()


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


for command in (attribution, dates, quantities, seed):
    evaluate.add_command(command)
