"""Plain text (`.txt`): the whole file is the article's text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

_CONTROL_BYTES = bytes(code for code in range(0x20) if chr(code) not in "\t\n\r\f\v\x1b")
_MIN_CONTROL_BYTES, _MIN_CONTROL_SHARE = 8, 0.02
"""Bytes are binary if at least this many, and more than this share, are control characters."""

_WEB_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read the whole file as text, without metadata.

    Raises Refusal as `decode` does, and for a web page, whose tags would count as words.
    """
    text = decode(raw)
    if _WEB_PAGE.match(text):
        raise Refusal("it is a web page, not plain text", "Give it a name that ends in .html")
    yield ParsedArticle(text, {})


def decode(raw: bytes) -> str:
    """Decode strict UTF-8 verbatim, except for a byte order mark at the start.

    Raises Refusal for bytes that are not UTF-8, and for NUL, which is never in text and which
    PostgreSQL cannot store. The offset in the refusal counts bytes from 0.
    """
    if is_binary(raw):
        raise Refusal("it is binary data, not text", "Check what it is, or leave it out")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(
            f"it is not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}",
            "Save it as UTF-8",
        ) from error
    if "\0" in text:
        raise Refusal(f"it has a NUL character at offset {raw.index(0)}", "Save it as UTF-8 text")
    # A byte order mark is a signature, not part of the text (Unicode Standard, 23.8).
    return text.removeprefix("\ufeff")


def recode(raw: bytes, encoding: str) -> bytes:
    """Convert a text from another encoding to UTF-8. Raises Refusal if it is not in `encoding`."""
    try:
        return raw.decode(encoding).encode("utf-8")
    except UnicodeError as error:
        raise Refusal(f"it is not {encoding}: {error}", "Name another encoding") from error


def is_binary(raw: bytes) -> bool:
    """Whether bytes have too many control characters for text in any encoding.

    Every other byte of UTF-16 can be NUL, so its byte order mark counts as text.
    """
    head = b"" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else raw[:8192]
    count = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return count >= _MIN_CONTROL_BYTES and count > len(head) * _MIN_CONTROL_SHARE
