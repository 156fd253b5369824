"""Words that point back: "both", "the two", "whose", and the pronouns that go with one gender."""

from __future__ import annotations

import re

PRONOUN = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
TWO = re.compile(
    r"^(?:the two|both)"
    r"(?: (?P<lands>countries|nations|sides|governments|states|neighbou?rs)| \w+)?$",
    re.IGNORECASE,
)
WHOSE = re.compile(r"whose (?P<of>.+)$", re.IGNORECASE)
SEVERAL = frozenset({"both", "they", "all", "neither", "none"})
SUBJECT = re.compile(r"(?:[Tt]he\s+(?P<noun>[\w’'-]+)|(?P<pronoun>[A-Z]\w*))\s")
