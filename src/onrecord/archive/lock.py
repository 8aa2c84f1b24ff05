"""One process indexes, or writes captures, at a time; the others wait a little, then say so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from onrecord.errors import WorkspaceError

WAIT_SECONDS = 15.0


@contextmanager
def indexing(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock file of the indexes.

    Raises WorkspaceError when another process holds it for longer than `wait_seconds`, or when it
    cannot be made.
    """
    busy = (
        "another process is indexing; what was added is kept and will be found, try again when "
        "that process is done"
    )
    with held(path, "the indexes", busy, wait_seconds):
        yield


@contextmanager
def held(path: Path, what: str, busy: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock file `path`, which the system lets go when the process dies, however it dies.

    It is an SQLite file because its locks work alike on every system. `what` is locked, and `busy`
    says what another holds it for. Raises WorkspaceError when another process holds it for longer
    than `wait_seconds`, or when it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=wait_seconds, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise WorkspaceError(f"{path}: {what} cannot be locked: {error}") from error
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise WorkspaceError(f"{path}: {what} cannot be locked: {error}") from error
            raise WorkspaceError(f"{path.parent}: {busy}") from error
        yield
