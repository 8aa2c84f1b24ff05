"""`onrecord eval`: what is printed, what is refused, and which exit code says it."""

import json
import sys
from pathlib import Path

import pytest

from onrecord.cli import Tools
from onrecord.evals import floors as floors_module
from onrecord.neural import Reading
from tests.cli.doubles import BrokenVerifier, WordEmbedder, WordVerifier

LABELS = ("SUPPORTS", "REFUTES", "NOT_ENOUGH_INFO")
EVIDENCE = (
    "Records say the port sold {n} boats in the spring.",
    "The port never sold the {n} boats, and no boats left.",
    "Rain fell on the hills for a week.",
)


class BlindVerifier(WordVerifier):
    def _one(self, claim, passage):
        return Reading(0.8, 0.1, 0.1)


GOOD = Tools(embedder=WordEmbedder(), verifier=WordVerifier())
BLIND = Tools(embedder=WordEmbedder(), verifier=BlindVerifier())


def pairs(labels=LABELS, n=8):
    rows = (
        {"claim": f"The port sold {i} boats.", "evidence": e.format(n=i), "label": label}
        for i in range(n)
        for label, e in zip(LABELS, EVIDENCE, strict=True)
        if label in labels
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """No data but the test's, and nothing that ships unless a test says so."""
    monkeypatch.delenv("ONRECORD_DATA", raising=False)
    (tmp_path / "shipped").mkdir()
    monkeypatch.setattr(floors_module, "SHIPPED", tmp_path / "shipped")


@pytest.fixture
def data(tmp_path):
    """A data folder with one set of pairs and one collection."""
    folder = tmp_path / "data"
    (folder / "verification").mkdir(parents=True)
    (folder / "verification" / "scifact.dev.jsonl").write_text(pairs())
    tiny = folder / "retrieval" / "tiny"
    (tiny / "qrels").mkdir(parents=True)
    (tiny / "corpus.jsonl").write_text(
        '{"_id": "a", "title": "Boats", "text": "The port sold nine boats."}\n'
        '{"_id": "b", "title": "Bread", "text": "Bread became dearer."}\n'
    )
    (tiny / "queries.jsonl").write_text('{"_id": "q", "text": "boats sold"}\n')
    (tiny / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    return folder


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text(pairs())
    return path


def refused(result, about):
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: ")
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert about in result.stderr


def test_stance(run, run_json, file):
    found = run_json("eval", "stance", file)
    assert (found["n"], found["macro_f1"], found["folded"]) == (24, 1, None)
    assert found["labels"] == list(LABELS)
    text = run("eval", "stance", file).stdout
    assert "pairs: 24 pairs, three labels; model overlap/1" in text
    assert "Claim only" in text
    assert "0.167" in text


def test_stance_of_two_labels(run, run_json, tmp_path):
    (tmp_path / "two.jsonl").write_text(pairs(labels=LABELS[:2]))
    found = run_json("eval", "stance", "two.jsonl")
    assert (found["folded"], found["balanced_accuracy"]) == ("supported_or_refuted", 1)
    assert "supported or refuted" in run("eval", "stance", "two.jsonl").stdout


def test_stance_of_some(run, run_json, file):
    assert run_json("eval", "stance", file, "--limit", 6)["n"] == 6
    assert "6 of 24 pairs" in run("eval", "stance", file, "--limit", 6).stdout


def test_what_stance_refuses(run, tmp_path, file):
    refused(run("eval", "stance", "absent.jsonl"), "no such file")
    (tmp_path / "bad.jsonl").write_text('{"claim": "c"}\n')
    refused(run("eval", "stance", "bad.jsonl", "--json"), "line 1: 'evidence'")
    refused(
        run("eval", "stance", file, tools=Tools(verifier=BrokenVerifier())), "failed on purpose"
    )
    assert run("eval", "stance", file, "--limit", 0).exit_code == 2
    assert run("eval", "stance", file, "--model", "other").exit_code == 2


def test_a_model_that_is_not_there(run, file, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_MODELS", str(tmp_path))
    refused(
        run("eval", "stance", file, "--model", "verifier-fast", tools=Tools()),
        "model 'verifier-fast' is missing",
    )


def test_retrieval(run, run_json, data):
    found = run_json("eval", "retrieval", data / "retrieval" / "tiny")
    for way in ("words", "meaning", "hybrid"):
        assert set(found[way]) >= {"ndcg@10", "recall@100", "map", "p50_ms"}
        assert found[way]["ndcg@10"] == 1
    assert found["reranked"] is None
    text = run("eval", "retrieval", data / "retrieval" / "tiny").stdout
    assert "tiny: 2 documents, 1 queries" in text


def test_what_retrieval_refuses(run, data):
    refused(run("eval", "retrieval", data), "no corpus.jsonl")
    refused(run("eval", "retrieval", "absent", "--json"), "no corpus.jsonl")


def test_all(run, run_json, data):
    found = run_json("eval", "all", "--data", data)
    assert set(found) == {"data", "stance", "pooled", "retrieval", "report"}
    assert found["stance"]["scifact.dev"]["macro_f1"] == 1
    assert found["pooled"]["n"] == 24
    assert found["report"] is None
    text = run("eval", "all", "--data", data).stdout
    assert "Calibration error over all 24 pairs" in text
    assert "nDCG@10" in text


def test_all_finds_its_data_by_the_environment(run_json, data, monkeypatch):
    monkeypatch.setenv("ONRECORD_DATA", str(data))
    assert set(run_json("eval", "all")["stance"]) == {"scifact.dev"}


def test_all_without_data_measures_what_ships(run_json):
    found = run_json("eval", "all", "--limit", 9)
    assert set(found["stance"]) == {"small.test"}
    assert set(found["retrieval"]) == {"small"}


def test_all_writes_a_report(run, run_json, data):
    found = run_json("eval", "all", "--data", data, "--out", "report.html")
    assert found["report"] == "report.html"
    assert "scifact.dev" in Path("report.html").read_text()
    assert "Report: r.html" in run("eval", "all", "--data", data, "--out", "r.html").stdout


def test_a_report_without_matplotlib_is_refused_before_anything_is_read(run, data, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run("eval", "all", "--data", data, "--out", "r.html", tools=Tools(verifier=None))
    refused(result, "pip install 'onrecord[evals]'")


def test_what_all_refuses(run, tmp_path):
    refused(run("eval", "all", "--data", "absent"), "no such folder")
    refused(run("eval", "all", "--data", tmp_path, "--json"), "no benchmarks")


@pytest.fixture
def floors(run, data, tmp_path):
    """A file of floors that a good verifier has set."""
    path = tmp_path / "floors.json"
    path.write_text('{"floors": []}')
    done = run("eval", "floors", "--file", path, "--data", data, "--set", tools=GOOD)
    assert done.exit_code == 0, done.output
    assert "Written: " in done.stdout
    return path


def test_floors_that_hold(run, run_json, data, floors):
    found = run_json("eval", "floors", "--file", floors, "--data", data)
    assert found["below"] == 0
    assert {floor["status"] for floor in found["floors"]} == {"holds"}
    assert "holds" in run("eval", "floors", "--file", floors, "--data", data).stdout


def test_a_figure_below_its_floor_fails(run, run_json, data, floors):
    result = run("eval", "floors", "--file", floors, "--data", data, tools=BLIND)
    assert result.exit_code == 1
    assert result.stderr == "onrecord: below the floor: macro_f1 on scifact.dev\n"
    assert "below" in result.stdout
    found = run_json("eval", "floors", "--file", floors, "--data", data, tools=BLIND, code=1)
    assert found["below"] == 1


def test_floors_of_absent_data_are_not_checked(run_json, floors):
    found = run_json("eval", "floors", "--file", floors, tools=BLIND)
    assert {floor["status"] for floor in found["floors"]} == {"absent"}


def test_a_floor_is_lowered_with_a_reason_only(run, run_json, data, floors):
    before = floors.read_bytes()
    arguments = ("eval", "floors", "--file", floors, "--data", data, "--set")
    refused(run(*arguments, tools=BLIND), "say why with --reason")
    assert floors.read_bytes() == before
    found = run_json(*arguments, "--reason", "Half the size", tools=BLIND)
    lowered = next(floor for floor in found["floors"] if floor["set"] == "scifact.dev")
    assert (lowered["value"], lowered["reason"]) == (0.1667, "Half the size")
    assert json.loads(floors.read_text())["floors"] == found["floors"]
    assert run(*arguments[:-1], tools=BLIND).exit_code == 0


def test_what_floors_refuses(run, floors):
    result = run("eval", "floors", "--file", floors, "--reason", "x")
    assert result.exit_code == 2
    assert "go with --set" in result.stderr
    refused(run("eval", "floors", "--file", "absent.json"), "absent.json: cannot be read")
