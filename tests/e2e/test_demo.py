"""The demonstration: a real claim, a real archive, real models, and a page."""

import json
from pathlib import Path

from tests.conftest import EXAMPLE
from tests.e2e.conftest import peak_megabytes


def test_demo_rates_the_claim_false(demonstrated):
    assert demonstrated["outcome"]["label"] == "False"
    assert demonstrated["faults"] == []
    assert demonstrated["archive_sequence"] == len(list(EXAMPLE.glob("archive/*/*.md")))


def test_demo_rests_on_several_origins(demonstrated):
    against = [part["origins_against"] for part in demonstrated["parts"]]
    assert max(against) >= 2


def test_demo_makes_a_page_marked_as_a_draft(demonstrated):
    page = Path(demonstrated["page"]).read_text()
    assert "Maria Zakharova" in page
    assert "draft" in page.casefold()
    assert "application/ld+json" not in page


def test_demo_dossier_comes_out_again(command, demonstrated, example):
    done = command("replay", demonstrated["dossier"], "-w", example, "--json")
    assert json.loads(done.stdout) == {"same": True, "differences": []}


def test_demo_prints_where_the_page_is(command, tmp_path):
    done = command("demo", "--no-open", "--workspace", tmp_path / "w", "--example", EXAMPLE)
    assert f"Page: {tmp_path / 'w' / 'page.html'}" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_check_is_small(example, tmp_path):
    claim, out = EXAMPLE / "claim.yaml", tmp_path / "d.json"
    memory = peak_megabytes("check", claim, "-w", example, "--out", out, "--json")
    assert memory < 1500


def test_the_same_documents_add_nothing(command, example):
    done = command("add", EXAMPLE / "archive", "-w", example, "--json")
    found = json.loads(done.stdout)
    assert found["new"] == 0
    assert found["known"] == found["documents"]


def test_all_models_are_verified(command):
    models = json.loads(command("models", "--json").stdout)["models"]
    assert {model["name"] for model in models} >= {"embedder", "verifier"}
    assert all(model["verified"] for model in models)
