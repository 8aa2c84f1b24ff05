"""JSON Schemas of the files that others may read or write.

`python -m onrecord.dossier.schemas docs/schemas` writes them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.model import Claim, Dossier, Noun

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def claim_schema() -> dict[str, Any]:
    """The JSON Schema of a claim as dossiers hold it."""
    return _schema(
        Claim,
        "urn:onrecord:schema:claim-1",
        "Onrecord claim",
        "A quoted claim by a named speaker: the quotation in segments, who said it, when and "
        "where, and the parts that can be checked one by one.",
    )


def dossier_schema() -> dict[str, Any]:
    """The JSON Schema of a dossier file."""
    return _schema(
        Dossier,
        "urn:onrecord:schema:dossier-1",
        "Onrecord dossier",
        "The record of a check: claim, documents, evidence, assessment, human review, and the "
        "methods, searches and archive sequence number that it takes to run it again. Beyond this "
        "schema, every quotation must lie in its document and every document id must be the hash "
        "of its content.",
    )


SCHEMAS = {"claim.schema.json": claim_schema, "dossier.schema.json": dossier_schema}


def schema_text(schema: dict[str, Any]) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write every schema into the folder. Raises InputError when that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema in SCHEMAS.items():
            (folder / name).write_text(schema_text(schema()), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot write schemas to {folder}: {error.strerror}; give a folder that may be "
            "written to"
        ) from error


def main(arguments: Sequence[str]) -> int:
    """Write the schemas into the one folder named; gives the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m onrecord.dossier.schemas FOLDER\n")
        return 2
    try:
        write_schemas(Path(arguments[0]))
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _schema(noun: type[Noun], name: str, title: str, description: str) -> dict[str, Any]:
    head = {"$schema": _DIALECT, "$id": name, "title": title, "description": description}
    return head | {key: value for key, value in noun.model_json_schema().items() if key not in head}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
