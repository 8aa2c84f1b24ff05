"""What is wrong with the input is said in one line, and the archive stays as it was."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.cli import Tools
from onrecord.neural import models_folder
from tests.cli.doubles import WordEmbedder, WordVerifier

FILES = {
    "table.xlsx": (b"PK\x03\x04", "'.xlsx' are not read"),
    "empty.md": (b"", "empty"),
    "blank.txt": (b" \n\n", "empty"),
    "binary.txt": (b"\x00\x01\x02" * 50, "binary"),
    "latin.md": ("caf\xe9 au lait".encode("latin-1"), "UTF-8"),
    "broken.jsonl": (b'{"text": "Boats."\n', "JSON"),
    "textless.jsonl": (b'{"title": "Boats"}\n', "text"),
    "when.md": (b"---\npublished: yesterday\n---\nBoats.\n", "date"),
    "thirtieth.md": (b'---\npublished: "2022-02-30"\n---\nBoats.\n', "2022-02-30"),
    "open.md": (b"---\ntitle: Boats\n\nNo end.\n", "front matter"),
}

CLAIMS = {
    "wordless.yaml": ("quote: '...'\nclaimant: A\nmade_on: 2022-03-01\n", "no words"),
    "quoteless.yaml": ("claimant: A\nmade_on: 2022-03-01\n", "no quote"),
    "nobody.yaml": ("quote: Boats.\nmade_on: 2022-03-01\n", "no claimant"),
    "dateless.yaml": ("quote: Boats.\nclaimant: A\n", "no date"),
    "when.yaml": ("quote: Boats.\nclaimant: A\nmade_on: last week\n", "EDTF"),
    "endless.yaml": ("quote: Boats.\nclaimant: A\nmade_on: ../2022\n", "no beginning"),
    "broken.json": ('{"quote": "Boats.",', "JSON"),
    "broken.yaml": ("quote: [", "YAML"),
    "list.yaml": ("- quote\n", "mapping"),
}


def state(workspace: Path) -> tuple[int, list[str]]:
    """What the archive holds, as it opens."""
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        assert onrecord.search(archive, "patrol boats sold")
        return archive.sequence, [document.id for document in archive.documents()]


def refused(result, about: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: ")
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert about in result.stderr


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_document(run, workspace, tmp_path, name):
    before = state(workspace)
    content, about = FILES[name]
    good, bad = tmp_path / "good.md", tmp_path / name
    good.write_text("Good boats were sold.")
    bad.write_bytes(content)
    refused(run("add", "-w", workspace, good, bad), about)
    refused(run("add", "-w", workspace, good, bad, "--json"), about)
    assert state(workspace) == before


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_that_is_none(run, workspace, tmp_path, name):
    before = state(workspace)
    content, about = CLAIMS[name]
    (tmp_path / name).write_text(content)
    refused(run("check", "-w", workspace, name), about)
    assert state(workspace) == before
    assert not (workspace / "dossiers").exists()


def test_what_is_not_there(run, workspace):
    refused(run("add", "-w", workspace, "absent.md"), "absent.md")
    refused(run("add", "-w", workspace, "claim.yaml", "--sources", "no.yaml"), "no.yaml")
    refused(run("check", "-w", workspace, "absent.yaml"), "absent.yaml")
    refused(run("publish", "absent.json"), "absent.json")
    refused(run("replay", "-w", workspace, "absent.json"), "absent.json")
    refused(run("eval", "cases", "absent.json"), "absent.json")
    refused(run("demo", "--example", "absent"), "absent")


def test_a_folder_without_documents(run, workspace, tmp_path):
    (tmp_path / "bare").mkdir()
    refused(run("add", "-w", workspace, "bare"), "no documents in bare")


def test_a_search_before_no_date(run, workspace):
    refused(run("search", "-w", workspace, "boats", "--before", "soon"), "soon")
    refused(run("search", "-w", workspace, "boats", "--before", "../2022"), "no beginning")


def test_a_place_beyond_the_end_of_the_archive(run, workspace):
    refused(run("check", "-w", workspace, "claim.yaml", "--as-of", 6), "holds 5 documents")


@pytest.mark.parametrize(
    "command", [("search", "q"), ("add", "claim.yaml"), ("check", "claim.yaml"), ("rebuild",)]
)
def test_a_workspace_that_is_none(run, articles, command):
    refused(run(*command, "-w", "nowhere"), "onrecord init")
    refused(run(*command, "-w", articles), "onrecord init")
    assert not Path("nowhere").exists()


def test_init_keeps_off_what_is_there(run, workspace, articles):
    before = state(workspace)
    refused(run("init", workspace), "workspace already")
    refused(run("init", articles), "not empty")
    refused(run("init", articles / "rice.md"), "rice.md")
    assert state(workspace) == before


def test_a_folder_where_a_file_is_wanted(run, workspace, articles):
    refused(run("check", "-w", workspace, articles), "articles")
    refused(run("publish", articles), "articles")
    refused(run("check", "-w", workspace, "claim.yaml", "--out", "no/such/d.json"), "d.json")


def test_a_dossier_that_was_altered(run, workspace):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    dossier = Path("d.json")
    dossier.write_text(dossier.read_text().replace("patrol boats", "gunboats"))
    refused(run("publish", "d.json"), "does not hold together")
    refused(run("replay", "-w", workspace, "d.json"), "does not hold together")
    assert not Path("page.html").exists()


@pytest.mark.parametrize("harm", ["missing", "altered", "cut", "manifest"])
def test_a_model_that_cannot_be_trusted(run, run_json, workspace, tmp_path, monkeypatch, harm):
    before = state(workspace)
    folder = tmp_path / "models"
    shutil.copytree(models_folder() / "embedder", folder / "embedder")
    damage(folder / "embedder", harm)
    monkeypatch.setenv("ONRECORD_MODELS", str(folder))
    monkeypatch.setattr("onrecord.neural.embedder.load", load_afresh)
    shipped = Tools(verifier=WordVerifier())
    for command in (("add", "articles"), ("search", "boats"), ("check", "claim.yaml")):
        refused(run(*command, "-w", workspace, tools=shipped), "embedder")
    found = run_json("models", code=2)["models"]
    assert [model["verified"] for model in found] == [False, False]
    assert state(workspace) == before


def load_afresh(name: str) -> object:
    """A model loaded as a new process would, without what an earlier test left in memory."""
    from onrecord.neural.session import load

    return load.__wrapped__(name)


def damage(model: Path, harm: str) -> None:
    weights = model / "model.onnx"
    if harm == "missing":
        weights.unlink()
    elif harm == "altered":
        content = bytearray(weights.read_bytes())
        content[1000] ^= 1
        weights.write_bytes(content)
    elif harm == "cut":
        weights.write_bytes(weights.read_bytes()[:1000])
    else:
        (model / "manifest.json").write_text("{")


ADD = """
import sys
from onrecord.cli import Tools, app
from tests.cli.doubles import WordEmbedder
app.main(sys.argv[1:], prog_name="onrecord", obj=Tools(embedder=WordEmbedder()))
"""


def test_a_disk_that_is_full(workspace, tmp_path):
    before = state(workspace)
    (tmp_path / "long.md").write_text("Many boats were sold to many a country, he said. " * 40_000)
    done = subprocess.run(
        [sys.executable, "-c", ADD, "add", "-w", str(workspace), str(tmp_path / "long.md")],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("onrecord: ")
    assert "Traceback" not in done.stderr
    assert state(workspace) == before


def test_a_workspace_that_may_not_be_written(run, workspace, monkeypatch):
    """Any error of the operating system is one line, whichever step it comes from."""

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr(onrecord, "add", denied)
    refused(run("add", "-w", workspace, "claim.yaml"), "/somewhere: Permission denied")
