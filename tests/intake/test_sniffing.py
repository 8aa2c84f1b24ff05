import pytest

from onrecord.intake.sniffing import ATOM, DOCX, PDF, RSS, SRT, VTT, media_type

ZIP = b"PK\x03\x04" + b"." * 26


@pytest.mark.parametrize(
    ("said", "content", "found"),
    [
        ("", b"%PDF-1.7", PDF),
        ("application/octet-stream", b"\xef\xbb\xbf\n%PDF-1.7", PDF),
        ("", ZIP + b"[Content_Types].xml word/document.xml", DOCX),
        ("application/zip", ZIP + b"word/document.xml", DOCX),
        ("application/zip", ZIP + b"xl/workbook.xml", "application/zip"),
        ("", b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", RSS),
        ("text/xml", b"\xef\xbb\xbf<feed xmlns='x'>", ATOM),
        ("application/xml", b"<rdf:RDF xmlns='x'>", RSS),
        ("text/html", b"<rss>", RSS),
        ("text/html", b"<html><rss>", "text/html"),
        ("text/xml", b"<!DOCTYPE html><html>", "text/html"),
        ("application/xhtml+xml", b"<html>", "application/xhtml+xml"),
        ("application/xml", b"<svg>", "application/xml"),
        ("application/xml", b"<feeds>", "application/xml"),
        ("application/rdf+xml", b"", RSS),
        ("", b" <!doctype HTML>", "text/html"),
        ("text/plain", b"WEBVTT\n", VTT),
        ("text/plain", b"WEBVTTX", "text/plain"),
        ("text/plain", b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", SRT),
        ("text/plain", b"1\n2\n3", "text/plain"),
        ("text/plain", b"%PDF-1.7", "text/plain"),
        ("text/srt", b"", SRT),
        ("", b"just words", ""),
        ("image/png", b"%PDF-1.7", "image/png"),
        ("text/xml", b"<?x?>" * 200_000, "text/xml"),
        ("text/xml", b"<!-" * 300_000, "text/xml"),
    ],
)
def test_types(said, content, found):
    assert media_type(said, content) == found
