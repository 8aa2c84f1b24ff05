import hashlib
import json
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.wacz import export, sort_key
from onrecord.errors import InputError

from .test_captures import file_capture, page_capture, read_from

CREATED = datetime(2024, 6, 1, 12, 30, 1, tzinfo=UTC)


@pytest.fixture
def filled(archive):
    archive.add_captured(
        [read_from(page_capture(2), 2), read_from(page_capture(1)), read_from(file_capture(3), 3)]
    )
    return archive


def test_the_same_captures_at_the_same_moment_give_the_same_bytes(filled, tmp_path):
    first = export(filled, tmp_path / "a.wacz", CREATED)
    second = export(filled, tmp_path / "b.wacz", CREATED.astimezone(timezone(timedelta(hours=3))))
    assert first.sha256 == second.sha256
    assert first.sha256 == hashlib.sha256((tmp_path / "a.wacz").read_bytes()).hexdigest()
    assert first.created == "2024-06-01T12:30:01Z"
    assert export(filled, tmp_path / "c.wacz", CREATED + timedelta(1)).sha256 != first.sha256


def test_what_was_read_is_a_page_and_the_rest_is_there(filled, tmp_path):
    package = export(filled, tmp_path / "a.wacz", CREATED)
    assert (package.captures, package.pages) == (3, 2)
    with zipfile.ZipFile(tmp_path / "a.wacz") as made:
        pages = [json.loads(line) for line in made.read("pages/pages.jsonl").splitlines()]
        index = made.read("indexes/index.cdx").decode().splitlines()
        manifest = json.loads(made.read("datapackage.json"))
        for item in manifest["resources"]:
            content = made.read(item["path"])
            assert item["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
            assert item["bytes"] == len(content)
        told = json.loads(made.read("datapackage-digest.json"))
        manifest_bytes = made.read("datapackage.json")
    assert told["hash"] == "sha256:" + hashlib.sha256(manifest_bytes).hexdigest()
    assert [page.get("url") for page in pages] == [None, page_capture(2).uri, "file:///3.md"]
    assert [line.split(" ")[0] for line in index] == [
        "example,paper)/1", "example,paper)/2", "file:///3.md"
    ]  # fmt: skip


def test_every_package_is_noted(filled, folder, tmp_path):
    for name in ("a.wacz", "b.wacz"):
        export(filled, tmp_path / name, CREATED)
    noted = [json.loads(line) for line in (folder / "exports.jsonl").read_text().splitlines()]
    assert [item["file"] for item in noted] == ["a.wacz", "b.wacz"]


def test_a_package_that_was_there_stays_when_another_cannot_be_made(archive, tmp_path):
    (tmp_path / "a.wacz").write_bytes(b"earlier")
    with pytest.raises(InputError, match="nothing to export"):
        export(archive, tmp_path / "a.wacz", CREATED)
    assert (tmp_path / "a.wacz").read_bytes() == b"earlier"


ADDRESSES = [
    "https://www.Example.org/a?y=2&x=1",
    "http://example.com",
    "http://example.com:8080/A/b/",
    "https://example.com:443/x",
    "https://www2.paper.example/news/?q=A%20b",
    "http://127.0.0.1:99/x",
    "https://a.example/?",
    "http://a.example/%C3%BC",
    "https://a.example/x?utm_source=1&b",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_sort_keys_are_those_of_others(url):
    surt = pytest.importorskip("surt")
    assert sort_key(url) == surt.surt(url)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60))
def test_any_address_has_a_sort_key_without_spaces(text):
    for url in (text, f"https://{text}", f"http://a.example/{text}"):
        assert " " not in sort_key(url)
