from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evals import bootstrap
from onrecord.evals.bootstrap import Draws, draws, interval, resample
from onrecord.evals.metrics import figures


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30))
def test_draws_of_one_group_are_the_figures_themselves(rows):
    """Where all pairs are one group, each resample is the set: the two ways to count must agree."""
    gold, guesses = (np.array(column) for column in zip(*rows, strict=True))
    found = draws(gold, guesses, 3, np.zeros(len(gold), dtype=np.int64))
    for name, value in figures(gold, guesses, 3).items():
        assert getattr(found, name) == pytest.approx(np.full(bootstrap.RESAMPLES, value))


def answered(n, right, seed=1):
    rng = np.random.default_rng(seed)
    gold = rng.integers(0, 3, n)
    wrong = rng.random(n) >= right
    return gold, np.where(wrong, (gold + rng.integers(1, 3, n)) % 3, gold)


def test_an_interval_holds_the_figure_and_narrows_with_more_pairs():
    widths = []
    for n in (100, 10_000):
        gold, guesses = answered(n, 0.7)
        found = draws(gold, guesses, 3, np.arange(n))
        for field in fields(Draws):
            low, high = interval(getattr(found, field.name))
            assert low < figures(gold, guesses, 3)[field.name] < high
        widths.append(high - low)
    assert widths[0] > 5 * widths[1]


def test_the_interval_is_that_of_the_binomial_where_claims_are_alone():
    gold, guesses = answered(1000, 0.7)
    low, high = interval(draws(gold, guesses, 3, np.arange(1000)).accuracy)
    accuracy = (gold == guesses).mean()
    expected = 2 * 1.96 * (accuracy * (1 - accuracy) / 1000) ** 0.5
    assert high - low == pytest.approx(expected, rel=0.1)


def test_pairs_of_one_claim_tell_less_than_pairs_of_many():
    gold, guesses = answered(100, 0.7)
    gold, guesses = np.repeat(gold, 10), np.repeat(guesses, 10)
    apart = interval(draws(gold, guesses, 3, np.arange(1000)).accuracy)
    together = interval(draws(gold, guesses, 3, np.repeat(np.arange(100), 10)).accuracy)
    assert together[1] - together[0] > 2 * (apart[1] - apart[0])


def test_resamples_are_the_same_on_every_run_and_for_every_judge():
    gold, guesses = answered(50, 0.6)
    one, same = (draws(gold, guesses, 3, np.arange(50)) for _ in range(2))
    assert (one.macro_f1 == same.macro_f1).all()
    never = draws(gold, (guesses + 1) % 3, 3, np.arange(50))
    right = draws(gold, gold, 3, np.arange(50))
    wrong = draws(gold, np.where(gold == guesses, (gold + 1) % 3, gold), 3, np.arange(50))
    assert right.accuracy == pytest.approx(np.ones(bootstrap.RESAMPLES))
    assert one.accuracy + wrong.accuracy == pytest.approx(right.accuracy)
    assert not (one.accuracy == never.accuracy).all()


def test_a_resample_is_as_large_as_the_set():
    sizes = resample(np.arange(7.0), lambda drawn: np.array(len(drawn)))
    assert set(sizes.tolist()) == {7}
