import gzip
import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import inflate
from onrecord.errors import InputError
from onrecord.intake import webarchives
from onrecord.intake.webarchives import Damage, read_wacz, read_warc
from onrecord.model import Capture
from onrecord.warc import info_bytes, record_bytes

MOMENT = "2024-05-06T07:08:09Z"


def page(number, content_type="text/html"):
    body = f"<p>Words of page {number}.</p>".encode()
    headers = (("Content-Type", content_type),)
    return Capture(f"https://a.example/{number}", body, content_type, MOMENT, 200, headers)


INFO = info_bytes("a.warc.gz", "a", MOMENT, "urn:uuid:1")
RECORDS = [record_bytes(page(number)) for number in range(3)]
WARC = INFO + b"".join(RECORDS)


@pytest.fixture
def warc(tmp_path):
    def read(content, name="a.warc.gz"):
        (tmp_path / name).write_bytes(content)
        return list(read_warc(tmp_path / name))

    return read


def uris(items):
    return [item.uri for item in items if isinstance(item, Capture)]


def damages(items):
    return [item.why for item in items if isinstance(item, Damage)]


ALL = [page(number).uri for number in range(3)]


@pytest.mark.parametrize(
    "content",
    [WARC, gzip.decompress(WARC), gzip.compress(gzip.decompress(WARC))],
    ids=["record by record", "plain", "as a whole"],
)
def test_warc(warc, content):
    found = warc(content)
    assert uris(found) == ALL
    assert damages(found) == []
    assert found[1].content == page(1).content


def test_a_record_with_a_false_digest_is_named_and_the_rest_is_read(warc):
    false = gzip.compress(gzip.decompress(RECORDS[1]).replace(b"Words", b"Works"))
    found = warc(INFO + RECORDS[0] + false + RECORDS[2])
    assert uris(found) == [ALL[0], ALL[2]]
    assert found[1].place.endswith("a.warc.gz: record 3")
    assert "does not have the digest that it says" in found[1].why


@pytest.mark.parametrize("form", [bytes, gzip.decompress])
def test_a_truncated_file_gives_what_is_whole(warc, form):
    whole, last = form(INFO + RECORDS[0] + RECORDS[1]), form(RECORDS[2])
    for kept in (1, 20, len(last) // 2):
        found = warc(whole + last[:kept], "a.warc.gz" if form is bytes else "a.warc")
        assert uris(found) == ALL[:2]
        [why] = damages(found)
        assert "nothing beyond it is read" in why


@pytest.mark.parametrize(
    "rest",
    [
        b"garbage\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: " + b"9" * 40 + b"\r\n\r\n",
        b"WARC/1.1\r\n" + b"X-Many: a\r\n" * 50_000 + b"\r\n",
        b"WARC/1.1\r\nX-Long: " + b"a" * 3_000_000,
        b"\0" * 100_000,
    ],
    ids=["garbage", "length", "many", "long", "zeros"],
)
def test_what_is_no_record_ends_the_file(warc, rest):
    found = warc(gzip.decompress(INFO + RECORDS[0]) + rest, "a.warc")
    assert uris(found) == ALL[:1]
    assert len(damages(found)) == 1


def test_a_bomb_ends_the_file(warc, monkeypatch):
    monkeypatch.setattr(inflate, "RATIO_RESERVE", 100_000)
    found = warc(INFO + RECORDS[0] + gzip.compress(bytes(20_000_000)))
    assert uris(found) == ALL[:1]
    assert len(damages(found)) == 1


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n"])
def test_an_empty_file_holds_nothing(warc, content):
    assert warc(content, "a.warc") == []


def test_a_missing_file(tmp_path):
    for read in (read_warc, read_wacz):
        with pytest.raises(InputError, match="cannot be read: No such file"):
            list(read(tmp_path / "none"))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_named(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.warc"
    path.write_bytes(content)
    for item in read_warc(path):
        assert isinstance(item, Capture | Damage)


def package(path, files=None, manifest=None, digest=None, pages=None):
    """A package, whole unless told otherwise."""
    lines = [{"format": "json-pages-1.0", "id": "pages"}, *({"url": url} for url in pages or ())]
    files = files or {
        "archive/data.warc.gz": WARC,
        "indexes/index.cdx": b"",
        "pages/pages.jsonl": "\n".join(map(json.dumps, lines)).encode(),
    }
    resources = [
        {"path": name, "hash": "sha256:" + hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    content = json.dumps(manifest or {"resources": resources}).encode()
    told = digest or "sha256:" + hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name, body)
        made.writestr("datapackage.json", content)
        made.writestr("datapackage-digest.json", json.dumps({"hash": told}))
    return path


@pytest.fixture
def wacz(tmp_path):
    return tmp_path / "a.wacz"


def test_wacz(wacz):
    assert uris(read_wacz(package(wacz))) == ALL


def test_of_a_package_the_pages_that_it_lists_are_read(wacz):
    package(wacz, pages=[ALL[2] + "#part", "https://b.example/"])
    assert uris(read_wacz(wacz)) == [ALL[2]]


def test_a_package_is_held_against_a_hash_from_elsewhere(wacz):
    digest = hashlib.sha256(package(wacz).read_bytes()).hexdigest()
    for told in (digest, digest.upper(), f"sha256:{digest}"):
        assert uris(read_wacz(wacz, told)) == ALL
    with pytest.raises(InputError, match=f"its SHA-256 is {digest}, not 00; it was altered"):
        list(read_wacz(wacz, "00"))


def altered(path, name, content):
    """The package with another content under a name."""
    with zipfile.ZipFile(path) as old:
        files = {info.filename: old.read(info) for info in old.infolist()}
    with zipfile.ZipFile(path, "w") as new:
        for each, body in (files | {name: content}).items():
            if body is not None:
                new.writestr(each, body)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("archive/data.warc.gz", INFO + RECORDS[1], "is not what its manifest says"),
        ("archive/data.warc.gz", None, "is missing in it"),
        ("archive/more.warc.gz", WARC, "its manifest does not know"),
        ("../../evil.warc", WARC, "its manifest does not know"),
        ("datapackage.json", b'{"resources": []}', "not what datapackage-digest.json says"),
        ("datapackage.json", None, "no WACZ package: it has no datapackage.json"),
        ("datapackage.json", b" " * 6_000_000, "over 5000000 bytes"),
        ("datapackage-digest.json", b"[" * 100_000, "nested too deeply"),
        ("datapackage-digest.json", b"[]", "not what datapackage-digest.json says"),
    ],
)
def test_altered_packages(wacz, name, content, why):
    altered(package(wacz), name, content)
    with pytest.raises(InputError, match=why):
        list(read_wacz(wacz))


@pytest.mark.parametrize(
    "manifest",
    [[], {"resources": "all"}, {"resources": [1]}, {"resources": [{"path": "a"}]},
     {"resources": [{"path": "a", "hash": 1}]}, {"resources": [{"path": [], "hash": "sha256:0"}]},
     {"resources": [{"path": "a", "hash": "md5:0"}]}],
)  # fmt: skip
def test_manifests_that_are_none(wacz, manifest):
    package(wacz, manifest=manifest or [1])
    with pytest.raises(InputError, match=r"does not list files|does not know"):
        list(read_wacz(wacz))


def test_paths_in_a_package_lead_nowhere(wacz, tmp_path):
    files = {"archive/../../../escaped.warc": WARC, "/etc/escaped.warc": WARC}
    assert list(read_wacz(package(wacz, files))) == []
    assert [path.name for path in tmp_path.rglob("*")] == ["a.wacz"]


def test_a_package_with_two_files_of_one_name(wacz):
    package(wacz)
    with zipfile.ZipFile(wacz, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("archive/data.warc.gz", WARC)
    with pytest.raises(InputError, match="two files in it are named"):
        list(read_wacz(wacz))


def test_a_package_with_too_many_files(wacz, monkeypatch):
    monkeypatch.setattr(webarchives, "MOST_FILES", 4)
    with pytest.raises(InputError, match="5 files in it"):
        list(read_wacz(package(wacz)))


def test_a_package_that_is_a_bomb(wacz, monkeypatch):
    monkeypatch.setattr(webarchives, "RATIO_RESERVE", 100_000)
    package(wacz, {"archive/data.warc": bytes(20_000_000)})
    with pytest.raises(InputError, match="taken for a bomb"):
        list(read_wacz(wacz))


def test_an_encrypted_package(wacz):
    content = bytearray(package(wacz).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    wacz.write_bytes(content)
    with pytest.raises(InputError, match="is encrypted"):
        list(read_wacz(wacz))


@pytest.mark.parametrize("line", [b"no json", b"[" * 100_000, b'{"url": "' + b"a" * 6_000_000])
def test_lists_of_pages_that_are_none(wacz, line):
    files = {"archive/data.warc.gz": WARC, "pages/pages.jsonl": line}
    with pytest.raises(InputError, match="a line is"):
        list(read_wacz(package(wacz, files)))


@given(st.data())
def test_a_damaged_package_is_named(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "damaged.wacz"
    content = bytearray(package(path).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        found = list(read_wacz(path))
    except InputError:
        return
    assert uris(found) == ALL  # what changed was a time, a name of an empty file, a padding


def test_a_zip_in_the_place_of_a_warc(wacz):
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("a", b"b")
    [item] = read_wacz(package(wacz, {"archive/data.warc": inner.getvalue()}))
    assert "no record where one should be" in item.why
