"""Who the publishers are: those of the archive, and those of the register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import show
from onrecord.cli.tools import (
    Tools,
    emit,
    examples,
    json_option,
    pass_tools,
    safe,
    workspace_option,
)
from onrecord.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.intake.register import Register
    from onrecord.model import Source

Row = dict[str, Any]


@click.command(
    epilog=examples(
        "onrecord sources -w work",
        'onrecord sources -w work "Radio Free Asia"',
        "onrecord sources -w work news.bbc.co.uk --json",
    )
)
@click.argument("publisher", metavar="[NAME|DOMAIN]", required=False)
@click.option("--all", "everyone", is_flag=True, help="List those outside of the archive too.")
@workspace_option
@json_option
@pass_tools
def sources(
    tools: Tools, publisher: str | None, everyone: bool, workspace: Path, as_json: bool
) -> None:
    """List the publishers of the archive, or say who one publisher is.

    What is known of them is from the register that comes with Onrecord, from what was given when
    documents were added, and from sources.yaml in the workspace, where entries are added and
    corrected. Publishers in none of these are marked as unknown, and come first.
    """
    from onrecord.intake.register import SOURCES_FILE, read_register

    with tools.open(workspace) as archive:
        stored = archive.sources().values()
    register = read_register(workspace, stored)
    rows = _rows(register, [register.current(source) for source in stored])
    if publisher is not None:
        row = _find(publisher, register, rows)
        sisters = [one["name"] for one in rows if _are_sisters(one, row)]
        made = {**row, "not_independent_of": sisters}
        emit(as_json, made, _lines(made, workspace / SOURCES_FILE))
        return
    shown = [row for row in rows if everyone or row["in_archive"]]
    unknown = sum(not row["known"] for row in rows)
    plain = {"registered": len(register), "unknown": unknown, "sources": shown}
    emit(as_json, plain, _table(shown, plain))


def _rows(register: Register, held: Sequence[Source]) -> list[Row]:
    """All publishers as plain data: those that no one described, then the register by name."""
    from onrecord.intake.register import name_key

    strangers = {one.id: one for one in held if register.by_id(one.id) is None}
    known = sorted(register, key=lambda one: (name_key(one.name), one.id))
    ids = {one.id for one in held}
    empty: Row = {"aliases": [], "domains": [], "facts": []}
    return [
        {
            **empty,
            **one.model_dump(mode="json"),
            "known": one.id not in strangers,
            "in_archive": one.id in ids,
        }
        for one in (*strangers.values(), *known)
    ]


def _find(publisher: str, register: Register, rows: Sequence[Row]) -> Row:
    """The row of that publisher, an unknown one by its id, name or host."""
    from onrecord.intake.plain import shortened
    from onrecord.intake.register import host, name_key

    found = register.find(publisher)
    site = (host(publisher) or "").removeprefix("www.")
    ids = {found.id} if found else {publisher, site}
    for row in rows:
        if row["id"] in ids or (not found and name_key(row["name"]) == name_key(publisher)):
            return row
    raise InputError(
        f"no publisher {shortened(publisher)} in the register or the archive; "
        "`onrecord sources --all` lists those that are"
    )


def _are_sisters(one: Row, other: Row) -> bool:
    """Whether they are two publishers that count once."""
    keys = (row["group"] or row["id"] for row in (one, other))
    return one["id"] != other["id"] and len(set(keys)) == 1


def _table(rows: Sequence[Row], plain: Row) -> show.Show:
    def print_table(console: Console) -> None:
        from rich.text import Text

        table = show.table("Publisher", "Kind", "Country", "Group", "In the archive")
        for row in rows:
            table.add_row(
                safe(row["name"]),
                row["kind"] if row["known"] else Text("unknown", "yellow"),
                safe(row["country"] or "-"),
                safe(row["group"] or "-"),
                "yes" if row["in_archive"] else "",
            )
        console.print(table)
        counted = f"{show.count(len(rows), 'publisher')}, {plain['unknown']} of them unknown"
        console.print(f"{counted}; the register holds {plain['registered']}")

    return print_table


def _lines(row: Row, file: Path) -> show.Show:
    """What is known of a publisher; of an unknown one, also how to say who it is."""
    facts = (f"{fact['basis']} {fact['url'] or ''}".strip() for fact in row["facts"])
    said = {
        "Id": row["id"],
        "Kind": row["kind"] if row["known"] else "unknown",
        "Country": row["country"],
        "Owner": row["owner"],
        "Interest": row["interest"],
        "Also called": "; ".join(row["aliases"]),
        "Domains": ", ".join(row["domains"]),
        "Not independent of": "; ".join(row["not_independent_of"]),
        "Facts from": "; ".join(facts),
        "In the archive": "yes" if row["in_archive"] else "no",
    }
    lines = [row["name"], *(f"  {label}: {text}" for label, text in said.items() if text)]
    if not row["known"]:
        entry = {key: row[key] for key in ("id", "name", "kind")}
        lines += [f"Describe it in {file}:", f"- {json.dumps(entry)}"]
    return show.lines(*lines)
