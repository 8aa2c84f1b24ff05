import pytest

import onrecord
from onrecord.cli import Tools
from tests.cli.doubles import (
    BrokenVerifier,
    HalfBrokenVerifier,
    InterruptedVerifier,
    WordEmbedder,
    WordVerifier,
)


def test_check_prints_evidence_and_outcome(run, workspace):
    result = run("check", "-w", workspace, "claim.yaml")
    assert result.exit_code == 0, result.output
    for text in ("Supports it", "Contradicts it", "Border Monitor", "2021-06-11", "Outcome:"):
        assert text in result.stdout
    assert "no: published after" in result.stdout
    assert "\x1b" not in result.stdout


def test_check_json(run_json, workspace):
    found = run_json("check", "-w", workspace, "claim.yaml")
    assert found["claim"] == "boats"
    assert found["archive_sequence"] == 5
    assert found["outcome"]["kind"] in {"rating", "abstention"}
    rows = found["parts"][0]["evidence"]
    assert {row["stance"] for row in rows} >= {"SUPPORTS", "REFUTES"}
    assert [row["counted"] for row in rows if row["published"] == "2023-01-20"] == [False]


def test_check_keeps_the_dossier_in_the_workspace(run_json, workspace):
    found = run_json("check", "-w", workspace, "claim.yaml")
    assert found["dossier"] == str(workspace / "dossiers" / "boats.json")
    assert onrecord.read_dossier(found["dossier"]).hash == found["hash"]


def test_check_writes_the_dossier_where_it_is_told(run, run_json, workspace, tmp_path):
    run_json("check", "-w", workspace, "claim.yaml", "--out", "mine.json")
    assert onrecord.read_dossier(tmp_path / "mine.json").claim.id == "boats"
    assert not (workspace / "dossiers").exists()


def test_check_twice_gives_the_same_bytes(run, workspace):
    run("check", "-w", workspace, "claim.yaml", "--out", "one.json")
    run("check", "-w", workspace, "claim.yaml", "--out", "two.json")
    with open("one.json", "rb") as one, open("two.json", "rb") as two:
        assert one.read() == two.read()


def test_an_earlier_dossier_is_not_lost(run, workspace):
    run("check", "-w", workspace, "claim.yaml", "--as-of", 2)
    first = (workspace / "dossiers" / "boats.json").read_bytes()
    for _ in range(2):
        run("check", "-w", workspace, "claim.yaml")
    files = sorted((workspace / "dossiers").iterdir())
    assert len(files) == 2
    assert first in [file.read_bytes() for file in files]
    assert onrecord.read_dossier(workspace / "dossiers" / "boats.json").archive_sequence == 5


@pytest.mark.parametrize("name", ["../../outside", "a/b", "c\x00d", ".hidden", "x" * 300, "Ж"])
def test_no_id_of_a_claim_leads_out_of_the_folder(workspace, name):
    claim = onrecord.quoted_claim("Patrol boats were sold.", "A. Minister", "2022-03-01")
    claim = claim.model_copy(update={"id": name})
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        dossier = onrecord.check(claim, archive, verifier=WordVerifier())
        file = onrecord.keep_dossier(dossier, archive)
    assert file.parent == workspace / "dossiers"
    assert file.is_file()


def test_check_of_a_quotation(run_json, workspace):
    found = run_json(
        *("check", "-w", workspace, "--quote", "“Patrol boats were sold [abroad].”"),
        *("--by", "A. Minister", "--on", "2022-03", "--role", "Minister of Trade"),
    )
    claim = onrecord.read_dossier(found["dossier"]).claim
    assert claim.printed == "Patrol boats were sold [abroad]."
    assert claim.claimant.role == "Minister of Trade"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("claim.yaml", "--quote", "Boats."),
        ("--quote", "Boats."),
        ("--quote", "Boats.", "--by", "A. Minister"),
    ],
)
def test_check_wants_a_file_or_a_quotation(run, workspace, arguments):
    result = run("check", "-w", workspace, *arguments)
    assert result.exit_code == 2
    assert "Give a claim file, or --quote, --by and --on." in result.stderr
    assert result.stdout == ""


def test_a_fault_is_shown_as_a_fault(run, workspace):
    tools = Tools(WordEmbedder(), HalfBrokenVerifier("nine patrol boats that"))
    result = run("check", "-w", workspace, "claim.yaml", tools=tools)
    assert "Fault, no finding: neural.verifier failed" in result.stdout


def test_a_verifier_that_fails_throughout_ends_without_a_finding(run, workspace):
    tools = Tools(WordEmbedder(), BrokenVerifier())
    result = run("check", "-w", workspace, "claim.yaml", tools=tools)
    assert result.exit_code == 2
    assert "nothing can be said of it" in result.stderr
    assert result.stdout == ""


def test_an_interrupted_check_ends_with_130(run, workspace):
    tools = Tools(WordEmbedder(), InterruptedVerifier())
    assert run("check", "-w", workspace, "claim.yaml", tools=tools).exit_code == 130


def test_replay_gives_the_same_though_the_archive_grew(run, run_json, workspace, tmp_path):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    more = tmp_path / "more.md"
    more.write_text("---\npublisher: gazette\npublished: 2021-08-01\n---\nPatrol boats were sold.")
    assert run_json("add", "-w", workspace, more)["new"] == 1
    assert run("replay", "-w", workspace, "d.json").stdout.strip() == "The same, to the byte"
    assert run_json("replay", "-w", workspace, "d.json") == {"same": True, "differences": []}


def test_replay_names_what_differs(run, run_json, workspace):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    verifier = WordVerifier()
    verifier.name = "overlap/2"
    tools = Tools(WordEmbedder(), verifier)
    result = run("replay", "-w", workspace, "d.json", tools=tools)
    assert result.exit_code == 1
    assert "1 difference from the record" in result.stdout
    found = run_json("replay", "-w", workspace, "d.json", code=1, tools=tools)
    assert found["differences"][0]["where"] == "methods.stance.model"


def test_replay_refuses_an_archive_that_holds_less(run, workspace):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    run("init", "empty")
    result = run("replay", "-w", "empty", "d.json")
    assert result.exit_code == 2
    assert "made over 5 documents, this archive holds 0" in result.stderr


def test_publish_makes_a_draft(run, run_json, workspace, tmp_path):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    assert run_json("publish", "d.json") == {"page": "page.html", "draft": True}
    assert "Draft" in run("publish", "d.json").stdout
    page = (tmp_path / "page.html").read_text()
    assert "Patrol boats were sold to Ruritania." in page
    assert "application/ld+json" not in page


REVIEW = """
rating: "True"
headline: The ministry sold boats
explanation: [{text: Two reports say so., cites: [e1]}]
author: Ada Writer
editor: Ed Itor
published: "2022-03-20"
"""


def test_publish_with_a_review_carries_claimreview(run, run_json, workspace, tmp_path):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    (tmp_path / "review.yaml").write_text(REVIEW)
    found = run_json(
        *("publish", "d.json", "--review", "review.yaml", "--out", "out.html"),
        *("--page-url", "https://example.org/1", "--publisher-name", "The Example"),
        *("--publisher-url", "https://example.org"),
    )
    assert found == {"page": "out.html", "draft": False}
    assert '"ClaimReview"' in (tmp_path / "out.html").read_text()


def test_publish_wants_name_and_address_together(run, workspace):
    run("check", "-w", workspace, "claim.yaml", "--out", "d.json")
    result = run("publish", "d.json", "--publisher-name", "The Example")
    assert result.exit_code == 2
    assert "--publisher-url together" in result.stderr
