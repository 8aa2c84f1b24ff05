"""The real `onrecord check`, killed at some moments of its run."""

import json
import signal
import subprocess
import time

import pytest

import onrecord
from tests.conftest import EXAMPLE
from tests.e2e.conftest import COMMAND


@pytest.mark.parametrize("seconds", [0.1, 0.5, 1.0, 1.5, 2.5, 4.0])
def test_killed_after_some_time(command, example, seconds):
    file = example / "dossiers" / "killed.json"
    arguments = ["check", EXAMPLE / "claim.yaml", "-w", example, "--out", file]
    process = subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    found = json.loads(command("search", "fighter jets", "-w", example, "--json").stdout)
    assert found["hits"]
    if file.exists():
        onrecord.read_dossier(file)
        file.unlink()
