"""Pronouns and prepositions, as clauses begin with them."""

from __future__ import annotations

CIRCUMSTANCE = frozenset(("without", "on", "in", "at", "by", "for", "with", "from", "no", "not"))
SPEAKER = "i"
FIRST = frozenset((SPEAKER, "we"))
THINGS = frozenset(("it", "they", "you", "this"))
THIRD = THINGS | {"he", "she"}
PRONOUNS = FIRST | THIRD
