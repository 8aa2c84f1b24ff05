import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evals.metrics import (
    BINS,
    brier,
    calibration_error,
    coverage_curve,
    figures,
    merged,
    per_label,
    reliability,
)


@st.composite
def answers(draw, labels=3):
    n = draw(st.integers(1, 40))
    gold = np.array(draw(st.lists(st.integers(0, labels - 1), min_size=n, max_size=n)))
    seed = draw(st.integers(0, 2**32 - 1))
    found = np.random.default_rng(seed).dirichlet(np.ones(labels) / 2, n)
    return gold, found


def test_figures_of_a_known_table():
    gold = np.array([0, 0, 0, 0, 1, 1, 2, 2, 2, 2])
    guesses = np.array([0, 0, 0, 1, 1, 1, 2, 0, 0, 0])
    found = figures(gold, guesses, 3)
    assert found["accuracy"] == pytest.approx(0.6)
    assert found["balanced_accuracy"] == pytest.approx((3 / 4 + 1 + 1 / 4) / 3)
    assert found["macro_f1"] == pytest.approx((6 / 10 + 4 / 5 + 2 / 5) / 3)


def test_a_label_that_never_comes_counts_in_f1_and_not_in_balanced_accuracy():
    gold, guesses = np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])
    found = figures(gold, guesses, 3)
    assert found["macro_f1"] == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert found["balanced_accuracy"] == pytest.approx(0.75)


def test_per_label():
    found = per_label(np.array([0, 0, 1]), np.array([0, 1, 1]), ("A", "B", "C"))
    assert (found["A"].precision, found["A"].recall, found["A"].support) == (1.0, 0.5, 2)
    assert (found["B"].precision, found["B"].recall) == (0.5, 1.0)
    assert (found["C"].f1, found["C"].support) == (0.0, 0)


def test_calibration_error_of_known_answers():
    """Ten that say .9 and of which 6 are right, ten that say .5 and of which 5 are."""
    found = np.array([[0.9, 0.1]] * 10 + [[0.5, 0.5]] * 10)
    gold = np.array([0] * 6 + [1] * 4 + [0] * 5 + [1] * 5)
    bins = reliability(gold, found)
    assert len(bins) == BINS
    assert calibration_error(bins) == pytest.approx(0.5 * 0.3 + 0.5 * 0)
    assert [bin_.n for bin_ in bins if bin_.n] == [10, 10]
    assert all(bin_.accuracy is None for bin_ in bins if not bin_.n)


def test_full_confidence_is_in_the_last_bin():
    bins = reliability(np.array([0]), np.array([[1.0, 0.0]]))
    assert bins[-1].n == 1
    assert calibration_error(bins) == 0


def test_brier_of_known_answers():
    assert brier(np.array([0]), np.array([[1.0, 0.0, 0.0]])) == 0
    assert brier(np.array([0]), np.array([[0.0, 1.0, 0.0]])) == 2
    assert brier(np.array([1, 0]), np.array([[0.5, 0.5], [0.8, 0.2]])) == pytest.approx(0.29)


def test_coverage_of_known_answers():
    found = np.array([[0.9, 0.1], [0.6, 0.4], [0.8, 0.2], [0.7, 0.3]])
    gold = np.array([0, 1, 0, 1])
    curve = coverage_curve(gold, found)
    assert [point.coverage for point in curve] == [0.25, 0.5, 0.75, 1.0]
    assert [point.accuracy for point in curve] == pytest.approx([1, 1, 2 / 3, 0.5])
    assert [point.confidence for point in curve] == pytest.approx([0.9, 0.8, 0.7, 0.6])


@given(answers())
def test_bounds_and_ends(given_):
    gold, found = given_
    bins = reliability(gold, found)
    assert sum(bin_.n for bin_ in bins) == len(gold)
    assert 0 <= calibration_error(bins) <= 1
    assert 0 <= brier(gold, found) <= 2
    curve = coverage_curve(gold, found)
    assert curve[-1].coverage == 1
    assert curve[-1].accuracy == pytest.approx(figures(gold, found.argmax(1), 3)["accuracy"])
    sure = [point.confidence for point in curve]
    assert sure == sorted(sure, reverse=True)
    for bin_ in bins:
        if bin_.n:
            assert bin_.low - 1e-12 <= bin_.confidence <= bin_.high + 1e-12


@given(answers(), answers())
def test_merged_bins_are_those_of_all_answers(one, other):
    apart = merged([reliability(*one), reliability(*other)])
    gold, found = (np.concatenate(both) for both in zip(one, other, strict=True))
    together = reliability(gold, found)
    assert [bin_.n for bin_ in apart] == [bin_.n for bin_ in together]
    assert calibration_error(apart) == pytest.approx(calibration_error(together))


@given(answers())
def test_a_judge_that_is_always_right_and_sure_has_no_error(given_):
    gold, _ = given_
    perfect = np.eye(3)[gold]
    assert calibration_error(reliability(gold, perfect)) == 0
    assert brier(gold, perfect) == 0
