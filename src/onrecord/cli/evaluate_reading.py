"""The commands that measure the reading of dates and of figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import show
from onrecord.cli.tools import PATH, emit, examples, json_option

if TYPE_CHECKING:
    from rich.console import Console

SPANS = {
    "span_f1": "Span F1",
    "span_precision": "Span precision",
    "span_recall": "Span recall",
    "exact_f1": "Span F1, exact",
}
DATES = SPANS | {"value_accuracy": "Value, of those found", "type_accuracy": "Type, of those found"}
QUANTITIES = SPANS | {
    "value_accuracy": "Value, of those found",
    "unit_accuracy": "Unit, of those found",
    "qualifier_accuracy": "Qualifier, of those found",
    "all_right": "All right, of all",
}


@click.command(
    epilog=examples("onrecord eval dates timebank/", "onrecord eval dates timebank.jsonl.gz --json")
)
@click.argument("path", metavar="PATH", type=PATH)
@json_option
def dates(path: Path, as_json: bool) -> None:
    """Measure how well time expressions are found and placed.

    PATH is a TimeML file, a folder of .tml files, or a file of lines {"id", "tml"}, plain or gzip.
    As in TempEval-3 a span is found when it overlaps a right one, and values are looked at where
    spans match. The baseline knows dates printed in full. For orientation, on the other texts of
    TempEval-3 (UzZaman et al. 2013) HeidelTime found spans with F1 .903 and SUTime with .903, and
    spans with the right value with F1 .776 and .674.
    """
    from onrecord.evals.dates import evaluate_dates

    figures = evaluate_dates(path)
    emit(as_json, figures, _scores(figures, DATES, "text"))


@click.command(
    epilog=examples("onrecord eval quantities", "onrecord eval quantities sentences.jsonl --json")
)
@click.argument("file", metavar="[FILE]", type=PATH, required=False)
@json_option
def quantities(file: Path | None, as_json: bool) -> None:
    """Measure how well figures are read: value, unit and qualifier.

    FILE has lines {"text", "quantities": [{"start", "end", "value", "unit", "qualifier"}]}, plain
    or gzip; without one it is the set that comes with the project. The baseline reads digits, and
    the word after them as the unit.
    """
    from onrecord.evals.quantities import OWN_SET, evaluate_quantities

    figures = evaluate_quantities(file or OWN_SET)
    emit(as_json, figures, _scores(figures, QUANTITIES, "sentence"))


def _scores(figures: dict[str, Any], names: dict[str, str], noun: str) -> show.Show:
    def print_figures(console: Console) -> None:
        table = show.table("", "Score", "Baseline")
        for key, name in names.items():
            table.add_row(name, f"{figures[key]:.3f}", f"{figures['baseline'][key]:.3f}")
        console.print(table)
        console.print(f"{figures['n']} in {show.count(figures['documents'], noun)}")

    return print_figures
