import os
import shutil
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.archive import LOCK, MARKER, STORE, VECTORS, WORDS
from onrecord.archive.vectors import FILE
from onrecord.errors import WorkspaceError

from .conftest import HashingEmbedder, article, found

ROOT = Path(__file__).parents[2]


def articles(first, last):
    return [article(number) for number in range(first, last)]


def test_add_and_search(archive):
    added = archive.add(articles(0, 30))
    assert [(item.sequence, item.new) for item in added] == [(n, True) for n in range(1, 31)]
    hits = archive.search("Russia sold jets", k=5)
    assert len(hits) == 5
    for hit in hits:
        assert hit.text == hit.document.text[hit.passage.start : hit.passage.end]
        assert hit.document == archive.document(hit.passage.document)
        ranks = [rank for rank in (hit.word_rank, hit.vector_rank) if rank]
        assert hit.score == pytest.approx(sum(1 / (60 + rank) for rank in ranks))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_documents_come_back_in_order(archive):
    archive.add(articles(0, 5))
    assert [document.sequence for document in archive.documents()] == [1, 2, 3, 4, 5]
    assert archive.sequence == 5
    assert archive.document("d-none") is None


def test_added_twice_changes_nothing(archive):
    archive.add(articles(0, 10))
    before = found(archive)
    assert not any(item.new for item in archive.add(articles(0, 10)))
    assert archive.sequence == 10
    assert found(archive) == before


def test_as_of_is_not_moved_by_what_comes_later(archive):
    archive.add(articles(0, 40))
    before = found(archive)
    archive.add(articles(40, 300))
    assert found(archive, as_of=40) == before
    assert found(archive) != before
    assert found(archive, as_of=0) == []


def test_before_is_for_sure(archive):
    dates = ["2022-08-02", "2022-08", "2022-08-03", None, "2022~", "../2022-07", "2021-12/.."]
    archive.add(article(n, published=published) for n, published in enumerate(dates))
    hits = archive.search("army arms Russia jets", k=50, before=date(2022, 8, 3))
    assert {hit.document.published.edtf for hit in hits} == {
        "2022-08-02",
        "2022-08-03",
        "../2022-07",
    }


def test_rebuild_finds_the_same(archive, folder):
    for first in range(0, 120, 40):
        archive.add(articles(first, first + 40))
    before = found(archive), found(archive, as_of=50)
    archive.rebuild()
    assert (found(archive), found(archive, as_of=50)) == before
    with Archive.open(folder, HashingEmbedder()) as again:
        assert found(again) == before[0]


def test_one_at_a_time_finds_the_same_as_all_at_once(archive, tmp_path, embedder):
    for number in range(12):
        archive.add([article(number)])
    Archive.create(tmp_path / "other")
    with Archive.open(tmp_path / "other", embedder) as other:
        other.add(articles(0, 12))
        assert found(other) == found(archive)


def test_progress_counts_documents(archive):
    calls = []
    archive.add(articles(0, 200), progress=lambda done, total: calls.append((done, total)))
    assert len(calls) > 1
    assert calls[-1] == (200, 200)
    assert calls == sorted(calls)


def test_another_embedder_asks_for_a_rebuild_and_adds_nothing(archive, folder):
    archive.add(articles(0, 5))
    with Archive.open(folder, HashingEmbedder("hashing-2")) as other:
        for act in (lambda: other.search("jets"), lambda: other.add(articles(5, 6))):
            with pytest.raises(WorkspaceError, match="onrecord rebuild"):
                act()
        assert other.sequence == 5
        other.rebuild()
        assert len(found(other)) > 0


@pytest.mark.parametrize("lost", [WORDS, VECTORS / FILE, WORDS / "meta.json", Path("index")])
def test_lost_indexes_are_made_again(archive, folder, tmp_path, lost):
    archive.add(articles(0, 20))
    before = found(archive)
    archive.close()
    (folder / lost).rename(tmp_path / "lost")
    with Archive.open(folder, HashingEmbedder()) as again:
        assert found(again) == before


@pytest.mark.parametrize("damaged", [VECTORS / FILE, WORDS / "meta.json"])
def test_damaged_indexes_are_made_again(archive, folder, damaged):
    archive.add(articles(0, 20))
    before = found(archive)
    archive.close()
    (folder / damaged).write_bytes(b"damaged")
    with Archive.open(folder, HashingEmbedder()) as again:
        assert found(again) == before


@pytest.mark.parametrize("search_first", [True, False])
def test_documents_put_back_from_an_older_copy(archive, folder, tmp_path, embedder, search_first):
    archive.add(articles(0, 10))
    before = found(archive)
    archive.close()
    shutil.copy(folder / STORE, tmp_path / "copy")
    with Archive.open(folder, embedder) as longer:
        longer.add(articles(10, 20))
    shutil.copy(tmp_path / "copy", folder / STORE)
    Archive.create(tmp_path / "clean")
    with (
        Archive.open(folder, embedder) as restored,
        Archive.open(tmp_path / "clean", embedder) as clean,
    ):
        assert not search_first or found(restored) == before
        restored.add(articles(50, 80))
        clean.add([*articles(0, 10), *articles(50, 80)])
        assert found(restored) == found(clean)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.archive.conftest import HashingEmbedder, article
from onrecord.archive import Archive
from onrecord.archive import archive, store, vectors, words

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

folder, point = Path(sys.argv[1]), sys.argv[2]
opened = Archive.open(folder, HashingEmbedder())
if point == "in the transaction":
    append, count = store._append, iter(range(100))
    store._append = lambda *args: die() if next(count) == 5 else append(*args)
elif point == "before words commit":
    words.WordIndex._as_document = die
elif point == "before the mark":
    store.SqliteStore.set_mark = die
elif point == "while embedding":
    HashingEmbedder.embed = die
elif point == "before vectors are replaced":
    vectors.os.fsync = die
opened.add([article(number) for number in range(20, 40)])
"""


@pytest.mark.parametrize(
    ("point", "kept"),
    [
        ("in the transaction", 20),
        ("before words commit", 40),
        ("before the mark", 40),
        ("while embedding", 40),
        ("before vectors are replaced", 40),
    ],
)
def test_killed_at_any_moment_it_opens_again(folder, tmp_path, embedder, point, kept):
    with Archive.open(folder, embedder) as archive:
        archive.add(articles(0, 20))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, folder, point], env=environment, capture_output=True
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    Archive.create(tmp_path / "clean")
    with (
        Archive.open(folder, embedder) as archive,
        Archive.open(tmp_path / "clean", embedder) as clean,
    ):
        assert archive.sequence == kept
        clean.add(articles(0, kept))
        assert found(archive) == found(clean)
        archive.add(articles(20, 50))
        clean.add(articles(20, 50))
        assert found(archive) == found(clean)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of eight megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "onrecord-test", place]
    try:
        mounted = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system can be mounted here; test_store fills one in another way")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_leaves_the_archive_as_it_was(small_disk, embedder):
    Archive.create(small_disk / "work")
    with Archive.open(small_disk / "work", embedder) as archive:
        archive.add(articles(0, 5))
        before = found(archive)
        with pytest.raises(WorkspaceError, match="nothing was added"):
            archive.add([*articles(5, 8), article(8, text="word " * 300_000)])
        assert archive.sequence == 5
        assert found(archive) == before


def test_on_a_disk_filled_by_others_nothing_is_added_and_search_goes_on(small_disk, embedder):
    Archive.create(small_disk / "work")
    with Archive.open(small_disk / "work", embedder) as archive:
        archive.add(articles(0, 5))
        before = found(archive)
        free = shutil.disk_usage(small_disk).free
        (small_disk / "junk").write_bytes(bytes(free))
        with pytest.raises(WorkspaceError, match="nothing was added"):
            archive.add(articles(5, 1))
        assert archive.sequence == 5
        assert found(archive) == before


def test_a_disk_too_full_to_index_keeps_the_documents(archive, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("onrecord.archive.vectors.os.fsync", full)
        with pytest.raises(WorkspaceError, match="the documents are safe"):
            archive.add(articles(0, 5))
    assert archive.sequence == 5
    assert len(found(archive)) > 0


def test_another_process_that_indexes_is_named(archive, folder, monkeypatch):
    archive.add(articles(0, 1))
    monkeypatch.setattr("onrecord.archive.archive.WAIT_SECONDS", 0.1)
    held = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
            "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); time.sleep(60)",
            folder / LOCK,
        ],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        held.stdout.readline()
        with pytest.raises(WorkspaceError, match="another process is indexing"):
            archive.add(articles(1, 2))
    finally:
        held.kill()
        held.communicate()
    assert archive.sequence == 2
    assert any(hit.document.sequence == 2 for hit in archive.search("army jets Russia", k=50))


def test_threads_may_share_it(archive):
    errors = []

    def work(first):
        try:
            archive.add(articles(first, first + 5))
            archive.search("jets")
        except Exception as error:  # noqa: BLE001 - told to the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(0, 20, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert archive.sequence == 20


@pytest.mark.parametrize("query", ["AND OR (", '"', "'; DROP TABLE documents; --", "", " ", "\x00"])
def test_hostile_queries(archive, query):
    archive.add(articles(0, 3))
    assert len(archive.search(query)) <= 10
    assert archive.search(query, k=0) == ()
    assert archive.sequence == 3


def test_very_long_query(archive):
    archive.add(articles(0, 3))
    assert archive.search("jets " * 100_000)


def test_a_document_of_whitespace_is_kept_and_found_by_nothing(archive):
    archive.add([article(1, text=" \n "), article(2)])
    assert archive.sequence == 2
    assert {hit.document.sequence for hit in archive.search("jets", k=50)} == {2}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1), query=st.text())
def test_a_hit_is_a_quotation(archive, text, query):
    archive.add([article(1, text=text)])
    for hit in archive.search(query):
        assert hit.document.text[hit.passage.start : hit.passage.end] == hit.text


class TestFolder:
    def test_create_twice(self, folder):
        with pytest.raises(WorkspaceError, match="is a workspace already"):
            Archive.create(folder)

    def test_create_in_an_empty_folder(self, tmp_path, embedder):
        Archive.create(tmp_path)
        with Archive.open(tmp_path, embedder) as archive:
            assert archive.sequence == 0
            assert archive.search("jets") == ()

    def test_create_over_something_else(self, tmp_path):
        (tmp_path / "letter.txt").write_text("mine")
        with pytest.raises(WorkspaceError, match=r"not empty \(it holds 'letter.txt'\)"):
            Archive.create(tmp_path)
        assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]

    def test_create_over_a_file(self, tmp_path):
        (tmp_path / "file").write_text("mine")
        with pytest.raises(WorkspaceError, match="no workspace can be made here"):
            Archive.create(tmp_path / "file")

    def test_create_after_a_create_that_was_killed(self, folder, embedder):
        (folder / MARKER).rename(folder / f"{MARKER}.partial")
        with pytest.raises(WorkspaceError, match="is no workspace"):
            Archive.open(folder, embedder)
        Archive.create(folder)
        Archive.open(folder, embedder).close()

    @pytest.mark.parametrize("name", ["none", "file", "."])
    def test_open_what_is_no_workspace(self, tmp_path, embedder, name):
        (tmp_path / "file").write_text("")
        with pytest.raises(WorkspaceError, match=f"is no workspace: it has no {MARKER}"):
            Archive.open(tmp_path / name, embedder)

    @pytest.mark.parametrize("content", ["format = 99", "", "= broken", "\x00"])
    def test_open_another_format(self, folder, embedder, content):
        (folder / MARKER).write_text(content)
        with pytest.raises(WorkspaceError):
            Archive.open(folder, embedder)

    def test_open_without_the_documents(self, folder, embedder):
        (folder / STORE).unlink()
        with pytest.raises(WorkspaceError, match="file is missing"):
            Archive.open(folder, embedder)
