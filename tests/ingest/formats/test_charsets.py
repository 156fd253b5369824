"""The encodings that pages and mail declare, which may be wrong, or an attack."""

from __future__ import annotations

import pytest

from bot.ingest.formats.charsets import codec_name, decode


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
