"""Decode pages and mail, whose declared encoding is often wrong."""

from __future__ import annotations

import re

_SEVEN_BIT = re.compile(r"iso-2022|utf-?7|hz")
_LATIN_1 = re.compile(r"iso-?8859-1|latin-?1|(?:us-?)?ascii|windows-1252|cp-?1252")


def decode(raw: bytes, declared: str) -> str:
    """Decode as browsers do (encoding.spec.whatwg.org), but try UTF-8 before the declared encoding.

    Valid UTF-8 beyond ASCII is hardly ever anything else. Latin-1 and unknown names mean
    Windows-1252. Undecodable bytes become U+FFFD.
    """
    name = declared.strip().lower()
    if not _SEVEN_BIT.match(name):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if not _LATIN_1.fullmatch(name):
        try:
            return raw.decode(name, "replace")
        except (LookupError, ValueError):
            pass
    return raw.decode("windows-1252", "replace")
