"""Capturing, proving, exporting and importing, as whole commands."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec

import pytest

import onrecord
from onrecord.cli import Tools
from onrecord.intake import files
from onrecord.model import Capture
from onrecord.warc import record_bytes
from tests.archive.authority import Authority
from tests.cli.doubles import WordEmbedder, WordVerifier
from tests.intake.web_server import ALLOW, page, redirect, serving

HTML = (
    "<html lang='en'><head><title>Boats sold</title>"
    "<meta property='og:site_name' content='The Gazette'>"
    "<link rel='canonical' href='https://elsewhere.example/'>"
    "<meta property='article:published_time' content='2021-05-04'></head><body><article>"
    "<h1>Boats sold</h1><p>{}</p><p>A second paragraph says so, too.</p></article></body></html>"
)
BODY = HTML.format("The ministry sold nine patrol boats to Ruritania, it said. " * 5).encode()


@pytest.fixture
def tools():
    return Tools(embedder=WordEmbedder(), verifier=WordVerifier(), allow=ALLOW)


def documents(workspace):
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        return list(archive.documents())


def warc_file(workspace):
    [path] = (workspace / "warc").glob("*.warc.gz")
    return path


def test_a_page_is_fetched_captured_and_read(run, run_json, tools, tmp_path):
    run("init", "work")
    with serving(
        {"/1": redirect("/2"), "/2": page(gzip.compress(BODY), "Content-Encoding: gzip")}
    ) as web:
        found = run_json("add", "-w", "work", web.url("/1"), tools=tools)
        final = web.url("/2")
    assert (found["new"], found["documents"]) == (1, 1)
    [document] = documents("work")
    assert (document.title, document.source.name) == ("Boats sold", "The Gazette")
    assert document.url == final
    assert document.retrieved_at.endswith("Z")
    assert document.snapshot.sha256 == hashlib.sha256(BODY).hexdigest()
    assert document.snapshot.origin == final
    with onrecord.open_archive("work", WordEmbedder()) as archive:
        [place] = archive.captures_of(document.id)
        assert archive.capture(place).content == BODY
        statuses = [archive.capture(kept.reference).status for kept in archive.captures()]
    assert statuses == [302, 200]
    assert run_json("search", "-w", "work", "patrol boats sold")["hits"]
    assert run_json("capture", "verify", "-w", "work") == {
        "captures": 2, "documents": 1, "stamps": [], "problems": []
    }  # fmt: skip


def test_pages_and_files_in_one_call(run, run_json, tools, articles):
    run("init", "work")
    with serving({"/": page(BODY)}) as web:
        found = run_json("add", "-w", "work", articles, web.url("/"), tools=tools)
    assert found["new"] == 6
    assert run_json("capture", "verify", "-w", "work")["captures"] == 6


def test_nothing_in_the_house_is_fetched_by_anyone(run):
    """There is no option, file or setting that opens it: the test server is not reached."""
    run("init", "work")
    with serving({"/": page(BODY)}) as web:
        result = run("add", "-w", "work", web.url("/"))
        assert web.requests == []
    assert result.exit_code == 2
    assert "127.0.0.1 is not a public one" in result.stderr
    assert documents("work") == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(b"", status="404 Not Found"), "answers 404 Not Found"),
        (page(b"%PDF-1.7", content_type="image/png"), "'image/png' are not read"),
        (page(b"\0\1\2\3" * 99, content_type="text/plain"), "binary"),
        (page(b"   "), "empty"),
        (page(b"no type, no HTML", content_type=None), "'none' are not read"),
        (page(b"<html></html>"), "no text is found|no HTML is found"),
        (page("é".encode("latin-1"), content_type="text/plain"), "not UTF-8"),
        (page(b"abc", content_type="text/plain; charset=utf-16"), "encoding that its server"),
        (page(b"abc", content_type="text/plain; charset=punycode"), "encoding that its server"),
        (page(b"abc", content_type="text/plain; charset=hex"), "encoding that its server"),
        (page(b"abc", content_type="text/plain; charset=no-such"), "encoding that its server"),
        (page(b"plain", "Content-Encoding: gzip"), "the body cannot be read"),
    ],
    ids=range(12),
)
def test_pages_that_cannot_be_read(run, tools, answer, why):
    run("init", "work")
    with serving({"/": answer}) as web:
        result = run("add", "-w", "work", web.url("/"), tools=tools)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert re.search(why, result.stderr), result.stderr
    assert documents("work") == []


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/html; charset=iso-8859-1", "cp1252"),
        ("text/html; charset=windows-1251", "windows-1251"),
        ("text/html; charset=shift_jis", "shift_jis"),
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html; charset=latin-1", "utf-8"),
        (None, "utf-8"),
    ],
)
def test_pages_in_other_encodings(run, tools, run_json, content_type, encoding):
    words = {"windows-1251": "Девять кораблей", "shift_jis": "巡視艇", "cp1252": "‘café’"}
    text = words.get(encoding, "naïve ‘quotes’")
    body = HTML.format(f"{text} patrol boats were sold. " * 5).encode(encoding)
    run("init", "work")
    with serving({"/": page(body, content_type=content_type)}) as web:
        run("add", "-w", "work", web.url("/"), tools=tools)
    [document] = documents("work")
    assert text in document.text
    assert run_json("capture", "verify", "-w", "work")["problems"] == []


def test_captures_of_files_are_made_when_they_are_added(run, run_json, workspace):
    assert run("capture", "verify", "-w", workspace).stdout.strip() == (
        "5 captures, 5 documents: all proven"
    )
    assert run_json("capture", "verify", "-w", workspace) == {
        "captures": 5, "documents": 5, "stamps": [], "problems": []
    }  # fmt: skip


def test_a_list_of_documents_is_one_capture(run, run_json, tmp_path):
    lines = [
        json.dumps({"text": f"Boat number {number} was sold.", "title": "A"}) for number in range(3)
    ]
    (tmp_path / "list.jsonl").write_text("\n".join(lines))
    run("init", "work")
    run("add", "-w", "work", "list.jsonl")
    found = run_json("capture", "verify", "-w", "work")
    assert (found["captures"], found["documents"], found["problems"]) == (1, 3, [])


def test_a_damaged_capture_is_found(run, run_json, workspace):
    path = warc_file(workspace)
    content = bytearray(path.read_bytes())
    content[-30] ^= 1
    path.write_bytes(content)
    found = run_json("capture", "verify", "-w", workspace, code=1)
    assert [problem["kind"] for problem in found["problems"]] == ["capture", "missing"]
    shown = run("capture", "verify", "-w", workspace)
    assert shown.exit_code == 1
    assert "2 problems" in shown.stdout
    assert "is damaged" in shown.stdout


def test_lost_captures_are_found(run_json, workspace):
    warc_file(workspace).unlink()
    found = run_json("capture", "verify", "-w", workspace, code=1)
    assert len(found["problems"]) == 10


def test_a_text_that_no_longer_comes_out_is_found(run_json, workspace, monkeypatch):
    monkeypatch.setattr(files, "clean", lambda text: text.replace("nine", "nine hundred"))
    found = run_json("capture", "verify", "-w", workspace, code=1)
    assert {problem["kind"] for problem in found["problems"]} == {"text"}
    assert len(found["problems"]) == 2


def test_documents_without_a_capture_are_named(run, run_json, workspace, articles):
    with onrecord.open_archive(workspace, WordEmbedder()) as archive:
        from tests.archive.conftest import article

        archive.add([article(1)])
    found = run_json("capture", "verify", "-w", workspace, code=1)
    [problem] = found["problems"]
    assert problem["kind"] == "missing"


def test_export_and_import(run, run_json, workspace, tmp_path):
    package = run_json("capture", "export", "-w", workspace, "all.wacz")
    digest = hashlib.sha256((tmp_path / "all.wacz").read_bytes()).hexdigest()
    assert (package["sha256"], package["captures"], package["pages"]) == (digest, 5, 5)
    [line] = (workspace / "exports.jsonl").read_text().splitlines()
    assert json.loads(line) == package
    run("init", "other")
    found = run_json("capture", "import", "-w", "other", "all.wacz", "--sha256", digest)
    assert (found["new"], found["passed_over"], found["problems"]) == (5, 0, [])
    assert [d.text for d in documents("other")] == [d.text for d in documents(workspace)]
    assert run_json("capture", "verify", "-w", "other")["problems"] == []
    again = run_json("capture", "import", "-w", "other", "all.wacz")
    assert (again["new"], again["known"]) == (0, 5)
    assert run_json("capture", "verify", "-w", "other")["captures"] == 5


def test_a_page_comes_through_a_package_as_it_was(run, run_json, tools):
    run("init", "work")
    with serving({"/": page(BODY)}) as web:
        run("add", "-w", "work", web.url("/"), tools=tools)
    run("capture", "export", "-w", "work", "page.wacz")
    run("init", "other")
    run("capture", "import", "-w", "other", "page.wacz")
    assert documents("other") == documents("work")


def test_another_package_than_was_told_is_refused(run, workspace):
    run("capture", "export", "-w", workspace, "all.wacz")
    result = run("capture", "import", "-w", workspace, "all.wacz", "--sha256", "0" * 64)
    assert result.exit_code == 2
    assert "it was altered, or is another" in result.stderr


def test_the_package_is_one_that_others_accept(run, workspace, tmp_path):
    if find_spec("wacz") is None:
        pytest.skip("the package wacz is not installed")
    run("capture", "export", "-w", workspace, "all.wacz")
    done = subprocess.run(
        [sys.executable, "-m", "wacz", "validate", "-f", tmp_path / "all.wacz"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the passed WACZ is valid" in done.stdout


def test_the_index_leads_to_the_records(run, workspace, tmp_path):
    run("capture", "export", "-w", workspace, "all.wacz")
    with zipfile.ZipFile(tmp_path / "all.wacz") as package:
        data = package.read("archive/data.warc.gz")
        lines = package.read("indexes/index.cdx").decode().splitlines()
        kept = package.getinfo("archive/data.warc.gz").compress_type
    assert kept == zipfile.ZIP_STORED
    assert lines == sorted(lines)
    for line in lines:
        key, moment, fields = line.split(" ", 2)
        found = json.loads(fields)
        start = int(found["offset"])
        record = gzip.decompress(data[start : start + int(found["length"])])
        assert f"WARC-Target-URI: {found['url']}\r\n".encode() in record
        assert len(moment) == 14
        assert key == found["url"]


def test_an_export_that_cannot_be(run, workspace, tmp_path):
    run("init", "empty")
    assert "it holds no captures" in run("capture", "export", "-w", "empty", "a.wacz").stderr
    assert "ends in .wacz" in run("capture", "export", "-w", workspace, "a.zip").stderr
    assert run("capture", "export", "-w", workspace, "no/folder/a.wacz").exit_code == 2
    warc_file(workspace).unlink()
    assert "No such file" in run("capture", "export", "-w", workspace, "a.wacz").stderr
    assert not list(tmp_path.glob("*.wacz"))
    assert not list(tmp_path.glob(".*.part"))


def html_capture(number, body=None, status=200, content_type="text/html"):
    content = body or HTML.format(f"Boat number {number} was sold to Ruritania. " * 6).encode()
    headers = (("Content-Type", content_type),)
    uri = f"https://paper.example/{number}"
    return Capture(uri, content, content_type, "2024-05-06T07:08:09Z", status, headers)


def test_import_of_a_warc_file_names_what_is_bad_and_keeps_the_rest(run, run_json, tmp_path):
    false = gzip.compress(
        gzip.decompress(record_bytes(html_capture(2))).replace(b"number", b"nomber")
    )
    records = [
        record_bytes(html_capture(1)),
        false,
        record_bytes(html_capture(3, b"\x89PNG", content_type="image/png")),
        record_bytes(html_capture(4, status=404)),
        record_bytes(html_capture(5, b"<html></html>")),
        record_bytes(html_capture(6)),
        record_bytes(html_capture(7))[:-20],
    ]
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(records))
    run("init", "work")
    found = run_json("capture", "import", "-w", "work", "crawl.warc.gz", code=1)
    assert (found["new"], found["passed_over"]) == (2, 2)
    assert [problem["kind"] for problem in found["problems"]] == ["record", "text", "record"]
    assert [document.url for document in documents("work")] == [
        "https://paper.example/1", "https://paper.example/6"
    ]  # fmt: skip
    assert run_json("capture", "verify", "-w", "work")["problems"] == []
    shown = run("capture", "import", "-w", "work", "crawl.warc.gz")
    assert "0 new documents, 2 already there" in shown.stdout
    assert "nothing beyond it is read" in shown.stdout


@pytest.mark.parametrize("name", ["a.zip", "a.html", "a"])
def test_other_files_are_not_imported(run, name):
    run("init", "work")
    result = run("capture", "import", "-w", "work", name)
    assert result.exit_code == 2
    assert ".wacz, .warc and .warc.gz are imported" in result.stderr


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl")
def test_a_time_stamp(run, run_json, workspace, tmp_path):
    authority = Authority(tmp_path / "authority")

    def answer(send):
        assert "\r\nContent-Type: application/timestamp-query\r\n" in web.requests[-1]
        stamp = authority.answer(web.bodies[-1])
        send(page(stamp, content_type="application/timestamp-reply"))

    with serving({"/": answer}) as web:
        asked = ("stamp", "-w", workspace, "--authority", web.url("/"))
        made = run_json("capture", *asked, "--certificates", authority.root)
        again = run("capture", *asked, "--certificates", authority.root)
    assert (made["name"], made["captures"], made["proven"]) == ("000001", 5, True)
    assert again.exit_code == 2
    assert "no capture is without a time stamp" in again.stderr
    found = run_json("capture", "verify", "-w", workspace, "--authorities", authority.root)
    assert found["stamps"] == [made]
    shown = run("capture", "verify", "-w", workspace).stdout
    assert f"stamp 000001: 5 captures on {made['moment']}, not held against certificates" in shown
    (workspace / "stamps" / "000001.tsr").write_bytes(b"")
    found = run_json("capture", "verify", "-w", workspace, code=1)
    assert [problem["kind"] for problem in found["problems"]] == ["stamp"]


@pytest.mark.parametrize(
    "answer",
    [
        page(b"no stamp"),
        page(b"", status="500 Oops"),
        redirect("/"),
        b"",
        page(bytes(30_000_000)),
    ],
    ids=range(5),
)
def test_an_authority_that_gives_no_stamp(run, workspace, tmp_path, answer):
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl")
    root = Authority(tmp_path / "authority").root
    with serving({"/": answer}) as web:
        result = run(
            "capture", "stamp", "-w", workspace, "--authority", web.url("/"), "--certificates", root
        )
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert not list((workspace / "stamps").glob("*.t*"))
