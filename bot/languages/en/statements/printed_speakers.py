"""Words in a speaker's name that do not identify the speaker."""

NAME_PARTICLES = frozenset(("and", "de", "for", "of", "the", "van", "von"))
GENERIC_NOUNS = frozenset(
    ("insider", "insiders", "official", "officials", "people", "person", "source", "sources")
)
