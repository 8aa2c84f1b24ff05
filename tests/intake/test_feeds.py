import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake import read_capture, read_file
from onrecord.intake.feeds import read_feed
from onrecord.intake.files import clean
from onrecord.model import Capture

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def rss(items, channel=""):
    return (
        f'<?xml version="1.0"?><rss version="2.0" {DC} {CONTENT}><channel>'
        f"<title>The Paper</title>{channel}{items}</channel></rss>"
    )


def item(inside="", title="Boats sold"):
    return f"<item><title>{title}</title>{inside}</item>"


def atom(entries, feed=""):
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT">'
        f"<title>The Paper</title>{feed}{entries}</feed>"
    )


def read(content, **more):
    return read_feed(content.encode() if isinstance(content, str) else content, "a.rss", **more)


def one(content, **more):
    [entry] = read(content, **more)
    return entry


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a feed made the reader go to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


FULL = item(
    "<link>https://paper.example/boats</link><pubDate>Fri, 05 Aug 2022 23:30:00 -0400</pubDate>"
    "<author>jane@paper.example (Jane Roe)</author>"
    "<description>&lt;p&gt;Nine &lt;b&gt;boats&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Sold."
    "</description>"
)  # fmt: skip


class TestDocuments:
    @pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.xml", "a.feed"])
    def test_each_entry_is_one(self, tmp_path, name):
        path = tmp_path / name
        path.write_text(rss(FULL + item("<description>Two jets.</description>", "Jets")))
        first, second = read_file(path, {})
        assert (first.title, second.title) == ("Boats sold", "Jets")
        assert first.text == "Nine boats.\nSold."
        assert first.url == "https://paper.example/boats"
        assert first.source.name == "The Paper"
        assert first.authors == ("Jane Roe",)
        assert (first.published.edtf, first.published.basis) == ("2022-08-05", "feed: pubDate")
        assert (second.published.edtf, second.published.basis) == (None, "no date in the feed")
        assert first.snapshot == second.snapshot

    @pytest.mark.parametrize("said", ["application/rss+xml", "text/xml", "text/html", ""])
    def test_of_a_fetched_feed(self, said):
        content = rss(item("<link>/boats</link>") + item(title="Jets")).encode()
        capture = Capture("https://a.example/feed", content, said, "2022-08-05T00:00:00Z", 200)
        first, second = read_capture(capture, {})
        assert (first.url, second.url) == ("https://a.example/boats", "https://a.example/feed")
        assert first.retrieved_at == "2022-08-05T00:00:00Z"

    def test_a_page_about_feeds_is_a_page(self):
        content = f"<html><body><p>{'Feeds begin with rss. ' * 20}</p></body></html>".encode()
        capture = Capture("https://a.example/", content, "text/html", "2022-08-05T00:00:00Z", 200)
        assert read_capture(capture, {})[0].snapshot.media_type == "text/html"


class TestFormats:
    def test_atom(self):
        entry = one(
            atom(
                '<entry><title type="html">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>'
                '<link rel="edit" href="/edit"/><link href="/story"/>'
                "<updated>2022-08-05T23:30:00-04:00</updated>"
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p>'
                "<p>Two.</p></div></content></entry>",
                "<author><name>Jane Roe</name></author>",
            ),
            base="https://paper.example/feed",
        )
        assert (entry.title, entry.text) == ("A & B", "One.\nTwo.")
        assert entry.url == "https://paper.example/story"
        assert (entry.published, entry.basis) == ("2022-08-05", "feed: updated")
        assert (entry.authors, entry.publisher, entry.language) == (
            ("Jane Roe",),
            "The Paper",
            "de",
        )

    def test_text_of_atom_is_no_markup(self):
        entry = one(atom("<entry><title>1 &lt; 2</title><summary>a &lt;b&gt; c</summary></entry>"))
        assert (entry.title, entry.text) == ("1 < 2", "a <b> c")

    def test_rss_of_rdf(self):
        entry = one(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            f'xmlns="http://purl.org/rss/1.0/" {DC}><channel><title>The Paper</title></channel>'
            '<item rdf:about="https://a.example/1"><title>T</title><dc:date>2020-05</dc:date>'
            "<dc:creator>Jane Roe</dc:creator></item></rdf:RDF>"
        )
        assert (entry.url, entry.published, entry.basis) == (
            "https://a.example/1",
            "2020-05",
            "feed: date",
        )
        assert (entry.publisher, entry.authors) == ("The Paper", ("Jane Roe",))

    @pytest.mark.parametrize(
        "source", ["<source url='https://a.example'>The Agency</source>",
                   "<source><title>The Agency</title></source>"]
    )  # fmt: skip
    def test_an_entry_that_was_taken_over_is_of_its_source(self, source):
        assert one(rss(item(source))).publisher == "The Agency"

    def test_the_longest_text_is_taken(self):
        inside = "<description>Short.</description><content:encoded>A long one.</content:encoded>"
        assert one(rss(item(inside))).text == "A long one."

    def test_a_title_alone_is_the_text(self):
        assert one(rss(item())).text == "Boats sold"

    def test_entries_without_words_are_passed_over(self):
        assert len(read(rss(item() + item(title="") + "<item/>"))) == 1

    @pytest.mark.parametrize(
        ("printed", "day"),
        [
            ("Fri, 05 Aug 2022 23:30:00 -0400", "2022-08-05"),
            ("5 August 2022 10:00 GMT", "2022-08-05"),
            ("2022-08-05T10:00:00Z", "2022-08-05"),
            ("2022-08-05 10:00", "2022-08-05"),
            ("2022-08", "2022-08"),
            ("2022", "2022"),
            ("2022-13-45", None),
            ("Fri, 45 Aug 2022 23:30:00", None),
            ("yesterday", None),
            ("1" * 100_000, None),
            ("Fri, " * 50_000, None),
            ("", None),
        ],
    )
    def test_dates(self, printed, day):
        assert one(rss(item(f"<pubDate>{printed}</pubDate>"))).published == day

    @pytest.mark.parametrize(
        ("told", "names"),
        [
            ("Jane Roe", ("Jane Roe",)),
            ("jane@a.example (Jane Roe)", ("Jane Roe",)),
            ("Jane Roe &lt;jane@a.example&gt;", ("Jane Roe",)),
            ("jane@a.example", ()),
            ("@ " * 100_000, ()),
        ],
    )
    def test_authors(self, told, names):
        assert one(rss(item(f"<author>{told}</author>"))).authors == names


class TestAddresses:
    @pytest.mark.parametrize(
        "link",
        [
            "javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd",
            "vbscript:x", "java\nscript:x", "//[x", "ftp://a.example/x", "http://", "",
        ],
    )  # fmt: skip
    def test_what_is_no_page_is_left_out(self, link):
        assert one(rss(item(f"<link>{link}</link>")), base="file:///a").url is None
        assert one(atom(f'<entry><title>T</title><link href="{link}"/></entry>')).url is None

    @pytest.mark.parametrize(
        ("inside", "url"),
        [
            ("<guid>https://a.example/1</guid>", "https://a.example/1"),
            ('<guid isPermaLink="false">https://a.example/1</guid>', None),
            ("<link>javascript:x</link><guid>https://a.example/1</guid>", "https://a.example/1"),
            ("<link> https://a.example/1\n</link>", "https://a.example/1"),
        ],
    )
    def test_the_entry_names_its_page(self, inside, url):
        assert one(rss(item(inside))).url == url

    def test_scripts_in_the_text_are_left_out(self):
        inside = "<description><![CDATA[<p onclick='x()'>Seen.</p><script>steal()</script>"
        inside += "<a href='javascript:x'>linked</a><style>p{}</style>]]></description>"
        assert one(rss(item(inside))).text == "Seen.\nlinked"


class TestMistakes:
    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ("<description>R&D &nbsp;&eacute;&foo; &lt;i&gt;x&lt;/i&gt;</description>",
             "R&D é&foo; x"),
            ("<description>a\x00b\x1b &lt;p&gt;c</description>", "ab\nc"),
            ("<media:x/><description>&lt;p&gt;c</description>", "c"),
        ],
    )  # fmt: skip
    def test_that_many_make_are_mended(self, inside, text):
        assert one("\n" + rss(item(inside))).text == text

    def test_encodings(self):
        told = rss(item(title="Лодки")).replace("?>", ' encoding="windows-1251"?>', 1)
        assert one(told.encode("windows-1251")).title == "Лодки"
        assert (
            one(rss(item(title="Лодки")).encode("windows-1251"), charset="cp1251").title == "Лодки"
        )
        assert one(told.replace("windows-1251", "utf-16").encode("utf-16")).title == "Лодки"


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{ENTITIES}]><rss><channel>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{BOMB}<title>&l11;</title></channel></rss>", "nested too deeply|declares entities"),
        (f"{BOMB}<item a='&l11;'/></channel></rss>", "nested too deeply|declares entities"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><title>&x;</title></rss>',
         "the feed declares entities"),
        (rss("<item>" + "<a>" * 100_000), "nested too deeply"),
        (rss(item("<description>" + "&lt;b&gt;&lt;div&gt;" * 3000 + "</description>")),
         "an entry cannot be read: its HTML is nested too deeply"),
        (rss(FULL * 10)[:-400], "the feed ends before its end|no good XML"),
        (rss(FULL + "<item><title>Cut").partition("Cut")[0], "the feed ends before its end"),
        ("<rss>" + "<" * 2_000_000, "no good XML: line 1"),
        ("<rss>" + "&" * 2_000_000, "no good XML: line 1"),
        ("<rss>" + "<!--" * 100_000, "no good XML: line 1"),
        (rss("<item><title><![CDATA[" * 50_000), "no good XML: line 1"),
        (b"<?xml version='1.0' encoding='utf-8'?><rss><item><title>caf\xe9</title></item></rss>",
         "the feed is not in the encoding that it says"),
        ("<rss>" + "x" * 10_000_000, "over 10 MB, no feed is as large"),
        (rss(item() * 10_001), "over 10000 entries"),
        (rss(""), "the feed has no entries with words"),
        (rss("<item " + " ".join(f"a{n}='b'" for n in range(50_000)) + "/>"), "no entries"),
        ("<html><body>x</body></html>", "no RSS or Atom feed is found"),
        ("http://127.0.0.1:9/feed", "no good XML: line 1"),
        ("/etc/passwd", "no good XML: line 1"),
    ],
)  # fmt: skip
def test_hostile_feeds_are_refused(content, message):
    with pytest.raises(InputError, match=f"^a.rss: .*(?:{message})") as raised:
        read(content)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300


def test_an_encoding_that_is_none():
    with pytest.raises(InputError, match=r"a\.rss: there is no encoding 'none-such'"):
        read(rss(item()), charset="none-such")


@given(st.lists(st.text("aé1 <&;\n\u200b", max_size=12), min_size=1, max_size=5))
def test_titles_come_out_in_order(titles):
    escaped = ["".join(f"&#{ord(one)};" for one in title) for title in titles]
    entries = "".join(f"<entry><title>{title}</title></entry>" for title in escaped)
    found = read(atom(entries + "<entry><title>End</title></entry>"))
    wanted = [" ".join(title.split()) for title in titles]
    assert [entry.title for entry in found] == [*filter(None, wanted), "End"]
    assert all(clean(entry.text) == entry.text for entry in found)
