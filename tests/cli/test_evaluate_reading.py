import json
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import app
from tests.evals.test_dates import TML
from tests.evals.test_quantities import ROW


def test_dates_as_json_and_as_a_table(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TML)
    result = CliRunner().invoke(app, ["eval", "dates", str(tmp_path), "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert (found["span_f1"], found["value_accuracy"]) == (1.0, 1.0)
    assert found["baseline"]["span_f1"] < 1
    result = CliRunner().invoke(app, ["eval", "dates", str(tmp_path)])
    assert result.exit_code == 0
    assert "3 in 1 text" in result.stdout


def test_quantities_of_a_file_and_of_the_own_set(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW))
    result = CliRunner().invoke(app, ["eval", "quantities", str(file), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["all_right"] == 1.0
    result = CliRunner().invoke(app, ["eval", "quantities"])
    assert result.exit_code == 0
    assert "sentences" in result.stdout
