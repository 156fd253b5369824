"""Decode pages, feeds and mail, whose declared encoding is often wrong."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it starts with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# How an XML file without a mark begins in encodings that are not like ASCII (XML 1.0, appendix F).
_XML_STARTS = {
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
    b"\x4c\x6f\xa7\x94": "cp037",
}
_SEVEN_BIT = re.compile(r"iso-2022|utf-?7|hz")
_CODEC = re.compile(
    r"ascii|utf-(?:7|8|16|32)(?:-\w+)?|(?:iso8859|koi8|mac|tis)-[\w-]+|cp\d+|iso2022_\w+|hz|johab|kz1048|ptcp154"
    r"|shift_jisx?\w*|euc_\w+|gb\w+|big5\w*"
)
"""Python's names of the encodings of pages and mail. It has others that take hours for a few
megabytes (punycode, idna), or that no page has."""
_LATIN_1 = re.compile(r"iso-?8859-1|latin-?1|(?:us-?)?ascii|windows-1252|cp-?1252")
# The larger encodings that browsers, and so most publishers, mean by these names.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_ALIASES = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-mac-roman": "mac_roman", "x-euc-jp": "euc_jp"}
_NON_ASCII = re.compile("[^\\x00-\\x7f]")
_AS_WINDOWS_1252 = "claimdesk.windows-1252"
"""The name of the error handler that decodes bytes that are not UTF-8."""


def decode_by_mark(raw: bytes) -> str | None:
    """Decode by the byte order mark, or the start of XML in UTF-16 or -32; None without them."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    for start, encoding in _XML_STARTS.items():
        if raw.startswith(start):
            return raw.decode(encoding, "replace")
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
    if not _LATIN_1.fullmatch(name) and (codec := codec_name(_ALIASES.get(name, name))):
        return raw.decode(_SUPERSETS.get(codec, codec), "replace")
    return raw.decode("windows-1252", "replace")


def decode_mostly_utf8(raw: bytes) -> str | None:
    """Decode UTF-8 into which a few bytes of Windows-1252 were pasted; None if it is not UTF-8.

    In other encodings, few pairs of bytes happen to be UTF-8.
    """
    text = raw.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    if not damage:
        return text
    is_utf8 = 2 * damage <= len(_NON_ASCII.findall(text))
    return raw.decode("utf-8", _AS_WINDOWS_1252) if is_utf8 else None


def _decode_as_windows_1252(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


codecs.register_error(_AS_WINDOWS_1252, _decode_as_windows_1252)
