"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from onrecord.errors import InputError


def write_whole(path: Path, content: bytes, what: str) -> None:
    """Writes the file through a sibling that then takes its name; `what` names it in errors.

    Raises InputError when it cannot be written; a file that was there before is then as it was.
    """
    if not path.name:
        raise InputError(f"{path} names no file: give a file name for the {what}")
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(
            f"cannot write the {what} {path}: {error.strerror}; give a file name in a folder that "
            "exists and may be written to"
        ) from error
