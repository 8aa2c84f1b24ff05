import json
import shutil

import pytest

from onrecord.errors import InputError
from onrecord.evals.benchmarks import BENCHMARKS, SHIPPED, find_benchmarks, measure_all
from tests.cli.doubles import WordEmbedder, WordVerifier
from tests.evals.conftest import THREE_WAY


@pytest.fixture
def data(pairs_file, collection, tmp_path):
    """A data folder: one set in each place, one that is no benchmark, one collection."""
    two_way = [row for row in THREE_WAY if row[2] != "REFUTES"]
    pairs_file(THREE_WAY, "data/verification/scifact.dev.jsonl")
    pairs_file(two_way, "data/wice.dev_oracle.jsonl")
    pairs_file(THREE_WAY, "data/verification/written.train.jsonl")
    (tmp_path / "data" / "retrieval").mkdir()
    shutil.move(collection, tmp_path / "data" / "retrieval" / "tiny")
    return tmp_path / "data"


def test_benchmarks_are_found_where_they_lie(data):
    found = find_benchmarks(data)
    assert list(found.pairs) == ["scifact.dev", "wice.dev_oracle"]
    assert found.collections == {"tiny": data / "retrieval" / "tiny"}


def test_training_sets_are_no_benchmarks():
    assert not [name for name in BENCHMARKS if "train" in name]
    assert len(set(BENCHMARKS)) == len(BENCHMARKS)


def test_everything_is_measured(data):
    found = measure_all(data, WordVerifier, WordEmbedder)
    assert [result.set for result in found.stance] == ["scifact.dev", "wice.dev_oracle"]
    assert [result.folded for result in found.stance] == [None, "supported_or_not"]
    assert [result.collection for result in found.retrieval] == ["tiny"]
    assert found.pooled is not None
    assert found.pooled.n == 24 + 16
    plain = json.loads(json.dumps(found.plain()))
    assert plain["stance"]["scifact.dev"]["macro_f1"] == 1
    assert plain["retrieval"]["tiny"]["hybrid"]["ndcg@10"] == 1


def test_calibration_is_pooled_over_pairs(data):
    found = measure_all(data, WordVerifier, WordEmbedder)
    assert found.pooled is not None
    weighted = sum(result.n * result.brier for result in found.stance) / 40
    assert found.pooled.brier == pytest.approx(weighted)
    # Every answer is right and .9 sure or more, so the gaps do not cancel out.
    weighted = sum(result.n * result.ece for result in found.stance) / 40
    assert found.pooled.ece == pytest.approx(weighted)


def test_a_limit_is_for_each_set(data):
    found = measure_all(data, WordVerifier, WordEmbedder, limit=6)
    assert [(result.n, result.held) for result in found.stance] == [(6, 24), (6, 16)]


def test_models_are_asked_for_when_they_are_needed(data):
    def absent():
        raise AssertionError("asked for")

    shutil.rmtree(data / "retrieval")
    assert measure_all(data, WordVerifier, absent).retrieval == ()
    shutil.rmtree(data / "verification")
    (data / "wice.dev_oracle.jsonl").unlink()
    with pytest.raises(InputError, match="no benchmarks"):
        measure_all(data, absent, absent)


def test_a_collection_alone(data):
    shutil.rmtree(data / "verification")
    (data / "wice.dev_oracle.jsonl").unlink()
    found = measure_all(data, lambda: pytest.fail("asked for"), WordEmbedder)
    assert found.pooled is None
    assert found.plain()["pooled"] is None


def test_bad_data_is_said_before_anything_is_read(data):
    (data / "retrieval" / "tiny" / "corpus.jsonl").write_text("")
    with pytest.raises(InputError, match="no documents"):
        measure_all(data, lambda: pytest.fail("asked for"), WordEmbedder)


def test_progress_says_which_set_is_read(data):
    seen = []
    measure_all(data, WordVerifier, WordEmbedder, progress=lambda *report: seen.append(report))
    assert {step for step, _, _ in seen} == {"scifact.dev, read", "wice.dev_oracle, read", "index"}


def test_no_folder(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        find_benchmarks(tmp_path / "absent")


def test_the_shipped_sets_are_found():
    found = find_benchmarks(SHIPPED)
    assert list(found.pairs) == ["small.test"]
    assert list(found.collections) == ["small"]
