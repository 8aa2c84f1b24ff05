import pytest

from onrecord.publish.addresses import web_address


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://EXAMPLE.org/",
        "https://ko.example/한국/%20",
        "https://[2001:db8::1]/",
    ],
)
def test_web_addresses_stay_as_they_are(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "example.org",
        "//example.org",
        "https:",
        "https:///path",
        "ftp://example.org",
        "file:///etc/passwd",
        "javascript:alert(1)//https://example.org",
        "java\nscript:alert(1)",
        "https://user:password@example.org",
        "https://example.org/a b",
        "https://example.org:port",
        "https://example.org\\@evil.example",
        "https://[::1",
        '"https://example.org"',
    ],
)
def test_all_else_is_no_web_address(url: str | None) -> None:
    assert web_address(url) is None
