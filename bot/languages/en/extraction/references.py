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
OF_PERSONS = "who"
"""How a relative pronoun begins that no thing has."""


def possessive(owner: str, of: str) -> str:
    """Print what is somebody's: "Vance’s lawyer", "the nurses’ union"."""
    return f"{owner}{'’' if owner.endswith('s') else '’s'} {of}"


def in_a(noun: str) -> tuple[list[str], ...]:
    """How a cue ends that says in what something was said: "in a statement"."""
    return ["in", "a", noun], ["in", "an", noun]
