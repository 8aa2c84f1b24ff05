import sqlite3

import pytest

from onrecord.archive.store import SqliteStore
from onrecord.errors import WorkspaceError

from .conftest import article


@pytest.fixture
def path(tmp_path):
    return tmp_path / "archive.sqlite3"


@pytest.fixture
def store(path):
    opened = SqliteStore.create(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET json = '{}'",
        "DELETE FROM documents",
        "UPDATE passages SET start = 0",
        "DELETE FROM passages",
        "INSERT OR REPLACE INTO documents SELECT sequence, id, '{}', NULL FROM documents",
        "INSERT OR REPLACE INTO documents SELECT 99, id, '{}', NULL FROM documents",
        "INSERT OR REPLACE INTO passages SELECT key, document, 0, 1 FROM passages",
    ],
)
def test_nothing_is_overwritten_even_by_hand(store, path, statement):
    store.add([article(1)])
    before = list(store.since(0))
    by_hand = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="nothing in the archive is overwritten"):
        by_hand.execute(statement)
    by_hand.close()
    assert list(store.since(0)) == before


def test_a_passage_needs_its_document(store):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        store._connection.execute("INSERT INTO passages VALUES (1, 9, 0, 1)")


def test_durable_settings(store):
    settings = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000
    }  # fmt: skip


def test_a_full_disk_adds_nothing(store):
    store.add([article(1)])
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    big = article(3, text="word " * 100_000)
    with pytest.raises(WorkspaceError, match="full; nothing was added; free some space"):
        store.add([article(2), big])
    assert store.sequence == 1
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert [added.sequence for added in store.add([article(2), big])] == [2, 3]


def test_an_error_in_the_middle_adds_nothing(store):
    with pytest.raises(AttributeError):
        store.add([article(1), None])
    assert store.sequence == 0
    assert store.add([article(1)])[0].sequence == 1


def test_marks_outlive_the_process(store, path):
    store.set_mark("words", 3)
    store.set_mark("words", 5)
    again = SqliteStore(path)
    assert (again.mark("words"), again.mark("other")) == (5, 0)
    again.close()


def test_a_missing_file(path):
    with pytest.raises(WorkspaceError, match="file is missing; put it back from a copy"):
        SqliteStore(path)


def test_a_file_that_is_no_database(path):
    path.write_bytes(b"no database" * 500)
    with pytest.raises(WorkspaceError, match="not a database; the file is damaged"):
        SqliteStore(path)


def test_another_format(store, path):
    store._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match="format 99, this Onrecord reads 1"):
        SqliteStore(path)


def test_a_damaged_document_is_named(store, path):
    store.add([article(1)])
    store._connection.execute("DROP TRIGGER documents_UPDATE")
    store._connection.execute("UPDATE documents SET json = replace(json, 'paper', 'other')")
    with pytest.raises(WorkspaceError, match="document 1 is damaged"):
        list(store.since(0))


def test_an_unarchived_document_has_no_entries(store):
    with pytest.raises(ValueError, match="not in the archive yet"):
        store.entries(article(1))
