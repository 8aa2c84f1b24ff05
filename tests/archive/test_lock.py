import subprocess
import sys

import pytest

from onrecord.archive.lock import indexing
from onrecord.errors import WorkspaceError

HOLD = """
import sys, time
from pathlib import Path
from onrecord.archive.lock import indexing
with indexing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_at_a_time_and_free_again_when_the_holder_is_killed(tmp_path):
    path = tmp_path / "index" / "lock.sqlite3"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(WorkspaceError, match="another process is indexing"):  # noqa: SIM117 - reads better
            with indexing(path, wait_seconds=0.1):
                pytest.fail("two hold the lock")
    finally:
        holder.kill()
        holder.communicate()
    with indexing(path, wait_seconds=5):
        pass


def test_a_lock_that_cannot_be_made(tmp_path):
    (tmp_path / "index").write_text("a file, no folder")
    with pytest.raises(WorkspaceError, match="cannot be locked"):  # noqa: SIM117 - reads better
        with indexing(tmp_path / "index" / "lock.sqlite3"):
            pytest.fail("the lock was made")
