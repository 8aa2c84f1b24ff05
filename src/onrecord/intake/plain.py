"""What people write as YAML or JSON, read as plain data and nothing more."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from pydantic import ValidationError

from onrecord.errors import InputError

MOST_CHARACTERS = 500_000
"""Longest YAML that is read. What a person writes is shorter by far."""


class _PlainLoader(yaml.SafeLoader):
    """YAML in which every scalar is a string or null, and nothing stands for something else.

    Dates stay as printed ('2022-08' and '2022-08-05' alike), `no` is Norwegian and not false.
    Aliases are refused: a few lines of them can stand for gigabytes.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own name and shape
        first: [("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"))]
        for first in ("~", "n", "N", "")
    }

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # no stub
            raise yaml.MarkedYAMLError(problem="aliases are not allowed", problem_mark=mark)
        return super().compose_node(parent, index)


def read_yaml(text: str, place: str) -> Any:
    """The dicts, lists, strings and Nones of a YAML text. Other scalars stay strings as printed.

    Raises InputError, which begins with `place` and names line and column, when it is no YAML, has
    aliases or tags of programs, is nested too deeply or too long.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"{place}: {len(text)} characters of YAML, at most {MOST_CHARACTERS} are read"
        )
    try:
        return _PlainLoader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise InputError(f"{place}: not YAML: {where}{error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise InputError(f"{place}: not YAML: {_first_line(error)}") from error
    except RecursionError as error:
        raise InputError(f"{place}: not YAML: nested too deeply") from error


def read_json(text: str, place: str) -> Any:
    """The plain data of a JSON text.

    Raises InputError, which begins with `place` and names line and column, when it is no JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{place}: not JSON: {where}: {error.msg}") from error
    except ValueError as error:
        raise InputError(f"{place}: not JSON: {_first_line(error)}") from error
    except RecursionError as error:
        raise InputError(f"{place}: not JSON: nested too deeply") from error


def reason(error: ValidationError) -> str:
    """What a noun refused, in one line: the first field and why, and how many more there are."""
    first, *more = error.errors(include_url=False, include_context=False)
    where = ".".join(str(part) for part in first["loc"])
    why = first["msg"].removeprefix("Value error, ")
    rest = f" (and {len(more)} more)" if more else ""
    return f"{where}: {why}{rest}" if where else f"{why}{rest}"


def kind_of(value: object) -> str:
    """What plain data is, in words; safe to print however large it is."""
    kinds = {dict: "a mapping", list: "a list", str: "text", bool: "true or false"}
    names = {type(None): "nothing", int: "a number", float: "a number"}
    return (kinds | names).get(type(value), type(value).__name__)


def shortened(value: str) -> str:
    """The text in quotation marks, its middle left out where it is long."""
    return repr(value if len(value) <= 80 else f"{value[:60]} ... {value[-10:]}")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
