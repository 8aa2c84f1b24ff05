import numpy as np

from onrecord.evals.baselines import FOLDS, majority, tfidf


def test_majority():
    assert majority(np.array([1, 2, 1, 0])).tolist() == [1, 1, 1, 1]
    assert majority(np.array([2, 0])).tolist() == [0, 0]


def told(n):
    """Texts whose label is told by a word, each with words of its own."""
    gold = np.arange(n) % 3
    words = ("agrees", "denies", "silent")
    return [f"item{i} {words[label]} about matter{i % 7}" for i, label in enumerate(gold)], gold


def test_words_that_tell_the_label_are_learnt():
    texts, gold = told(60)
    assert (tfidf(texts, gold, np.arange(60)) == gold).all()


def test_it_learns_from_other_folds_only():
    """Where each text has but its own words, there is nothing to learn."""
    gold = np.arange(60) % 3
    found = tfidf([f"word{i}" for i in range(60)], gold, np.arange(60))
    assert (found == gold).mean() < 0.5


def test_a_claim_is_not_learnt_by_heart():
    """The claim tells the label, but its other pairs are never in the folds learnt from."""
    groups = np.repeat(np.arange(20), 5)
    gold = (groups % 2).astype(np.int64)
    texts = [f"claim{group} evidence{i}" for i, group in enumerate(groups)]
    assert (tfidf(texts, gold, np.arange(100)) == gold).mean() > 0.9
    assert (tfidf(texts, gold, groups) == gold).mean() < 0.7


def test_the_same_on_every_run():
    texts, gold = told(40)
    shuffled = [texts[i % 11] for i in range(40)]
    one, same = (tfidf(shuffled, gold, np.arange(40)) for _ in range(2))
    assert (one == same).all()


def test_too_few_to_learn_from():
    texts, gold = told(3 * FOLDS)
    assert tfidf(texts, gold, np.arange(len(gold))) is not None
    assert tfidf(texts[:-1], gold[:-1], np.arange(len(gold) - 1)) is None
    assert tfidf(texts, gold, np.arange(len(gold)) % (FOLDS - 1)) is None


def test_a_label_of_one_claim_is_no_error():
    """One fold then has all that is known of a label, and the others learn without it."""
    groups = np.array([0] * 5 + list(range(1, 21)))
    gold = np.array([0] * 5 + [1] * 20)
    found = tfidf([f"text {i}" for i in range(25)], gold, groups)
    assert found is not None
    assert (found[:5] == 1).all()


def test_texts_without_words_are_no_error():
    gold = np.arange(30) % 2
    assert tfidf(["?!"] * 30, gold, np.arange(30)) is not None


def test_other_scripts_have_words():
    gold = np.arange(30) % 2
    texts = [("日本 港" if label else "Порт закрыт") + f" {i}" for i, label in enumerate(gold)]
    assert (tfidf(texts, gold, np.arange(30)) == gold).all()
