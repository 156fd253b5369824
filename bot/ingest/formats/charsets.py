"""Bytes to text where what is declared of them is often wrong: pages and mail."""

from __future__ import annotations

import re

_SEVEN_BITS = re.compile(r"iso-2022|utf-?7|hz")
_LATIN = re.compile(r"iso-?8859-1|latin-?1|(?:us-?)?ascii|windows-1252|cp-?1252")


def decode(raw: bytes, declared: str) -> str:
    """Decode as browsers do (encoding.spec.whatwg.org), but UTF-8 before what is declared.

    What is valid UTF-8 beyond ASCII is hardly anything else; Latin-1 means Windows-1252, and so
    does an unknown name. Bytes that no character has become U+FFFD.
    """
    name = declared.strip().lower()
    if not _SEVEN_BITS.match(name):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if not _LATIN.fullmatch(name):
        try:
            return raw.decode(name, "replace")
        except (LookupError, ValueError):
            pass
    return raw.decode("windows-1252", "replace")
