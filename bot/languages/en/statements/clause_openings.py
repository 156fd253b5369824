"""Pronouns and prepositions at the start of a clause."""

CIRCUMSTANCE_STARTS = frozenset(
    ("without", "on", "in", "at", "by", "for", "with", "from", "no", "not")
)
FIRST_SINGULAR = "i"
FIRST_PERSON = frozenset((FIRST_SINGULAR, "we"))
UNGENDERED = frozenset(("it", "they", "you", "this"))
THIRD_PERSON = UNGENDERED | {"he", "she"}
PRONOUNS = FIRST_PERSON | THIRD_PERSON
