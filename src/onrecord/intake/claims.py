"""A claim as a person writes it down, as YAML or JSON, into a Claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onrecord.errors import InputError
from onrecord.intake.files import clean
from onrecord.intake.plain import kind_of, read_json, read_yaml, reason, shortened
from onrecord.model import Claim, Segment, SegmentKind, bounds, claim_id

MOST_BYTES = 1_000_000
"""Largest claim file that is read."""

_CLAIM_KEYS = (
    "id", "quote", "claimant", "made_on", "appearances", "context", "language", "parts"
)  # fmt: skip
_CLAIMANT_KEYS = ("name", "role", "affiliation", "same_as")
_APPEARANCE_KEYS = ("outlet", "url", "date", "archived")
_PART_KEYS = ("id", "text", "not_checkable")
_SEGMENT_KEYS = ("kind", "text")

_EDITED = re.compile(r"\[[^\[\]]*\]|\.(?:[^\S\n]?\.){2,}|…")
_OMISSION = re.compile(r"\[?[\s.…]*\]?")
_QUOTATION_MARKS = (
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ('"', '"'),
)

Plain = Mapping[str, Any]


def read_claim(path: Path) -> Claim:
    """The claim of a YAML or (where the name ends in .json) JSON file.

    Raises InputError, which begins with the file's name, when the file cannot be read or what it
    holds is no claim.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: over {MOST_BYTES // 1_000_000} MB, this is no claim")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8 and try again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    read = read_json if path.suffix.lower() == ".json" else read_yaml
    plain = read(text, str(path))
    try:
        return claim_from(plain)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def claim_from(plain: Plain) -> Claim:
    """The claim of plain data: quote, claimant and made_on, and what else is known.

    `quote` is text with [insertions] and [...] or … for omissions, or a list of {kind, text};
    quotation marks around the whole are taken off. `claimant` is a mapping or a name. `made_on` is
    EDTF, or a date object. `parts` are texts, or mappings of {id, text, not_checkable}. Without an
    `id` one is made of what was said, by whom and when.

    Raises InputError when something is missing, unknown, or not what it should be.
    """
    _check_keys(plain, _CLAIM_KEYS, "the claim")
    if plain.get("quote") is None:
        raise InputError("the claim has no quote; write down what was said as 'quote: ...'")
    quote = _quote(plain["quote"])
    claimant = _claimant(plain.get("claimant"))
    made_on = _edtf(plain.get("made_on"), "made_on")
    if made_on is None:
        raise InputError(
            "the claim has no date; write down when it was made as 'made_on: 2022-08-03'"
        )
    printed = "".join(segment["text"] for segment in quote)
    return _claim(
        {
            "id": plain.get("id") or claim_id(printed, claimant["name"], made_on),
            "quote": quote,
            "claimant": claimant,
            "made_on": made_on,
            "appearances": [
                _appearance(item) for item in _items(plain.get("appearances"), "appearances")
            ],
            "context": _text(plain.get("context"), "context"),
            "language": _text(plain.get("language"), "language") or "en",
            "parts": [
                _part(item, number)
                for number, item in enumerate(_items(plain.get("parts"), "parts"), start=1)
            ],
        }
    )


def parse_quote(text: str) -> tuple[Segment, ...]:
    """The segments of a quotation as printed; joined, they are the text again, to the character.

    `[...]`, `...` and `…` are omissions, other brackets are insertions, the rest is verbatim. A
    bracket that is never closed is verbatim.
    """
    cuts = {0, len(text)}
    for match in _EDITED.finditer(text):
        cuts |= {match.start(), match.end()}
    pieces = (text[start:end] for start, end in pairwise(sorted(cuts)))
    return tuple(Segment(kind=_kind(piece), text=piece) for piece in pieces)


def _kind(piece: str) -> SegmentKind:
    if not _EDITED.fullmatch(piece):
        return SegmentKind.VERBATIM
    return SegmentKind.ELLIPSIS if _OMISSION.fullmatch(piece) else SegmentKind.INSERTION


def _claim(fields: dict[str, Any]) -> Claim:
    try:
        return Claim.from_plain(fields)
    except ValidationError as error:
        raise InputError(f"the claim is not complete: {reason(error)}") from error


def _quote(value: object) -> list[dict[str, str]]:
    if isinstance(value, str):
        segments = [segment.model_dump(mode="json") for segment in parse_quote(_bare(clean(value)))]
    elif isinstance(value, list):
        segments = [_segment(item) for item in value]
    else:
        raise InputError(f"quote is {kind_of(value)}, text or a list of segments is wanted")
    if not any(character.isalnum() for segment in segments for character in segment["text"]):
        raise InputError("the quote has no words; write down what was said")
    return segments


def _segment(item: object) -> dict[str, str]:
    fields = _mapping(item, _SEGMENT_KEYS, "a segment of the quote")
    kinds = [kind.value for kind in SegmentKind]
    if fields.get("kind") not in kinds:
        raise InputError(f"a segment of the quote needs a kind, one of {', '.join(kinds)}")
    if not isinstance(fields.get("text"), str):
        raise InputError("a segment of the quote has no text")
    return {"kind": fields["kind"], "text": fields["text"]}


def _bare(quote: str) -> str:
    """The quotation without the marks around the whole of it."""
    for left, right in _QUOTATION_MARKS:
        inner = quote[1:-1]
        if quote[:1] == left and quote[-1:] == right and not {left, right} & set(inner):
            return inner.strip() or quote
    return quote


def _claimant(value: object) -> dict[str, Any]:
    if isinstance(value, str):
        value = {"name": value}
    if value is None:
        raise InputError("the claim has no claimant; write down who said it as 'claimant: ...'")
    fields = _mapping(value, _CLAIMANT_KEYS, "claimant")
    name = _text(fields.get("name"), "claimant.name")
    if name is None:
        raise InputError("the claimant has no name; write down who said it")
    return {
        "name": name,
        "role": _text(fields.get("role"), "claimant.role"),
        "affiliation": _text(fields.get("affiliation"), "claimant.affiliation"),
        "same_as": _items(fields.get("same_as"), "claimant.same_as"),
    }


def _appearance(item: object) -> dict[str, Any]:
    fields = _mapping(item, _APPEARANCE_KEYS, "an appearance")
    return {
        "outlet": _text(fields.get("outlet"), "appearances.outlet"),
        "url": _text(fields.get("url"), "appearances.url"),
        "date": _edtf(fields.get("date"), "appearances.date"),
        "archived": _text(fields.get("archived"), "appearances.archived"),
    }


def _part(item: object, number: int) -> dict[str, Any]:
    if isinstance(item, str):
        item = {"text": item}
    fields = _mapping(item, _PART_KEYS, f"part {number}")
    text = _text(fields.get("text"), f"part {number}")
    if text is None:
        raise InputError(f"part {number} has no text; write down what it asserts")
    return {
        "id": _text(fields.get("id"), f"id of part {number}") or f"p{number}",
        "text": text,
        "not_checkable": _text(fields.get("not_checkable"), f"not_checkable of part {number}"),
    }


def _mapping(value: object, keys: tuple[str, ...], what: str) -> Plain:
    if not isinstance(value, Mapping):
        raise InputError(f"{what} is {kind_of(value)}, a mapping of {', '.join(keys)} is wanted")
    _check_keys(value, keys, what)
    return value


def _check_keys(value: object, keys: tuple[str, ...], what: str) -> None:
    if not isinstance(value, Mapping):
        raise InputError(f"{what} is {kind_of(value)}, a mapping of {', '.join(keys)} is wanted")
    for key in value:
        if key not in keys:
            near = get_close_matches(str(key), keys, n=1)
            hint = f"do you mean {near[0]!r}?" if near else f"known are {', '.join(keys)}"
            raise InputError(f"{what} has an unknown key {shortened(str(key))}; {hint}")


def _items(value: object, what: str) -> list[Any]:
    """A list as given; one thing alone is a list of one."""
    if value is None:
        return []
    if isinstance(value, str | Mapping):
        return [value]
    if not isinstance(value, list | tuple):
        raise InputError(f"{what} is {kind_of(value)}, a list is wanted")
    return list(value)


def _text(value: object, what: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{what} is {kind_of(value)}, text is wanted")
    return clean(value) or None


def _edtf(value: object, what: str) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        value = str(value)
    text = _text(value, what)
    if text is None:
        return None
    try:
        bounds(text)
    except ValueError as error:
        raise InputError(
            f"{what} {shortened(text)} is no EDTF date; write it like 2022-08-03, 2022-08 or 2022~"
        ) from error
    return text
