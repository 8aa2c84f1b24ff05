import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.evals.pairs import LABELS, StanceSet, read_stance_set

Rows = list[tuple[str, str, str]]

THREE_WAY: Rows = [
    (f"The port sold {n} boats.", evidence, label)
    for n in range(8)
    for evidence, label in (
        (f"Records say the port sold {n} boats in the spring.", "SUPPORTS"),
        (f"The port never sold the {n} boats, and no boats left.", "REFUTES"),
        ("Rain fell on the hills for a week.", "NOT_ENOUGH_INFO"),
    )
]


@pytest.fixture
def pairs_file(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of claim, evidence and label, and give the file."""

    def write(rows: Rows, name: str = "pairs.jsonl") -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps({"claim": c, "evidence": e, "label": label}) for c, e, label in rows)
        file.write_text("\n".join(lines) + "\n")
        return file

    return write


@pytest.fixture
def three_way(pairs_file: Callable[..., Path]) -> StanceSet:
    """24 pairs about 8 claims, each with one evidence of every label."""
    return read_stance_set(pairs_file(THREE_WAY))


@pytest.fixture
def two_way(pairs_file: Callable[..., Path]) -> Callable[[str], StanceSet]:
    """The same without the pairs of one label."""

    def read(without: str) -> StanceSet:
        assert without in LABELS
        rows = [row for row in THREE_WAY if row[2] != without]
        return read_stance_set(pairs_file(rows, f"{without}.jsonl"))

    return read


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A collection in BEIR's layout whose answers are known."""
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    long = "\n\n".join(
        f"Ferries left the quay on day {n}. " + "Rain fell on the hills. " * 15 for n in range(6)
    )
    corpus = [
        {"_id": "boats", "title": "On boats", "text": "The port sold nine patrol boats."},
        {"_id": "bread", "title": "On bread", "text": "Bread became dearer in the capital."},
        {"_id": "ferries", "title": "Timetable", "text": long},
        {"_id": "title", "title": "Lighthouse lamp replaced", "text": ""},
        {"_id": "blank", "title": "", "text": " \u0000 "},
    ]
    queries = [
        {"_id": "q1", "text": "patrol boats sold"},
        {"_id": "q2", "text": "lighthouse lamp"},
        {"_id": "q3", "text": "ferries on the quay"},
        {"_id": "unjudged", "text": "bread"},
    ]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = (json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
    qrels = "query-id\tcorpus-id\tscore\nq1\tboats\t1\nq2\ttitle\t1\nq2\tbread\t0\nq3\tferries\t1\n"
    (folder / "qrels" / "test.tsv").write_text(qrels)
    return folder
