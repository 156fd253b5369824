"""Pronouns and prepositions at the start of a clause."""

FIRST_SINGULAR = "i"
FIRST_PERSON = frozenset((FIRST_SINGULAR, "we"))
UNGENDERED = frozenset(("it", "they", "you", "this"))
THIRD_PERSON = UNGENDERED | {"he", "she"}
PRONOUNS = FIRST_PERSON | THIRD_PERSON
SPEAKER_PRONOUNS = frozenset(("i", "we", "my", "our", "it", "its", "they", "their"))
"""Pronouns by which somebody who speaks for another means both."""
