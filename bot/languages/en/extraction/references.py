"""Patterns for words that refer back: gendered pronouns, "both", "the two", "whose"."""

from __future__ import annotations

import re

from bot.languages.lookup import LISTS

GENDERED_PRONOUN = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
PAIR_REFERENCE = re.compile(
    r"^(?:the two|both)"
    r"(?: (?P<countries>countries|nations|sides|governments|states|neighbou?rs)| \w+)?$",
    re.IGNORECASE,
)
WHOSE_PHRASE = re.compile(r"whose (?P<noun>.+)$", re.IGNORECASE)
PERSONAL_RELATIVE = "who"
"""The prefix of relative pronouns that refer to people only: "who", "whom", "whose"."""

BODY_NOUNS = frozenset((*LISTS["firm_nouns"], *LISTS["public_body_nouns"], "club", "side", "team"))
"""Nouns for a body."""


def possessive(owner: str, noun: str) -> str:
    """Format a possessive: "Vance’s lawyer", "the nurses’ union"."""
    return f"{owner}{'’' if owner.endswith('s') else '’s'} {noun}"


def in_document(noun: str) -> re.Pattern[str]:
    """Match where somebody says something in a document: "in a written statement"."""
    return re.compile(rf"\b[Ii]n an? (?:[\w-]+ )?{noun}\b")
