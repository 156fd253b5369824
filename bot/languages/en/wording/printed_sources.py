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
TRAILING_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|and (?:his|her|its|their)|this week)\b.*", re.IGNORECASE | re.DOTALL
)
