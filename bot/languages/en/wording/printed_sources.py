"""Patterns for deciding how to print a source in a generated sentence."""

import re

# Pronouns and other words that are unclear out of context.
BACK_REFERENCE = re.compile(
    r"\b(?:its|his|hers?|their|our|my|your|he|him|she|they|them|it|i|we|us|me|you|this|that"
    r"|these|those)\b|^(?:who|which|all|some|many|both|one|others?|none|each|another|most|few"
    r"|several|two|three|four|[\w.]+ per ?cent|the (?:other|latter|former|two))$",
    re.IGNORECASE,
)
TWO_ITEM_LIST = re.compile(r"^[^,]*\s(?:and|or)\s[^,]*$", re.IGNORECASE)
LEADING_QUALIFIER = re.compile(r"(?:Former|Retired|The|A|An)\s")
TRAILING_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|and (?:his|her|its|their)|this week)\b.*", re.IGNORECASE | re.DOTALL
)
# An apposition after a name: ", chairman of …", but not ", council's chairman", which lacks its
# article.
APPOSITION = re.compile(r",\s(?![a-z]\S*[’']s\s|\w+ed\b).+", re.DOTALL)
DEFINITE_NOUN = re.compile(r"the\s+[\w-]+(?:\s+[\w-]+)?", re.IGNORECASE)
"""Somebody mentioned before: "the person", "the spokeswoman"."""
