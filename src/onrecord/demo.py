"""The example that comes with the repository, and the demonstration that runs it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import onrecord
from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.archive import Archive, Embeds
    from onrecord.check import Verifier
    from onrecord.model import Dossier

EXAMPLE = Path("examples", "myanmar-2022")
"""Where the example lies in the repository."""


@dataclass(frozen=True)
class Demonstration:
    """What a demonstration leaves behind."""

    workspace: Path
    dossier: Dossier
    dossier_file: Path
    page: Path


def example_folder(given: Path | None = None) -> Path:
    """The example's folder: the one given, or that of the repository that this runs from.

    Raises InputError when there is none.
    """
    repository = Path(__file__).resolve().parents[2]
    places = [given] if given else [repository / EXAMPLE, Path.cwd() / EXAMPLE]
    for place in places:
        if (place / "claim.yaml").is_file() and (place / "archive").is_dir():
            return place
    if given:
        raise InputError(f"{given} is no example: it has no claim.yaml, or no folder 'archive'")
    raise InputError(
        f"there is no {EXAMPLE} here: it comes with the repository and not with the package; "
        "clone that, or name the folder of an example with --example"
    )


def example_archive(
    example: Path,
    workspace: Path,
    embedder: Embeds | None = None,
    progress: onrecord.Progress | None = None,
) -> Archive:
    """A new workspace with the example's documents in it, open."""
    archive = onrecord.open_archive(onrecord.init(workspace), embedder)
    onrecord.add(archive, example / "archive", progress=progress)
    return archive


def demo(
    example: Path,
    workspace: Path | None = None,
    embedder: Embeds | None = None,
    verifier: Verifier | None = None,
    progress: onrecord.Progress | None = None,
) -> Demonstration:
    """Check the example's claim against its archive, and write the page.

    The workspace is a new or empty folder, one for temporary files unless given; it stays.
    """
    from onrecord.neural import Verifier as Shipped

    # What can fail early does, before a folder is made.
    claim = onrecord.read_claim(example / "claim.yaml")
    verifier = verifier or Shipped()
    workspace = workspace or Path(tempfile.mkdtemp(prefix="onrecord-demo-"))
    with example_archive(example, workspace, embedder, progress) as archive:
        dossier = onrecord.check(claim, archive, verifier=verifier, progress=progress)
        file = onrecord.keep_dossier(dossier, archive)
    page = workspace / "page.html"
    onrecord.publish(dossier, page)
    return Demonstration(workspace, dossier, file, page)
