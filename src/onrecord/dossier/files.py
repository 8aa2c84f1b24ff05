"""Dossiers and reviews as files: same dossier, same bytes; nothing unsound is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from onrecord.errors import InputError
from onrecord.model import Dossier, Review
from onrecord.wholefile import write_whole

FORMAT: str = Dossier.model_fields["format"].default
"""The one format that is read."""

_NOT_GUESSED = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _PlainLoader(yaml.SafeLoader):
    """YAML in which a rating written as False, and a date, stay the words that a person wrote."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        first: [pair for pair in pairs if pair[0] not in _NOT_GUESSED]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def write_dossier(dossier: Dossier, path: Path) -> None:
    """Write the dossier, whole or not at all. Raises InputError when the file cannot be written."""
    write_whole(path, dossier_bytes(dossier), "dossier")


def dossier_bytes(dossier: Dossier) -> bytes:
    """The file's content: JSON with the fields in their declared order, options by name."""
    ordered = dossier.model_copy(update={"options": dict(sorted(dossier.options.items()))})
    return (ordered.to_json(indent=1) + "\n").encode()


def read_dossier(path: Path) -> Dossier:
    """The dossier of a file.

    Raises InputError, in one line, for a file that is missing, no dossier, of another format, or
    that does not hold together: quotations outside their documents, altered texts, a review of
    something else.
    """
    content = _read(path, "dossier")
    _check_format(content, path)
    try:
        return Dossier.from_json(content)
    except ValidationError as error:
        raise InputError(
            f"{path} does not hold together as a dossier: {_first(error)}; run the check again, "
            "or restore the file"
        ) from error


def read_review(path: Path, dossier: Dossier) -> Review:
    """The review that people wrote in YAML or JSON.

    The file may leave out `dossier`: the review is then of the dossier given. Raises InputError,
    in one line, when the file is missing or is no review.
    """
    plain = _read_mapping(path)
    try:
        return Review.from_plain({"dossier": dossier.hash, **plain})
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise InputError(
            f"{path} is no review: {_first(error)}; correct that in the file"
        ) from error


def reviewed(dossier: Dossier, review: Review) -> Dossier:
    """The dossier with the people's judgement.

    Raises InputError when the review is of another dossier or cites evidence that is not there. A
    dossier that was reviewed before takes only a later version that keeps all corrections: what
    readers were once told of a mistake stays on the page.
    """
    _check_succession(dossier.review, review)
    fields = {name: getattr(dossier, name) for name in Dossier.model_fields}
    try:
        return Dossier(**{**fields, "review": review})
    except ValidationError as error:
        raise InputError(f"the review does not fit the dossier: {_first(error)}") from error


def _check_succession(old: Review | None, new: Review) -> None:
    if old is None or old == new:
        return
    if new.version <= old.version:
        raise InputError(
            f"the dossier has a review of version {old.version}: give the new review version "
            f"{old.version + 1} or later, got {new.version}"
        )
    if new.corrections[: len(old.corrections)] != old.corrections:
        raise InputError(
            "the new review drops or alters a correction that was published: keep the earlier "
            f"{len(old.corrections)} first and unchanged, and add to them"
        )


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"there is no {what} {path}: give the path of one") from error
    except OSError as error:
        raise InputError(
            f"cannot read the {what} {path}: {error.strerror}; give a file that may be read"
        ) from error


def _check_format(content: bytes, path: Path) -> None:
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path} is not JSON ({_line(error)}): give a file that `onrecord check` wrote"
        ) from error
    found = plain.get("format") if isinstance(plain, dict) else None
    if found != FORMAT:
        raise InputError(
            f"{path} is not a dossier of format {FORMAT!r} (format: {found!r}): give a file that "
            "this version of onrecord wrote"
        )


def _read_mapping(path: Path) -> dict[Any, Any]:
    content = _read(path, "review")
    try:
        plain = _PlainLoader(content).get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            f"{path} is neither YAML nor JSON ({_line(error)}): correct that in the file"
        ) from error
    if not isinstance(plain, dict):
        raise InputError(
            f"{path} is no review: give a mapping with rating, headline, explanation, author, "
            "editor and published"
        )
    return plain


def _first(error: Exception) -> str:
    """The first complaint in one line, with its place, and how many more there are."""
    if not isinstance(error, ValidationError):
        return _line(error)
    complaints = error.errors(include_url=False, include_input=False)
    first = complaints[0]
    place = ".".join(str(step) for step in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
    return _flat(f"{place}: {message}{more}" if place else f"{message}{more}")


def _line(error: Exception) -> str:
    return _flat(str(error)) or type(error).__name__


def _flat(text: str) -> str:
    return " ".join(text.split())
