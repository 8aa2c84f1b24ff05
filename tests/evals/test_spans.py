from dataclasses import dataclass

import pytest

from onrecord.evals.spans import f1, matches, overlap_scores, share


@dataclass(frozen=True)
class At:
    start: int
    end: int


def test_the_first_that_overlaps_matches() -> None:
    gold, found = [At(0, 5), At(10, 15), At(20, 25)], [At(3, 12), At(13, 14), At(25, 30)]
    assert list(matches(gold, found)) == [(At(0, 5), At(3, 12)), (At(10, 15), At(3, 12))]
    assert list(matches([], found)) == []


def test_scores_over_texts() -> None:
    scores = overlap_scores([[At(0, 5)], [At(0, 5), At(7, 9)]], [[At(0, 5)], [At(4, 8)]])
    assert scores == {
        "n": 3,
        "span_f1": 1.0,
        "span_precision": 1.0,
        "span_recall": 1.0,
        "exact_f1": pytest.approx(0.4),
    }


def test_nothing_of_nothing() -> None:
    assert (share(0, 0), f1(0.0, 0.0), share(1, 3)) == (0.0, 0.0, 0.3333)
