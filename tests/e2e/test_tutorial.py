"""The tutorial, run as it is printed."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import app

ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text()


def test_every_command_of_the_tutorial_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_WORKSPACE", raising=False)
    [review] = re.findall(r"```yaml\n(.*?)```", TUTORIAL, re.DOTALL)
    (tmp_path / "review.yaml").write_text(review)
    commands = re.findall(r"^    onrecord (.+)$", TUTORIAL, re.MULTILINE)
    assert len(commands) >= 8
    printed = ""
    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        assert result.exit_code == 0, f"onrecord {command}\n{result.output}"
        printed += result.stdout
    page = (tmp_path / "page.html").read_text()
    assert "application/ld+json" in page
    assert "Russian arms, not peace" in page
