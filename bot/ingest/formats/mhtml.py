"""Web pages that a browser saved with their pictures in one file (`.mhtml`, RFC 2557)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from email.message import EmailMessage

from bot.ingest.formats import charsets, html
from bot.ingest.formats.eml import header_block, is_saved_page, parts
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal


def recognises(head: bytes) -> bool:
    """Whether a file starts with the headers that browsers write."""
    return is_saved_page(header_block(head))


def read(raw: bytes, *, anyway: bool = False) -> Iterator[ParsedArticle]:
    """Read the page as HTML is read; its address is where it was saved from. Raises Refusal."""
    message = parts.parse(raw)
    page = _find_page(message, parts.leaf_parts(message))
    if page is None:
        raise Refusal("it has no web page in it", "Save the page again, as .html")
    charset = parts.parameter(page, "content-type", "charset")
    source = parts.decode(page)
    if charset:
        source = codecs.BOM_UTF8 + charsets.decode(source, charset).encode("utf-8", "replace")
    for article in html.read(source, anyway=anyway):
        yield article._replace(metadata={**_address(message, page), **article.metadata})


def _find_page(message: EmailMessage, leaves: Sequence[EmailMessage]) -> EmailMessage | None:
    """Return the part that the file says is the page, else the first one; others are frames."""
    pages = [
        leaf for leaf in leaves if parts.media_type(leaf) in ("text/html", "application/xhtml+xml")
    ]
    start = parts.parameter(message, "content-type", "start")
    named = (page for page in pages if start and parts.header(page, "content-id") == start)
    return next(named, pages[0] if pages else None)


def _address(message: EmailMessage, page: EmailMessage) -> dict[str, str]:
    for part, name in ((message, "snapshot-content-location"), (page, "content-location")):
        address = parts.header(part, name)
        if address.startswith(("https://", "http://")):
            return {"url": address}
    return {}
