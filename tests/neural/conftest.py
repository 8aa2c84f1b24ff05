from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.neural import Embedder
from onrecord.neural.session import load
from onrecord.neural.weights import SHIPPED


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A models folder of our own, which holds the shipped embedder by links to its files."""
    folder = tmp_path / "embedder"
    folder.mkdir()
    for file in (SHIPPED / "embedder").iterdir():
        (folder / file.name).symlink_to(file)
    monkeypatch.setenv("ONRECORD_MODELS", str(tmp_path))
    load.cache_clear()
    yield tmp_path
    load.cache_clear()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The shipped embedder, loaded once for all tests."""
    return Embedder(load.__wrapped__("embedder"))
