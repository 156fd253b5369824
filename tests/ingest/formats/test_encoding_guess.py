"""Encodings that are not declared."""

from __future__ import annotations

import pytest

from bot.ingest.formats.encoding_guess import guess

RUSSIAN = "Причал закрыт, сообщила администрация порта."
POLISH = "Nabrzeże zostało zamknięte, poinformował urząd."
SPANISH = "El muelle está cerrado, añadió Íñigo Muñoz."


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        ("", RUSSIAN, "cp1251"),
        ("", RUSSIAN, "koi8_r"),
        ("ru", "Порт закрыт", "koi8_r"),
        ("ru-RU", "Порт закрыт", "cp1251"),
        ("ja", "埠頭閉鎖", "cp932"),
        ("ja", "港湾局は埠頭を閉鎖した。", "euc_jp"),
        ("zh-TW", "港務局表示，碼頭已經關閉。", "big5"),
        ("he", "הרציף נסגר", "cp1255"),
        ("tr", "Rıhtım kapatıldı", "cp1254"),
        ("pl", POLISH, "cp1250"),
        ("pl", POLISH, "iso8859_2"),
        ("", SPANISH, "cp1252"),
        ("es", SPANISH, "cp1252"),
        ("en", "It’s “over”", "cp1252"),
    ],
)
def test_the_language_and_the_bytes_tell_the_encoding(
    language: str, text: str, encoding: str
) -> None:
    raw = f"<rss><channel><language>{language}</language><title>{text}</title>".encode(encoding)
    assert raw.decode(guess(raw)).endswith(f"<title>{text}</title>")
