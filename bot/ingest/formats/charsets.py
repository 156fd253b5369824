"""Decode pages, feeds and mail, whose declared encoding is often wrong, or missing."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it starts with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
"""Encodings by byte order mark, or by the start of XML without one (XML 1.0, appendix F)."""
_NOT_OF_TEXTS = {"punycode", "idna", "unicode-escape", "raw-unicode-escape"}
"""Encodings of Python's that take hours for a few megabytes, or are of its source."""
# The larger encodings that browsers, and so most publishers, mean by these names.
_SUPERSETS = {
    **{"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"},
    **{"tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"},
    **{"euc_kr": "cp949"},
}
_OTHER_ALPHABETS = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"]
_OTHER_ALPHABETS += ["cp932", "euc_jp", "gb18030", "big5", "cp949"]
_SAMPLE_SIZE = 8_000

_NON_ASCII = re.compile("[^\\x00-\\x7f]")
_UNDECODED = re.compile("[\udc80-\udcff]")
_NON_ASCII_TEXT = re.compile(rb"[a-z]?(?:[\x80-\xff]+[^\x80-\xff\n<>]{0,20})+")


def decode_by_mark(raw: bytes) -> str | None:
    """Decode by the byte order mark, or the start of XML in UTF-16 or -32; None without them."""
    encodings = (encoding for mark, encoding in BYTE_ORDER_MARKS.items() if raw.startswith(mark))
    encoding = next(encodings, None)
    return raw.decode(encoding, "replace") if encoding else None


def codec_name(declared_encoding: str) -> str:
    """Return Python's name of a declared encoding; "" if no page or mail should have it."""
    try:
        name = codecs.lookup(declared_encoding.strip().lower().removeprefix("x-")).name
        b"a".decode(name, "replace")  # fails for base64 and the like
    except (LookupError, ValueError):
        return ""
    return "" if name in _NOT_OF_TEXTS else name


def decode(raw: bytes, declared_encoding: str) -> str:
    """Decode as browsers do (encoding.spec.whatwg.org), but try UTF-8 before the declared encoding.

    Valid UTF-8 beyond ASCII is hardly ever anything else. Latin-1 and unknown names mean
    Windows-1252. Undecodable bytes become U+FFFD.
    """
    codec = codec_name(declared_encoding)
    if not codec.startswith(("iso2022", "utf-7", "hz")):  # of seven bits
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return raw.decode(_SUPERSETS.get(codec, codec) or "cp1252", "replace")


def decode_mostly_utf8(raw: bytes) -> str | None:
    """Decode UTF-8 into which a few bytes of Windows-1252 were pasted; None if it is not UTF-8.

    In other encodings, few pairs of bytes happen to be UTF-8.
    """
    text = raw.decode("utf-8", "surrogateescape")
    if 2 * len(_UNDECODED.findall(text)) > len(_NON_ASCII.findall(text)):
        return None
    return _UNDECODED.sub(
        lambda byte: byte[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text
    )


def guess(raw: bytes) -> str:
    """Guess the encoding of a text that states none by its bytes; "" if they don't tell.

    In the Latin alphabet, letters beyond ASCII stand alone: they are taken for Western Europe's.
    """
    sample = b"\n".join(match[0] for match in _NON_ASCII_TEXT.finditer(raw))[:_SAMPLE_SIZE]
    runs = re.findall(rb"[\x80-\xff]{2,}", sample)
    if 2 * sum(map(len, runs)) <= len(re.findall(rb"[\x80-\xff]", sample)):
        return "cp1252"
    from charset_normalizer import from_bytes  # it takes a moment to load, and few need it

    best = from_bytes(sample, cp_isolation=_OTHER_ALPHABETS, preemptive_behaviour=False).best()
    return best.encoding if best else ""
