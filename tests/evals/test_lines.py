import gzip
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.evals import lines as reading
from onrecord.evals.lines import objects, read_lines, text_field


def test_packed_and_plain_are_one(tmp_path):
    content = b'{"a": 1}\n\n  \n{"a": "\xc3\xa9"}'
    plain, packed = tmp_path / "plain.jsonl", tmp_path / "named.as.you.like"
    plain.write_bytes(content)
    packed.write_bytes(gzip.compress(content))
    found, same = read_lines(plain), read_lines(packed)
    assert found.sha256 == same.sha256 == hashlib.sha256(content).hexdigest()
    assert found.lines == same.lines == ((1, '{"a": 1}'), (4, '{"a": "é"}'))
    assert [row for _, row in objects(found)] == [{"a": 1}, {"a": "é"}]


def test_a_byte_order_mark_is_no_text(tmp_path):
    file = tmp_path / "bom.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n')
    assert read_lines(file).lines == ((1, '{"a": 1}'),)


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none(), min_size=1)))
def test_what_is_written_is_read(rows):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.jsonl")
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        assert [row for _, row in objects(read_lines(file))] == rows


@pytest.mark.parametrize(
    ("content", "about"),
    [
        (b"\xff\xfe\n", "line 1 is not UTF-8"),
        (b'{"a": 1}\n{"a": \xe9}\n', "line 2 is not UTF-8"),
        (gzip.compress(b'{"a": 1}\n' * 1000)[:40], "cannot be unpacked"),
        (b"\x1f\x8bnot gzip at all", "cannot be unpacked"),
        (gzip.compress(b"x")[:-8] + b"\x00" * 8, "cannot be unpacked"),
    ],
)
def test_what_cannot_be_read(tmp_path, content, about):
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    with pytest.raises(InputError, match=about) as error:
        read_lines(file)
    assert str(error.value).startswith(str(file))


def test_what_is_no_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_lines(tmp_path / "absent.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        read_lines(tmp_path)


def test_a_line_without_end_is_not_read_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_LINE_BYTES", 1000)
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(b"[" * 10_000_000))
    with pytest.raises(InputError, match="line 1 is longer than 1000 bytes"):
        read_lines(file)


@pytest.mark.parametrize(
    ("line", "about"),
    [("{", "not JSON"), ("[1]", "got a list"), ("1", "got a number"), ("[" * 100_000, "not JSON")],
)
def test_a_line_that_is_no_object(tmp_path, line, about):
    file = tmp_path / "bad.jsonl"
    file.write_text('{"a": 1}\n' + line + "\n")
    with pytest.raises(InputError, match=about) as error:
        list(objects(read_lines(file)))
    assert str(error.value).startswith(f"{file}: line 2: ")


@pytest.mark.parametrize(
    ("value", "about"), [(None, "got nothing"), (3, "got a number"), ("\ud800", "half a character")]
)
def test_a_field_that_is_no_text(value, about):
    with pytest.raises(InputError, match=about):
        text_field({"claim": value}, "claim", "here")
