"""Decode a page and parse it, within limits."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from bot.ingest.formats import charsets
from bot.ingest.refusal import Refusal

MAX_TAGS = 250_000
MAX_ATTRIBUTES = 1_000
MAX_OPEN_TAG_LENGTH = 10_000

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_ONE_ATTRIBUTE = r"""[\s/]++[^\s>=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(
    rf"<[a-zA-Z][^\s>/]*+(?:{_ONE_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+({_ONE_ATTRIBUTE})?+"
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNSEEN = re.compile(f"{_UNREADABLE.pattern}|[\x0c\u00ad\u200b\u2060\ufeff]")
"""Also characters without a form, such as where a word may be broken."""
_DOCUMENT_END = re.compile(r"</html\s*+>", re.IGNORECASE)


def decode_page(raw: bytes) -> str:
    """Decode a page by its byte order mark, or else as `charsets.decode` does."""
    if (text := charsets.decode_by_mark(raw)) is not None:
        return text
    match = _CHARSET.search(raw, 0, 4096)
    encoding = match[1].decode("ascii") if match else ""
    # A declaration that can be read as ASCII is wrong if it says UTF-16.
    return charsets.decode(raw, "" if encoding.lower().startswith("utf") else encoding)


def parse_page(source: str) -> HtmlElement:
    """Parse a page within the limits. Raises Refusal."""
    # The parser would drop what follows an end tag of the page, which browsers show.
    source = _DOCUMENT_END.sub("", _UNREADABLE.sub("", source.replace("\f", " ")))
    _check_tags(source)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(source.encode(), parser=parser)
    except etree.XMLSyntaxError:
        tree = None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Refusal("its elements are nested more than 256 deep", "Save the article's text alone")
    if tree is None:
        raise Refusal("it is empty", "Check its address, or save it again")
    _drop_unseen(tree)
    return tree


def _drop_unseen(tree: HtmlElement) -> None:
    """Drop characters without a form, and others that the parser accepts (`&#1;`) but lxml refuses
    to move."""
    if _UNSEEN.search("".join(tree.itertext())):
        for element in tree.iter():
            element.text = element.text and _UNSEEN.sub("", element.text)
            element.tail = element.tail and _UNSEEN.sub("", element.tail)


def _check_tags(source: str) -> None:
    """Raise Refusal for tags that would keep the parser busy, and for one that never ends.

    The parser's time grows with the square of a tag's attributes.
    """
    for count, tag in enumerate(_TAG.finditer(source)):
        if tag[1]:
            raise Refusal(
                f"one of its tags has more than {MAX_ATTRIBUTES:,} attributes",
                "Save the article's text alone",
            )
        if tag.end() == len(source) > tag.start() + MAX_OPEN_TAG_LENGTH:
            raise Refusal("one of its tags never ends", "Save the page again: it may be cut off")
        if count >= MAX_TAGS:
            raise Refusal(f"it has more than {MAX_TAGS:,} tags", "Save the article's text alone")
