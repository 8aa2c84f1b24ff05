import random

import pytest
import tantivy

from onrecord.archive.ports import Limits
from onrecord.archive.words import MARK, WordIndex
from onrecord.errors import WorkspaceError

from .test_ports import ALL, MemoryMarks, entry, keys


@pytest.fixture
def marks():
    return MemoryMarks()


@pytest.fixture
def index(tmp_path, marks):
    return WordIndex(tmp_path / "words", marks)


def test_words_are_stemmed_and_accents_folded(index):
    index.add([entry(1, "Médecins treated the wounded"), entry(2, "a doctor treats")], up_to=2)
    assert keys(index, "MEDECINS") == [1]
    assert sorted(keys(index, "treating")) == [1, 2]


def test_titles_weigh_more(index):
    index.add([entry(1, "jets", title="Rain"), entry(2, "rain", title="Jets")], up_to=2)
    assert keys(index, "jets") == [2, 1]


def test_common_words_count_only_when_there_are_no_others(index):
    index.add([entry(1, "to be or not"), entry(2, "the jets")], up_to=2)
    assert keys(index, "the jets to be") == [2]
    assert keys(index, "to be or not to be") == [1]


def test_ranking_is_that_of_bm25_over_all_passages(index):
    """Whatever Tantivy proposes: the answer equals that of a search through everything."""
    draw = random.Random(1)  # noqa: S311 - no secret
    vocabulary = [f"w{number}" for number in range(30)]
    weights = [1 / (number + 1) for number in range(30)]
    texts = {
        key: " ".join(draw.choices(vocabulary, weights, k=draw.randint(1, 60)))
        for key in range(1, 601)
    }
    index.add([entry(key, text) for key, text in texts.items()], up_to=600)
    for as_of in (40, 300, 600):
        query = " ".join(draw.sample(vocabulary, 5))
        everything = index.search(query, 10_000, Limits(as_of))
        assert index.search(query, 10, Limits(as_of)) == everything[:10]


def test_passages_beyond_the_mark_are_indexed_once(tmp_path, marks, index):
    index.add([entry(1, "jets")], up_to=1)
    index.add([entry(2, "jets"), entry(3, "jets", 2)], up_to=2)
    marks.set_mark(MARK, 1)  # as if killed after Tantivy's commit
    again = WordIndex(tmp_path / "words", marks)
    assert again.mark() == 1
    again.add([entry(2, "jets"), entry(3, "jets", 2)], up_to=2)
    assert again.size() == 3
    assert keys(again, "jets") == [1, 2, 3]


def test_a_second_writer_is_told(tmp_path, index):
    index.add([entry(1, "jets")], up_to=1)
    writer = tantivy.Index.open(str(tmp_path / "words")).writer(20_000_000, 1)
    with pytest.raises(WorkspaceError, match="another process is indexing"):
        index.add([entry(2, "jets")], up_to=2)
    writer.wait_merging_threads()
    index.add([entry(2, "jets")], up_to=2)
    assert index.mark() == 2


def test_an_index_that_lost_passages_is_none(tmp_path, marks, index):
    index.add([entry(1, "jets")], up_to=1)
    empty = WordIndex(tmp_path / "other", MemoryMarks())
    empty.add([], up_to=1)
    (tmp_path / "words").rename(tmp_path / "away")
    (tmp_path / "other").rename(tmp_path / "words")
    assert WordIndex(tmp_path / "words", marks).mark() == 0


@pytest.mark.parametrize("suffix", ["idx", "term", "store", "fast", "fieldnorm", "json"])
def test_a_damaged_index_says_so_and_can_be_made_again(tmp_path, marks, index, suffix):
    entries = [entry(key, f"jets sold {key}") for key in range(1, 300)]
    index.add(entries, up_to=299)
    for file in (tmp_path / "words").glob(f"*.{suffix}"):
        file.write_bytes(b"\xff" * file.stat().st_size)
    damaged = WordIndex(tmp_path / "words", marks)
    try:
        damaged.search("jets", 5, ALL)
    except WorkspaceError as error:
        assert "run `onrecord rebuild`" in str(error)  # noqa: PT017 - it need not be raised
    damaged.clear()
    damaged.add(entries, up_to=299)
    assert keys(damaged, "jets", 3) == [1, 2, 3]
