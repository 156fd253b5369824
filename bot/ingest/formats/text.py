"""Plain text (`.txt`): the whole file is the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.ingest.part import Part
from bot.ingest.refusal import Refusal

# Some editors begin a file with it to say "this is UTF-8"; the Unicode Standard (23.8) calls it
# a signature there, which is no part of the text.
BYTE_ORDER_MARK = "\ufeff"

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read(raw: bytes) -> Iterator[Part]:
    """Take the whole file as text, with nothing known of it.

    Raises Refusal as `decode` does, and for a web page: its tags would count as words.
    """
    text = decode(raw)
    if _PAGE.match(text):
        raise Refusal("it is a web page, not plain text", "Give it a name that ends in .html")
    yield Part(text, {})


def decode(raw: bytes) -> str:
    """Decode strict UTF-8, to the character; only a byte order mark at the start is left out.

    Raises Refusal for bytes that are not UTF-8 and for NUL, which no text holds and which
    PostgreSQL cannot keep. Positions in the refusal are byte offsets from 0.
    """
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
