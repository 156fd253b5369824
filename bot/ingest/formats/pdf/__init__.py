"""PDF with text (`.pdf`), by PDFium: paragraphs in reading order, without what frames the pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2

from bot.ingest.formats.pdf import columns, glyphs, lines, paragraphs
from bot.ingest.formats.properties import by_a_person, embargoed
from bot.ingest.formats.signatures import misnamed
from bot.ingest.head import read_head
from bot.ingest.metadata import Value
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_PAGES = 500
MAX_UNPACKED = 256 * 1024 * 1024
MAX_STREAM = 24 * 1024 * 1024
"""Bytes that one stream may unpack to if that is more than MAX_RATIO times its size."""
MAX_RATIO = 100

_HEADER = b"%PDF-"
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CHUNK = 64 * 1024
_BYLINE = re.compile(r"(?:By|Von|Par|Por)\s+([^\W\d_][^.!?:\d]{2,60})")
_BEFORE_BYLINE = 2
"""How many paragraphs, such as a date or a section, may stand before the byline."""


def recognises(head: bytes) -> bool:
    """Whether a file that begins like this is a PDF; some have a little before their header."""
    return _HEADER in head[:1024]


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read a PDF as one article; its title is the one that its maker gave it, or its headline.

    Raises Refusal for what is damaged, locked, scanned or beyond the limits above. Its properties'
    date is never taken: that is when the file was made, not when its text was published.
    """
    if not recognises(raw):  # PDFium looks no further for a header, either
        raise misnamed(raw, "PDF")
    _check_streams(raw)
    document = _opened(raw)
    try:
        _check_pages(len(document))
        pages = lines.lines_of(document)
        information = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise Refusal("it is damaged: one of its pages cannot be read", "Save it again") from error
    finally:
        document.close()
    pages = columns.without_frames(pages)
    if not any(pages):
        raise Refusal(
            "it has pictures of pages but no text", "Run text recognition (OCR) on it first"
        )
    ordered = [columns.in_reading_order(page) for page in pages]
    headline, body = paragraphs.headline_and_text(ordered)
    opening = body[: _BEFORE_BYLINE + 1] if headline else []
    byline = next(filter(None, map(_BYLINE.fullmatch, opening)), None)
    if byline:
        body.remove(byline[0])
    title = by_a_person(glyphs.without_ligatures(information.get("Title", ""))) or headline
    if headline and title != headline:
        body.insert(0, headline)
    text = "\n\n".join(body)
    printed = byline[1] if byline else read_head(text).get("byline")
    author = printed or by_a_person(information.get("Author"))
    known: dict[str, Value] = {
        key: value for key, value in (("title", title), ("byline", author)) if value
    }
    yield ParsedArticle(text, known | embargoed(headline, text))


def _opened(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refusal("it is locked by a password", "Save it without a password") from error
        raise Refusal(
            "it is damaged: PDFium finds no pages in it", "Download it again, or save it again"
        ) from error


def _check_pages(count: int) -> None:
    if count == 0:
        raise Refusal("it has no pages", "Download it again, or save it again")
    if count > MAX_PAGES:
        raise Refusal(f"it has {count:,} pages, more than {MAX_PAGES}", "Split it by articles")


def _check_streams(raw: bytes) -> None:
    """Refuse what unpacks to a multiple of its size that no text reaches; nothing is kept of it."""
    total = 0
    for found in _STREAM.finditer(raw):
        size = 0
        for packed, unpacked in _unpacked(memoryview(raw)[found.end() :]):
            size += unpacked
            total += unpacked
            if size > max(MAX_STREAM, packed * MAX_RATIO) or total > MAX_UNPACKED:
                raise Refusal("it unpacks to far more than text would", "Check where it came from")


def _unpacked(packed: memoryview) -> Iterator[tuple[int, int]]:
    """How many bytes of a stream have been taken so far, and how many came of the last step.

    What was packed twice is unpacked twice.
    """
    outer, inner = zlib.decompressobj(), zlib.decompressobj()
    is_twice = True
    for start in range(0, len(packed), _CHUNK):
        try:
            for once in _steps(outer, packed[start : start + _CHUNK]):
                yield start + _CHUNK, len(once)
                if is_twice:
                    try:
                        for twice in _steps(inner, once):
                            yield start + _CHUNK, len(twice)
                    except zlib.error:
                        is_twice = False
        except zlib.error:
            return  # packed in another way, which can't grow so, or damaged
        if outer.eof:
            return


def _steps(unpacker: zlib._Decompress, packed: bytes | memoryview) -> Iterator[bytes]:
    """What packed bytes unpack to, a bounded piece at a time."""
    while packed and not unpacker.eof:
        yield unpacker.decompress(packed, _CHUNK * 16)
        packed = unpacker.unconsumed_tail
