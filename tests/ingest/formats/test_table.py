"""The table of formats: which one a file is."""

from __future__ import annotations

import pytest

from bot import ingest
from bot.ingest.formats import table as formats
from bot.ingest.formats.table import FORMATS, Format
from bot.ingest.refusal import Refusal
from tests.ingest.make_msg import make_ole
from tests.ingest.packing import zipped
from tests.ingest.samples_of import samples_of

PAGE = b"<!DOCTYPE html>\n<html><head><title>Quay</title></head><body><p>Shut.</p></body></html>"
RSS = b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Quay</title></channel></rss>'
ZIPPED = zipped({"a.txt": "Shut."})
OLE = make_ole({"WordDocument": b"x"})
ALL = pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.module)


def picked(raw: bytes, name: str) -> str:
    return formats.detect_format(raw[: formats.HEAD_SIZE], name).module


@ALL
def test_every_samples_format_is_detected(format_: Format) -> None:
    samples = samples_of(format_.module, format_.suffixes)
    assert samples
    told = {name: picked(raw, name) for name, raw in samples.items()}
    assert told == dict.fromkeys(samples, format_.module)


@ALL
def test_no_other_format_claims_a_sample_as_well(format_: Format) -> None:
    for name, raw in samples_of(format_.module, format_.suffixes).items():
        head = raw[: formats.HEAD_SIZE]
        claimed = {one.module for one in FORMATS if one.recognises(head)}
        assert claimed <= {format_.module}, name


@ALL
def test_a_format_is_known_by_its_suffixes_and_media_types(format_: Format) -> None:
    assert format_.suffixes
    for suffix in format_.suffixes:
        assert format_ in formats.formats_for_name(f"Story{suffix.upper()}")
    for media in format_.media:
        assert format_ in formats.formats_for_name(f"{media}; charset=utf-8")
    assert ingest.FORMATS is FORMATS


@pytest.mark.parametrize(
    ("raw", "name", "module"),
    [
        (PAGE, "a.html", "html"),
        (PAGE, "a.txt", "text"),
        (PAGE, "a.pdf", "html"),
        (PAGE, "", "html"),
        (PAGE, "text/html; charset=utf-8", "html"),
        (RSS, "a.xml", "feed"),
        (RSS, "a.html", "feed"),
        (RSS, "", "feed"),
        (ZIPPED, "a.docx", "archive"),
        (ZIPPED, "application/octet-stream", "archive"),
        (b"nothing known", "a.pdf", "pdf"),
        (b"", "a.md", "markdown"),
        (OLE, "a.docx", "msg"),
        (OLE, "a.msg", "msg"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nShut.", "", "subtitles"),
    ],
)
def test_bytes_decide_and_names_where_bytes_say_nothing(raw: bytes, name: str, module: str) -> None:
    assert picked(raw, name) == module


@pytest.mark.parametrize(
    ("module", "name", "kind", "suffix"),
    [
        ("pdf", "a.txt", "a PDF, not plain text", ".pdf"),
        ("packages.docx", "a.txt", "a Word or other Office document, not plain text", ".docx"),
        ("packages.docx", "a.md", "a Word or other Office document, not Markdown", ".docx"),
        ("archive", "a.txt", "a ZIP archive, not plain text", ".zip"),
    ],
)
def test_a_file_misnamed_as_text_is_refused_with_its_type(
    module: str, name: str, kind: str, suffix: str
) -> None:
    [format_] = [one for one in FORMATS if one.module == module]
    for raw in samples_of(module, format_.suffixes).values():
        with pytest.raises(Refusal) as caught:
            formats.detect_format(raw[: formats.HEAD_SIZE], name)
        assert kind in caught.value.cause
        assert caught.value.remedy.startswith(f"Give it a name that ends in {suffix}")


@pytest.mark.parametrize(
    ("raw", "name", "cause"),
    [
        (b"<svg/>", "a.xml", "it is neither RSS or Atom nor NewsML-G2 nor NITF"),
        (b"", "a.xml", "it is empty"),
        (b"", "a.pdf", "it is empty"),
        (b"nothing known", "", "don't show what it is"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "it is a picture, not an article"),
        (b"{\\rtf1 Shut.}", "a.txt", "a document in Rich Text Format, not plain text"),
        (b"\x1f\x8b\x08", "a.txt", "a packed file, not plain text"),
        (b"\x00\x01", "image/png", "don't show what it is"),
    ],
)
def test_an_unknown_format_is_refused(raw: bytes, name: str, cause: str) -> None:
    with pytest.raises(Refusal) as caught:
        formats.detect_format(raw, name)
    assert cause in caught.value.cause
    assert caught.value.remedy
