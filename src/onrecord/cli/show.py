"""Results for people: lines and tables, in colour at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cli.plain import Row, rows
from onrecord.cli.tools import safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from onrecord.archive import Added, Hit
    from onrecord.demo import Demonstration
    from onrecord.dossier import Difference
    from onrecord.model import Dossier, Outcome, PartAssessment

Show = Callable[["Console"], None]

STANCE_STYLES = {"SUPPORTS": "green", "REFUTES": "red", "NOT_CORROBORATING": "yellow"}
TONE_STYLES = {"true": "bold green", "false": "bold red"}
SILENT = "silent"
"""Why evidence did not count that says nothing on the part."""

QUOTATION_LENGTH = 160

COLUMNS: dict[str, Any] = {
    "Publisher": {"max_width": 20},
    "Quotation": {"ratio": 1, "min_width": 18},
    "Passage": {"ratio": 1, "min_width": 18},
    "Counted": {"min_width": 14, "max_width": 24},
    "Expected": {},
}
"""How columns are laid out that may take several lines."""


def lines(*texts: str) -> Show:
    """Lines of text."""

    def show(console: Console) -> None:
        for text in texts:
            console.print(safe(text), soft_wrap=True)

    return show


def count(number: int, noun: str) -> str:
    """'1 document', '2 documents'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def added(documents: Sequence[Added], held: int) -> Show:
    """What `add` did."""
    new = sum(document.new for document in documents)
    return lines(
        f"{count(new, 'new document')}, {len(documents) - new} already there; "
        f"the archive holds {held}"
    )


def hits(found: Sequence[Hit]) -> Show:
    """What `search` found."""
    if not found:
        return lines("Nothing found")

    def show(console: Console) -> None:
        made = table("", "Publisher", "Date", "Passage")
        for rank, hit in enumerate(found, start=1):
            made.add_row(
                str(rank),
                safe(hit.document.source.name),
                hit.document.published.edtf or "undated",
                _shortened(hit.text),
            )
        console.print(made)

    return show


def checked(dossier: Dossier, file: Path) -> Show:
    """What `check` came to."""

    def show(console: Console) -> None:
        claim = dossier.claim
        console.print(f"{safe(claim.claimant.name)}, {claim.made_on}: {safe(claim.printed)}")
        for part in dossier.assessment.parts:
            _part(console, dossier, part)
        console.print(_outcome("Outcome", dossier.assessment.outcome))
        if dossier.assessment.decisive:
            console.print(f"Decided by {', '.join(dossier.assessment.decisive)}")
        for fault in dossier.faults:
            text = f"Fault, no finding: {fault.step} failed on {fault.subject}: {fault.message}"
            console.print(safe(text), style="yellow")
        lines(f"Dossier: {file}", "A machine's suggestion: people decide.")(console)

    return show


def demonstrated(made: Demonstration) -> Show:
    """What `demo` made."""

    def show(console: Console) -> None:
        checked(made.dossier, made.dossier_file)(console)
        lines(f"Page: {made.page}")(console)

    return show


def replayed(differences: Sequence[Difference]) -> Show:
    """What `replay` found."""
    if not differences:
        return lines("The same, to the byte")
    number = count(len(differences), "difference")
    return lines(f"{number} from the record", *(f"  {item}" for item in differences))


def _part(console: Console, dossier: Dossier, part: PartAssessment) -> None:
    text = next(given.text for given in dossier.claim.parts if given.id == part.part)
    console.print()
    console.print(f"{part.part}  {safe(text)}", style="bold")
    console.print(_outcome("    ", part.outcome))
    read = rows(dossier, part)
    telling = [row for row in read if row.why != SILENT]
    if telling:
        made = table("", "Stance", "Prob.", "Publisher", "Date", "Quotation", "Counted")
        for row in telling:
            made.add_row(*_cells(row))
        console.print(made)
    if len(telling) < len(read):
        silent = count(len(read) - len(telling), "passage")
        console.print(f"    {silent} read that say too little on it", style="dim")


def _cells(row: Row) -> tuple[str | Text, ...]:
    from rich.text import Text

    from onrecord.model import Label
    from onrecord.publish.wording import STANCES

    return (
        row.id,
        Text(STANCES[Label(row.stance)], STANCE_STYLES.get(row.stance, "dim")),
        "" if row.probability is None else f"{row.probability:.2f}",
        safe(row.publisher),
        row.published or "undated",
        _shortened(row.quotation),
        f"{row.log_odds:+.2f}" if row.counted else f"no: {row.why}",
    )


def _outcome(label: str, outcome: Outcome) -> Text:
    from rich.text import Text

    from onrecord.publish.wording import outcome_view

    view = outcome_view(outcome)
    note = f" {view.note}" if view.note else ""
    lead = f"{label}: " if label.strip() else label
    return Text(f"{lead}{view.words}{note}", TONE_STYLES.get(view.tone, "bold yellow"))


def table(*columns: str) -> Table:
    """An empty table with columns of these names."""
    from rich import box
    from rich.table import Column, Table

    headed = (Column(name, **COLUMNS.get(name, {"no_wrap": True})) for name in columns)
    return Table(*headed, box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)


def _shortened(text: str) -> str:
    from onrecord.publish.wording import shorten

    return shorten(safe(text), QUOTATION_LENGTH)
