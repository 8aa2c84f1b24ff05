import json

import pytest

from onrecord.errors import InputError
from onrecord.evals import floors as module
from onrecord.evals.benchmarks import SHIPPED
from onrecord.evals.floors import (
    Floor,
    Models,
    Status,
    check_floors,
    read_floors,
    set_floors,
    write_floors,
)
from onrecord.neural import Reading
from tests.cli.doubles import WordEmbedder, WordVerifier
from tests.evals.conftest import THREE_WAY


class BlindVerifier(WordVerifier):
    """Says the same of everything."""

    def _one(self, claim, passage):
        return Reading(0.8, 0.1, 0.1)


GOOD = Models(lambda name: WordVerifier(), WordEmbedder)
BLIND = Models(lambda name: BlindVerifier(), WordEmbedder)


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    """Nothing ships here, but for what a test puts there."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    monkeypatch.setattr(module, "SHIPPED", folder)
    return folder


@pytest.fixture
def data(pairs_file, collection, tmp_path):
    pairs_file(THREE_WAY, "data/scifact.dev.jsonl")
    (tmp_path / "data" / "retrieval").mkdir()
    collection.rename(tmp_path / "data" / "retrieval" / "tiny")
    return tmp_path / "data"


@pytest.fixture
def pairs_only(pairs_file, tmp_path):
    pairs_file(THREE_WAY, "data/scifact.dev.jsonl")
    return tmp_path / "data"


def only(floors, **more):
    (floor,) = (floor for floor in floors if all(getattr(floor, k) == v for k, v in more.items()))
    return floor


def test_floors_are_set_and_hold(data):
    floors = set_floors((), data, GOOD)
    assert [(floor.set, floor.model, floor.metric) for floor in floors] == [
        ("scifact.dev", "verifier", "macro_f1"),
        ("tiny", "embedder", "words ndcg@10"),
        ("tiny", "embedder", "meaning ndcg@10"),
        ("tiny", "embedder", "hybrid ndcg@10"),
    ]
    assert floors[0].value == 1
    assert (floors[0].rows, floors[1].rows) == (24, 3)
    assert {floor.reason for floor in floors} == {None}
    checked = check_floors(floors, data, GOOD)
    assert [one.status for one in checked] == [Status.HOLDS] * 4
    assert [one.value for one in checked] == [1, 1, 1, 1]
    assert not any(one.below for one in checked)


def test_a_worse_model_falls_below(pairs_only):
    floors = set_floors((), pairs_only, GOOD)
    (checked,) = check_floors(floors, pairs_only, BLIND)
    assert checked.below
    assert checked.value == pytest.approx(1 / 6)
    assert checked.plain()["status"] == "below"


@pytest.mark.parametrize(("value", "below"), [(0.16, False), (0.216, False), (0.2168, True)])
def test_noise_is_allowed_and_no_more(pairs_only, value, below):
    """What is measured is .1667, and the noise .05."""
    floor = set_floors((), pairs_only, BLIND)[0]
    near = floor.model_copy(update={"value": value, "noise": 0.05})
    (checked,) = check_floors([near], pairs_only, BLIND)
    assert checked.below == below


def test_noise_is_a_standard_error(pairs_file, tmp_path):
    """Of a hundred claims half are read right: the accuracy's error is .05."""
    rows = [(f"Port {n} sold boats.", "Rain fell.", "SUPPORTS") for n in range(50)]
    rows += [(f"Quay {n} sold boats.", "Rain fell.", "NOT_ENOUGH_INFO") for n in range(50)]
    pairs_file(rows, "data/scifact.dev.jsonl")
    given = module.read_stance_set(tmp_path / "data" / "scifact.dev.jsonl")
    figures = module._figures(given, "verifier", GOOD, None)
    assert module._standard_error(figures["accuracy"][1]) == pytest.approx(0.05, rel=0.1)


def test_a_set_that_is_not_there_is_not_checked(pairs_only, tmp_path):
    floors = set_floors((), pairs_only, GOOD)
    (checked,) = check_floors(floors, None, BLIND)
    assert (checked.status, checked.value, checked.below) == (Status.ABSENT, None, False)
    (pairs_only / "scifact.dev.jsonl").write_text(
        '{"claim": "c", "evidence": "e", "label": "REFUTES"}\n'
    )
    (checked,) = check_floors(floors, pairs_only, BLIND)
    assert (checked.status, checked.value, checked.below) == (Status.OTHER_DATA, None, False)


def test_a_figure_that_is_not_measured_any_more_is_below(data):
    floor = set_floors((), data, GOOD)[-1].model_copy(update={"metric": "reranked ndcg@10"})
    (checked,) = check_floors([floor], data, GOOD)
    assert checked.below
    assert checked.value is None


def test_a_set_is_measured_once_for_all_its_floors(pairs_only):
    floor = set_floors((), pairs_only, GOOD)[0]
    asked = []

    def verifier(name):
        asked.append(name)
        return WordVerifier()

    metrics = ("macro_f1", "accuracy", "balanced_accuracy")
    floors = [floor.model_copy(update={"metric": metric}) for metric in metrics]
    fast = floor.model_copy(update={"model": "verifier-fast"})
    check_floors([*floors, fast], pairs_only, Models(verifier, WordEmbedder))
    assert asked == ["verifier", "verifier-fast"]


def test_lowering_needs_a_reason(pairs_only):
    floors = set_floors((), pairs_only, GOOD)
    with pytest.raises(InputError, match=r"macro_f1 of .* on scifact.dev .* from 1.0 .* to 0.16"):
        set_floors(floors, pairs_only, BLIND)
    with pytest.raises(InputError, match="--reason"):
        set_floors(floors, pairs_only, BLIND, why="")
    (lower,) = set_floors(floors, pairs_only, BLIND, why="Smaller by half")
    assert (lower.value, lower.reason) == (0.1667, "Smaller by half")


def test_more_noise_lowers_a_floor_too(pairs_only):
    (floor,) = set_floors((), pairs_only, BLIND)
    quiet = floor.model_copy(update={"value": floor.value - 0.01, "noise": floor.noise - 0.02})
    with pytest.raises(InputError, match="lowered"):
        set_floors([quiet], pairs_only, BLIND)
    loud = floor.model_copy(update={"value": floor.value - 0.01, "noise": floor.noise})
    assert set_floors([loud], pairs_only, BLIND) == (floor,)


def test_raising_needs_none_and_keeps_the_last(pairs_only):
    lower = set_floors(set_floors((), pairs_only, GOOD), pairs_only, BLIND, why="Smaller by half")
    (raised,) = set_floors(lower, pairs_only, GOOD, why="Better")
    assert (raised.value, raised.reason) == (1, "Smaller by half")


def test_other_data_are_no_way_around_the_reason(pairs_only):
    floors = set_floors((), pairs_only, GOOD)
    rows = [{"claim": "Boats left.", "evidence": "Rain.", "label": "REFUTES"}]
    (pairs_only / "scifact.dev.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(InputError, match="lowered"):
        set_floors(floors, pairs_only, BLIND)


def test_a_floor_of_another_figure_is_set_again(pairs_only):
    floor = set_floors((), pairs_only, GOOD)[0].model_copy(update={"metric": "accuracy"})
    floors = set_floors([floor], pairs_only, GOOD)
    assert [floor.metric for floor in floors] == ["accuracy", "macro_f1"]


def test_floors_of_absent_sets_stay(pairs_only, data):
    floors = set_floors((), data, GOOD)
    assert set_floors(floors, None, BLIND) == floors


def test_a_limit_is_kept(pairs_only):
    floors = set_floors((), pairs_only, GOOD, limit=9)
    assert floors[0].rows == 9
    assert set_floors(floors, pairs_only, GOOD)[0].rows == 9
    assert set_floors(floors, pairs_only, GOOD, limit=12)[0].rows == 12
    assert check_floors(floors, pairs_only, GOOD)[0].status is Status.HOLDS


def test_what_ships_comes_before_what_has_its_name(pairs_only, shipped, pairs_file):
    pairs_file(THREE_WAY[:9], "shipped/scifact.dev.jsonl")
    assert set_floors((), pairs_only, GOOD)[0].rows == 9
    assert set_floors((), None, GOOD)[0].rows == 9


def test_floors_are_written_and_read(data, tmp_path):
    floors = set_floors((), data, GOOD)
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors


GOOD_FLOOR = {
    **{"set": "s", "model": "verifier", "metric": "macro_f1", "data_sha256": "0"},
    **{"rows": 1, "value": 0.5, "noise": 0.1},
}


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("{", "not JSON"),
        ("[]", "is wanted"),
        ('{"floors": 1}', "is wanted"),
        ('{"floors": [1]}', "valid dictionary"),
        (json.dumps({"floors": [{**GOOD_FLOOR, "value": "high"}]}), "value"),
        (json.dumps({"floors": [{**GOOD_FLOOR, "noise": -1}]}), "noise"),
        (json.dumps({"floors": [{**GOOD_FLOOR, "note": "x"}]}), "note"),
        (json.dumps({"floors": [GOOD_FLOOR, GOOD_FLOOR]}), "two floors"),
    ],
)
def test_what_is_no_file_of_floors(tmp_path, content, about):
    file = tmp_path / "floors.json"
    file.write_text(content)
    with pytest.raises(InputError, match=about) as error:
        read_floors(file)
    assert str(error.value).startswith(str(file))


def test_an_absent_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_floors(tmp_path / "absent.json")


def test_the_projects_floors_can_be_read():
    floors = read_floors()
    assert floors
    assert all(isinstance(floor, Floor) and 0 < floor.value <= 1 for floor in floors)
    assert SHIPPED.is_dir()
