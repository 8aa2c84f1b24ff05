"""The command that shows all of it on an example."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import click

from onrecord.cli import plain, show
from onrecord.cli.tools import PATH, Tools, emit, examples, json_option, pass_tools, progress


@click.command(
    epilog=examples(
        "onrecord demo",
        "onrecord demo --no-open --workspace work",
    )
)
@click.option("--open/--no-open", "browser", default=None, help="Open the page in a browser.")
@click.option(
    "--workspace", "-w", type=PATH, help="New or empty folder.  [default: a temporary one, kept]"
)
@click.option("--example", type=PATH, help="Folder of an example.  [default: the repository's]")
@json_option
@pass_tools
def demo(
    tools: Tools, browser: bool | None, workspace: Path | None, example: Path | None, as_json: bool
) -> None:
    """Check an example claim and make its page.

    The example is a remark of the Russian Foreign Ministry's spokeswoman on Myanmar in 2022, and
    119 summaries of reports. Nothing is fetched from anywhere. The page opens in a browser when
    this runs at a terminal with a display.
    """
    from onrecord.demo import demo as run
    from onrecord.demo import example_folder

    folder = example_folder(example)
    with progress() as report:
        made = run(folder, workspace, tools.embedder, tools.verifier, report)
    emit(as_json, plain.demonstrated(made), show.demonstrated(made))
    if browser or (browser is None and not as_json and _at_a_display()):
        webbrowser.open(made.page.resolve().as_uri())


def _at_a_display() -> bool:
    display = sys.platform in {"darwin", "win32"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return display and sys.stdout.isatty()
