"""The base of all nouns: frozen, strict, and the same bytes for the same value."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

Probability = float
"""In [0, 1], rounded to PROBABILITY_DIGITS where it is stored."""

PROBABILITY_DIGITS = 4
"""Digits kept of a probability: enough to rank, few enough to come out alike on every run."""


class Noun(BaseModel):
    """A value of the domain. Two nouns with the same fields are equal and hash alike.

    Unknown fields, missing fields and fields of another type are refused with pydantic's
    ValidationError; nothing is coerced when reading JSON.
    """

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, ser_json_inf_nan="null"
    )

    def to_json(self, indent: int | None = None) -> str:
        """JSON with the fields in their declared order; `from_json` gives the equal noun back."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The noun that `to_json` wrote. Raises ValidationError on anything else."""
        return cls.model_validate_json(text)

    @classmethod
    def from_plain(cls, value: Any) -> Self:
        """The noun of plain data (dicts, lists, strings, numbers), read as strictly as JSON."""
        return cls.model_validate_json(json.dumps(value, default=str))


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces (after RFC 8785): the bytes that are hashed."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8", "surrogatepass")


def content_hash(value: Any) -> str:
    """'sha256:' and the hex digest of the canonical JSON of plain data or a noun."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return "sha256:" + hashlib.sha256(canonical_json(plain)).hexdigest()
