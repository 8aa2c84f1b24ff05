"""How much of the written sets' labels words alone give away: TF-IDF on claim, evidence, or both.

    python training/cues.py

Trained on the train rows, scored on the development rows of `training/written`. What the claim
alone or the evidence alone reaches above the majority is a cue that a verifier could lean on
without reading (Gururangan et al. 2018).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline

from data import Row, read_rows

WRITTEN = Path(__file__).parent / "written"
SEEN: dict[str, Callable[[Row], str]] = {
    "claim": lambda row: row.claim,
    "evidence": lambda row: row.evidence,
    "both": lambda row: f"{row.claim} {row.evidence}",
}


def main() -> None:
    """Prints a line for each development set and for all of them."""
    train = [row for path in sorted(WRITTEN.glob("*.train.jsonl")) for row in read_rows(path)]
    sets = {path.name: read_rows(path) for path in sorted(WRITTEN.glob("*.dev.jsonl"))}
    sets["all"] = [row for rows in sets.values() for row in rows]
    guesses = {}
    for seen, text in SEEN.items():
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            LogisticRegression(max_iter=1000, C=2.0, class_weight="balanced"),
        )
        model.fit([text(row) for row in train], [row.label for row in train])
        guesses[seen] = {
            name: model.predict([text(r) for r in rows]) for name, rows in sets.items()
        }
    for name, rows in sets.items():
        gold = np.array([row.label for row in rows])
        most = np.full_like(gold, np.bincount(gold).argmax())
        figures = {"majority": most} | {seen: guesses[seen][name] for seen in SEEN}
        line = "  ".join(
            f"{k} {f1_score(gold, v, average='macro'):.3f}" for k, v in figures.items()
        )
        print(f"{name:26} n {len(rows):5}  {line}", flush=True)


if __name__ == "__main__":
    main()
