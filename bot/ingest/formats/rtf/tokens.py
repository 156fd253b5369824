"""The tokens of Rich Text: groups, control words and text, decoded by the font's code page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?(?: |(?=[^ ]|\Z))"
    rb"|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\\Z",
    re.DOTALL,
)
_SYMBOLS = {"~": "\xa0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}


class Token(NamedTuple):
    """One token.

    `kind` is "open" or "close" of a group, "word" (a control word `text` and its `number`),
    "symbol" (`\\*`), "text" (a character), or "bytes" (`raw`, in the code page of the font).
    """

    kind: str
    text: str = ""
    number: int | None = None
    raw: bytes = b""


def tokenize(source: bytes) -> Iterator[Token]:
    """Split Rich Text into tokens. Binary data after `\\bin` is left out."""
    position = 0
    while match := _TOKEN.match(source, position):
        position = match.end()
        word, number, code, symbol, brace, plain = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin":
                position += max(0, value or 0)
            yield Token("word", word.decode("ascii"), value)
        elif code:
            yield Token("bytes", raw=bytes.fromhex(code.decode("ascii")))
        elif symbol in (b"\r", b"\n"):
            yield Token("word", "par")
        elif symbol:
            text = symbol.decode("latin-1")
            yield Token("text", _SYMBOLS[text]) if text in _SYMBOLS else Token("symbol", text)
        elif brace:
            yield Token("open" if brace == b"{" else "close")
        elif plain:
            yield Token("bytes", raw=plain)
