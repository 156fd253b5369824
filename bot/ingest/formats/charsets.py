"""Decode pages and mail, whose declared encoding is often wrong."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SEVEN_BIT = re.compile(r"iso-2022|utf-?7|hz")
_CODEC = re.compile(
    r"ascii|utf-(?:7|8|16|32)(?:-\w+)?|(?:iso8859|koi8|mac|tis)-[\w-]+|cp\d+|iso2022_\w+|hz|johab|kz1048"
    r"|shift_jisx?\w*|euc_\w+|gb\w+|big5\w*"
)
"""Python's names of the encodings of pages and mail. It has others that take hours for a few
megabytes (punycode, idna), or that no page has."""
_LATIN_1 = re.compile(r"iso-?8859-1|latin-?1|(?:us-?)?ascii|windows-1252|cp-?1252")


def decode_by_mark(raw: bytes) -> str | None:
    """Decode by the byte order mark; return None if there is none."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    return None


def codec_name(declared_encoding: str) -> str:
    """Return Python's name of a declared encoding; "" if no page or mail should have it."""
    try:
        name = codecs.lookup(declared_encoding).name
    except (LookupError, ValueError):
        return ""
    return name if _CODEC.fullmatch(name) else ""


def decode(raw: bytes, declared_encoding: str) -> str:
    """Decode as browsers do (encoding.spec.whatwg.org), but try UTF-8 before the declared encoding.

    Valid UTF-8 beyond ASCII is hardly ever anything else. Latin-1 and unknown names mean
    Windows-1252. Undecodable bytes become U+FFFD.
    """
    name = declared_encoding.strip().lower()
    if not _SEVEN_BIT.match(name):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if not _LATIN_1.fullmatch(name) and (codec := codec_name(name)):
        return raw.decode(codec, "replace")
    return raw.decode("windows-1252", "replace")
