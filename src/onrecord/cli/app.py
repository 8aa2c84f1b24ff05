"""The command `onrecord`: its commands, and how every one of them fails."""

from __future__ import annotations

import sqlite3
import sys
from typing import Any, TextIO

import click

from onrecord import __version__
from onrecord.cli.archive import add, init, rebuild, search
from onrecord.cli.capture import capture
from onrecord.cli.check import check, replay
from onrecord.cli.demo import demo
from onrecord.cli.evaluate import evaluate
from onrecord.cli.models import models
from onrecord.cli.publish import publish
from onrecord.cli.sources import sources
from onrecord.cli.tools import examples, safe
from onrecord.errors import OnrecordError

INTERRUPTED = 130


class Failure(click.ClickException):
    """An error in one line on stderr, with exit code 2."""

    exit_code = 2

    def show(self, file: TextIO | None = None) -> None:  # type: ignore[override] # as click calls it
        """Print it."""
        click.echo(f"onrecord: {safe(self.message)}", file=file, err=file is None)


class App(click.Group):
    """Commands that fail in one line; only a bug shows where it happened."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are used."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            raise Failure(str(error)) from error
        except sqlite3.Error as error:
            raise Failure(f"the archive's file cannot be used: {error}") from error
        except BrokenPipeError:
            raise  # The reader has gone; click ends quietly.
        except OSError as error:
            raise Failure(_said(error)) from error
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None


def _said(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


BEGINNING = examples(
    "onrecord demo                       see it work on an example",
    "onrecord init work                  make a workspace",
    "onrecord add -w work articles/      keep documents in it",
    "onrecord check -w work claim.yaml   check a claim against them",
    "onrecord publish work/dossiers/ID.json --out page.html",
)


@click.group(cls=App, epilog=BEGINNING, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="onrecord", message="onrecord %(version)s")
def app() -> None:
    """Hold a public claim against the record.

    Keep articles and reports in an archive, check a quoted claim against them, and publish a page
    that shows what supports the claim, what refutes it, and what was not found.

    Every command takes --json for machines. Errors are one line on stderr, with exit code 2.
    """


for command in (
    init,
    add,
    search,
    check,
    replay,
    publish,
    capture,
    rebuild,
    models,
    sources,
    demo,
    evaluate,
):
    app.add_command(command)


def main() -> None:
    """Run the command line. Characters that the terminal's encoding lacks are printed as '?'."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # text streams have it
    app.main(prog_name="onrecord")
