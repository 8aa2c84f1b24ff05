import webbrowser
from pathlib import Path

import pytest

import onrecord
from onrecord.demo import example_folder
from onrecord.errors import InputError
from tests.conftest import EXAMPLE


@pytest.fixture
def example(tmp_path: Path, articles: Path) -> Path:
    """An example of one claim and five articles."""
    folder = tmp_path / "example"
    folder.mkdir()
    articles.rename(folder / "archive")
    (tmp_path / "claim.yaml").rename(folder / "claim.yaml")
    return folder


@pytest.fixture
def opened(monkeypatch):
    """Addresses that were opened in a browser."""
    addresses = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def test_demo_makes_workspace_dossier_and_page(run_json, example, opened):
    found = run_json("demo", "--example", example, "--workspace", "w")
    assert found["workspace"] == "w"
    assert "Patrol boats" in Path(found["page"]).read_text()
    assert onrecord.read_dossier(found["dossier"]).hash == found["hash"]
    assert opened == []


def test_demo_prints_the_table_and_where_the_page_is(run, example, tmp_path, opened):
    result = run("demo", "--example", example, "--workspace", tmp_path / "w")
    assert "Supports it" in result.stdout
    assert result.stdout.splitlines()[-1] == f"Page: {tmp_path / 'w' / 'page.html'}"
    assert opened == []


def test_demo_opens_the_page_when_asked(run, example, tmp_path, opened):
    run("demo", "--example", example, "--workspace", "w", "--open")
    assert opened == [(tmp_path / "w" / "page.html").as_uri()]


def test_demo_without_a_workspace_makes_one(run_json, example, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = run_json("demo", "--example", example)
    assert Path(found["workspace"]).parent == tmp_path


def test_demo_keeps_off_a_folder_in_use(run, example):
    run("init", "w")
    result = run("demo", "--example", example, "--workspace", "w")
    assert result.exit_code == 2
    assert "workspace already" in result.stderr


def test_the_example_is_the_repositorys():
    assert example_folder() == EXAMPLE


def test_a_folder_that_is_no_example(tmp_path):
    with pytest.raises(InputError, match="is no example"):
        example_folder(tmp_path)


def test_an_installation_without_the_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("onrecord.demo.__file__", str(tmp_path / "a" / "b" / "demo.py"))
    with pytest.raises(InputError, match="clone"):
        example_folder()
