"""Parts of English names: family names, titles, particles, suffixes."""

import re

from bot.languages.lookup import LISTS

CLOSED_TITLES = LISTS["closed_titles"]
"""A bare name after one of these titles is not grouped with other names."""
NON_PERSON = re.compile(r"\d|[/&();:]|,(?! [JS]r\b)|\band\b|^the\b", re.IGNORECASE)
OFFICE_PREPOSITION = "of"
"""Joins an office and its area: "Secretary of State"."""
