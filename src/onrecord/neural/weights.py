"""Model files on disk: found, and trusted only when their hashes are those of their manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord.errors import ModelError

SHIPPED = Path(__file__).parent / "weights"
"""Where the models that come with the project lie."""


class Manifest(BaseModel):
    """What manifest.json says of a model: its version, its shape, the hashes of its files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    kind: str
    base: str
    max_tokens: int
    files: Mapping[str, str]
    """File name to sha256 hex digest."""
    dimensions: int | None = None
    labels: tuple[str, ...] = ()
    temperature: float = 1.0
    """Divides the logits; fitted on development rows, as is `bias`."""
    bias: tuple[float, ...] = ()
    """Added to the tempered logits, one for each of `labels`; empty for none."""

    @property
    def sha256(self) -> str:
        """One digest over all files and the calibration, to name the model in a dossier."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.files.items()))
        lines += f"{self.temperature} {self.bias}\n"
        return hashlib.sha256(lines.encode()).hexdigest()


def models_folder() -> Path:
    """The folder of models: $ONRECORD_MODELS when set, else those that ship with the project."""
    given = os.environ.get("ONRECORD_MODELS")
    return Path(given) if given else SHIPPED


def installed() -> tuple[str, ...]:
    """Names of the models in the models folder, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in models_folder().glob("*/manifest.json")))


def read_manifest(name: str) -> Manifest:
    """The manifest of a model. Raises ModelError when it is missing or cannot be read."""
    path = models_folder() / name / "manifest.json"
    try:
        return Manifest.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ModelError(
            f"model {name!r} is missing: expected {path}; install onrecord again, "
            "or point ONRECORD_MODELS at a folder that has it"
        ) from None
    except (OSError, ValueError, ValidationError) as error:
        raise ModelError(f"the manifest {path} cannot be read: {_first_line(error)}") from error


def checked_file(manifest: Manifest, name: str) -> bytes:
    """The bytes of a model's file. Raises ModelError unless they have the manifest's hash."""
    path = models_folder() / manifest.name / name
    expected = manifest.files.get(name)
    if expected is None:
        raise ModelError(f"the manifest of model {manifest.name!r} names no file {name!r}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"model file {path} cannot be read ({error.strerror}); install onrecord again"
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ModelError(
            f"model file {path} was altered: sha256 {found[:12]}… but the manifest says "
            f"{expected[:12]}…; install onrecord again"
        )
    return data


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
