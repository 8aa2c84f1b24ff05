import gzip
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import inflate
from onrecord.inflate import InflateError, decoded, gunzip_member, members, plain_stream

contents = st.lists(st.binary(max_size=300), max_size=6)


@given(contents, st.binary(max_size=20))
def test_whole_members_are_found_and_what_follows_is_not(parts, rest):
    packed = [gzip.compress(part) for part in parts]
    tail = b"" if rest.startswith(b"\x1f") else rest
    found = list(members(BytesIO(b"".join(packed) + tail)))
    assert [length for _, length in found] == [len(part) for part in packed]
    assert [offset for offset, _ in found] == [
        sum(map(len, packed[:place])) for place in range(len(packed))
    ]


@given(st.data())
def test_a_member_cut_anywhere_is_not_whole(data):
    first, second = gzip.compress(b"first" * 50), gzip.compress(data.draw(st.binary(max_size=200)))
    cut = data.draw(st.integers(0, len(second) - 1))
    assert list(members(BytesIO(first + second[:cut]))) == [(0, len(first))]


def test_members_larger_than_a_step():
    large = gzip.compress(bytes(range(256)) * 4000, compresslevel=1)
    noise = gzip.compress(zlib.compress(large) * 3)
    found = list(members(BytesIO(large + noise)))
    assert found == [(0, len(large)), (len(large), len(noise))]


@given(contents)
def test_a_gzip_stream_is_read_through_its_members(parts):
    file = BytesIO(b"".join(gzip.compress(part) for part in parts))
    assert plain_stream(file).read() == b"".join(parts)


@given(st.binary(max_size=300).filter(lambda content: not content.startswith(b"\x1f\x8b")))
def test_a_plain_stream_is_as_it_is(content):
    assert plain_stream(BytesIO(content)).read() == content


def test_a_stream_that_ends_too_early():
    reader = plain_stream(BytesIO(gzip.compress(b"words " * 1000)[:-3]))
    with pytest.raises(InflateError, match="ends too early"):
        reader.read()


def test_a_stream_that_is_damaged():
    packed = bytearray(gzip.compress(b"words " * 1000))
    packed[-6] ^= 1
    with pytest.raises(InflateError, match="no gzip"):
        plain_stream(BytesIO(packed)).read()


def test_a_stream_that_is_a_bomb(monkeypatch):
    monkeypatch.setattr(inflate, "RATIO_RESERVE", 100_000)
    packed = gzip.compress(bytes(10_000_000))
    most = 100_000 + inflate.MOST_RATIO * len(packed)
    assert len(plain_stream(BytesIO(packed)).read(most - 65_536)) == most - 65_536
    with pytest.raises(InflateError, match="taken for a bomb"):
        plain_stream(BytesIO(packed)).read(most + 1)


@given(st.binary(max_size=2000), st.integers(0, 2000))
def test_the_bound_is_exact(content, most):
    packed = gzip.compress(content)
    if len(content) <= most:
        assert gunzip_member(packed, most) == decoded(packed, "gzip", most) == content
    else:
        for make in (lambda: gunzip_member(packed, most), lambda: decoded(packed, "gzip", most)):
            with pytest.raises(InflateError, match="over"):
                make()


def test_a_bomb_in_many_members_is_bounded_as_a_whole():
    with pytest.raises(InflateError, match="over"):
        decoded(gzip.compress(bytes(400)) * 4, "gzip", 1000)


def test_nothing_may_follow_a_member():
    with pytest.raises(InflateError, match="3 bytes follow"):
        gunzip_member(gzip.compress(b"a") + b"abc", 10)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br"]))
def test_any_bytes_are_plain_or_refused(content, encoding):
    with suppress(InflateError):
        assert len(decoded(content, encoding, 1000)) <= 1000
