"""What tests of whole commands share: a small archive, and the command with stand-in models."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

import onrecord
from onrecord.cli import Tools, app
from tests.cli.doubles import WordEmbedder, WordVerifier

# The same examples on every machine, however slow: a test that fails must fail for its neighbour.
settings.register_profile(
    "onrecord",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("onrecord")

EXAMPLE = Path(__file__).parents[1] / "examples" / "myanmar-2022"

SOURCES = """
- {id: gazette, name: The Gazette, kind: newspaper}
- {id: monitor, name: Border Monitor, kind: monitor}
- {id: ministry, name: Ministry of Trade, kind: ministry}
"""

ARTICLES = {
    "sale.md": ("gazette", "2021-05-04", "The ministry sold nine patrol boats to Ruritania."),
    "count.md": ("monitor", "2021-06-11", "Ruritania has nine patrol boats that were sold here."),
    "denial.md": ("ministry", "2021-07-01", "Patrol boats were never sold to Ruritania, it said."),
    "later.md": ("monitor", "2023-01-20", "The patrol boats that were sold went to Ruritania."),
    "rice.md": ("gazette", "2021-05-05", "Rice prices rose by a tenth in the capital."),
}

CLAIM = """
id: boats
quote: Patrol boats were sold to Ruritania.
claimant: {name: A. Minister, role: Minister of Trade}
made_on: 2022-03-01
"""

Run = Callable[..., Result]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of articles with their publishers, and a claim beside it."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "sources.yaml").write_text(SOURCES)
    for name, (publisher, published, text) in ARTICLES.items():
        head = f"title: On {name}\npublisher: {publisher}\npublished: {published}"
        (folder / name).write_text(f"---\n{head}\n---\n\n{text}\n")
    (tmp_path / "claim.yaml").write_text(CLAIM)
    return folder


@pytest.fixture
def workspace(tmp_path: Path, articles: Path) -> Path:
    """A workspace that holds the articles."""
    folder = onrecord.init(tmp_path / "work")
    with onrecord.open_archive(folder, WordEmbedder()) as archive:
        onrecord.add(archive, articles)
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the command in the test's folder, with stand-in models unless others are given."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_WORKSPACE", raising=False)

    def run(*arguments: object, tools: Tools | None = None, **more: Any) -> Result:
        tools = tools or Tools(embedder=WordEmbedder(), verifier=WordVerifier())
        return CliRunner().invoke(app, [str(a) for a in arguments], obj=tools, **more)

    return run


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """Run the command with --json, and read the one object that stdout holds."""

    def run_json(*arguments: object, code: int = 0, **more: Any) -> Any:
        result = run(*arguments, "--json", **more)
        assert result.exit_code == code, result.output
        found = json.loads(result.stdout)
        assert isinstance(found, dict)
        return found

    return run_json
