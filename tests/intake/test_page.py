import socket

import pytest

from onrecord.errors import InputError
from onrecord.intake import read_file
from onrecord.intake.page import read_page

BODY = "<p>" + "The army burned the village, witnesses said. " * 6 + "</p>"
BODY += "<p>" + "A second paragraph follows with more words. " * 6 + "</p>"


def page(head="", body=BODY, lang="en-GB"):
    return (
        f"<html lang='{lang}'><head><title>Jets sold</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Jets sold</h1>{body}</article>"
        "<footer>All rights</footer></body></html>"
    )


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a page made the reader go to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def read(tmp_path):
    def read_page(content):
        path = tmp_path / "page.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        [document] = read_file(path, {})
        return document

    return read_page


def test_a_page(read):
    head = (
        "<meta property='og:site_name' content='The Paper'><meta name='author' content='Jane Roe'>"
        "<link rel='canonical' href='https://paper.example/jets'>"
        "<meta property='article:published_time' content='2022-08-05T23:30:00-04:00'>"
    )
    document = read(page(head))
    assert document.title == "Jets sold"
    assert document.source.name == "The Paper"
    assert document.authors == ("Jane Roe",)
    assert document.url == "https://paper.example/jets"
    assert document.language == "en"
    assert document.published.edtf == "2022-08-05"
    assert document.published.basis == "meta tag article:published_time"
    assert "\n\nA second paragraph" in document.text
    assert "Home" not in document.text
    assert document.snapshot.media_type == "text/html"


@pytest.mark.parametrize(
    ("head", "edtf", "basis"),
    [
        ("<script type='application/ld+json'>{\"datePublished\": \"2022-08-05\"}</script>",
         "2022-08-05", "JSON-LD datePublished"),
        ("<meta name='date' content='2022-08-05'>", "2022-08-05", "meta tag date"),
        ("<meta name='date' content='someday'>", None, "no date in the page"),
        ("", None, "no date in the page"),
    ],
)  # fmt: skip
def test_dates_and_their_basis(read, head, edtf, basis):
    published = read(page(head)).published
    assert (published.edtf, published.basis) == (edtf, basis)


def test_a_date_that_only_htmldate_finds(read):
    published = read(page(body="<time datetime='2022-08-05'>August 5</time>" + BODY)).published
    assert (published.edtf, published.basis) == ("2022-08-05", "found in page by htmldate")


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("windows-1251", "<meta charset='windows-1251'>"),
        ("koi8-r", '<meta charset="koi8-r">'),
    ],
)
def test_encodings(read, encoding, head):
    text = "Армия сожгла деревню, сообщили свидетели. " * 8
    assert "Армия сожгла деревню" in read(page(head, f"<p>{text}</p>").encode(encoding)).text


def test_a_short_page_is_text_too(read):
    assert "We deny it." in read("<html><body><p>We deny it.</p></body></html>").text


def test_captions_stay_where_they_stood_and_furniture_goes():
    figure = (
        "<figure><img alt='A boat.'><figcaption>A boat on the river.<span class='credit'>"
        "Jane Roe/AFP</span></figcaption></figure>"
    )
    strip = "<div class='breaking-news'>BREAKING: a storm</div><span>xs sm md lg</span>"
    found = read_page(page(body=strip + BODY + figure + BODY + figure).encode(), "a.html")
    caption = "A boat on the river. (Jane Roe/AFP)"
    assert [found.text[start:end] for start, end in found.captions] == [caption]
    before, _, after = found.text.partition(f"\n\n{caption}\n\n")
    assert "The army burned" in before
    assert "The army burned" in after
    assert not any(words in found.text for words in ("BREAKING", "xs sm", "Home"))


def test_captions_of_a_page_that_is_hardly_one():
    figure = "<figure><img><figcaption>A boat.</figcaption></figure>"
    found = read_page(f"<html><body>{figure}<p>Nine.</p></body></html>".encode(), "a.html")
    assert found.text == "A boat.\n\nNine."
    assert [found.text[start:end] for start, end in found.captions] == ["A boat."]


def test_scripts_stay_out_and_addresses_that_run_are_dropped(read):
    head = "<link rel='canonical' href='javascript:alert(1)'><script>steal()</script>"
    document = read(page(head))
    assert document.url is None
    assert "steal" not in document.text


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "content",
    [
        "http://127.0.0.1:9/secret",
        "https://example.com/page.html",
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "l">{ENTITIES}]><html>&l11;</html>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>a &x; b</p></html>',
        "<html><body>" + "<div>" * 100_000 + "deep",
        "<table><tr><td>" * 3000 + "deep",
        "<a href='x'><b><i>" * 20_000 + "deep",
        "<p " + "a='b' " * 200_000 + ">many</p>",
        "<" * 1_000_000,
        "<!--" * 100_000,
        "&#0;&#xD800;&#x110000;",
        "<html></html>",
        "\x0c\x1b{}[]",
    ],
    ids=lambda content: content[:20],
)  # fmt: skip
def test_hostile_pages_end_in_text_or_an_error(read, content):
    try:
        document = read(content)
    except InputError as error:
        assert "page.html" in str(error)  # noqa: PT017 - either is right
    else:
        assert "root:" not in document.text
        assert len(document.text) <= len(content)
