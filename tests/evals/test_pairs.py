import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.evals.pairs import LABELS, Fold, Pair, fold_of, read_stance_set, set_name
from tests.evals.conftest import THREE_WAY

THIRDS = st.tuples(*[st.floats(0, 1)] * 3)
THREE = Fold(None, LABELS)
NOT = fold_of({"SUPPORTS", "NOT_ENOUGH_INFO"})
REFUTED = fold_of({"SUPPORTS", "REFUTES"})


def test_a_set_is_read(pairs_file):
    found = read_stance_set(pairs_file(THREE_WAY, "some.dev.jsonl"))
    assert found.name == "some.dev"
    assert (len(found.pairs), found.held) == (24, 24)
    assert found.pairs[1] == Pair(*THREE_WAY[1])
    assert found.fold == THREE


@pytest.mark.parametrize("limit", [1, 5, 23, 24, 100])
def test_a_limit_is_spread_over_the_file(pairs_file, limit):
    rows = [(f"c{n}", "e", LABELS[n % 3]) for n in range(24)]
    found = read_stance_set(pairs_file(rows), limit)
    taken = [int(pair.claim[1:]) for pair in found.pairs]
    assert len(taken) == min(limit, 24)
    assert found.held == 24
    assert taken == sorted(set(taken))
    gaps = np.diff([*taken, 24])
    assert gaps.max() - gaps.min() <= 1


def test_a_limit_changes_neither_hash_nor_folding(pairs_file):
    rows = [("c", "e", "SUPPORTS")] * 9 + [("c", "f", "REFUTES"), ("c", "g", "NOT_ENOUGH_INFO")]
    file = pairs_file(rows)
    some, every = read_stance_set(file, 2), read_stance_set(file)
    assert {pair.label for pair in some.pairs} == {"SUPPORTS"}
    assert (some.sha256, some.fold) == (every.sha256, every.fold)


def test_names(tmp_path):
    for name in ("a.dev.jsonl", "a.dev.jsonl.gz"):
        assert set_name(tmp_path / name) == "a.dev"


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ({"claim": "c", "evidence": "e", "label": "TRUE"}, "'TRUE' is none of SUPPORTS"),
        ({"claim": "c", "evidence": "e"}, "None is none of"),
        ({"claim": "c", "label": "REFUTES"}, "'evidence' is wanted as text, got nothing"),
        ({"claim": " ", "evidence": "e", "label": "REFUTES"}, "the claim is empty"),
        ({"claim": "c", "evidence": ["e"], "label": "REFUTES"}, "got a list"),
        ({"claim": "c", "evidence": "e", "label": ["x" * 900]}, r"\['xxx"),
    ],
)
def test_a_row_that_is_no_pair(tmp_path, row, about):
    file = tmp_path / "bad.jsonl"
    file.write_text(json.dumps(row) + "\n")
    with pytest.raises(InputError, match=about) as error:
        read_stance_set(file)
    assert str(error.value).startswith(f"{file}: line 1")
    assert len(str(error.value)) < len(str(file)) + 200


def test_a_file_without_pairs(tmp_path):
    file = tmp_path / "none.jsonl"
    file.write_text("\n")
    with pytest.raises(InputError, match="no pairs"):
        read_stance_set(file)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_leaves_nothing(pairs_file, limit):
    with pytest.raises(InputError, match="leaves nothing"):
        read_stance_set(pairs_file(THREE_WAY), limit)


def test_which_labels_are_folded():
    assert fold_of(LABELS) == THREE
    assert NOT.labels == ("SUPPORTS", "NOT_SUPPORTED")
    assert REFUTED.labels == ("SUPPORTS", "REFUTES")
    assert fold_of({"SUPPORTS"}) == fold_of({"NOT_ENOUGH_INFO"}) == NOT
    assert fold_of({"REFUTES"}) == REFUTED
    assert (THREE.metric, NOT.metric, REFUTED.metric) == (
        *("macro_f1", "balanced_accuracy", "balanced_accuracy"),
    )


def test_gold_labels_are_folded():
    def gold(fold, *labels):
        return list(fold.gold([Pair("c", "e", label) for label in labels]))

    assert gold(THREE, *LABELS) == [0, 1, 2]
    assert gold(NOT, "SUPPORTS", "NOT_ENOUGH_INFO") == [0, 1]
    assert gold(REFUTED, "SUPPORTS", "REFUTES") == [0, 1]


def test_refuting_is_no_support():
    """.4 for support is the most of three, and less than the rest together."""
    found = NOT.probabilities(np.array([[0.4, 0.3, 0.3], [0.6, 0.4, 0.0]]))
    assert found.argmax(1).tolist() == [1, 0]
    assert found[0] == pytest.approx([0.4, 0.6])


def test_silence_is_left_out():
    found = REFUTED.probabilities(np.array([[0.06, 0.03, 0.91], [0.1, 0.3, 0.6], [0.0, 0.0, 1.0]]))
    assert found[0] == pytest.approx([2 / 3, 1 / 3])
    assert found.argmax(1).tolist() == [0, 1, 0]
    assert found[2] == pytest.approx([0.5, 0.5])


@given(st.lists(THIRDS, min_size=1))
def test_folded_probabilities_are_probabilities(rows):
    raw = np.array(rows) + 1e-9
    given_ = raw / raw.sum(1, keepdims=True)
    for fold in (THREE, NOT, REFUTED):
        found = fold.probabilities(given_)
        assert found.shape == (len(rows), len(fold.labels))
        assert (found >= 0).all()
        assert found.sum(1) == pytest.approx(np.ones(len(rows)))
