"""Pronouns and prepositions, as clauses begin with them."""

from __future__ import annotations

CIRCUMSTANCE_STARTS = frozenset(
    ("without", "on", "in", "at", "by", "for", "with", "from", "no", "not")
)
FIRST_SINGULAR = "i"
FIRST_PERSON = frozenset((FIRST_SINGULAR, "we"))
UNGENDERED = frozenset(("it", "they", "you", "this"))
THIRD_PERSON = UNGENDERED | {"he", "she"}
PRONOUNS = FIRST_PERSON | THIRD_PERSON
