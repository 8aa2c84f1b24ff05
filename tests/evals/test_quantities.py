import json
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.evals.quantities import (
    OWN_SET,
    Marked,
    MarkedText,
    evaluate_quantities,
    read_digits,
    read_figures,
    read_marked,
    score,
)

ROW = {
    "text": "At least 35 men died.",
    "quantities": [
        {"start": 0, "end": 11, "value": 35, "unit": "man killed", "qualifier": "at least"}
    ],
}


def test_sentences_are_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW))
    (found,) = read_marked(file)
    assert found.quantities == (Marked(0, 11, 35, "man killed", "at least"),)
    assert read_figures(found.text, None) == found.quantities


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ({}, "'text'"),
        ({"text": "x"}, "'quantities'"),
        ({"text": "x", "quantities": [1]}, "no quantity"),
        ({"text": "x", "quantities": [{"start": 0}]}, "no quantity"),
        ({"text": "x", "quantities": [{**ROW["quantities"][0], "much": 1}]}, "no quantity"),
        ({"text": "x", "quantities": ROW["quantities"]}, "at a place"),
        ({"text": "x" * 20, "quantities": [{**ROW["quantities"][0], "value": "3"}]}, "no number"),
        ({"text": "x", "quantities": [], "published": 3}, "'published'"),
    ],
)
def test_what_is_no_file_of_sentences(tmp_path: Path, row: object, about: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row))
    with pytest.raises(InputError, match=about) as error:
        read_marked(file)
    assert str(error.value).startswith(str(file))


def test_an_empty_file_holds_no_sentences(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n")
    with pytest.raises(InputError, match="no sentences"):
        read_marked(file)


def test_scores_are_counted_by_hand() -> None:
    gold = MarkedText("x" * 30, None, (Marked(0, 3, 5, "jet"), Marked(10, 13, 7, "jet", "about")))
    found = (Marked(1, 3, 5, "jet"), Marked(10, 13, 8, "man"), Marked(20, 23, 9, ""))
    scores = score([gold], lambda text, published: found)
    assert scores == {
        "n": 2,
        "span_f1": 0.8,
        "span_precision": 0.6667,
        "span_recall": 1.0,
        "exact_f1": 0.4,
        "value_accuracy": 0.5,
        "unit_accuracy": 0.5,
        "qualifier_accuracy": 0.5,
        "all_right": 0.5,
    }


def test_the_baseline_reads_digits() -> None:
    found = read_digits("At least 1,024 jets, 5% more", None)
    assert [(one.value, one.unit) for one in found] == [(1024, "jet"), (5, "%")]


def test_the_own_set_is_read_well_and_better_than_by_the_baseline() -> None:
    texts = read_marked(OWN_SET)
    assert len(texts) >= 60
    figures = evaluate_quantities(OWN_SET)
    assert figures["span_f1"] >= 0.97
    assert figures["all_right"] >= 0.94
    assert figures["baseline"]["all_right"] < 0.3


def test_the_own_set_marks_what_it_says() -> None:
    for text in read_marked(OWN_SET):
        for marked in text.quantities:
            printed = text.text[marked.start : marked.end]
            assert printed == printed.strip()
            assert printed
