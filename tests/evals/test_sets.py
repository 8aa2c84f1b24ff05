"""The sets that ship: crossed as their card says, in nobody's training data, under a floor."""

import json
from collections import Counter
from pathlib import Path

from onrecord.evals.benchmarks import SHIPPED
from onrecord.evals.floors import read_floors
from onrecord.evals.pairs import LABELS, read_stance_set
from onrecord.evals.retrieval import read_collection

PAIRS = SHIPPED / "verification" / "small.test.jsonl"
COLLECTION = SHIPPED / "retrieval" / "small"
TRAINING = Path(__file__).parents[2] / "training"


def test_claim_alone_and_passage_alone_say_nothing():
    pairs = read_stance_set(PAIRS).pairs
    assert len(pairs) == 72
    for side in ("claim", "evidence"):
        found = Counter((getattr(pair, side), pair.label) for pair in pairs)
        assert set(found.values()) == {1}
        assert len(found) == 24 * len(LABELS)


def test_ids_are_unique():
    ids = [json.loads(line)["id"] for line in PAIRS.read_text().splitlines()]
    assert len(set(ids)) == len(ids)


def test_nothing_of_them_is_in_the_training_data():
    pairs = read_stance_set(PAIRS).pairs
    ours = {text for pair in pairs for text in (pair.claim, pair.evidence)}
    ours |= {document.text for document in read_collection(COLLECTION).documents}
    files = sorted(TRAINING.rglob("*.jsonl"))
    assert files
    for file in files:
        for line in file.read_text().splitlines():
            row = json.loads(line)
            assert not ours & {row.get("claim"), row.get("evidence")}, file


def test_every_answer_of_the_collection_is_there():
    found = read_collection(COLLECTION)
    numbers = {document.url for document in found.documents}
    assert len(numbers) == 32
    assert len(found.queries) == 14
    assert {document for judged in found.qrels.values() for document in judged} <= numbers


def test_floors_hold_for_these_very_data():
    """A set that is changed without its floor would no longer be held to it."""
    hashes = {
        "small.test": read_stance_set(PAIRS).sha256,
        "small": read_collection(COLLECTION).sha256,
    }
    floors = [floor for floor in read_floors() if floor.set in hashes]
    assert {floor.set for floor in floors} == set(hashes)
    assert all(floor.data_sha256 == hashes[floor.set] for floor in floors)
