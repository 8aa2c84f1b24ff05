"""What any judge must beat: the commonest label, and the words of claim and evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline

from onrecord.evals.metrics import Integers

FOLDS = 5
TERMS = 20_000
"""Words and pairs of words that are counted, the commonest."""

_TERM = r"\w+|[^\w\s]"


def majority(gold: Integers) -> Integers:
    """The commonest label for every pair; of equals the first."""
    return np.full_like(gold, np.bincount(gold).argmax())


def tfidf(texts: Sequence[str], gold: Integers, groups: Integers) -> Integers | None:
    """Labels by logistic regression on TF-IDF of the text, cross-validated within the set.

    As is customary it learns from the set itself, on FOLDS - 1 of its folds for the one that it
    answers; pairs of one group (a claim) are in one fold, so that no claim's label is learnt by
    heart. None when a label or the set has too few for FOLDS folds.
    """
    counts = np.bincount(gold)
    if min(counts[counts > 0].min(), len(np.unique(groups))) < FOLDS:
        return None
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    given, found = np.array(texts, dtype=object), np.empty_like(gold)
    for learnt, asked in folds.split(given, gold, groups):
        model = _regression() if len(np.unique(gold[learnt])) > 1 else DummyClassifier()
        model.fit(given[learnt], gold[learnt])
        found[asked] = model.predict(given[asked])
    return found


def _regression() -> Pipeline:
    return make_pipeline(
        TfidfVectorizer(
            token_pattern=_TERM, ngram_range=(1, 2), max_features=TERMS, sublinear_tf=True
        ),
        LogisticRegression(max_iter=1000, class_weight="balanced"),
    )
