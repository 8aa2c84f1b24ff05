"""What commands have in common: models, options, the ways to print."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import onrecord

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.archive import Archive, Embeds
    from onrecord.check import Verifier
    from onrecord.ingest import Networks

STEPS = {
    "read": "Reading",
    "index": "Indexing",
    "search": "Searching",
    "verify": "Verifying",
}
"""Words of a progress bar for the steps that report their progress."""

FILE_WIDTH = 120
"""Columns of a table that goes to a file or another program."""

_DIRECTIONS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Tools:
    """What to work with; None stands for the models that ship with the project."""

    embedder: Embeds | None = None
    verifier: Verifier | None = None
    allow: Networks = ()
    """Networks beyond the public ones that pages may be fetched from; no option sets it."""

    def open(self, workspace: Path) -> Archive:
        """The archive of a workspace."""
        return onrecord.open_archive(workspace, self.embedder)


def examples(*lines: str) -> str:
    """Lines for the end of a command's help, kept as they are."""
    return "\b\n" + "\n".join(("Examples:", *(f"  {line}" for line in lines)))


pass_tools = click.make_pass_decorator(Tools, ensure=True)

PATH = click.Path(path_type=Path)

workspace_option = click.option(
    "--workspace",
    "-w",
    type=PATH,
    default=Path(),
    envvar="ONRECORD_WORKSPACE",
    show_envvar=True,
    help="Folder made by `onrecord init`.  [default: the current folder]",
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object and nothing else."
)


@contextmanager
def progress() -> Iterator[onrecord.Progress]:
    """A function to report progress to: a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield report


def emit(as_json: bool, plain: Mapping[str, Any], show: Callable[[Console], None]) -> None:
    """Print the result on stdout: as one JSON object, or as `show` has it."""
    if as_json:
        # ASCII only: no terminal acts on what an archive holds, and no encoding fails on it.
        click.echo(json.dumps(plain, indent=2))
        return
    from rich.console import Console

    width = None if sys.stdout.isatty() else FILE_WIDTH
    show(Console(width=width, highlight=False, emoji=False, markup=False))


def safe(text: str) -> str:
    """The text in one line, without what makes a terminal act or turn the reading direction."""
    kept = (c for c in text if c.isspace() or not _acts(c))
    return " ".join("".join(kept).split())


def _acts(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _DIRECTIONS
