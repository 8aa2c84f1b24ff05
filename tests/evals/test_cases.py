import json
from dataclasses import replace

import pytest

import onrecord
from onrecord.errors import InputError
from onrecord.evals import judge, read_cases, run_cases, select
from tests.cli.doubles import WordEmbedder, WordVerifier
from tests.conftest import EXAMPLE

CLAIM = {
    "quote": "Nine patrol boats were sold to Ruritania.",
    "claimant": {"name": "A. Minister", "role": None},
    "made_on": "2022-03-01",
}


def case(**more):
    return {"id": "c1", "claim": CLAIM, "accept": ["True"], "never": ["False"], **more}


@pytest.fixture
def written(tmp_path):
    """Write cases into a file, and give its path."""

    def write(*cases, **more):
        file = tmp_path / "cases.json"
        file.write_text(json.dumps({"cases": list(cases), **more}))
        return file

    return write


@pytest.fixture
def dossier(workspace):
    claim = onrecord.quoted_claim(CLAIM["quote"], "A. Minister", CLAIM["made_on"])
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        return onrecord.check(claim, archive, verifier=WordVerifier())


def test_a_case_is_read(written):
    found = read_cases(written(case(decided_by_reports=["sale"], why="It is so."), note="x"))[0]
    assert found.claim.printed == CLAIM["quote"]
    assert found.accept == ("True",)
    assert found.never == ("False",)
    assert found.decided_by_reports == ("sale",)
    assert found.first


def test_cases_marked_first_are_selected(written):
    cases = read_cases(
        written(
            case(id="c1", first=True),
            case(id="c2", first=False),
            case(id="c3"),
            case(id="c4", first=False, archive="poisoned"),
        )
    )

    def ids(**how):
        return [found.id for found in select(cases, **how)]

    assert ids(every=False, own_archive=False) == ["c1", "c3"]
    assert ids(every=True, own_archive=False) == ["c1", "c2", "c3"]
    assert ids(every=True, own_archive=True) == ["c1", "c2", "c3", "c4"]


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("{", "not JSON"),
        ("[]", "no cases"),
        ('{"cases": []}', "no cases"),
        ('{"cases": [1]}', "case 1 is no object"),
        (json.dumps({"cases": [case(id=None)]}), "no id"),
        (json.dumps({"cases": [case(claim=None)]}), "no claim"),
        (json.dumps({"cases": [case(claim={"quote": "x"})]}), "no claimant"),
        (json.dumps({"cases": [case(accept=[])]}), "accepts no outcome"),
        (json.dumps({"cases": [case(accept="True")]}), "accept is no list"),
        (json.dumps({"cases": [case(accept=["Maybe"])]}), "no check comes to 'Maybe'"),
        (json.dumps({"cases": [case(never=["false"])]}), "no check comes to 'false'"),
        (json.dumps({"cases": [case(first="no")]}), "first is neither true nor false"),
        (json.dumps({"cases": [case(archive=1)]}), "archive is no text"),
        (json.dumps({"cases": [case(), case()]}), "share an id"),
    ],
)
def test_what_is_no_file_of_cases(tmp_path, content, about):
    file = tmp_path / "cases.json"
    file.write_text(content)
    with pytest.raises(InputError, match=about) as error:
        read_cases(file)
    assert str(error.value).startswith(str(file))


def test_the_example_has_eight_cases():
    cases = read_cases(EXAMPLE / "cases.json")
    assert [found.id for found in cases] == [f"c0{number}" for number in range(1, 9)]
    reports = {path.stem for path in (EXAMPLE / "archive" / "reports").glob("*.md")}
    for found in cases:
        assert set(found.decided_by_reports) <= reports


def test_an_outcome_that_is_accepted_passes(written, dossier):
    outcome = dossier.assessment.outcome
    assert getattr(outcome, "label", None) in {"True", "False"}, outcome
    other = {"True": "False", "False": "True"}[outcome.label]
    right = read_cases(written(case(accept=[outcome.label], never=[other])))[0]
    result = judge(right, dossier)
    assert result.passed
    assert not result.opposite
    assert result.outcome == outcome.label
    assert result.probability == outcome.probability
    wrong = judge(replace(right, accept=(other,), never=(outcome.label,)), dossier)
    assert not wrong.passed
    assert wrong.opposite


def test_a_rating_must_rest_on_the_right_report(written, dossier):
    accept = [dossier.assessment.outcome.label]
    base = read_cases(written(case(accept=accept, never=[])))[0]
    stem = judge(base, dossier).decisive[0]
    assert stem in {"sale", "count", "denial"}
    assert judge(replace(base, decided_by_reports=(stem, "rice")), dossier).passed
    assert not judge(replace(base, decided_by_reports=("rice",)), dossier).passed


def test_an_abstention_needs_no_report(written, dossier):
    empty = dossier.assessment.model_copy(
        update={"outcome": {"kind": "abstention"}, "decisive": ()}
    )
    from onrecord.model import Abstention, AbstentionReason

    outcome = Abstention(reason=AbstentionReason.ONE_ORIGIN)
    silent = dossier.model_copy(
        update={"assessment": empty.model_copy(update={"outcome": outcome})}
    )
    found = read_cases(written(case(accept=["one_origin"], decided_by_reports=["rice"])))[0]
    assert judge(found, silent).passed


def test_results_are_counted(written, dossier):
    label = dossier.assessment.outcome.label
    other = {"True": "False", "False": "True"}[label]
    cases = read_cases(
        written(
            case(id="c1", accept=[label], never=[other]),
            case(id="c2", accept=[other], never=[label]),
            case(id="c3", accept=["no_evidence"], never=[]),
        )
    )
    plain = run_cases(cases, lambda claim: dossier).plain()
    assert (plain["n"], plain["passed"], plain["opposite"]) == (3, 1, 1)
    assert set(plain["cases"][0]) == {
        *("id", "outcome", "expected", "passed", "opposite", "probability", "decisive")
    }
    json.dumps(plain)


def test_the_command_runs_cases(run, run_json, workspace, written):
    file = written(case(accept=["True", "False", "conflicting", "uncertain"], never=[]))
    found = run_json("eval", "cases", file, "-w", workspace)
    assert (found["n"], found["passed"], found["opposite"]) == (1, 1, 0)
    assert "1 of 1 pass, 0 opposite" in run("eval", "cases", file, "-w", workspace).stdout


def test_the_command_makes_a_fresh_example_archive(run_json, articles, tmp_path, written):
    example = tmp_path / "example"
    example.mkdir()
    articles.rename(example / "archive")
    (tmp_path / "claim.yaml").rename(example / "claim.yaml")
    file = written(case(accept=["True", "False", "conflicting", "uncertain"], never=[]))
    assert run_json("eval", "cases", file, "--example", example)["passed"] == 1
