"""The encodings that pages and mail declare, which may be wrong, or an attack."""

from __future__ import annotations

import pytest

from bot.ingest.formats.charsets import (
    codec_name,
    decode,
    decode_by_mark,
    decode_mostly_utf8,
    guess,
)


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        *(("UTF8", "utf-8"), ("utf-16le", "utf-16-le"), ("UTF-7", "utf-7"), ("utf-32", "utf-32")),
        *(("windows-1251", "cp1251"), ("ISO-8859-2", "iso8859-2"), ("macintosh", "mac-roman")),
        *(("Shift_JIS", "shift_jis"), ("EUC-JP", "euc_jp"), ("iso-2022-jp", "iso2022_jp")),
        *(("gb2312", "gb2312"), ("GBK", "gbk"), ("gb18030", "gb18030"), ("Big5", "big5")),
        *(("koi8-r", "koi8-r"), ("tis-620", "tis-620"), ("ks_c_5601-1987", "euc_kr")),
    ],
)
def test_encodings_of_pages_and_mail_are_known(declared: str, name: str) -> None:
    assert codec_name(declared) == name


@pytest.mark.parametrize(
    "declared",
    [
        *("punycode", "idna", "unicode_escape", "raw-unicode-escape", "undefined"),
        *("base64", "zlib", "rot13", "no such", "", "utf\0-8"),
    ],
)
def test_hostile_encodings_are_not_decoded(declared: str) -> None:
    """Decoding punycode takes hours for a page of the allowed size."""
    assert codec_name(declared) == ""
    assert decode(b"caf\xe9-\\x41-9999", declared) == "café-\\x41-9999"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbf\xc3\xa9", "é"),
        ("<é".encode("utf-16"), "<é"),
        ("<é".encode("utf-32"), "<é"),
        ("<é".encode("utf-16-be"), "<é"),
        ("<é".encode("utf-32-le"), "<é"),
        (b"<a>", None),
        (b"", None),
    ],
)
def test_marks_and_the_start_of_xml_tell_the_encoding(raw: bytes, text: str | None) -> None:
    assert decode_by_mark(raw) == text


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("utf-8", "shift_jis", "港は閉鎖"),
        ("cp932", "Shift_JIS", "港は閉鎖①"),
        ("cp932", "x-sjis", "港は閉鎖①"),
        ("gb18030", "gb2312", "码头关闭镕"),
        ("cp949", "ks_c_5601-1987", "항만 똠"),
        ("cp1254", "iso-8859-9", "Rıhtım “kapalı”"),
        ("cp1252", "latin1", "“é”"),
        ("iso2022_jp", "iso-2022-jp", "港は閉鎖"),
        ("cp1252", "no-such", "“é”"),
        ("cp1252", "raw_unicode_escape", "“é”"),  # Python source, not text
        ("cp1252", "rot13", "“é”"),
    ],
)
def test_a_declared_encoding_is_the_one_browsers_use(
    encoding: str, declared: str, text: str
) -> None:
    assert decode(text.encode(encoding), declared) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"abc", "abc"),
        ("é".encode(), "é"),
        ("éé“”".encode() + b" caf\xe9 \x93a\x94 ", "éé“” café “a” "),
        (b"caf\xe9", None),
        ("港务局表示，码头已经关闭".encode("gb18030"), None),
        ("Причал закрыт".encode("cp1251"), None),
    ],
)
def test_a_few_wrong_bytes_do_not_garble_utf8(raw: bytes, text: str | None) -> None:
    assert decode_mostly_utf8(raw) == text


RUSSIAN = "Причал закрыт, сообщила администрация порта."
SPANISH = "El muelle está cerrado, añadió Íñigo Muñoz."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("Порт закрыт", "cp1251"),
        ("港湾局は埠頭を閉鎖した。", "euc_jp"),
        ("港務局表示，碼頭已經關閉。", "big5"),
        ("הרציף נסגר, מסרה הנהלת הנמל. אנחנו מחכים, אמרה תושבת.", "cp1255"),
        (SPANISH, "cp1252"),
        ("It’s “over”", "cp1252"),
    ],
)
def test_the_bytes_tell_the_encoding(text: str, encoding: str) -> None:
    raw = f"<rss><channel><title>{text}</title>".encode(encoding)
    assert raw.decode(guess(raw)).endswith(f"<title>{text}</title>")
