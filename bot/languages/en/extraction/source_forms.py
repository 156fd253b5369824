"""Patterns for deciding whether a source is named, and whether it is one person."""

import re

from bot.languages.en.lexicon.people import GROUPS, UNNAMED_HEADS
from bot.languages.en.lexicon.pronouns import DETERMINERS, PRONOUNS

PART_OF_GROUP = re.compile(
    r"^(?:one|two|three|some|several|many|most|both|another) of (?P<group>.+)$", re.I
)
"""Members of a group mentioned earlier: "one of the dockers"."""
PERSON_NOUN_ENDINGS = (
    *("er", "or", "ist", "ian", "man", "person", "tress", "boss", "chief", "head", "guard"),
    "student",
)
ARABIC_ARTICLE = re.compile(r"(?:al|el|ad|ar|as|az)-(?=[A-Z])")
GUARD_ORGANISATION = re.compile(r"\b(?:coast|national|border|home) guard$", re.IGNORECASE)
COMMON_WORDS = PRONOUNS | DETERMINERS | UNNAMED_HEADS | GROUPS
PLURAL_ENDINGS = ("s", "people", "police", "men")
ONE_OF_PREFIX = "one "
PERSONS_WORD = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
"""Shows that a person speaks, not a body."""
