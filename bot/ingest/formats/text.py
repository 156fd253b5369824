"""Plain text (`.txt`): the whole file is the article's text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

# Some editors begin a file with it to say "this is UTF-8"; the Unicode Standard (23.8) calls it
# a signature there, which is no part of the text.
BYTE_ORDER_MARK = "\ufeff"

_CONTROLS = bytes(code for code in range(0x20) if chr(code) not in "\t\n\r\f\v\x1b")
_FEWEST_ODD, _MOST_ODD = 8, 0.02
"""Control characters that make bytes binary: at least so many, and more than this share."""

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Take the whole file as text, with nothing known of it.

    Raises Refusal as `decode` does, and for a web page: its tags would count as words.
    """
    text = decode(raw)
    if _PAGE.match(text):
        raise Refusal("it is a web page, not plain text", "Give it a name that ends in .html")
    yield ParsedArticle(text, {})


def decode(raw: bytes) -> str:
    """Decode strict UTF-8, to the character; only a byte order mark at the start is left out.

    Raises Refusal for bytes that are not UTF-8 and for NUL, which no text holds and which
    PostgreSQL cannot keep. Positions in the refusal are byte offsets from 0.
    """
    if _is_binary(raw):
        raise Refusal("it is binary data, not text", "Check what it is, or leave it out")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(
            f"it is not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}",
            "Save it as UTF-8",
        ) from error
    if "\0" in text:
        raise Refusal(
            f"it has a NUL character at offset {raw.index(0)}, so it is not text",
            "Save it as UTF-8 text",
        )
    return text.removeprefix(BYTE_ORDER_MARK)


def recoded(raw: bytes, encoding: str) -> bytes:
    """Return a text of another encoding in UTF-8. Raises Refusal where it is not in that."""
    try:
        return raw.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        cause = f"it is not {encoding}: byte {raw[error.start]:#04x} at offset {error.start}"
        raise Refusal(cause, "Name another encoding") from error
    except UnicodeError as error:
        raise Refusal(f"it is not {encoding}: {error}", "Name another encoding") from error


def _is_binary(raw: bytes) -> bool:
    """Whether these bytes are no text of any encoding: that has few control characters. UTF-16 has
    a NUL in every other byte, but a mark at its start."""
    head = raw[:8192]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    odd = len(head) - len(head.translate(None, _CONTROLS))
    return odd >= _FEWEST_ODD and odd > len(head) * _MOST_ODD
