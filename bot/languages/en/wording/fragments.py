"""Patterns for parts of a sentence that are incomplete without their context."""

import re

CONNECTIVE = re.compile(
    r"(?:(?:but|and|yet|so|or)\s+|(?:however|meanwhile|nevertheless|still|moreover|instead|indeed"
    r"|in fact|also|then|for example),\s+)(?=\S)",
    re.IGNORECASE,
)
"""The start of a sentence that continues the one before it."""
UNFINISHED_ENDING = re.compile(
    r"\b(?:a|an|the|to|of|for|in|on|at|by|with|from|during|and|or|but|as|that|which|who|whose|its"
    r"|his|their|our|my|your|than)[^\w”\"»’)]*$",
    re.IGNORECASE,
)
"""A last word that needs more words after it."""
ELLIPTICAL_ENDING = re.compile(
    r"\b(?:had|has|have|been|was|were|is|are|did|does|do|would|could|can|will|might|may|must|should"
    r"|not|so|what|why|when|where|how|whom|which)[^\w”\"»’]*$",
    re.IGNORECASE,
)
"""A last word after which words are omitted because they were said before: "denied he had"."""
