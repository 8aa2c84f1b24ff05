"""The real command with the real models, over the example archive, made once for all tests here."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sys.executable).with_name("onrecord")

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def command() -> Command:
    """Run `onrecord`, as a person does, and see that it ends well."""

    def command(*arguments: object, code: int = 0, **more: Any) -> Any:
        done = subprocess.run(
            [COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=300, **more
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return command


@pytest.fixture(scope="session")
def demonstrated(command: Command, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `onrecord demo --json` said, with the memory that it took."""
    folder = tmp_path_factory.mktemp("demo")
    done = command("demo", "--json", "--no-open", "--workspace", folder / "work")
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def example(demonstrated: dict[str, Any]) -> Path:
    """A workspace that holds the example archive."""
    return Path(demonstrated["workspace"])


def peak_megabytes(*arguments: object) -> float:
    """Run `onrecord` and give the most memory that it took."""
    process = subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit / 1e6
