"""Parts of English names: family names, titles, particles, suffixes."""

import re
from pathlib import Path

from bot.languages.en.lexicon.lists import load_word_lists

_LISTS = load_word_lists(Path(__file__).with_name("name_parts.yml"))
LEADING_FAMILY_NAMES = _LISTS["leading_family_names"]
LEADING_BEFORE_TWO = _LISTS["leading_before_two"]
"""Family names that come first only before two more words."""
COMMON_FAMILY_NAMES = _LISTS["common_family_names"]
PLACE_OR_FIRM_NAMES = _LISTS["place_or_firm_names"]
CLOSED_TITLES = _LISTS["closed_titles"]
"""A bare name after one of these titles is not grouped with other names."""
OFFICES = _LISTS["offices"]
HEAD_TITLES = _LISTS["head_titles"]
"""Titles that one person holds at a time."""
PARTICLES = _LISTS["particles"]
SUFFIXES = _LISTS["suffixes"]
FIRMS = _LISTS["firms"]
NON_PERSON = re.compile(r"\d|[/&();:]|,(?! [JS]r\b)|\band\b|^the\b", re.IGNORECASE)
DEPUTY_WORDS = frozenset(("vice", "deputy", "assistant"))
OFFICE_PREPOSITION = "of"
"""Joins an office and its area: "Secretary of State"."""
# Words in a name that are not capitalised, and that its acronym leaves out.
LOWERCASE_WORDS = frozenset(("of", "for", "the", "and", "on", "in", "de"))
