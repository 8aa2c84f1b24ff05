"""Which models are here, whether they can be trusted, and how fast they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from onrecord.cli import show
from onrecord.cli.tools import emit, examples, json_option, safe
from onrecord.errors import ModelError

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.evals.throughput import Throughput

NEEDED = ("embedder", "verifier")
"""Models without which nothing can be checked."""


@dataclass(frozen=True)
class Found:
    """A model on the disk."""

    name: str
    version: str | None
    size_bytes: int
    sha256: str | None
    """One digest over its files, as its manifest gives it."""
    verified: bool
    """Whether every file has the hash that the manifest says."""
    problem: str | None


@click.group(
    invoke_without_command=True,
    epilog=examples(
        "onrecord models --json",
        "onrecord models bench",
    ),
)
@json_option
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List the models and verify their hashes.

    Their files are compared with the hashes of their manifests. Exit code 2 when one is missing
    or altered. ONRECORD_MODELS names another folder of models.
    """
    if context.invoked_subcommand is not None:
        return
    found = all_models()
    emit(as_json, {"models": [asdict(model) for model in found]}, _table(found))
    problems = [model.problem for model in found if model.problem]
    if problems:
        raise ModelError(problems[0])


@models.command(
    epilog=examples(
        "onrecord models bench --inputs 200",
    )
)
@click.option(
    "--inputs",
    type=click.IntRange(1, 100_000),
    default=48,
    show_default=True,
    help="How many texts or pairs each model reads.",
)
@json_option
def bench(inputs: int, as_json: bool) -> None:
    """Measure how fast each model reads on this machine.

    Every input has 128 tokens. The figures are those of now: another program that works at the
    same time slows them.
    """
    from onrecord.evals.throughput import measure, plain
    from onrecord.neural import installed
    from onrecord.neural.session import cores

    found = [measure(name, inputs) for name in installed()]
    emit(as_json, plain(found, cores()), _speeds(found, cores()))


def _speeds(found: Sequence[Throughput], cores: int) -> show.Show:
    def print_table(console: Console) -> None:
        table = show.table("Model", "Inputs per second", "Load", "Memory so far")
        for one in found:
            memory = "-" if one.memory_mb is None else f"{one.memory_mb:.0f} MB"
            table.add_row(safe(one.name), f"{one.per_s:.1f}", f"{one.load_s:.2f} s", memory)
        console.print(table)
        console.print(f"{cores} cores, 128 tokens each")

    return print_table


def all_models() -> list[Found]:
    """The models of the models folder, and those that are needed and missing."""
    from onrecord.neural import installed

    return [_look(name) for name in sorted({*installed(), *NEEDED})]


def _look(name: str) -> Found:
    from onrecord.neural import read_manifest
    from onrecord.neural.weights import checked_file

    try:
        manifest = read_manifest(name)
    except ModelError as error:
        return Found(name, None, 0, None, verified=False, problem=str(error))
    size = 0
    try:
        for file in manifest.files:
            size += len(checked_file(manifest, file))
    except ModelError as error:
        return Found(name, manifest.version, size, manifest.sha256, False, str(error))
    return Found(name, manifest.version, size, manifest.sha256, verified=True, problem=None)


def _table(found: list[Found]) -> show.Show:
    def print_table(console: Console) -> None:
        from rich.text import Text

        table = show.table("Model", "Version", "Size", "SHA-256", "Hash")
        for model in found:
            table.add_row(
                Text(safe(model.name)),
                Text(safe(model.version or "-")),
                Text(f"{model.size_bytes / 1e6:.1f} MB"),
                Text((model.sha256 or "-")[:12]),
                Text("verified", "green") if model.verified else Text("not verified", "red"),
            )
        console.print(table)

    return print_table
