"""A check that is killed leaves a workspace that works, and no half a dossier."""

import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from tests.cli.doubles import WordEmbedder, WordVerifier

ROOT = Path(__file__).parents[2]

AT_A_READING = """
import sys
from onrecord.cli import Tools, app
from tests.cli.doubles import KilledVerifier, WordEmbedder
tools = Tools(WordEmbedder(), KilledVerifier(int(sys.argv[1])))
app.main(sys.argv[2:], prog_name="onrecord", obj=tools)
"""

AT_A_CALL = """
import os, signal, sys
from onrecord.cli import Tools, app
from tests.cli.doubles import WordEmbedder, WordVerifier
name = sys.argv[1]
def killed(event, arguments):
    if event == "os.rename" and "dossiers" in str(arguments[0]) and name == "before rename":
        os.kill(os.getpid(), signal.SIGKILL)
    if event == "open" and str(arguments[0]).endswith(".part") and name == "at open":
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(killed)
app.main(sys.argv[2:], prog_name="onrecord", obj=Tools(WordEmbedder(), WordVerifier()))
"""


def killed(script: str, moment: object, workspace: Path) -> None:
    claim = workspace.parent / "claim.yaml"
    done = subprocess.run(
        [sys.executable, "-c", script, str(moment), "check", "-w", str(workspace), str(claim)],
        capture_output=True,
        cwd=ROOT,
    )
    assert done.returncode == -9, (done.returncode, done.stdout, done.stderr)


def works(workspace: Path) -> None:
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        assert archive.sequence == 5
        assert onrecord.search(archive, "patrol boats sold")
        claim = onrecord.read_claim(workspace.parent / "claim.yaml")
        dossier = onrecord.check(claim, archive, verifier=WordVerifier())
        file = onrecord.keep_dossier(dossier, archive)
    assert onrecord.read_dossier(file).hash == dossier.hash


@pytest.mark.parametrize("reading", [0, 1, 3])
def test_killed_while_reading(workspace, reading):
    killed(AT_A_READING, reading, workspace)
    assert not (workspace / "dossiers").exists()
    works(workspace)


@pytest.mark.parametrize("moment", ["at open", "before rename"])
def test_killed_while_writing_keeps_the_earlier_dossier(run, workspace, moment):
    run("check", "-w", workspace, "claim.yaml", "--as-of", 2)
    file = workspace / "dossiers" / "boats.json"
    before = file.read_bytes()
    killed(AT_A_CALL, moment, workspace)
    assert file.read_bytes() == before
    works(workspace)


def test_killed_while_indexing(workspace):
    """A check also indexes what an earlier, killed `add` left unindexed."""
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        archive._words.clear()
        archive._vectors.clear()
    killed(AT_A_READING, 0, workspace)
    works(workspace)
