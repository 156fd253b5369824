"""Sources, as they can be printed in a sentence of ours."""

from __future__ import annotations

import re

# Words that send a reader to look for whom they mean.
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
# After a name: what says who somebody is. "Council's chairman" has lost its article.
APPOSITION = re.compile(r",\s(?![a-z]\S*[’']s\s|\w+ed\b).+", re.DOTALL)
DEFINITE_NOUN = re.compile(r"the\s+[\w-]+(?:\s+[\w-]+)?", re.IGNORECASE)
"""Somebody who was told of before: "the person", "the spokeswoman"."""
