"""PDF with text (`.pdf`), read with PDFium: paragraphs in reading order, without headers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.formats.pdf import columns, glyphs, lines, paragraphs
from bot.ingest.formats.properties import drop_program_default, find_embargo
from bot.ingest.formats.signatures import wrong_type_refusal
from bot.ingest.head import read_head
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Doubt

MAX_PAGES = 500
MAX_PICTURED_SHARE = 0.3
"""The largest share of pages that may be pictures without text, such as a cover."""
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_STREAM_BYTES = 24 * 1024 * 1024
"""Bytes that one stream may unpack to; more are allowed up to MAX_STREAM_RATIO times its size."""
MAX_STREAM_RATIO = 100

_SIGNATURE = b"%PDF-"
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_TITLE_SEPARATOR = re.compile(r" [|·–—•«»:-] |: ")
_CHUNK_SIZE = 64 * 1024


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is a PDF; the signature may follow a few other bytes."""
    return _SIGNATURE in head[:1024]


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a PDF as one article; its title is the one in its properties, or else its headline.

    A browser adds the outlet to the title, which is left out. The article is doubted if pages of it
    are pictures, or if the file draws its lines in an order in which they follow each other much
    better.

    The properties' date is not used: it says when the file was made, not when its text was
    published. Raises Refusal if the PDF is damaged, locked, scanned or beyond the limits above.
    """
    if not recognises(raw):  # PDFium searches no further for the signature
        raise wrong_type_refusal(raw, "PDF")
    _check_streams(raw)
    document = _open(raw)
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise Refusal(f"it has {len(document):,} pages, not 1 to {MAX_PAGES}", "Split it")
        pages = lines.extract_lines(document)
        picture_count = sum(
            any(one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in document[index].get_objects())
            for index, page in enumerate(pages)
            if not page
        )
        properties = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise Refusal("it is damaged: one of its pages cannot be read", "Save it again") from error
    finally:
        document.close()
    pages = columns.remove_headers_and_footers(pages)
    if not any(pages):
        raise Refusal(
            "it has pictures of pages but no text", "Run text recognition (OCR) on it first"
        )
    doubt: Doubt | None = "thin" if picture_count > MAX_PICTURED_SHARE * len(pages) else None
    gutters = set[float]()
    for number, drawn_page in enumerate(pages):
        pages[number] = columns.sort_in_reading_order(drawn_page, gutters)
        if columns.is_worse(pages[number], drawn_page):
            pages[number], doubt = drawn_page, "order"
    headline, body = paragraphs.extract_headline_and_paragraphs(pages)
    title = drop_program_default(glyphs.expand_ligatures(properties.get("Title", ""))) or headline
    if headline and headline.casefold() in _TITLE_SEPARATOR.split(title.casefold()):
        title = headline
    if headline and title != headline:
        body.insert(0, headline)
    text = "\n\n".join(body)
    head = read_head(f"Title: {headline}\n\n{text}")
    metadata = drop_empty(title=title, byline=head.get("byline"))
    yield ParsedArticle(text, metadata | find_embargo(headline, text), doubt=doubt)


def _open(raw: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refusal("it is locked by a password", "Save it without a password") from error
        raise Refusal(
            "it is damaged: PDFium finds no pages in it", "Download it again, or save it again"
        ) from error


def _check_streams(raw: bytes) -> None:
    """Raise Refusal if a stream unpacks to far more than text would; it may be packed twice."""
    view, total = memoryview(raw), 0
    for match in _STREAM.finditer(raw):
        size, unpackers = 0, [zlib.decompressobj(), zlib.decompressobj()]
        for start in range(match.end(), len(raw), _CHUNK_SIZE):
            read_size = start + _CHUNK_SIZE - match.end()
            max_size = max(MAX_STREAM_BYTES, read_size * MAX_STREAM_RATIO)
            max_size = min(max_size, MAX_UNPACKED_BYTES - total)
            unpacked: bytes | memoryview = view[start : start + _CHUNK_SIZE]
            for unpacker in tuple(unpackers):
                try:
                    unpacked = unpacker.decompress(unpacked, max_size - size + 1)
                except zlib.error:  # damaged, not packed twice, or in a way that grows little
                    del unpackers[unpackers.index(unpacker) :]
                    break
                size += len(unpacked)
                if size > max_size:
                    raise Refusal(
                        "it unpacks to far more than text would", "Check where it came from"
                    )
            if not unpackers or unpackers[0].eof:
                break
        total += size
