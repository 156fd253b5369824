"""Words of a speaker's name that tell nothing of who it is."""

from __future__ import annotations

NAME_PARTICLES = frozenset(("and", "de", "for", "of", "the", "van", "von"))
GENERIC_NOUNS = frozenset(
    ("insider", "insiders", "official", "officials", "people", "person", "source", "sources")
)
