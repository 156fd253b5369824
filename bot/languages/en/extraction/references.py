"""Patterns for words that refer back: gendered pronouns, "both", "the two", "whose"."""

from __future__ import annotations

import re

GENDERED_PRONOUN = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
PAIR_REFERENCE = re.compile(
    r"^(?:the two|both)"
    r"(?: (?P<countries>countries|nations|sides|governments|states|neighbou?rs)| \w+)?$",
    re.IGNORECASE,
)
WHOSE_PHRASE = re.compile(r"whose (?P<noun>.+)$", re.IGNORECASE)
PLURAL_SUBJECTS = frozenset({"both", "they", "all", "neither", "none"})
SENTENCE_SUBJECT = re.compile(r"(?:[Tt]he\s+(?P<noun>[\w’'-]+)|(?P<pronoun>[A-Z]\w*))\s")
PERSONAL_RELATIVE = "who"
"""The prefix of relative pronouns that refer to people only: "who", "whom", "whose"."""

OWNERS = {"his": "he", "her": "she"}
PERSONAL_DOCUMENTS = frozenset(
    [
        "affidavit",
        "complaint",
        "diary",
        "email",
        "e-mail",
        "letter",
        "note",
        "post",
        "statement",
        "testimony",
        "tweet",
        "will",
    ]
)
"""Documents in which one person speaks: "her statement read"."""


def possessive(owner: str, noun: str) -> str:
    """Format a possessive: "Vance’s lawyer", "the nurses’ union"."""
    return f"{owner}{'’' if owner.endswith('s') else '’s'} {noun}"


def document_cues(noun: str) -> tuple[list[str], ...]:
    """Return the possible ends of a cue that names a document: "[said] in a statement"."""
    return ["in", "a", noun], ["in", "an", noun]
