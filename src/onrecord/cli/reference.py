"""The reference page, made from the code: `python -m onrecord.cli.reference docs/reference.md`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

import onrecord
from onrecord.cli.app import app


def reference() -> str:
    """The page in Markdown: every command with its help, every public function with its docs."""
    return "\n".join(
        [
            "# Reference",
            "",
            "Made from the code by `python -m onrecord.cli.reference docs/reference.md`.",
            "",
            "## Commands",
            "",
            *_commands(app, "onrecord", None),
            "## Library",
            "",
            "The functions that the commands call. `import onrecord` loads nothing heavy.",
            "",
            *_functions(),
        ]
    )


def _commands(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    context = click.Context(
        command,
        parent,
        name,
        terminal_width=88,
        max_content_width=88,
        help_option_names=["-h", "--help"],
    )
    lines = [f"### {context.command_path}", "", "```text", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                lines += _commands(child, name, context)
    return lines


def _functions() -> list[str]:
    lines = []
    for name in onrecord.__all__:
        found = getattr(onrecord, name)
        if inspect.isfunction(found):
            doc = inspect.getdoc(found) or ""
            lines += [f"### {name}{inspect.signature(found)}", "", doc, ""]
        elif inspect.isclass(found):
            lines += [f"### {name}", "", inspect.getdoc(found) or "", ""]
    return lines


def main() -> None:
    """Writes the page to the path given."""
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
