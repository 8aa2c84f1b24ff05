import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from onrecord.archive import Archive, Captured, CaptureError, Captures, Reference
from onrecord.archive.archive import CAPTURES, STORE
from onrecord.archive.store import SqliteStore
from onrecord.errors import WorkspaceError
from onrecord.model import Capture, Snapshot, file_uri, new_document

from .conftest import HashingEmbedder, article

ROOT = Path(__file__).parents[2]
MOMENT = "2024-05-06T07:08:09Z"


def file_capture(number, content=None):
    body = content if content is not None else f"Words of file {number}. ".encode() * 20
    return Capture(file_uri(f"{number}.md"), body, "text/markdown", MOMENT)


def page_capture(number, moment=MOMENT):
    body = f"<p>Words of page {number}.</p>".encode()
    headers = (("Content-Type", "text/html"),)
    return Capture(f"https://paper.example/{number}", body, "text/html", moment, 200, headers)


@pytest.fixture
def captures(tmp_path):
    return Captures(tmp_path / "warc")


def names(captures):
    return [path.name for path in sorted(captures.folder.glob("*.warc.gz"))]


def test_what_is_kept_is_read(captures):
    kept = [captures.keep(file_capture(1)), *captures.keep_all([page_capture(2), file_capture(3)])]
    assert [captures.read(place).content for place in kept] == [
        file_capture(1).content, page_capture(2).content, file_capture(3).content
    ]  # fmt: skip
    assert captures.read(kept[0]) == file_capture(1)
    assert list(captures.references()) == kept
    assert len({place.record for place in kept}) == 3
    assert names(captures) == ["captures-000001.warc.gz"]


def test_the_files_are_warc_files_that_others_read(captures):
    captures.keep_all([page_capture(1), file_capture(2)])
    with (captures.folder / names(captures)[0]).open("rb") as file:
        records = [
            (record.rec_type, record.content_stream().read(), record.digest_checker.passed)
            for record in ArchiveIterator(file, check_digests=True)
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "resource"]
    assert [content for _, content, _ in records][1:] == [
        page_capture(1).content, file_capture(2).content
    ]  # fmt: skip
    assert all(passed for _, _, passed in records)


def test_files_say_nothing_of_where_a_file_lay(captures, tmp_path):
    captures.keep(file_capture(1))
    content = gzip.decompress((captures.folder / names(captures)[0]).read_bytes())
    assert b"file:///1.md" in content
    assert str(tmp_path).encode() not in content
    assert os.uname().nodename.encode() not in content


def test_a_full_file_is_followed_by_the_next(tmp_path):
    captures = Captures(tmp_path, file_bytes=2000)
    kept = captures.keep_all([file_capture(n, os.urandom(700)) for n in range(8)])
    assert len(names(captures)) > 2
    assert {place.file for place in kept} == set(names(captures))
    assert [captures.read(place).record for place in kept] == [place.record for place in kept]


def test_the_same_twice_is_one_record(captures):
    first = captures.keep(file_capture(1))
    assert captures.keep(file_capture(1)) == first
    twice = captures.keep_all([page_capture(2), page_capture(2)])
    assert twice[0] == twice[1]
    assert len(list(captures.references())) == 2


def test_the_same_page_later_is_another_record(captures):
    kept = captures.keep_all([page_capture(1), page_capture(1, "2025-01-01T00:00:00Z")])
    assert kept[0].record != kept[1].record
    assert kept[0].sha256 == kept[1].sha256


def test_nothing_is_no_file(captures):
    assert captures.keep_all([]) == []
    assert not captures.folder.exists()
    assert list(captures.references()) == []


def test_a_torn_end_is_sealed_off_and_nothing_is_lost(tmp_path):
    whole = Captures(tmp_path / "whole")
    kept = whole.keep_all([file_capture(1), page_capture(2)])
    content = (whole.folder / kept[0].file).read_bytes()
    for cut in (*range(kept[1].offset, len(content), 60), kept[1].offset + 1, len(content) - 1):
        torn = Captures(tmp_path / f"cut {cut}")
        torn.folder.mkdir()
        (torn.folder / kept[0].file).write_bytes(content[:cut])
        new = torn.keep(file_capture(3))
        is_clean = cut == kept[1].offset
        assert new.file == f"captures-00000{1 if is_clean else 2}.warc.gz"
        assert (torn.folder / kept[0].file).read_bytes().startswith(content[:cut])
        assert torn.read(kept[0]).record == kept[0].record
        assert torn.read(new).record == new.record
        assert list(torn.references()) == [kept[0], new]
        assert torn.keep(page_capture(4)).file == new.file


@pytest.mark.parametrize(
    "rest", [b"\0" * 5000, b"\x1f\x8b", b"words", b"\x1f\x8b\x08" + b"\xff" * 99]
)
def test_what_a_crash_leaves_at_the_end_is_sealed_off(captures, rest):
    kept = captures.keep(file_capture(1))
    with (captures.folder / kept.file).open("ab") as file:
        file.write(rest)
    new = captures.keep(file_capture(2))
    assert new.file == "captures-000002.warc.gz"
    assert list(captures.references()) == [kept, new]


def test_a_first_record_that_is_torn(captures):
    captures.folder.mkdir()
    (captures.folder / "captures-000001.warc.gz").write_bytes(b"\x1f\x8b\x08")
    assert captures.keep(file_capture(1)).file == "captures-000002.warc.gz"


def test_a_file_that_lost_its_end_is_not_appended_to(tmp_path):
    captures = Captures(tmp_path)
    kept = captures.keep_all([file_capture(1), file_capture(2)])
    content = (tmp_path / kept[0].file).read_bytes()
    (tmp_path / kept[0].file).write_bytes(content[: kept[1].offset])
    again = Captures(tmp_path, lambda name: len(content) if name == kept[0].file else 0)
    assert again.keep(file_capture(3)).file == "captures-000002.warc.gz"
    with pytest.raises(CaptureError, match="ends before the record"):
        again.read(kept[1])


def test_only_what_is_not_sure_is_read_before_a_record_is_added(tmp_path):
    captures = Captures(tmp_path)
    first, second = captures.keep_all([file_capture(1), file_capture(2)])
    content = bytearray((tmp_path / first.file).read_bytes())
    content[first.offset + 15] ^= 255
    (tmp_path / first.file).write_bytes(content)
    again = Captures(tmp_path, lambda name: second.offset)
    assert again.keep(file_capture(2)) == second
    assert again.keep(file_capture(3)).file == first.file


KEEP = """
import sys
from dataclasses import astuple
from pathlib import Path
from onrecord.archive.captures import Captures
from onrecord.model import Capture
ends = {}
captures = Captures(Path(sys.argv[1]), lambda name: ends.get(name, 0), file_bytes=20_000)
for number in range(int(sys.argv[2]), 100_000):
    body = f"Words of file {number}. ".encode() * 20
    files = [Capture(f"file:///{number}{a}.md", body, "text/plain", "2024-05-06T07:08:09Z")
             for a in "ab"]
    for place in captures.keep_all(files):
        print(*astuple(place), flush=True)
        ends[place.file] = place.offset + place.length
"""


def keeping(folder, start):
    return subprocess.Popen(
        [sys.executable, "-c", KEEP, folder, str(start)], stdout=subprocess.PIPE, cwd=ROOT
    )


def acknowledged(output):
    lines = [line.split() for line in output.decode().splitlines(keepends=True) if "\n" in line]
    return [Reference(f, int(o), int(n), r, s) for f, o, n, r, s in lines]


def test_what_a_killed_process_acknowledged_is_there(captures):
    kept = []
    for start, count in ((0, 3), (1000, 25)):
        process = keeping(captures.folder, start)
        lines = [process.stdout.readline() for _ in range(count)]
        process.send_signal(signal.SIGKILL)
        kept += acknowledged(b"".join(lines) + process.communicate()[0])
    assert len(kept) >= 28
    for place in kept:
        assert captures.read(place).record == place.record
    new = captures.keep(file_capture("last"))
    assert captures.read(new).content == file_capture("last").content
    assert set(kept) < set(captures.references())


def test_two_processes_write_beside_each_other(captures):
    processes = [keeping(captures.folder, start) for start in (0, 50_000)]
    lines = [[process.stdout.readline() for _ in range(8)] for process in processes]
    for process in processes:
        process.send_signal(signal.SIGKILL)
    kept = [
        place
        for process, head in zip(processes, lines, strict=True)
        for place in acknowledged(b"".join(head) + process.communicate()[0])
    ]
    assert len(kept) >= 16
    for place in kept:
        assert captures.read(place).record == place.record


def test_a_full_disk_acknowledges_nothing_and_leaves_no_rest(captures, monkeypatch):
    kept = captures.keep(file_capture(1))
    before = (captures.folder / kept.file).read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WorkspaceError, match="No space left on device; nothing was added"):
            captures.keep_all([file_capture(2), file_capture(3)])
    assert (captures.folder / kept.file).read_bytes() == before
    assert captures.keep(file_capture(2)).offset == len(before)


def test_a_byte_that_changed_is_noticed(captures):
    place = captures.keep(page_capture(1))
    path = captures.folder / place.file
    content = path.read_bytes()

    @given(st.data())
    def changed(data):
        # Of a gzip head, a time, two flags and a system are nobody's words.
        at = data.draw(st.integers(place.offset + 10, len(content) - 1))
        other = content[at] ^ data.draw(st.integers(1, 255))
        path.write_bytes(content[:at] + bytes([other]) + content[at + 1 :])
        with pytest.raises(CaptureError):
            captures.read(place)

    changed()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"of page", b"at page", "is damaged"),
        (b"paper.example/1", b"paper.example/2", "another address or moment"),
        (b"WARC-Date: 2024", b"WARC-Date: 2023", "another address or moment"),
        (b"WARC-Type: response", b"WARC-Type: metadata", "does not have the content"),
        (b"200 OK", b"404 OK", "is damaged"),
    ],
)
def test_a_record_that_was_written_anew_is_noticed(captures, old, new, why):
    """Whoever can write the file can also compress and count anew."""
    place = captures.keep(page_capture(1))
    path = captures.folder / place.file
    plain = gzip.decompress(captures.raw(place))
    assert old in plain
    forged = gzip.compress(plain.replace(old, new), mtime=0)
    path.write_bytes(path.read_bytes()[: place.offset] + forged)
    with pytest.raises(CaptureError, match=why):
        captures.read(replace(place, length=len(forged)))


def test_content_and_digests_that_were_written_anew_are_noticed(captures):
    place = captures.keep(file_capture(1, b"Nine boats."))
    other = captures.keep(file_capture(1, b"Five boats."))
    with pytest.raises(CaptureError, match="does not have the content that was kept"):
        captures.read(replace(other, sha256=place.sha256, record=place.record))


@pytest.mark.parametrize("file", ["../archive.sqlite3", "/etc/passwd", "captures-1.warc.gz", ""])
def test_only_files_of_captures_are_read(captures, file):
    with pytest.raises(CaptureError, match="no file of captures"):
        captures.read(Reference(file, 0, 10, "urn:uuid:1", "0"))


def test_a_file_that_is_gone(captures):
    place = captures.keep(file_capture(1))
    (captures.folder / place.file).unlink()
    with pytest.raises(CaptureError, match="No such file"):
        captures.read(place)


def test_readers_beside_a_writer(captures):
    kept, read = [captures.keep(file_capture(0))], []

    def reading():
        while len(kept) < 10:
            read.append(captures.read(kept[-1]).record)

    threads = [threading.Thread(target=reading) for _ in range(3)]
    for thread in threads:
        thread.start()
    kept += (captures.keep(file_capture(number)) for number in range(1, 10))
    for thread in threads:
        thread.join(60)
    assert read
    assert set(read) <= {place.record for place in kept}


# The store, and the archive with both.


def read_from(capture, *numbers):
    snapshot = Snapshot(sha256=capture.sha256, media_type="text/markdown", size_bytes=1)
    documents = [article(number) for number in numbers]
    return Captured(
        capture,
        tuple(
            new_document(
                source=document.source,
                title=document.title,
                text=document.text,
                published=document.published,
                url=document.url,
                snapshot=snapshot,
            )
            for document in documents
        ),
    )


def test_documents_and_their_captures(archive):
    given = [
        read_from(file_capture(1), 1),
        read_from(file_capture(2), 2, 3),
        read_from(page_capture(4)),
    ]
    added = archive.add_captured(given)
    assert [item.sequence for item in added] == [1, 2, 3]
    kept = list(archive.captures())
    assert [item.documents for item in kept] == [
        (added[0].id,), (added[1].id, added[2].id), ()
    ]  # fmt: skip
    for item, captured in zip(kept, given, strict=True):
        assert archive.capture(item.reference).content == captured.capture.content
    assert archive.captures_of(added[2].id) == [kept[1].reference]
    assert archive.captures_of("d-none") == []
    assert archive.search("Russia sold jets")


def test_added_again_nothing_is_kept_again(archive, folder):
    archive.add_captured([read_from(file_capture(1), 1)])
    before = [(path.name, path.read_bytes()) for path in (folder / CAPTURES).glob("*.gz")]
    again = archive.add_captured([read_from(file_capture(1), 1)])
    assert [item.new for item in again] == [False]
    assert [(path.name, path.read_bytes()) for path in (folder / CAPTURES).glob("*.gz")] == before
    assert len(list(archive.captures())) == 1


def test_a_document_may_have_several_captures(archive):
    archive.add_captured([read_from(page_capture(1), 1)])
    [added] = archive.add_captured([read_from(page_capture(1, "2025-01-01T00:00:00Z"), 1)])
    assert not added.new
    moments = [archive.capture(place).captured_at for place in archive.captures_of(added.id)]
    assert moments == [MOMENT, "2025-01-01T00:00:00Z"]


def test_documents_without_a_capture_gain_one(archive):
    captured = read_from(file_capture(1), 1)
    archive.add(captured.documents)
    assert archive.captures_of(captured.documents[0].id) == []
    archive.add_captured([captured])
    assert len(archive.captures_of(captured.documents[0].id)) == 1


def test_killed_between_the_capture_and_its_document_nothing_is_kept_twice(archive, monkeypatch):
    captured = read_from(file_capture(1), 1)
    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "add", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            archive.add_captured([captured])
    assert archive.sequence == 0
    archive.add_captured([captured])
    assert len(list(archive._captures.references())) == 1
    assert archive.captures_of(captured.documents[0].id) == list(archive._captures.references())


def test_a_full_disk_is_seen_before_anything_is_kept(archive, folder, monkeypatch):
    class Usage:
        free = 5_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage)
    large = read_from(file_capture(1, os.urandom(2_000_000)), 1)
    with pytest.raises(WorkspaceError, match="make room"):
        archive.add_captured([large])
    assert not (folder / CAPTURES).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE captures SET sha256 = '0'",
        "DELETE FROM captures",
        "INSERT OR REPLACE INTO captures SELECT key, record, '0', file, 0, 1 FROM captures",
        "INSERT OR REPLACE INTO captures SELECT 99, record, '0', file, 0, 1 FROM captures",
        "UPDATE captured SET capture = 2",
        "DELETE FROM captured",
    ],
)
def test_nothing_is_overwritten_even_by_hand(archive, folder, statement):
    archive.add_captured([read_from(file_capture(1), 1)])
    by_hand = sqlite3.connect(folder / STORE)
    with pytest.raises(sqlite3.IntegrityError, match="nothing in the archive is overwritten"):
        by_hand.execute(statement)
    by_hand.close()


def test_a_workspace_of_the_first_format_is_brought_up_to_date(folder, embedder):
    with Archive.open(folder, embedder) as archive:
        archive.add([article(1)])
    by_hand = sqlite3.connect(folder / STORE)
    by_hand.executescript("DROP TABLE captured; DROP TABLE captures; PRAGMA user_version = 1")
    by_hand.close()
    captured = read_from(file_capture(1), 1)
    with Archive.open(folder, HashingEmbedder()) as archive:
        assert archive.sequence == 1
        assert list(archive.captures()) == []
        archive.add_captured([captured])
        assert archive.captures_of(captured.documents[0].id)
    by_hand = sqlite3.connect(folder / STORE)
    assert by_hand.execute("PRAGMA user_version").fetchone() == (2,)
    by_hand.close()


def test_a_record_lies_in_the_file_as_it_is_given(archive):
    archive.add_captured([read_from(page_capture(1), 1)])
    [kept] = archive.captures()
    [record] = ArchiveIterator(BytesIO(archive.record(kept.reference)))
    assert record.rec_headers.get_header("WARC-Record-ID") == f"<{kept.reference.record}>"
