from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.fetch.fetcher import detect_media_type, recode_to_utf8

RSS = "<rss version='2.0'><channel/></rss>"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"<!DOCTYPE html><html><p>x", "text/html"),
        (b"\n <!-- a --> <HTML lang=en>", "text/html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html xmlns='z'/>", "text/html"),
        (b"<div><p>Not found</p></div>", "text/html"),
        (b"Error 500 <html><body>no", "text/html"),
        (b"<?xml version='1.0'?>" + RSS.encode(), "application/rss+xml"),
        (RSS.encode(), "application/rss+xml"),
        (
            b"<!-- by hand -->\n<feed xmlns='http://www.w3.org/2005/Atom'/>",
            "application/rss+xml",
        ),
        (
            b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]>" + RSS.encode(),
            "application/rss+xml",
        ),
        (b"<rss><title><![CDATA[<!doctype html><html>]]></title></rss>", "application/rss+xml"),
        (b"<?xml version='1.0'?><article><p>JATS</p></article>", "application/xml"),
        (codecs.BOM_UTF8 + RSS.encode(), "application/rss+xml"),
        (codecs.BOM_UTF16_LE + RSS.encode("utf-16-le"), "application/rss+xml"),
        (RSS.encode("utf-16-le"), "application/rss+xml"),
        (b"Warning: no cache\n<?xml version='1.0'?>" + RSS.encode(), "application/rss+xml"),
        (b"<rss><title>a\x0bb\x01</title></rss>", "application/rss+xml"),
        (b'{"text": "<rss>"}', "application/json"),
        (codecs.BOM_UTF16_BE + b"\0<\0h\0t\0m\0l\0>", "text/html"),
        (b"[1]", "application/json"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\0junk before\n%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04\x14\0", "application/zip"),
        (b"<nitf><body/></nitf>", "application/nitf+xml"),
        (b"<newsItem guid='a'/>", "application/vnd.iptc.g2.newsitem+xml"),
        (b"From: a@b.example\nSubject: Shut\n\nShut.", "message/rfc822"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nShut.", "application/x-subrip"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nShut.", "application/x-subrip"),
        (gzip.compress(bytes(range(256)), mtime=0), "application/octet-stream"),
        ("Zażółć gęślą jaźń".encode("cp1250"), "text/plain"),
        (b"3 < 4 and 5 > 4", "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_the_media_type_is_detected_from_bytes(body: bytes, named: str) -> None:
    assert detect_media_type(body) == named


TAGS = ["<!--", "-->", "<?xml", "?>", "<!doctype ", "[", "]>", "html", "<rss", ">", " "]


@given(st.binary() | st.lists(st.sampled_from(TAGS)))
def test_all_bytes_have_a_type(given: bytes | list[str]) -> None:
    body = given if isinstance(given, bytes) else "".join(given).encode()
    assert "/" in detect_media_type(body)


@pytest.mark.parametrize(
    ("body", "media", "content_type"),
    [
        ("<p>naïve".encode(), "text/html", "text/html"),
        ("<meta charset=latin1>naïve".encode("latin-1"), "text/html", "text/html; charset=cp1250"),
        ("<?xml encoding='x'?>ï".encode("latin-1"), "application/xml", "text/xml; charset=cp1250"),
        (codecs.BOM_UTF8 + "ï".encode(), "text/plain", "text/plain; charset=latin-1"),
        ("naïve".encode("latin-1"), "text/html", "text/html; charset=no-such"),
        ("naïve".encode("latin-1"), "text/html", "text/html; charset=base64"),
        (b"<html>-999999", "text/html", "text/html; charset=punycode"),  # takes hours for a page
        (b"%PDF-1.7", "application/pdf", "text/html; charset=latin-1"),
    ],
)
def test_bytes_that_explain_themselves_stay(body: bytes, media: str, content_type: str) -> None:
    assert recode_to_utf8(body, media, content_type) == body


@pytest.mark.parametrize("content_type", ["text/html;charset=cp1251", 'a/b; CHARSET="cp1251"'])
def test_text_with_only_a_header_charset_becomes_utf_8(content_type: str) -> None:
    body = recode_to_utf8("«Мир»".encode("cp1251"), "text/html", content_type)
    assert body == codecs.BOM_UTF8 + "«Мир»".encode()
    assert recode_to_utf8("naïve".encode(), "text/html", content_type).endswith("naïve".encode())
