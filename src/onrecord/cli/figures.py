"""What was measured, for people: tables of figures beside what they must beat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli import show
from onrecord.cli.tools import safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from onrecord.evals.benchmarks import Evaluation
    from onrecord.evals.flips import Flips
    from onrecord.evals.floors import Checked, Floor
    from onrecord.evals.retrieval import RetrievalResult
    from onrecord.evals.stance import StanceResult

STATUS_STYLES = {"holds": "green", "below": "bold red"}

NAMES = {
    "macro_f1": "Macro-F1",
    "balanced_accuracy": "Balanced accuracy",
    "accuracy": "Accuracy",
}

BASELINES = ("claim_only", "tfidf", "majority")


def stance(result: StanceResult) -> show.Show:
    """How well a verifier read a set."""

    def print_figures(console: Console) -> None:
        console.print(
            f"{safe(result.set)}: {_of(result)} pairs, {_folding(result)}; model {result.model}"
        )
        console.print(_figures(result))
        console.print(_labels(result))
        half = next(point for point in result.coverage if point.coverage >= 0.5)
        memory = "" if result.memory_mb is None else f", {result.memory_mb:.0f} MB at most"
        show.lines(
            f"Calibration error {result.ece:.3f}, Brier {result.brier:.3f}; "
            f"accuracy of the surest half {half.accuracy:.3f}",
            f"{result.pairs_per_s:.1f} pairs a second{memory}",
        )(console)

    return print_figures


def flips(result: Flips) -> show.Show:
    """How often swaps were seen."""

    def print_figures(console: Console) -> None:
        table = show.table("Kind", "Items", "Changed", "95 %", "To REFUTES", "95 %")
        for kind, rates in (*result.by_kind.items(), ("all", result)):
            table.add_row(
                kind,
                str(rates.n),
                _number(rates.changed),
                _span(rates.intervals["changed"]),
                _number(rates.to_refutes),
                _span(rates.intervals["to_refutes"]),
            )
        console.print(table)

    return print_figures


def retrieval(result: RetrievalResult) -> show.Show:
    """How well the archive found."""

    def print_figures(console: Console) -> None:
        console.print(
            f"{safe(result.collection)}: {show.count(result.documents, 'document')}, "
            f"{result.queries} queries; model {result.model}"
        )
        table = show.table("", "nDCG@10", "95 %", "Recall@100", "MAP", "Median ms")
        for name, way in result.ways().items():
            table.add_row(
                name,
                _number(way.figures["ndcg@10"]),
                _span(way.intervals["ndcg@10"]),
                _number(way.figures["recall@100"]),
                _number(way.figures["map"]),
                f"{way.p50_ms:.1f}",
            )
        console.print(table)

    return print_figures


def everything(evaluation: Evaluation, report: Path | None) -> show.Show:
    """What came out on all benchmarks."""

    def print_figures(console: Console) -> None:
        if evaluation.stance:
            console.print(_sets(evaluation.stance))
        if evaluation.pooled:
            console.print(
                f"Calibration error over all {evaluation.pooled.n} pairs "
                f"{evaluation.pooled.ece:.3f}, Brier {evaluation.pooled.brier:.3f}"
            )
        for result in evaluation.retrieval:
            console.print()
            retrieval(result)(console)
        if report:
            show.lines(f"Report: {report}")(console)

    return print_figures


def checked_floors(checked: Sequence[Checked]) -> show.Show:
    """How the floors were found."""

    def print_figures(console: Console) -> None:
        from rich.text import Text

        table = show.table("Set", "Model", "Figure", "Rows", "Floor", "Noise", "Now", "")
        for one in checked:
            table.add_row(
                *_floor(one.floor),
                _number(one.value),
                Text(one.status.value, STATUS_STYLES.get(one.status.value, "dim")),
            )
        console.print(table)

    return print_figures


def written_floors(floors: Sequence[Floor], file: Path) -> show.Show:
    """What the floors are now."""

    def print_figures(console: Console) -> None:
        table = show.table("Set", "Model", "Figure", "Rows", "Floor", "Noise")
        for floor in floors:
            table.add_row(*_floor(floor))
        console.print(table)
        show.lines(f"Written: {file}")(console)

    return print_figures


def _figures(result: StanceResult) -> Table:
    table = show.table("", "Verifier", "95 %", "Claim only", "TF-IDF", "Majority")
    for metric in ("macro_f1", "balanced_accuracy"):
        table.add_row(
            NAMES[metric],
            _number(getattr(result, metric)),
            _span(result.intervals[metric]),
            *(_number(getattr(result, f"{name}_{metric}")) for name in BASELINES),
        )
    table.add_row(NAMES["accuracy"], _number(result.accuracy), _span(result.intervals["accuracy"]))
    return table


def _labels(result: StanceResult) -> Table:
    table = show.table("Label", "Precision", "Recall", "F1", "Pairs")
    for label, score in result.per_label.items():
        numbers = (_number(value) for value in (score.precision, score.recall, score.f1))
        table.add_row(label, *numbers, str(score.support))
    return table


def _sets(results: Sequence[StanceResult]) -> Table:
    table = show.table(
        *("Set", "Pairs", "Figure", "Verifier", "95 %", "Claim only", "TF-IDF", "Majority", "ECE")
    )
    for result in results:
        table.add_row(
            result.set,
            str(result.n),
            NAMES[result.metric],
            _number(result.value),
            _span(result.intervals[result.metric]),
            *(_number(result.baseline(name)) for name in BASELINES),
            _number(result.ece),
        )
    return table


def _floor(floor: Floor) -> tuple[str, ...]:
    numbers = (str(floor.rows), _number(floor.value), _number(floor.noise))
    return safe(floor.set), safe(floor.model), safe(floor.metric), *numbers


def _of(result: StanceResult) -> str:
    return str(result.n) if result.n == result.held else f"{result.n} of {result.held}"


def _folding(result: StanceResult) -> str:
    return "three labels" if result.folded is None else result.folded.replace("_", " ")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _span(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{low:.3f} to {high:.3f}"
