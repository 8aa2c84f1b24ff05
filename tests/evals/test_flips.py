import gzip
import json
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError, ReadingError
from onrecord.evals.flips import KINDS, SHIPPED, Flip, flips, read_flips
from onrecord.neural import Reading
from tests.cli.doubles import BrokenVerifier, WordVerifier

TRAINING = Path(__file__).parents[2] / "training"
ITEMS = read_flips(SHIPPED)
TOKEN = re.compile(
    r"[A-Za-z]+(?:[-'][A-Za-z]+)*'?|[A-Za-z]+-\d+|\d{1,3}(?:,\d{3})+|\d+(?:[.:]\d+)*s?"
)
DENIALS = {"not", "no", "cannot", "nobody", "without"}
EITHER = {
    "SUPPORTS": (0.8, 0.1, 0.1),
    "REFUTES": (0.1, 0.8, 0.1),
    "NOT_ENOUGH_INFO": (0.2, 0.2, 0.6),
}


def tokens(text):
    return [token.casefold() for token in TOKEN.findall(text)]


def edits(item):
    """What the twin has instead: (words taken out, words put in)."""
    claim, flipped = tokens(item.claim), tokens(item.flipped)
    codes = SequenceMatcher(None, claim, flipped, autojunk=False).get_opcodes()
    return [(claim[a:b], flipped[c:d]) for kind, a, b, c, d in codes if kind != "equal"]


class RoteVerifier(WordVerifier):
    """Knows by heart how each claim is labelled."""

    def __init__(self, labels):
        self._labels = labels

    def _one(self, claim, passage):
        return Reading(*EITHER[self._labels[claim]])


def item(number, kind="numbers", evidence=None):
    return Flip(
        id=f"i{number}",
        kind=kind,
        claim=f"claim {number}",
        flipped=f"flipped {number}",
        evidence=evidence or f"evidence {number}",
    )


def labelled(*pairs, kind="numbers"):
    """Items and a verifier that reads claim and twin as those labels."""
    rows = [item(number, kind) for number in range(len(pairs))]
    labels = {}
    for row, (claim, flipped) in zip(rows, pairs, strict=True):
        labels |= {row.claim: claim, row.flipped: flipped}
    return rows, RoteVerifier(labels)


def line(**more):
    plain = {
        "id": "a",
        "kind": "names",
        "claim": "Ada came.",
        "flipped": "Bo came.",
        "evidence": "x",
    }
    return json.dumps(plain | more) + "\n"


def test_there_are_enough_items_and_as_many_of_each_kind():
    counts = Counter(row.kind for row in ITEMS)
    assert sum(counts.values()) >= 320
    assert set(counts) == set(KINDS)
    assert all(64 <= count <= 70 for count in counts.values())


def test_passages_are_news_items_with_several_kinds_each():
    kinds = {row.evidence: [] for row in ITEMS}
    for row in ITEMS:
        kinds[row.evidence].append(row.kind)
    assert len(kinds) >= 105
    assert all(20 <= len(evidence.split()) <= 70 for evidence in kinds)
    assert all(len(set(found)) == len(found) >= 2 for found in kinds.values())


def of(*kinds):
    return [row for row in ITEMS if row.kind in kinds]


def test_texts_are_well_made():
    for row in ITEMS:
        for text in (row.claim, row.flipped, row.evidence):
            assert text.isascii(), row.id
            assert text == " ".join(text.split()), row.id
            assert re.match(r"'?[A-Z]|\d", text), row.id
            assert text.endswith("."), row.id
            assert not re.search(r"\b(\w+) \1\b", text), row.id
            assert not set(TOKEN.sub("", text)) - set(" .,;:'&-"), row.id


def test_claims_are_no_copies_of_the_passage():
    for row in ITEMS:
        passage = " ".join(tokens(row.evidence))
        assert " ".join(tokens(row.claim)) not in passage, row.id
        assert " ".join(tokens(row.flipped)) not in passage, row.id


def test_one_thing_is_swapped():
    for row in of("numbers", "negation", "names", "dates"):
        found = edits(row)
        out, put = (Counter(word for edit in found for word in edit[side]) for side in (0, 1))
        assert 1 <= len(found) <= 2, row.id
        assert max(out.total(), put.total()) <= 3, row.id
        # The rest stands as it stood.
        assert Counter(tokens(row.claim)) - out == Counter(tokens(row.flipped)) - put, row.id


def test_roles_are_the_same_words_in_another_order():
    for row in of("roles"):
        assert Counter(tokens(row.claim)) == Counter(tokens(row.flipped)), row.id
        assert tokens(row.claim) != tokens(row.flipped), row.id


def test_figures_differ_by_more_than_a_slip():
    compared = 0
    for row in of("numbers"):
        ((out, put),) = edits(row)
        assert len(out) == len(put), row.id
        if all(word[0].isdigit() for word in (*out, *put)):
            old, new = (float(words[0].replace(",", "")) for words in (out, put))
            assert abs(old - new) >= 0.1 * old, row.id
            compared += 1
    assert compared > 40


def denies(text):
    return not DENIALS.isdisjoint(tokens(text))


def test_one_of_the_two_denies():
    for row in of("negation"):
        assert denies(row.claim) != denies(row.flipped), row.id


def test_denials_are_as_often_true_as_false():
    """Otherwise whoever answers REFUTES to every 'not' would be right."""
    true = sum(denies(row.claim) for row in of("negation"))
    assert 0.4 < true / len(of("negation")) < 0.6


def test_names_of_a_claim_are_in_its_passage():
    for row in ITEMS:
        names = re.findall(r"(?<= )[A-Z]\w+", row.claim)
        passage = row.evidence.casefold()
        assert [name for name in names if name.casefold() not in passage] == [], row.id


def test_ids_are_unique_and_end_in_their_kind():
    assert len({row.id for row in ITEMS}) == len(ITEMS)
    assert all(row.id.endswith(f"-{row.kind}") for row in ITEMS)
    assert len({text for row in ITEMS for text in (row.claim, row.flipped)}) == 2 * len(ITEMS)


def test_nothing_of_it_is_in_the_training_data():
    ours = {text for row in ITEMS for text in (row.claim, row.flipped, row.evidence)}
    files = sorted(TRAINING.rglob("*.jsonl"))
    assert files
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert not ours & {row.get("claim"), row.get("evidence")}, file


def test_shares_are_counted():
    rows, verifier = labelled(
        ("SUPPORTS", "REFUTES"),
        ("SUPPORTS", "NOT_ENOUGH_INFO"),
        ("REFUTES", "SUPPORTS"),
        ("SUPPORTS", "SUPPORTS"),
        ("NOT_ENOUGH_INFO", "REFUTES"),
    )
    found = flips(rows, verifier)
    assert (found.n, found.changed, found.to_refutes) == (5, 0.8, 0.2)
    assert (found.model, found.model_sha256) == (verifier.name, verifier.sha256)


def test_each_kind_is_counted_for_itself_in_the_order_of_the_kinds():
    rows = [item(1, "dates"), item(2, "numbers"), item(3, "dates")]
    labels = {row.claim: "SUPPORTS" for row in rows} | {row.flipped: "REFUTES" for row in rows}
    found = flips(rows, RoteVerifier(labels | {"flipped 3": "SUPPORTS"})).by_kind
    assert list(found) == ["numbers", "dates"]
    assert (found["numbers"].n, found["numbers"].changed) == (1, 1.0)
    assert (found["dates"].n, found["dates"].changed, found["dates"].to_refutes) == (2, 0.5, 0.5)


@settings(max_examples=20)
@given(st.lists(st.tuples(*[st.sampled_from(sorted(EITHER))] * 2), min_size=1, max_size=12))
def test_what_goes_to_refutes_has_changed_and_intervals_hold_the_shares(pairs):
    rows, verifier = labelled(*pairs)
    found = flips(rows, verifier)
    assert found.changed == pytest.approx(sum(a != b for a, b in pairs) / len(pairs))
    assert 0 <= found.to_refutes <= found.changed <= 1
    for low, high in found.intervals.values():
        assert 0 <= low <= high <= 1
    assert found.by_kind["numbers"].intervals == found.intervals


def test_items_of_one_passage_come_and_go_together():
    """Ten items of two passages tell less than ten of ten."""
    labels = {f"claim {n}": "SUPPORTS" for n in range(10)}
    labels |= {f"flipped {n}": "REFUTES" if n < 5 else "SUPPORTS" for n in range(10)}
    apart = flips([item(n) for n in range(10)], RoteVerifier(labels))
    together = flips(
        [item(n, evidence=f"passage {n // 5}") for n in range(10)], RoteVerifier(labels)
    )
    assert apart.changed == together.changed == 0.5
    assert together.intervals["changed"] == (0.0, 1.0)
    low, high = apart.intervals["changed"]
    assert 0 < low < 0.5 < high < 1


def test_whoever_goes_by_shared_words_sees_no_role():
    found = flips(ITEMS, WordVerifier())
    assert found.by_kind["roles"].changed < 0.1
    assert found.n == len(ITEMS)


def test_the_same_items_give_the_same_figures_whatever_their_order():
    rows, verifier = labelled(("SUPPORTS", "REFUTES"), ("SUPPORTS", "SUPPORTS"))
    assert flips(rows, verifier) == flips(rows[::-1], verifier)


def test_progress_is_told():
    steps = []
    rows, verifier = labelled(("SUPPORTS", "REFUTES"))
    flips(rows, verifier, lambda *step: steps.append(step))
    assert steps == [("read", 0, 2), ("read", 2, 2)]


def test_a_fault_is_no_answer():
    with pytest.raises(ReadingError):
        flips([item(1)], BrokenVerifier())


def test_figures_are_plain_data():
    rows, verifier = labelled(("SUPPORTS", "REFUTES"))
    plain = json.loads(json.dumps(flips(rows, verifier).plain(), allow_nan=False))
    assert plain["changed"] == plain["by_kind"]["numbers"]["to_refutes"] == 1.0
    assert plain["intervals"]["to_refutes"] == [1.0, 1.0]


def test_a_file_may_be_packed(tmp_path):
    file = tmp_path / "flips.jsonl.gz"
    file.write_bytes(gzip.compress(line().encode()))
    assert read_flips(file) == (Flip("a", "names", "Ada came.", "Bo came.", "x"),)


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("", "no items"),
        ("[]\n", "line 1: an object is wanted"),
        (line() + line(), "share an id"),
        (line(id=3), "'id' is wanted as text"),
        (line(kind="size"), "the kind 'size' is none of numbers"),
        (line(evidence=" "), "'evidence' is empty"),
        (line(flipped="Ada came."), "claim and flipped are the same"),
        (line() + "{\n", "line 2"),
    ],
)
def test_what_is_no_set_is_refused(tmp_path, content, about):
    file = tmp_path / "flips.jsonl"
    file.write_text(content)
    with pytest.raises(InputError, match=re.escape(about)) as caught:
        read_flips(file)
    assert str(caught.value).startswith(str(file))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_flips(tmp_path / "none.jsonl")
