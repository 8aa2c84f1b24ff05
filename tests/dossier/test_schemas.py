import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from onrecord.dossier import dossier_bytes, read_review, reviewed
from onrecord.dossier.schemas import (
    SCHEMAS,
    claim_schema,
    dossier_schema,
    main,
    schema_text,
)
from onrecord.model import Dossier

DOCS = Path(__file__).parents[2] / "docs" / "schemas"


def complaints(schema: dict[str, Any], plain: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema)
    return [error.message for error in validator.iter_errors(plain)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_files_are_current(name: str) -> None:
    written = (DOCS / name).read_text("utf-8")
    assert written == schema_text(SCHEMAS[name]()), (
        "run: python -m onrecord.dossier.schemas docs/schemas"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(name: str) -> None:
    schema = SCHEMAS[name]()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:onrecord:schema:")
    assert schema["title"]
    assert schema["description"]


def test_a_draft_and_its_claim_are_valid(dossier: Dossier) -> None:
    plain = json.loads(dossier_bytes(dossier))
    assert complaints(dossier_schema(), plain) == []
    assert complaints(claim_schema(), plain["claim"]) == []


def test_a_reviewed_dossier_is_valid(dossier: Dossier, tmp_path: Path, review_text: str) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(review_text, "utf-8")
    published = reviewed(dossier, read_review(path, dossier))
    assert complaints(dossier_schema(), json.loads(dossier_bytes(published))) == []


def test_what_is_no_dossier_is_not_valid(dossier: Dossier) -> None:
    plain = json.loads(dossier_bytes(dossier))
    assert complaints(dossier_schema(), {**plain, "verdict": "False"})
    assert complaints(dossier_schema(), {**plain, "archive_sequence": "2"})
    assert complaints(claim_schema(), {**plain["claim"], "quote": []})


def test_the_command_writes_them(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "schemas"
    assert main([str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == set(SCHEMAS)


def test_the_command_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "FOLDER" in capsys.readouterr().err
    taken = tmp_path / "file"
    taken.write_text("")
    assert main([str(taken)]) == 2
    assert "cannot write schemas to" in capsys.readouterr().err
