import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InputError
from onrecord.evals.seed import evaluate_seed

PAGE = """Top stories

Ships Leave the Old Port

On May 2, 2021, two of six ships left the old port of Norway.

The Harbour Times reported that 40 men had been killed, citing sources who served in the navy.
"""
ITEMS: list[dict[str, Any]] = [
    {
        "words": "On May 2, 2021, two of six ships left the old port of Norway.",
        "reported_by": "Checker (own voice)",
        "cites": [],
        "speech_act": "asserts",
        "event_date": {"edtf": "2021-05-02"},
        "quantities": [{"value": 2, "of_total": 6}],
    },
    {
        "words": "40 men had been killed",
        "reported_by": "Harbour Times",
        "cites": ["former members of the navy (unnamed)"],
        "speech_act": "reports",
        "event_date": None,
        "quantities": [{"value": 41}, {"value": "scores"}],
    },
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(PAGE)
    items = []
    for number, given in enumerate(ITEMS):
        start = PAGE.index(given["words"])
        place = {"start": start, "end": start + len(given["words"])}
        items.append({"id": f"A{number}", "selector": place, **given})
    gold = {
        "seed_sha256": hashlib.sha256(PAGE.encode()).hexdigest(),
        "page": {"publisher": "Checker (not printed)", "strips": ["top stories"]},
        "items": items,
    }
    found = tmp_path / "evidence.json"
    found.write_text(json.dumps(gold))
    return found


def test_shares_of_what_was_read_right(file: Path) -> None:
    figures = evaluate_seed(file)
    assert figures["n"] == 2
    assert figures["reporter"] == 1.0
    assert figures["chain"] == 1.0
    assert figures["speech_act"] == 1.0
    assert figures["quantities"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["event_date"] >= 0.5
    assert (figures["furniture"], figures["prose"]) == (0, 1.0)


def test_the_baseline_is_the_publishers_own_voice(file: Path) -> None:
    below = evaluate_seed(file)["baseline"]
    assert (below["reporter"], below["chain"], below["speech_act"]) == (0.5, 0.5, 0.5)


def test_another_page_is_refused(file: Path) -> None:
    file.with_name("page.txt").write_text(PAGE + " ")
    with pytest.raises(InputError, match="is not the page"):
        evaluate_seed(file)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"items": []}, "items: List should have at least 1 item"),
        ({"page": {}}, "page.publisher: Field required"),
    ],
)
def test_a_bad_file_is_refused(file: Path, change: dict[str, Any], message: str) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(InputError, match=message):
        evaluate_seed(file)


def test_a_place_beyond_the_page_is_refused(file: Path) -> None:
    gold = json.loads(file.read_text())
    gold["items"][0]["selector"]["end"] = 10_000
    file.write_text(json.dumps(gold))
    with pytest.raises(InputError, match="the place of A0 lies beyond the page"):
        evaluate_seed(file)


def test_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        evaluate_seed(tmp_path / "evidence.json")
    (tmp_path / "evidence.json").write_text("{}")
    with pytest.raises(InputError, match=r"page\.txt: no such file"):
        evaluate_seed(tmp_path / "evidence.json")
