"""What every back-end of the archive must do. A new one is added to BACKENDS, and passes."""

from datetime import date

import pytest

from onrecord.archive.ports import Entry, Kept, Limits, Reference
from onrecord.archive.store import SqliteStore
from onrecord.archive.vectors import VectorIndex
from onrecord.archive.words import WordIndex
from onrecord.errors import WorkspaceError

from .conftest import HashingEmbedder, article

ALL = Limits(as_of=1_000_000)


class MemoryMarks:
    def __init__(self):
        self.marks = {}

    def mark(self, name):
        return self.marks.get(name, 0)

    def set_mark(self, name, value):
        self.marks[name] = value


def words(folder):
    marks = MemoryMarks()
    return lambda: WordIndex(folder, marks)


def vectors(folder):
    return lambda: VectorIndex(folder, HashingEmbedder())


def sqlite(folder):
    SqliteStore.create(folder / "store").close()
    return lambda: SqliteStore(folder / "store")


INDEXES = {"words": words, "vectors": vectors}
STORES = {"sqlite": sqlite}


@pytest.fixture(params=INDEXES)
def opened(request, tmp_path):
    """Opens the same index, again at each call."""
    return INDEXES[request.param](tmp_path)


@pytest.fixture(params=STORES)
def stored(request, tmp_path):
    return STORES[request.param](tmp_path)


def entry(key, text, sequence=None, latest=None, title="News"):
    return Entry(key, sequence or key, latest, title, text)


def keys(index, query, k=10, limits=ALL):
    return [ranked.key for ranked in index.search(query, k, limits)]


class TestIndex:
    def test_begins_empty(self, opened):
        index = opened()
        assert (index.mark(), index.size()) == (0, 0)
        assert keys(index, "anything") == []

    def test_finds_what_was_added_after_it_is_opened_again(self, opened):
        opened().add([entry(1, "jets were sold"), entry(2, "it rained all day")], up_to=2)
        index = opened()
        assert (index.mark(), index.size()) == (2, 2)
        assert keys(index, "jets were sold")[0] == 1

    def test_an_open_index_sees_what_another_added(self, opened):
        reader, writer = opened(), opened()
        writer.add([entry(1, "jets")], up_to=1)
        assert keys(reader, "jets") == [1]
        writer.add([entry(2, "jets")], up_to=2)
        assert reader.mark() == 2
        assert keys(reader, "jets") == [1, 2]

    def test_marks_documents_without_passages(self, opened):
        opened().add([], up_to=3)
        assert opened().mark() == 3

    def test_forgets_everything(self, opened):
        index = opened()
        index.add([entry(1, "jets")], up_to=1)
        index.clear()
        assert (opened().mark(), opened().size(), keys(index, "jets")) == (0, 0, [])
        index.add([entry(1, "jets")], up_to=1)
        assert keys(opened(), "jets") == [1]

    def test_equals_come_by_key_whatever_the_number_wanted(self, opened):
        index = opened()
        index.add([entry(key, "jets sold") for key in range(1, 101)], up_to=100)
        for k in (1, 3, 99, 100, 500):
            assert keys(index, "jets sold", k) == list(range(1, min(k, 100) + 1))

    def test_scores_fall(self, opened):
        index = opened()
        index.add([entry(key, "jets " * key + "rain " * 9) for key in range(1, 9)], up_to=8)
        scores = [ranked.score for ranked in index.search("jets", 8, ALL)]
        assert scores == sorted(scores, reverse=True)

    def test_as_of_hides_what_was_added_later(self, opened):
        index = opened()
        index.add([entry(1, "jets", 1), entry(2, "jets", 1), entry(3, "jets", 2)], up_to=2)
        assert keys(index, "jets", limits=Limits(as_of=1)) == [1, 2]
        assert keys(index, "jets", limits=Limits(as_of=0)) == []

    def test_as_of_gives_the_same_answer_whatever_was_added_later(self, opened):
        index = opened()
        early = [
            entry(k, f"jets sold {'rain ' * (k % 7)} {'coup ' * (k % 3)}") for k in range(1, 80)
        ]
        index.add(early, up_to=79)
        limits = Limits(as_of=79)
        before = index.search("jets coup rain sold", 20, limits)
        index.add([entry(k, "jets " * (k % 9) + "coup") for k in range(80, 400)], up_to=399)
        assert index.search("jets coup rain sold", 20, limits) == before

    def test_before_takes_no_later_and_no_undated(self, opened):
        index = opened()
        days = [date(2022, 8, 2), date(2022, 8, 3), date(2022, 8, 4), None]
        index.add([entry(k, "jets", latest=day) for k, day in enumerate(days, start=1)], up_to=4)
        assert keys(index, "jets", limits=Limits(as_of=4, before=date(2022, 8, 3))) == [1, 2]
        assert keys(index, "jets", limits=Limits(as_of=1, before=date(2022, 8, 3))) == [1]
        assert keys(index, "jets") == [1, 2, 3, 4]

    def test_adding_the_same_again_changes_nothing(self, opened):
        index = opened()
        entries = [entry(1, "jets"), entry(2, "rain")]
        index.add(entries, up_to=2)
        again = opened()
        again.add([], up_to=2)
        assert again.size() == 2

    @pytest.mark.parametrize(
        "query",
        [
            "AND OR (",
            '"',
            "title:jets",
            "jets^9 +sold -rain",
            "*",
            "/.*/",
            "\x00",
            "jets~",
            "[a TO b]",
        ],
    )
    def test_any_text_is_a_query(self, opened, query):
        index = opened()
        index.add([entry(1, "jets were sold")], up_to=1)
        assert set(keys(index, query)) <= {1}

    @pytest.mark.parametrize("query", ["", " \n\t"])
    def test_a_query_that_says_nothing_finds_nothing(self, opened, query):
        index = opened()
        index.add([entry(1, "jets were sold")], up_to=1)
        assert keys(index, query) == []

    def test_a_very_long_query(self, opened):
        index = opened()
        index.add([entry(1, "jets were sold")], up_to=1)
        long = " ".join(f"jets word{number}" for number in range(20_000))
        assert keys(index, long) == [1]
        assert keys(index, "jets", k=0) == []


class TestStore:
    def test_begins_empty(self, stored):
        store = stored()
        assert store.sequence == 0
        assert list(store.since(0)) == []
        assert store.get("d-none") is None

    def test_gives_back_what_was_added_with_its_place(self, stored):
        documents = [article(number) for number in range(3)]
        added = stored().add(documents)
        assert [(a.id, a.sequence, a.new) for a in added] == [
            (document.id, place, True) for place, document in enumerate(documents, start=1)
        ]
        store = stored()
        assert list(store.since(0)) == [
            document.model_copy(update={"sequence": place})
            for place, document in enumerate(documents, start=1)
        ]
        assert [document.sequence for document in store.since(2)] == [3]
        assert store.get(documents[1].id).sequence == 2

    def test_knows_its_publishers_as_of_any_place(self, stored):
        store = stored()
        store.add([article(1), article(2)])
        assert list(store.sources(0)) == []
        assert store.sources(2) == {d.source.id: d.source for d in store.since(0)}

    def test_the_same_twice_is_kept_once(self, stored):
        store = stored()
        [first] = store.add([article(1)])
        assert [(a.sequence, a.new) for a in store.add([article(1), article(2), article(2)])] == [
            (first.sequence, False), (2, True), (2, False)
        ]  # fmt: skip
        assert store.sequence == 2

    def test_passages_are_spans_of_their_documents(self, stored):
        store = stored()
        store.add([article(1), article(2)])
        entries = [entry for document in store.since(0) for entry in store.entries(document)]
        assert [entry.key for entry in entries] == list(range(1, 7))
        for entry in entries:
            document, passage = store.passage(entry.key)
            assert document.sequence == entry.sequence
            assert passage.of(document) == entry.text
            assert entry.title == document.title

    def test_no_such_passage(self, stored):
        with pytest.raises(KeyError, match="no passage 7"):
            stored().passage(7)

    @pytest.mark.parametrize(
        ("published", "latest"),
        [
            ("2022-08", date(2022, 8, 31)),
            ("2022-07~", date(2022, 7, 31)),
            (None, None),
            ("2022-01/..", None),
        ],
    )
    def test_the_last_day_of_publication(self, stored, published, latest):
        store = stored()
        store.add([article(1, published=published)])
        [document] = store.since(0)
        assert store.entries(document)[0].published_latest == latest

    def test_captures_and_their_documents(self, stored):
        store = stored()
        first, second = article(1), article(2)
        places = [Reference("a", 0, 10, "r1", "0"), Reference("a", 10, 5, "r2", "1")]
        both = (first.id, second.id)
        store.add([first, second], [Kept(places[0], both), Kept(places[1], ())])
        store.add([], [Kept(places[0], both), Kept(places[1], (second.id,))])
        again = stored()
        assert list(again.captures()) == [Kept(places[0], both), Kept(places[1], (second.id,))]
        assert again.captures_of(second.id) == places
        assert again.captures_of("d-none") == []
        assert (again.captured("r2"), again.captured("r3")) == (places[1], None)

    def test_where_the_last_record_of_a_file_ends(self, stored):
        store = stored()
        ends = [("a", 0, 10), ("a", 10, 5), ("b", 3, 4)]
        store.add([], [Kept(Reference(*end, f"r{n}", "0"), ()) for n, end in enumerate(ends)])
        assert [store.captured_up_to(name) for name in "abc"] == [15, 7, 0]

    def test_a_capture_of_an_unknown_document_adds_nothing(self, stored):
        store = stored()
        with pytest.raises(WorkspaceError):
            store.add([article(1)], [Kept(Reference("a", 0, 10, "r1", "0"), ("d-unknown",))])
        assert store.sequence == 0
        assert list(store.captures()) == []

    def test_any_text_comes_back(self, stored):
        text = "a\x00b\u200b\U0001f600 \ufeff “q” é e\u0301\n\n\u202e.\uffff"
        store = stored()
        store.add([article(1, text=text)])
        assert next(store.since(0)).text == text
