import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from onrecord import warc
from onrecord.model import Capture, file_uri
from onrecord.warc import WarcBrokenError, WarcError, capture_of, next_record, record_bytes

MOMENT = "2024-05-06T07:08:09Z"
TEXT = b"<p>Nine boats were sold.</p>"

tokens = st.sampled_from(["Server", "X-Kind", "Set-Cookie", "ETag", "x"])
values = st.text("".join(map(chr, (*range(33, 127), *range(161, 256)))), max_size=40)


def page(content=TEXT, uri="https://a.example/1", status=200, headers=None, **more):
    given = (("Content-Type", "text/html"),) if headers is None else headers
    return Capture(uri, content, "text/html", MOMENT, status, given, **more)


def plain(capture):
    return zlib.decompress(record_bytes(capture), 31)


@given(st.binary(max_size=500), st.text(min_size=1, max_size=20))
def test_a_file_comes_back(content, name):
    capture = Capture(file_uri(name), content, "text/markdown", MOMENT)
    found = capture_of(plain(capture))
    assert found == capture
    assert found.record == capture.record
    assert found.file_name == name


@given(st.binary(max_size=500), st.lists(st.tuples(tokens, values), max_size=6))
def test_a_page_comes_back(content, headers):
    of_the_way = {"content-encoding", "content-length", "transfer-encoding", "content-type"}
    kept = tuple(pair for pair in headers if pair[0].casefold() not in of_the_way)
    capture = page(content, headers=(("Content-Type", "text/html"), *kept), address="8.8.8.8")
    found = capture_of(plain(capture))
    assert found.content == content
    assert found.headers == (*capture.headers, ("Content-Length", str(len(content))))
    assert (found.uri, found.status, found.captured_at) == (capture.uri, 200, MOMENT)
    assert (found.address, found.content_type) == ("8.8.8.8", "text/html")
    assert found.record == capture.record
    assert capture_of(plain(found)) == found


def test_headers_of_the_way_are_kept_under_another_name():
    sent = (("Content-Encoding", "br"), ("Transfer-Encoding", "chunked"), ("content-length", "7"))
    found = capture_of(plain(page(headers=sent)))
    assert found.content == TEXT
    assert [name for name, _ in found.headers] == [
        "X-Archive-Orig-Content-Encoding",
        "X-Archive-Orig-Transfer-Encoding",
        "X-Archive-Orig-content-length",
        "Content-Length",
    ]


@pytest.mark.parametrize("value", ["caf\xe9; a=\xe9", "日本; a=語", "a\rb", "a\nX-Evil: b"])
def test_a_header_of_any_bytes_stays_one_header(value):
    found = capture_of(plain(page(headers=(("X-Name", value),))))
    assert [name for name, _ in found.headers] == ["X-Name", "Content-Length"]


def test_the_record_is_one_that_others_read():
    record = next(iter(ArchiveIterator(BytesIO(record_bytes(page())), check_digests="raise")))
    assert record.rec_type == "response"
    assert record.rec_headers.get_header("WARC-Record-ID") == f"<{page().record}>"
    assert record.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{page().sha256}"
    assert record.content_stream().read() == TEXT
    assert record.digest_checker.passed


def test_the_same_bytes_for_the_same_capture():
    assert record_bytes(page()) == record_bytes(page())


def test_a_file_is_one_record_whenever_it_is_taken_and_a_page_is_another():
    later = "2025-01-01T00:00:00Z"
    files = [Capture(file_uri("a.md"), b"a", "text/markdown", when) for when in (MOMENT, later)]
    pages = [Capture("https://a.example/", b"a", "", when, 200) for when in (MOMENT, later)]
    assert files[0].record == files[1].record
    assert pages[0].record != pages[1].record
    assert files[0].record != Capture(file_uri("b.md"), b"a", "", MOMENT).record
    assert files[0].record != Capture(file_uri("a.md"), b"b", "", MOMENT).record


def raw(*head, block=b"", length=None, version="WARC/1.1"):
    """A record by hand."""
    size = len(block) if length is None else length
    lines = [version, *head, f"Content-Length: {size}", "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


HEAD = (
    "WARC-Type: response",
    "WARC-Target-URI: https://a.example/1",
    f"WARC-Date: {MOMENT}",
    "Content-Type: application/http; msgtype=response",
)


def http(body, *headers, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def test_records_of_others_are_read():
    found = capture_of(raw(*HEAD, block=http(TEXT, "Content-Type: text/html; charset=utf-8")))
    assert found.content == TEXT
    assert (found.media_type, found.charset) == ("text/html", "utf-8")


def test_chunks_and_content_encoding_of_others_are_undone():
    packed = zlib.compress(TEXT)
    body = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    block = http(body, "Transfer-Encoding: chunked", "Content-Encoding: deflate")
    assert capture_of(raw(*HEAD, block=block)).content == TEXT


@pytest.mark.parametrize("kind", ["request", "metadata", "revisit", "warcinfo", "conversion"])
def test_other_records_are_no_captures(kind):
    assert capture_of(raw(f"WARC-Type: {kind}", *HEAD[1:3], block=b"")) is None


@pytest.mark.parametrize("label", ["Payload", "Block"])
@pytest.mark.parametrize("digest", ["sha1:AAAA", "sha256:00", "md5:zz", "sha1:" + "A" * 32])
def test_false_digests(label, digest):
    record = raw(*HEAD, f"WARC-{label}-Digest: {digest}", block=http(TEXT))
    with pytest.raises(WarcError, match=r"does not have the digest|cannot be read"):
        capture_of(record)


def test_a_digest_nobody_can_compute_is_no_lie():
    record = raw(*HEAD, "WARC-Block-Digest: blake9:abcd", block=http(TEXT))
    assert capture_of(record).content == TEXT


@pytest.mark.parametrize("place", ["content", "digest"])
def test_content_that_was_altered(place):
    old, new = (b"Nine", b"Five") if place == "content" else (b"sha256:", b"sha512:")
    with pytest.raises(WarcError):
        capture_of(plain(page()).replace(old, new))


def test_a_body_that_is_a_bomb(monkeypatch):
    monkeypatch.setattr(warc, "MOST_RECORD", 1_000_000)
    bomb = http(zlib.compress(bytes(5_000_000)), "Content-Encoding: deflate")
    with pytest.raises(WarcError, match="over 1000000 bytes"):
        capture_of(raw(*HEAD, block=bomb))


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (b"", "no head"),
        (b"<html>no record</html>", "no head"),
        (raw("WARC-Type: response", "X: " + "a" * 70_000), "no head of at most"),
        (raw(*HEAD, block=b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000), "no head of at most"),
        (raw(*HEAD, block=b"no http\r\n\r\n"), "status|cannot be read"),
        (raw(*HEAD, block=http(b"", status="0 OK")), "HTTP status '0' is none"),
        (raw(*HEAD, block=http(b"", status="2\xb2\xb2 OK")), "status"),
        (raw(HEAD[0], *HEAD[2:], block=http(b"")), "no address|cannot be read"),
        (raw(HEAD[0], "WARC-Target-URI: a b\x07", *HEAD[2:], block=http(b"")), "no address"),
        (raw(*HEAD[:2], HEAD[3], block=http(b"")), "its date '' is none"),
        (raw(*HEAD[:2], "WARC-Date: 2024-13-45", HEAD[3], block=http(b"")), "is none"),
        (raw(*HEAD[:2], "WARC-Date: 2024-05-06T07:08:09", HEAD[3], block=http(b"")), "no zone"),
        (raw(*HEAD, block=http(b"zz\r\n", "Transfer-Encoding: chunked")), "cannot be read"),
        (raw(*HEAD, block=http(b"plain", "Content-Encoding: gzip")), "body cannot be read"),
        (raw(*HEAD, block=http(b"plain", "Content-Encoding: zstd")), "body cannot be read"),
    ],
    ids=range(15),
)  # fmt: skip
def test_hostile_records(record, why, capsys):
    with pytest.raises(WarcError, match=why):
        capture_of(record)
    assert capsys.readouterr() == ("", "")


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_any_bytes_are_a_record_or_refused(first, second):
    for record in (first, b"WARC/1.1\r\n" + first + b"\r\n\r\n" + second + b"\r\n\r\n"):
        with suppress(WarcError):
            capture_of(record)


def test_records_one_after_another():
    file = BytesIO(b"\r\n" + raw(*HEAD, block=http(b"1")) + b"\n\n" + raw(*HEAD, block=http(b"2")))
    found = [capture_of(next_record(file)).content for _ in range(2)]
    assert found == [b"1", b"2"]
    assert next_record(file) is None


@pytest.mark.parametrize("kept", [5, 30, 150, 300])
def test_a_file_that_ends_in_a_record(kept):
    record = raw(*HEAD, block=http(b"x" * 200))
    with pytest.raises(WarcBrokenError, match=r"ends too early|bytes of"):
        next_record(BytesIO(record[:kept]))


@pytest.mark.parametrize(
    "content",
    [b"\0" * 100 + b"\r\n\r\n", b"WARC/1.1\r\nContent-Length: many\r\n\r\n", b"a" * 1_000_000,
     b"WARC/1.1\r\n" + b"A: b\r\n" * 100_000, b"WARC/1.1\r\nContent-Length: -5\r\n\r\n"],
    ids=range(5),
)  # fmt: skip
def test_a_file_that_is_none(content):
    with pytest.raises(WarcBrokenError):
        next_record(BytesIO(content))


def test_a_record_that_is_too_large_is_passed_over(monkeypatch):
    monkeypatch.setattr(warc, "MOST_RECORD", 1000)
    file = BytesIO(raw(*HEAD, block=http(b"x" * 5000)) + raw(*HEAD, block=http(b"2")))
    with pytest.raises(WarcError, match="at most 1000 are read"):
        next_record(file)
    assert capture_of(next_record(file)).content == b"2"
