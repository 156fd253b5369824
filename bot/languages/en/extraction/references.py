"""Words that point back: "both", "the two", "whose", and the pronouns that go with one gender."""

from __future__ import annotations

import re

GENDERED_PRONOUN = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
PAIR_REFERENCE = re.compile(
    r"^(?:the two|both)"
    r"(?: (?P<lands>countries|nations|sides|governments|states|neighbou?rs)| \w+)?$",
    re.IGNORECASE,
)
WHOSE_PHRASE = re.compile(r"whose (?P<of>.+)$", re.IGNORECASE)
PLURAL_SUBJECTS = frozenset({"both", "they", "all", "neither", "none"})
SENTENCE_SUBJECT = re.compile(r"(?:[Tt]he\s+(?P<noun>[\w’'-]+)|(?P<pronoun>[A-Z]\w*))\s")
PERSONAL_RELATIVE = "who"
"""How a relative pronoun begins that no thing has."""


def possessive(owner: str, of: str) -> str:
    """Print what is somebody's: "Vance’s lawyer", "the nurses’ union"."""
    return f"{owner}{'’' if owner.endswith('s') else '’s'} {of}"


def document_cues(noun: str) -> tuple[list[str], ...]:
    """How a cue ends that says in what something was said: "in a statement"."""
    return ["in", "a", noun], ["in", "an", noun]
