import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.encodings import decoded


@pytest.mark.parametrize(
    ("encoding", "content", "text"),
    [
        ("utf-8", b"caf\xc3\xa9", "café"),
        ("UTF-8-SIG", b"\xef\xbb\xbfa", "a"),
        ("iso-8859-1", b"\x91a\x92", "‘a’"),
        ("latin1", b"caf\xe9 \x81", "café \x81"),
        ("us-ascii", b"\x96", "–"),
        ("windows-1251", b"\xcf", "П"),
        ("shift_jis", b"\x8f\x84", "巡"),
        ("utf-16", b"\xff\xfea\0", "a"),
    ],
)
def test_encodings_of_pages(encoding, content, text):
    assert decoded(content, encoding) == text


@pytest.mark.parametrize(
    "encoding",
    ["punycode", "IDNA", "unicode_escape", "raw-unicode-escape", "UTF-7", "undefined", "hex",
     "zip", "base64", "rot13", "no-such", ""],
)  # fmt: skip
def test_no_page_is_in_these(encoding):
    with pytest.raises(LookupError):
        decoded(b"+ADw-script+AD4-\\u0041", encoding)


@given(st.text(), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_text_comes_back(text, encoding):
    assert decoded(text.encode(encoding), encoding) == text
