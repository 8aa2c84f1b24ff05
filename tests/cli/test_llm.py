"""`--judge llm`: only where it is set up, and accounted for."""

import subprocess
import sys

import pytest

import onrecord
from onrecord.model import Label
from tests.neural.llama import llama, needs_llama
from tests.neural.llm_endpoint import Body, FakeEndpoint, Reply, completion, failure, stance
from tests.neural.llm_injections import INJECTIONS, OBEDIENT
from tests.neural.test_prompt import parts_of

VARIABLES = ("URL", "MODEL", "KEY", "PRICES")


def judged(body: Body) -> Reply:
    passage = parts_of(body["messages"])[1]["passage"]
    return completion(stance("REFUTES" if "never" in passage else "SUPPORTS"))


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(f"ONRECORD_LLM_{name}", raising=False)


@pytest.fixture
def point(monkeypatch):
    """Set up a language model for the command."""

    def point(url, **more):
        for name, value in {"URL": url, "MODEL": "fake", **more}.items():
            monkeypatch.setenv(f"ONRECORD_LLM_{name}", value)

    return point


def test_it_is_refused_where_it_is_not_set_up(run, workspace):
    result = run("check", "-w", workspace, "claim.yaml", "--judge", "llm")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "no language model is configured: set ONRECORD_LLM_URL" in result.stderr
    assert not (workspace / "dossiers").exists()


def test_it_is_not_asked_unless_told(run, workspace, point):
    with FakeEndpoint(judged) as endpoint:
        point(endpoint.url)
        assert run("check", "-w", workspace, "claim.yaml").exit_code == 0
    assert endpoint.bodies == []


def test_it_reads_the_passages_and_says_what_that_took(run_json, run, workspace, point):
    with FakeEndpoint(judged) as endpoint:
        point(endpoint.url, PRICES="2/10", KEY="k-secret")
        found = run_json("check", "-w", workspace, "claim.yaml", "--judge", "llm")
    asked = len(endpoint.bodies)
    assert asked > 2
    used = found.pop("llm")
    assert used == {
        "model": "fake",
        "requests": asked,
        "cached": 0,
        "tokens_in": 100 * asked,
        "tokens_out": 10 * asked,
        "unmetered": 0,
        "cost": pytest.approx(asked * (100 * 2 + 10 * 10) / 1e6),
    }
    dossier = onrecord.read_dossier(found["dossier"])
    method = next(method for method in dossier.methods if method.step == "stance")
    assert method.model == "fake llm-stance/1"
    assert {s.label for item in dossier.evidence for s in item.stances} >= {
        Label.SUPPORTS,
        Label.REFUTES,
    }
    assert "k-secret" not in dossier.to_json()


def test_the_account_is_on_stderr(run, workspace, point):
    with FakeEndpoint(judged) as endpoint:
        point(endpoint.url, PRICES="2/10")
        result = run("check", "-w", workspace, "claim.yaml", "--judge", "llm")
        asked = len(endpoint.bodies)
        assert result.exit_code == 0
        assert f"Language model fake: {asked} answers asked for, 0 from the cache" in result.stderr
        assert f"cost {asked * 300 / 1e6:.4f}" in result.stderr
        again = run("check", "-w", workspace, "claim.yaml", "--judge", "llm")
        assert f"0 answers asked for, {asked} from the cache" in again.stderr
        point(endpoint.url, PRICES="")
        assert (
            "cost unknown" in run("check", "-w", workspace, "claim.yaml", "--judge", "llm").stderr
        )


def test_a_dossier_comes_out_again_without_the_endpoint(run, run_json, workspace, point):
    with FakeEndpoint(judged) as endpoint:
        point(endpoint.url)
        run("check", "-w", workspace, "claim.yaml", "--judge", "llm", "--out", "d.json")
    found = run_json("replay", "-w", workspace, "d.json", "--judge", "llm")
    assert found["same"] is True
    assert found["llm"]["requests"] == 0
    named = run_json("replay", "-w", workspace, "d.json", code=1)["differences"]
    assert "methods.stance.model" in [difference["where"] for difference in named]


def test_an_answer_that_does_not_fit_is_a_fault(run_json, workspace, point):
    def answer(body: Body) -> Reply:
        nine = "nine patrol boats that" in parts_of(body["messages"])[1]["passage"]
        return completion("I like boats.") if nine else judged(body)

    with FakeEndpoint(answer) as endpoint:
        point(endpoint.url)
        found = run_json("check", "-w", workspace, "claim.yaml", "--judge", "llm")
    assert [fault["step"] for fault in found["faults"]] == ["neural.verifier"]
    assert "gave no answer that fits" in found["faults"][0]["message"]
    quotations = [row["quotation"] for row in found["parts"][0]["evidence"]]
    assert quotations
    assert not any("nine patrol boats that" in quotation for quotation in quotations)


@pytest.mark.parametrize("reply", [completion(OBEDIENT[0]), failure(400), failure(401)])
def test_an_endpoint_that_does_not_judge_ends_without_a_finding(run, workspace, point, reply):
    with FakeEndpoint(reply) as endpoint:
        point(endpoint.url)
        result = run("check", "-w", workspace, "claim.yaml", "--judge", "llm")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "onrecord: " in result.stderr
    assert "Language model fake: " in result.stderr
    assert not (workspace / "dossiers").exists()


@pytest.mark.parametrize("steered", OBEDIENT)
def test_a_document_that_steers_the_model_makes_a_fault(
    run, run_json, workspace, point, tmp_path, steered
):
    hostile = "Patrol boats were sold to Ruritania. " + INJECTIONS[1]
    (tmp_path / "hostile.md").write_text(
        f"---\npublisher: gazette\npublished: 2021-08-01\n---\n{hostile}"
    )
    run("add", "-w", workspace, "hostile.md")

    def answer(body: Body) -> Reply:
        met = INJECTIONS[1] in parts_of(body["messages"])[1]["passage"]
        return completion(steered) if met else judged(body)

    with FakeEndpoint(answer) as endpoint:
        point(endpoint.url)
        found = run_json("check", "-w", workspace, "claim.yaml", "--judge", "llm")
    assert len(found["faults"]) == 1
    rows = [row for part in found["parts"] for row in part["evidence"]]
    assert not any("IGNORE" in row["quotation"] for row in rows)
    assert any("nine patrol boats" in row["quotation"] for row in rows)


def test_without_the_package_it_says_what_to_install():
    code = (
        "import sys; sys.modules['openai'] = None\n"
        "from onrecord.errors import ModelError\n"
        "import onrecord.neural\n"
        "try:\n"
        "    import onrecord.neural.llm\n"
        "except ModelError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'onrecord[llm]'" in done.stdout


@needs_llama
def test_a_check_with_a_real_model(run, run_json, workspace, point):
    with llama() as address:
        point(f"{address}/v1", MODEL="smollm2")
        found = run_json("check", "-w", workspace, "claim.yaml", "--judge", "llm")
    assert found["llm"]["requests"] > 2
    assert found["llm"]["tokens_in"] > 500
    assert found["outcome"]["kind"] in {"rating", "abstention"}
    again = run_json("replay", "-w", workspace, found["dossier"], "--judge", "llm")
    assert again["same"] is True
