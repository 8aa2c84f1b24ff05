import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given

from onrecord.errors import InputError
from onrecord.evals.attribution import (
    Attributed,
    annotated,
    evaluate_attribution,
    read_brat,
    read_rules,
    read_said,
    score,
)
from tests.model.strategies import texts

TEXT = "Ann Roe said it rained.\nIt snowed, according to the Wire."
ANN = """T1\tSource 0 7\tAnn Roe
T2\tCue 8 12\tsaid
T3\tContent 13 22\tit rained
T4\tAttribution 8 12\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tContent 24 33\tIt snowed
T6\tCue 35 47\taccording to
T7\tSource 48 56\tthe Wire
E2\tAttribution:T6 Content:T5 Cue:T6 Source2:T7
#1\tAnnotatorNotes T1\tsee above
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "one.ann").write_text(ANN)
    return tmp_path


def test_brat_files_are_read(folder: Path) -> None:
    (one,) = read_brat(folder)
    assert (one.id, one.text) == ("one", TEXT)
    assert one.attributions == (
        Attributed(cue=((8, 12),), source=((0, 7),), content=((13, 22),)),
        Attributed(cue=((35, 47),), source=((48, 56),), content=((24, 33),)),
    )


def test_lines_hold_the_same(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl.gz"
    row = json.dumps({"id": "one", "text": TEXT, "ann": ANN})
    file.write_bytes(gzip.compress(row.encode()))
    assert read_brat(file) == read_brat(folder)


def test_pieces_that_only_whitespace_parts_are_one() -> None:
    ann = "T1\tCue 8 12\tx\nT2\tContent 13 15;16 22\tx\nE1\tAttribution:T1 Cue:T1 Content:T2\n"
    (found,) = annotated("a", TEXT, ann, "here").attributions
    assert (found.content, found.source) == (((13, 22),), ())


def test_the_rules_and_the_baseline_are_scored(folder: Path) -> None:
    figures = evaluate_attribution(folder)
    assert (figures["documents"], figures["n"]) == (1, 2)
    for part in ("cue", "source", "content", "whole"):
        assert figures[part]["overlap_f1"] == figures[part]["exact_f1"] == 1.0
    assert figures["baseline"]["cue"]["exact_f1"] == 1.0
    assert figures["baseline"]["content"]["exact_f1"] < 1.0


def test_overlap_exactness_and_links_are_told_apart(folder: Path) -> None:
    gold = read_brat(folder)
    first, second = gold[0].attributions
    longer = Attributed(first.cue, first.source, ((13, 23),))
    crossed = Attributed(second.cue, first.source, second.content)
    figures = score(gold, [[longer, crossed]])
    assert figures["content"]["overlap_f1"] == 1.0
    assert figures["content"]["exact_f1"] == 0.5
    assert figures["source"]["overlap_recall"] == 0.5
    assert figures["whole"]["overlap_f1"] == 0.5
    assert figures["whole"]["exact_f1"] == 0.0


def test_nothing_found_scores_nothing(folder: Path) -> None:
    figures = score(read_brat(folder), [[]])
    assert figures["cue"] == dict.fromkeys(
        ("overlap_f1", "overlap_precision", "overlap_recall", "exact_f1"), 0.0
    )


def test_bad_input_is_refused(folder: Path) -> None:
    (folder / "two.ann").write_text(ANN)
    with pytest.raises(InputError, match=r"two\.txt: no such file"):
        read_brat(folder)
    (folder / "two.txt").write_text("short")
    with pytest.raises(InputError, match=r"two\.ann: span 0 7 lies beyond"):
        read_brat(folder)
    (folder / "two.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"two\.txt: not UTF-8"):
        read_brat(folder)
    with pytest.raises(InputError, match="no such file"):
        read_brat(folder / "none.jsonl")
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="no annotated texts"):
        read_brat(folder / "empty")


@given(texts)
def test_spans_of_both_readers_lie_in_the_text(text: str) -> None:
    for one in (*read_rules(text), *read_said(text)):
        for start, end in (*one.cue, *one.source, *one.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
