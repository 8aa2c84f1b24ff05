import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import app
from tests.evals.test_attribution import ANN, TEXT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "one.ann").write_text(ANN)
    return tmp_path


def test_attribution_as_json(folder: Path) -> None:
    result = CliRunner().invoke(app, ["eval", "attribution", str(folder), "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["whole"]["overlap_f1"] == 1.0
    assert set(found["baseline"]) == {"cue", "source", "content", "whole"}


def test_attribution_as_a_table(folder: Path) -> None:
    result = CliRunner().invoke(app, ["eval", "attribution", str(folder)])
    assert result.exit_code == 0
    assert "2 attributions in 1 text" in result.stdout


def test_seed_as_json_and_as_a_table(tmp_path: Path) -> None:
    page = "It rained on the old port of Norway."
    (tmp_path / "page.txt").write_text(page)
    item = {
        "id": "A1",
        "reported_by": "Checker",
        "speech_act": "asserts",
        "selector": {"start": 0, "end": len(page)},
    }
    gold = {"page": {"publisher": "Checker"}, "items": [item]}
    file = tmp_path / "evidence.json"
    file.write_text(json.dumps(gold))
    result = CliRunner().invoke(app, ["eval", "seed", str(file), "--json"])
    assert json.loads(result.stdout)["reporter"] == 1.0
    result = CliRunner().invoke(app, ["eval", "seed", str(file)])
    assert result.exit_code == 0
    assert "1 assertion; taken for prose are 100%" in result.stdout
