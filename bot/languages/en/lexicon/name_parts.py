"""What names are made of, as they are printed in English."""

from __future__ import annotations

import re
from pathlib import Path

from bot import yaml_files

_LISTS: dict[str, str] = yaml_files.read(Path(__file__).with_name("name_parts.yml"))
FAMILY_FIRST, FIRST_OF_THREE, COMMON, ALONE_NOBODY = (
    frozenset(_LISTS[name].split())
    for name in ("family_first", "first_of_three", "common", "alone_nobody")
)
CLOSED, OFFICES, HEADS, PARTICLES, SUFFIXES, FIRMS = (
    frozenset(_LISTS[name].split())
    for name in ("closed", "offices", "heads", "particles", "suffixes", "firms")
)
NO_PERSON = re.compile(r"\d|[/&();:]|,(?! [JS]r\b)|\band\b|^the\b", re.IGNORECASE)
VICE = frozenset(("vice", "deputy", "assistant"))
OF = "of"
SMALL = frozenset(("of", "for", "the", "and", "on", "in", "de"))
