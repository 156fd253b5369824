"""Rich Text Format (`.rtf`, version 1.9.1), and HTML that Outlook has wrapped in it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.ingest.formats import office
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.office import OfficeDocument, Paragraph
from bot.ingest.formats.rtf.parser import PARAGRAPH, RtfParser
from bot.ingest.formats.signatures import wrong_type_refusal
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

__all__ = ["PARAGRAPH", "RtfParser", "parse", "read", "recognises"]

_SIGNATURE = b"{\\rtf"


def recognises(head: bytes) -> bool:
    """Whether a file starts as Rich Text does."""
    return head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(_SIGNATURE)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document as one article, as Word documents are read.

    Deleted and hidden text is left out. Raises Refusal.
    """
    if not recognises(raw):
        raise wrong_type_refusal(raw, "document in Rich Text Format")
    parser = parse(raw)
    yield from office.make_article(
        OfficeDocument(
            paragraphs=[Paragraph(text) for text in _paragraphs(parser, "body")],
            text_boxes=_paragraphs(parser, "box"),
            notes=_paragraphs(parser, "footnote"),
            title=" ".join(parser.text("title").split()),
            author=" ".join(parser.text("author").split()),
            comment_count=parser.comment_count,
        )
    )


def parse(raw: bytes) -> RtfParser:
    """Parse Rich Text; whatever is not understood is left out."""
    parser = RtfParser()
    parser.feed(raw.lstrip(b"\xef\xbb\xbf\r\n\t "))
    return parser


def _paragraphs(parser: RtfParser, destination: str) -> list[str]:
    text = parser.text(destination)
    return [line for line in map(clean_plain_text, text.split(PARAGRAPH)) if line]
