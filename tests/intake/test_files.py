import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import find_files, read_file, read_sources, sources_beside
from onrecord.intake.files import MOST_BYTES, clean
from onrecord.model import Source, SourceKind

EXAMPLE = Path(__file__).parents[2] / "examples" / "myanmar-2022"
SOURCES = {"paper": Source(id="paper", name="The Paper", kind=SourceKind.NEWSPAPER)}

ARTICLE = """---
title: "Jets sold"
publisher: paper
authors: [Jane Roe, John Doe]
published: 2022-08-05
published_basis: printed
language: de
url: https://paper.example/jets
note: A summary.
report_of: [other]
---

First *paragraph*.

Second, "quoted".
"""


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder, name, content, sources=SOURCES):
    return read_file(written(folder, name, content), sources)


@pytest.mark.parametrize("suffix", [".md", ".markdown", ".txt", ".MD"])
def test_front_matter(tmp_path, suffix):
    [document] = read(tmp_path, f"jets{suffix}", ARTICLE)
    assert document.source == SOURCES["paper"]
    assert document.title == "Jets sold"
    assert document.authors == ("Jane Roe", "John Doe")
    assert (document.published.edtf, document.published.basis) == ("2022-08-05", "printed")
    assert (document.language, document.url) == ("de", "https://paper.example/jets")
    assert document.note == "A summary."
    assert document.text == 'First *paragraph*.\n\nSecond, "quoted".'
    assert document.snapshot.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert document.snapshot.size_bytes == len(ARTICLE)
    assert document.snapshot.origin == f"jets{suffix}"


def test_windows_line_ends_make_the_same_document(tmp_path):
    [unix] = read(tmp_path, "a.md", ARTICLE)
    [windows] = read(tmp_path, "b.md", b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    assert windows.id == unix.id
    assert windows.snapshot.sha256 != unix.snapshot.sha256


def test_plain_text_without_front_matter(tmp_path):
    [document] = read(
        tmp_path, "note.txt", "# The heading\n\nThe text.\n\n---\n\nMore.\n\n---\n\nEnd."
    )
    assert document.title == "The heading"
    assert document.text.endswith("---\n\nEnd.")
    assert document.source.id == "unknown"
    assert (document.published.edtf, document.published.basis) == (None, "no date given")


def test_a_text_whose_first_line_is_no_title_is_named_after_its_file(tmp_path):
    assert read(tmp_path, "note.txt", "word " * 100)[0].title == "note.txt"


@pytest.mark.parametrize(
    ("publisher", "source"),
    [
        ("paper", SOURCES["paper"]),
        ("The PAPER", SOURCES["paper"]),
        ("Médias & Co.", Source(id="medias-co", name="Médias & Co.")),
        ("Коммерсантъ", Source(id="коммерсантъ", name="Коммерсантъ")),
        ("!!!", Source(id="unknown", name="!!!")),
    ],
)
def test_publishers(tmp_path, publisher, source):
    assert read(tmp_path, "a.md", f"---\npublisher: '{publisher}'\n---\nText")[0].source == source


@pytest.mark.parametrize("value", ["", "~", "unknown", "Undated"])
def test_unknown_dates(tmp_path, value):
    [document] = read(tmp_path, "a.md", f"---\npublished: {value}\n---\nText")
    assert document.published.edtf is None


@pytest.mark.parametrize("value", ["2022", "2022-08", "2022~", "2021-02/.."])
def test_edtf_dates(tmp_path, value):
    [document] = read(tmp_path, "a.md", f"---\npublished: {value}\n---\nText")
    assert (document.published.edtf, document.published.basis) == (value, "as given in the file")


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("published: yesterday", "a.md: published 'yesterday' is no EDTF date; write it like"),
        ("published: 2022-02-30", "a.md: published '2022-02-30' is no EDTF date"),
        ("published: [2022]", "a.md: published is a list, an EDTF date is wanted"),
        ("title: [a]", "a.md: title is a list, text is wanted"),
        ("authors: {a: b}", "a.md: authors is no list of names"),
        ("authors: [[a]]", "a.md: authors is no list of names"),
        ("url: javascript:alert(1)", "a.md: url 'javascript:alert.1.' is no web address"),
        ("url: http://", "is no web address"),
        ("title: [", r"a.md: front matter: not YAML: line \d, column"),
        ("just words", "a.md: front matter is text, lines like"),
        ("a: &a [x]\nb: *a", "aliases are not allowed"),
        ("title: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
    ],
)
def test_front_matter_that_is_none(tmp_path, front, message):
    with pytest.raises(InputError, match=message) as raised:
        read(tmp_path, "a.md", f"---\n{front}\n---\nText")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"", "a.md: the file is empty"),
        ("a.txt", b" \n\t ", "a.txt: the file is empty"),
        ("a.md", b"---\ntitle: a\n---\n \n", "a.md: it has no text"),
        ("a.md", b"---\ntitle: a\nText", "a.md: front matter has no end"),
        ("a.txt", b"one\ntwo caf\xe9", "a.txt: not UTF-8 .byte 0xe9 on line 2.; save it as UTF-8"),
        ("a.txt", b"\x00\x01\x02" * 100, "a.txt: it is binary"),
        ("a.txt", b"%PDF-1.7 \n text", "a.txt: it is binary"),
        ("a.html", b"PK\x03\x04 text", "a.html: it is binary"),
        ("a.jsonl", b"\x1f\x8b text", "a.jsonl: it is binary"),
        ("a.odt", b"x", "a.odt: files of type '.odt' are not read; .md .markdown .txt .html .htm"),
        ("a", b"x", "files of type 'none' are not read"),
        ("a.md", b"x" * (MOST_BYTES + 1), "a.md: over 20 MB"),
    ],
)
def test_files_that_are_refused(tmp_path, name, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, name, content)


def test_what_is_no_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "none.md", {})
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("folder.md", "pipe.md"):
        with pytest.raises(InputError, match="no regular file"):
            read_file(tmp_path / name, {})


def test_control_characters_are_left_out(tmp_path):
    [document] = read(
        tmp_path, "a.txt", "ta\x00b\tis\x1b[31m kept,\x0cpage\x85next\r\rend\x07\u202e"
    )
    assert document.text == "tab\tis[31m kept,\npage\nnext\n\nend\u202e"


@given(st.text(alphabet=st.characters() | st.sampled_from("\r\n\t\x00\x0c")))
def test_clean_is_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == cleaned.strip()
    assert all(c in "\n\t" or c.isprintable() or ord(c) >= 0xA0 for c in cleaned)
    cleaned.encode()


class TestLines:
    def test_one_document_a_line(self, tmp_path):
        rows = [
            {
                "title": "A",
                "text": "One.",
                "publisher": "paper",
                "published": "2022",
                "authors": "X Y",
                "published_basis": "API",
                "language": "fr",
                "url": "https://a.example",
                "note": "n",
                "ignored": 1,
            },
            {"text": "Two\ud800."},
        ]
        content = "\n\n".join(json.dumps(row) for row in rows) + "\n"
        first, second = read(tmp_path, "a.jsonl", content)
        assert (first.title, first.text, first.source.id) == ("A", "One.", "paper")
        assert first.authors == ("X Y",)
        assert (first.published.edtf, first.published.basis) == ("2022", "API")
        assert (second.title, second.text, second.source.id) == ("Two.", "Two.", "unknown")
        assert first.snapshot == second.snapshot

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ('{"text": ', "a.jsonl: line 3: not JSON: line 1, column"),
            ("[1]", "a.jsonl: line 3: a JSON object is wanted, got a list"),
            ('{"title": "a"}', "a.jsonl: line 3: it has no 'text'"),
            ('{"text": 3}', "a.jsonl: line 3: text is a number"),
            ('{"text": "a", "published": "soon"}', "a.jsonl: line 3: published 'soon'"),
            ('{"text": "a", "published": true}', "a.jsonl: line 3: published is true or false"),
            ("[" * 100_000, "a.jsonl: line 3: not JSON: nested too deeply"),
        ],
    )
    def test_a_bad_line_is_named(self, tmp_path, line, message):
        with pytest.raises(InputError, match=message):
            read(tmp_path, "a.jsonl", '{"text": "a"}\n\n' + line)


class TestFind:
    def test_folders_are_walked(self, tmp_path):
        for name in ("b.md", "a.txt", "README.md", "sources.yaml", "c.odt", ".hidden.md"):
            written(tmp_path, name, "x")
        for name in ("sub", ".git"):
            (tmp_path / name).mkdir()
            written(tmp_path / name, "d.html", "x")
        names = ["a.txt", "b.md", "sub/d.html"]
        assert find_files([tmp_path]) == tuple(tmp_path / name for name in names)

    def test_files_named_are_taken_once(self, tmp_path):
        path = written(tmp_path, "README.md", "x")
        assert find_files([path, tmp_path, path]) == (path,)

    def test_what_does_not_exist(self, tmp_path):
        with pytest.raises(InputError, match="none: no such file or folder"):
            find_files([tmp_path / "none"])


class TestSources:
    def test_the_example(self):
        documents = [
            document
            for path in find_files([EXAMPLE / "archive"])
            for document in read_file(path, sources_beside([EXAMPLE / "archive"]))
        ]
        assert len(documents) == 119
        assert len({document.id for document in documents}) == 119
        assert all(document.published.edtf for document in documents)
        known = read_sources(EXAMPLE / "sources.yaml")
        assert {document.source.id for document in documents} <= set(known)

    def test_found_up_to_two_folders_above(self, tmp_path):
        deep = tmp_path / "a" / "b" / "c"
        deep.mkdir(parents=True)
        file = written(deep, "d.md", "x")
        written(tmp_path / "a", "sources.yaml", "- {id: far, name: Far}\n- {id: x, name: Old}")
        assert set(sources_beside([file])) == set(sources_beside([deep])) == {"far", "x"}
        written(deep, "sources.yaml", "- {id: x, name: New}")
        assert sources_beside([deep, tmp_path / "a"])["x"].name == "New"
        assert set(sources_beside([deep])) == {"x"}
        assert sources_beside([tmp_path]) == {}

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("a: b", "sources.yaml: a list of sources is wanted, got a mapping"),
            ("- a", "sources.yaml: source 1 is text, a mapping"),
            ("- {id: a}", "sources.yaml: source 1: name: Field required"),
            ("- {id: a, name: b, kind: blog}", "sources.yaml: source 1: kind: Input should be"),
            ("- {id: a, name: b, knid: ngo}", "sources.yaml: source 1: knid: Extra inputs"),
            ("- {id: a, name: b}\n- {id: a, name: c}", "two sources share the id 'a'"),
            ("- [", "sources.yaml: not YAML: line 1"),
            ("", "the file is empty"),
        ],
    )
    def test_what_is_no_list_of_sources(self, tmp_path, content, message):
        with pytest.raises(InputError, match=message) as raised:
            read_sources(written(tmp_path, "sources.yaml", content))
        assert "\n" not in str(raised.value)
