import math

import pytest

from onrecord.archive.bm25 import FieldStatistics, ratio, score

FIELD = FieldStatistics(passages=10, mean_words=4.0, holding={"jets": 2, "the": 9})


def test_score_by_hand():
    # Robertson & Zaragoza 2009, with the rarity that is never below 0.
    rarity = math.log(1 + (10 - 2 + 0.5) / (2 + 0.5))
    weight = 1.2 * (1 - 0.75 + 0.75 * 3 / 4)
    assert score(["jets", "the", "jets"], ["jets"], FIELD) == pytest.approx(
        rarity * 2.2 * 2 / (2 + weight)
    )


def test_rare_words_and_short_fields_weigh_more():
    assert score(["jets"], ["jets"], FIELD) > score(["the"], ["the"], FIELD) > 0
    assert score(["jets"], ["jets"], FIELD) > score(["jets", "a", "b", "c"], ["jets"], FIELD)


def test_nothing_fits():
    assert score([], ["jets"], FIELD) == score(["rain"], ["jets"], FIELD) == 0
    empty = FieldStatistics(passages=0, mean_words=0.0, holding={"jets": 0})
    assert score([], ["jets"], empty) == 0


def test_ratio_bounds_the_scores():
    later = FieldStatistics(passages=50, mean_words=3.0, holding={"jets": 30, "the": 40})
    most = ratio(["jets", "the"], FIELD, later)
    for words in (["jets"], ["the"] * 9, ["jets", "the", "rain"] * 5):
        assert score(words, ["jets", "the"], FIELD) <= most * score(words, ["jets", "the"], later)
