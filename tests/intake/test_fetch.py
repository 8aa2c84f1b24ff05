import gzip
import hashlib
import shutil
import socket
import subprocess
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address, ip_network

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.clock import SystemClock
from onrecord.errors import InputError
from onrecord.intake.connections import FetchError, is_public
from onrecord.intake.fetch import Limits, Pace, fetch
from tests.intake.web_server import ALLOW, page, redirect, serving

BODY = b"<html><body><p>Nine patrol boats were sold.</p></body></html>"
START = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
ONCE = Limits(attempts=1)


class TestClock:
    """Sleeping passes the time at once."""

    __test__ = False

    def __init__(self):
        self.slept = []
        self._passed = 0.0

    def now(self):
        return START + timedelta(seconds=self._passed)

    def monotonic(self):
        return self._passed

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self._passed += seconds


@pytest.fixture
def clock():
    return TestClock()


@pytest.fixture
def get(clock):
    def get(url, limits=None, **options):
        return fetch(url, limits, **{"clock": clock, "allow": ALLOW, **options})

    return get


def refused(get, url, match, limits=ONCE, **options):
    with pytest.raises(FetchError, match=match):
        get(url, limits, **options)


def test_a_page(get):
    with serving({"/a?b=1": page(BODY, "X-Kind: news")}) as server:
        url = server.url("/a?b=1#part")
        found = get(url)
    assert found.url == url
    assert found.final_url == url.removesuffix("#part")
    assert found.redirects == ()
    assert (found.status, found.content_type) == (200, "text/html; charset=utf-8")
    assert ("X-Kind", "news") in found.headers
    assert found.body == BODY
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert found.retrieved_at == "2024-05-06T07:08:09Z"
    assert found.address == "127.0.0.1"


def test_it_says_who_asks_and_sends_no_cookie(get):
    answers = {
        "/": page(b"", "Set-Cookie: id=1", "Location: /b", status="302 Found"),
        "/b": page(BODY, "Set-Cookie: id=2"),
    }
    with serving(answers) as server:
        get(server.url("/"))
        get(server.url("/b"))
    assert len(server.requests) == 3
    for request in server.requests:
        assert "\r\nUser-Agent: Onrecord/" in request
        assert f"\r\nHost: 127.0.0.1:{server.port}\r\n" in request
        assert "cookie" not in request.casefold()
        assert "referer" not in request.casefold()


def test_redirects_are_followed_and_kept(get):
    answers = {
        "/1": redirect("/2", "301 Moved"),
        "/2": redirect("3?x=%20y"),
        "/3?x=%20y": page(BODY),
    }
    with serving(answers) as server:
        found = get(server.url("/1"))
        assert [(hop.url, hop.status) for hop in found.redirects] == [
            (server.url("/1"), 301),
            (server.url("/2"), 302),
        ]
        assert found.final_url == server.url("/3?x=%20y")
    assert ("Location", "/2") in found.redirects[0].headers
    kept = found.captures()
    assert [capture.status for capture in kept] == [301, 302, 200]
    assert [capture.uri for capture in kept][-1] == found.final_url
    assert kept[-1].content == BODY
    assert len({capture.record for capture in kept}) == 3


def test_redirects_have_an_end(get):
    with serving({"/": redirect("/")}) as server:
        refused(get, server.url("/"), "over 5 redirects")
    assert len(server.requests) == 6


def test_a_redirect_to_nowhere(get):
    with serving({"/": page(b"", status="301 Moved")}) as server:
        refused(get, server.url("/"), "does not say where to")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2/",
        "http://localhost/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706434/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.2]/",
        "http://[::ffff:7f00:2]/",
        "http://[64:ff9b::7f00:2]/",
        "http://[2002:7f00:2::]/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://100.100.100.200/",
        "http://100.64.0.1/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ],
)
def test_addresses_of_the_house_are_refused(get, url):
    refused(get, url, "is not a public one", allow=())


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
        "",
    ],
)
def test_other_schemes_are_refused(get, url):
    refused(get, url, "only http:// and https:// are fetched")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://user:secret@example.org/", "name or password"),
        ("http://example.org@127.0.0.1/", "name or password"),
        ("http:///path", "no host name"),
        ("http://exa mple.org/", "no spaces"),
        ("http://example.org/\r\nHost: other", "no spaces and no control characters"),
        ("http://example.org:99999/", "no address"),
        ("http://[::1/", "no address"),
        ("http://[fe80::1%25eth0]/", "zone"),
        ("http://%31%32%37.0.0.1/", "no host name"),
        ("http://ex\u2100mple.org/", "no address|no host name"),
        ("http://example.org/" + "a" * 9000, "over 8000 characters"),
    ],
)
def test_what_is_no_address(get, url, why):
    refused(get, url, why)


@given(st.text(max_size=60))
def test_any_text_is_fetched_or_refused_by_name(text):
    def nowhere(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "no name here")

    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        with pytest.raises(FetchError):
            fetch(url, ONCE, clock=TestClock(), resolve=nowhere)


def test_a_redirect_into_the_house_is_refused_before_it_is_asked(get):
    with serving({}) as inner, serving({"/": redirect(f"http://127.0.0.2:{inner.port}/")}) as outer:
        refused(get, outer.url("/"), "127.0.0.2 is not a public one")
    assert inner.requests == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/", "http://[::1/"])
def test_a_redirect_to_another_scheme_is_refused(get, location):
    with serving({"/": redirect(location)}) as server:
        refused(get, server.url("/"), "only http|no address")


@pytest.mark.parametrize(
    "found", [["127.0.0.2"], ["93.184.216.34", "10.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%2"]]
)
def test_a_name_with_an_address_in_the_house_is_refused(get, found):
    refused(get, "http://paper.example/", "not a public one", resolve=lambda host, port: found)


def test_a_name_is_looked_up_once_and_no_other_address_is_connected_to(get):
    """A name server that says something else on a second look changes nothing."""
    asked = []

    def rebinding(host, port):
        asked.append((host, port))
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with serving({"/": page(BODY)}) as server:
        url = server.url("/", host="paper.example")
        assert get(url, resolve=rebinding).body == BODY
        assert asked == [("paper.example", server.port)]
        assert f"\r\nHost: paper.example:{server.port}\r\n" in server.requests[0]
        refused(get, url, "127.0.0.2 is not a public one", resolve=rebinding)


def test_the_next_address_is_tried_where_one_is_out_of_reach(get):
    both = (*ALLOW, ip_network("127.0.0.3/32"))
    with serving({"/": page(BODY)}) as server:
        url = server.url("/", host="paper.example")
        found = get(url, allow=both, resolve=lambda host, port: ["127.0.0.3", "127.0.0.1"])
    assert (found.body, found.address) == (BODY, "127.0.0.1")


def test_names_in_other_scripts(get):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    with serving({"/%C3%BC?q=%C3%A9": page(BODY)}) as server:
        found = get(server.url("/ü?q=é", host="müller.example"), resolve=resolve)
    assert asked == ["xn--mller-kva.example"]
    assert found.final_url == f"http://xn--mller-kva.example:{server.port}/%C3%BC?q=%C3%A9"


def test_an_unknown_name(get):
    def resolve(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    refused(get, "http://paper.example/", "there is no such host", resolve=resolve)


def test_a_name_server_that_does_not_answer_is_not_waited_for(get):
    done = threading.Event()

    def resolve(host, port):
        done.wait(20)
        return ["127.0.0.1"]

    limits = Limits(attempts=1, seconds=0.2)
    refused(get, "http://paper.example/", "over", limits, resolve=resolve, clock=SystemClock())
    done.set()


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl")
def test_the_name_is_held_against_the_certificate_and_the_address_against_the_rules(
    get, tmp_path, monkeypatch
):
    both = tmp_path / "both.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=paper.example", "-addext",
         "subjectAltName=DNS:paper.example", "-keyout", both, "-out", tmp_path / "cert.pem"],
        capture_output=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    both.write_bytes(both.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    with serving({"/": page(BODY)}, tls=both) as server:
        url = f"https://paper.example:{server.port}/"
        other = f"https://other.example:{server.port}/"

        def resolve(host, port):
            return ["127.0.0.1"]

        refused(get, url, "no secure connection", resolve=resolve)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert get(url, resolve=resolve).body == BODY
        refused(get, other, "no secure connection", resolve=resolve)


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("identity", bytes),
    ],
)
def test_content_encodings_are_undone(get, encoding, encode):
    with serving({"/": page(encode(BODY), f"Content-Encoding: {encoding}")}) as server:
        assert get(server.url("/")).body == BODY


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", lambda body: brotli.compress(body, quality=1)),
    ],
)
def test_a_bomb_is_not_unfolded(get, encoding, encode):
    bomb = encode(b"\0" * 20_000_000)
    assert len(bomb) < 100_000
    limits = Limits(attempts=1, body_bytes=1_000_000)
    with serving({"/": page(bomb, f"Content-Encoding: {encoding}")}) as server:
        refused(get, server.url("/"), "over 1000000 bytes when made plain", limits)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("damage", ["other", "short"])
def test_a_body_that_is_not_encoded_as_it_says(get, encoding, damage):
    encode = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding]
    body = b"<p>plain, and no such thing</p>" if damage == "other" else encode(BODY)[:-9]
    with serving({"/": page(body, f"Content-Encoding: {encoding}")}) as server:
        refused(get, server.url("/"), "the body cannot be read")


@pytest.mark.parametrize("encoding", ["compress", "gzip, gzip", "zstd", "\xe9"])
def test_encodings_that_were_not_asked_for(get, encoding):
    with serving({"/": page(BODY, f"Content-Encoding: {encoding}")}) as server:
        refused(get, server.url("/"), "content encoding .* is not read")


def test_a_body_that_says_it_is_too_large_is_not_read(get):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"
    with serving({"/": head}) as server:
        refused(get, server.url("/"), "over 20000000 bytes")


def test_a_body_without_an_end(get):
    def endless(send):
        send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            send(b"fffe\r\n" + b"x" * 0xFFFE + b"\r\n")

    limits = Limits(attempts=1, body_bytes=1_000_000)
    with serving({"/": endless}) as server:
        refused(get, server.url("/"), "over 1000000 bytes", limits)


def trickle(*beginning):
    def answer(send):
        for content in beginning:
            send(content)
        while True:
            send(b"x")
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        trickle(),
    ],
    ids=["body", "head", "first line"],
)
def test_a_server_that_sends_byte_by_byte_is_cut_by_the_whole_time(get, answer):
    limits = Limits(attempts=1, seconds=0.3, read_seconds=5)
    with serving({"/": answer}) as server:
        refused(get, server.url("/"), "the page took over 0.3 s", limits, clock=SystemClock())


def test_redirects_share_the_whole_time(get):
    def late(send):
        time.sleep(0.15)
        send(redirect("/"))

    limits = Limits(attempts=1, seconds=0.4, redirects=50)
    with serving({"/": late}) as server:
        pace = Pace(SystemClock(), 0)
        refused(get, server.url("/"), "took over 0.4 s", limits, clock=SystemClock(), pace=pace)


def test_a_silent_server_is_cut_by_the_time_of_a_read(get):
    gone = threading.Event()
    limits = Limits(attempts=1, read_seconds=0.1)
    with serving({"/": lambda send: gone.wait(20)}) as server:
        refused(get, server.url("/"), "silent for over 0.1 s", limits, clock=SystemClock())
        gone.set()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 2_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: a\r\n" * 200_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX Bad: a\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nends too early",
        b"SSH-2.0-OpenSSH\r\n",
        b"\x16\x03\x01\0\0",
        b"",
    ],
    ids=[
        "long header",
        "many headers",
        "bad header",
        "bad chunk",
        "short",
        "ssh",
        "tls",
        "nothing",
    ],
)
def test_what_is_no_http(get, answer):
    with serving({"/": answer}) as server:
        refused(get, server.url("/"), "no HTTP|out of reach")


@pytest.mark.parametrize(
    "status", ["404 Not Found", "403 Forbidden", "500 Oops", "204 None", "999 X"]
)
def test_other_answers_are_errors_and_not_asked_again(get, status):
    with serving({"/": page(BODY, status=status)}) as server:
        refused(get, server.url("/"), f"the server answers {status[:3]}", Limits())
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", ["429 Too Many", "503 Busy"])
def test_later_is_later(get, clock, status):
    busy = page(b"", status=status)
    with serving({"/": [busy, busy, page(BODY)]}) as server:
        assert get(server.url("/")).body == BODY
    assert clock.slept == [1, 2]


def test_a_server_that_stays_busy(get):
    with serving({"/": page(b"", status="503 Busy")}) as server:
        refused(get, server.url("/"), "answers 503 Service Unavailable", Limits())
    assert len(server.requests) == 3


@pytest.mark.parametrize("after", ["7", format_datetime(START + timedelta(seconds=7), usegmt=True)])
def test_a_server_may_ask_for_a_pause(get, clock, after):
    busy = page(b"", f"Retry-After: {after}", status="429 Too Many")
    with serving({"/": [busy, page(BODY)]}) as server:
        assert get(server.url("/")).body == BODY
    assert clock.slept == [7]


def test_a_server_may_not_ask_for_hours(get, clock):
    busy = page(b"", "Retry-After: 3600", status="429 Too Many")
    with serving({"/": busy}) as server:
        refused(get, server.url("/"), "asks to come back in 3600 s", Limits())
    assert clock.slept == []


@pytest.mark.parametrize("after", ["soon", "-5", "9" * 30, "Thu, 99 Foo 2024", "\xb2"])
def test_a_pause_that_makes_no_sense_is_no_pause(get, clock, after):
    busy = page(b"", f"Retry-After: {after}", status="503 Busy")
    with serving({"/": [busy, page(BODY)]}) as server:
        get(server.url("/"))
    assert clock.slept == [1]


def test_out_of_reach_is_tried_again(get, clock):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        refused(get, f"http://127.0.0.1:{closed.getsockname()[1]}/", "out of reach", Limits())
    assert clock.slept == [1, 2]


def test_one_host_is_not_hurried(get, clock):
    pace = Pace(clock, 2)
    with serving({"/": page(BODY)}) as server:
        for host in ("a.example", "a.example", "b.example", "A.example"):
            get(server.url("/", host=host), pace=pace, resolve=lambda host, port: ["127.0.0.1"])
    assert clock.slept == [2, 2]


def test_requests_beside_each_other_are_kept_apart(clock):
    pace = Pace(clock, 1)
    threads = [threading.Thread(target=pace.wait, args=("a.example",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.monotonic() >= 4


def test_a_fetch_error_is_an_input_error():
    assert issubclass(FetchError, InputError)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::a00:1", False),
        ("::8.8.8.8", False),
        ("::", False),
        ("ff0e::1", False),
        ("fec0::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("4000::1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(ip_address(address)) is public


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_judged_by_what_it_stands_for(address):
    for disguise in (
        f"::ffff:{address}",
        f"64:ff9b::{int(address) >> 16:x}:{int(address) & 65535:x}",
    ):
        assert is_public(ip_address(disguise)) is is_public(address)
