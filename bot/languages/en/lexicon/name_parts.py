"""Parts of English names: family names, titles, particles, suffixes."""

import re
from pathlib import Path

from bot import yaml_files

_LISTS: dict[str, str] = yaml_files.read(Path(__file__).with_name("name_parts.yml"))
LEADING_FAMILY_NAMES, LEADING_BEFORE_TWO, COMMON_FAMILY_NAMES, PLACE_OR_FIRM_NAMES = (
    frozenset(_LISTS[name].split())
    for name in ("family_first", "first_of_three", "common", "alone_nobody")
)
CLOSED_TITLES, OFFICES, HEAD_TITLES, PARTICLES, SUFFIXES, FIRMS = (
    frozenset(_LISTS[name].split())
    for name in ("closed", "offices", "heads", "particles", "suffixes", "firms")
)
NON_PERSON = re.compile(r"\d|[/&();:]|,(?! [JS]r\b)|\band\b|^the\b", re.IGNORECASE)
DEPUTY_WORDS = frozenset(("vice", "deputy", "assistant"))
OF = "of"
LOWERCASE_WORDS = frozenset(("of", "for", "the", "and", "on", "in", "de"))
