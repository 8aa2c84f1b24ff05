"""The commands that measure who says what: on annotated texts, and on one page of evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import show
from onrecord.cli.tools import PATH, emit, examples, json_option

if TYPE_CHECKING:
    from rich.console import Console

PARTS = {"cue": "Cue", "source": "Source", "content": "Content", "whole": "Whole"}

SHARES = {
    "reporter": "Reporter",
    "chain": "Those cited",
    "event_date": "Event date",
    "event_date_overlap": "Event date, overlapping",
    "quantities": "Quantities",
    "speech_act": "Speech act",
}


@click.command(
    epilog=examples(
        "onrecord eval attribution polnear/dev",
        "onrecord eval attribution polnear.dev.jsonl.gz --json",
    )
)
@click.argument("path", metavar="DIR", type=PATH)
@json_option
def attribution(path: Path, as_json: bool) -> None:
    """Measure how well sources, cues and contents are found.

    DIR holds brat files, NAME.txt beside NAME.ann, with events Attribution of the roles Source, Cue
    and Content; or it is a file of lines {"id", "text", "ann"}, plain or gzip. A span is found by
    overlap when it shares a character with a right one, and exactly when it is the same. The whole
    of an attribution is its source and its content, linked. The baseline knows 'said', 'told' and
    'according to'.
    """
    from onrecord.evals.attribution import evaluate_attribution

    figures = evaluate_attribution(path)
    emit(as_json, figures, _spans(figures))


@click.command(
    epilog=examples(
        "onrecord eval seed evidence.json",
        "onrecord eval seed evidence.json --json",
    )
)
@click.argument("file", metavar="FILE", type=PATH)
@json_option
def seed(file: Path, as_json: bool) -> None:
    """Measure how well the evidence of one page is read, assertion by assertion.

    FILE says of each assertion where it stands in page.txt, which lies beside it, who reports it,
    whom they cite, by what act of speech, when it happened, and what figures it has. The baseline
    takes everything for the publisher's own voice.
    """
    from onrecord.evals.seed import evaluate_seed

    figures = evaluate_seed(file)
    emit(as_json, figures, _shares(figures))


def _spans(figures: dict[str, Any]) -> show.Show:
    def print_figures(console: Console) -> None:
        table = show.table("", "Overlap F1", "Precision", "Recall", "Exact F1", "Baseline")
        for key, name in PARTS.items():
            scores, below = figures[key], figures["baseline"][key]
            table.add_row(
                name,
                f"{scores['overlap_f1']:.3f}",
                f"{scores['overlap_precision']:.3f}",
                f"{scores['overlap_recall']:.3f}",
                f"{scores['exact_f1']:.3f}",
                f"{below['overlap_f1']:.3f}",
            )
        console.print(table)
        console.print(
            f"{figures['n']} attributions in {show.count(figures['documents'], 'text')}; "
            f"{figures['ms_per_passage']:.1f} ms a passage"
        )

    return print_figures


def _shares(figures: dict[str, Any]) -> show.Show:
    def print_figures(console: Console) -> None:
        table = show.table("", "Right", "Baseline")
        for key, name in SHARES.items():
            table.add_row(name, f"{figures[key]:.0%}", f"{figures['baseline'][key]:.0%}")
        console.print(table)
        console.print(
            f"{show.count(figures['n'], 'assertion')}; taken for prose are "
            f"{figures['prose']:.0%} of them, and {figures['furniture']} strips of furniture"
        )

    return print_figures
