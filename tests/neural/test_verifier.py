"""The verifier's arithmetic, with a model that answers by rote."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from onrecord.check import Verifier as VerifierLike
from onrecord.neural import Manifest, Reading, Verifier
from tests.neural.test_windows import Encoding


class Rote:
    """Stands for a loaded model: one row of logits per pair."""

    def __init__(self, rows: Sequence[Sequence[float]], **changes: Any) -> None:
        fields = {"name": "verifier", "version": "rote/1", "kind": "verifier", "base": "none"}
        labels = ("NOT_ENOUGH_INFO", "SUPPORTS", "REFUTES")
        self.manifest = Manifest(
            **fields, max_tokens=12, files={}, labels=changes.pop("labels", labels), **changes
        )
        self.rows = rows

    def encode(self, pairs: Sequence[tuple[str, str]]) -> list[Encoding]:
        return [Encoding(*(tuple(map(len, text.split())) for text in pair)) for pair in pairs]

    def run(self, encodings: Sequence[object]) -> Any:
        return np.array(self.rows[: len(encodings)], dtype=np.float32).reshape(-1, 3)


def verifier(rows: Sequence[Sequence[float]], **changes: Any) -> Verifier:
    return Verifier(Rote(rows, **changes))  # type: ignore[arg-type]


PAIR = ("It rained.", "It poured.")


def test_logits_become_probabilities_in_the_order_of_labels() -> None:
    rows = [np.log([0.2, 0.7, 0.1]).tolist(), np.log([0.05, 0.05, 0.9]).tolist()]
    assert verifier(rows).read([PAIR, PAIR]) == [Reading(0.7, 0.1, 0.2), Reading(0.05, 0.9, 0.05)]


def test_another_order_of_labels_is_followed() -> None:
    labels = ("REFUTES", "NOT_ENOUGH_INFO", "SUPPORTS")
    found = verifier([np.log([0.2, 0.7, 0.1]).tolist()], labels=labels).read([PAIR])
    assert found == [Reading(supports=0.1, refutes=0.2, not_enough_info=0.7)]


def test_temperature_softens() -> None:
    rows = [[0.0, 4.0, 0.0]]
    hard, soft = verifier(rows).read([PAIR])[0], verifier(rows, temperature=2.0).read([PAIR])[0]
    assert soft.supports == pytest.approx(np.exp(2) / (np.exp(2) + 2), abs=1e-4)
    assert soft.supports < hard.supports


def test_bias_moves_one_label() -> None:
    rows = [np.log([0.2, 0.4, 0.4]).tolist()]
    found = verifier(rows, bias=(0.0, np.log(2), 0.0)).read([PAIR])[0]
    assert found == Reading(supports=0.5714, refutes=0.2857, not_enough_info=0.1429)


@pytest.mark.parametrize("row", [[1e4, -1e4, 0.0], [-1e30, 0.0, 1e30], [0.0, 0.0, 0.0]])
def test_extreme_logits_still_sum_to_one(row: list[float]) -> None:
    assert verifier([row]).probabilities([PAIR]).sum() == pytest.approx(1)


def test_the_window_that_decides_most_speaks_for_a_long_passage() -> None:
    rows = [np.log(row).tolist() for row in ([0.8, 0.1, 0.1], [0.1, 0.2, 0.7], [0.3, 0.6, 0.1])]
    long = (PAIR[0], "word " * 9)
    assert verifier(rows).read([long, PAIR]) == [Reading(0.2, 0.7, 0.1), Reading(0.6, 0.1, 0.3)]


def test_nothing_asked_gives_nothing() -> None:
    assert verifier([]).read([]) == []


def test_it_is_what_a_check_needs() -> None:
    found: VerifierLike = verifier([])
    assert found.name == "rote/1"
    assert len(found.sha256) == 64
