"""Patterns for splitting a sentence into clauses, and for the scope of a denial."""

import re

CLAUSE_BOUNDARY = re.compile(
    r"\s*[;:—–]\s*|\s+-+\s+|[.!?]\s+(?=[A-Z“\"‘])"
    r"|,?\s+(?=(?:and|but|because|since|while|although|though|when|whereas|without|despite)\b)"
    r"|\s+(?=that (?:is|are|was|were|has|have|had|would|could|can)\b)"
    r"|\s+(?=that (?:\w+ ){0,5}?(?:not?|never|nobody|none|nothing)\b)|\s+(?=not to \w)"
    r"|,\s+(?=(?:not|on|in|at|by|with|from|so|who|which|he|she|they|we|it|i|\w+ing|never)\b)",
    re.IGNORECASE,
)
"""A possible boundary between two clauses."""
LEADING_THAT = re.compile(r"\W*that\b", re.IGNORECASE)
LEADING_CONJUNCTION = re.compile(r"\W*(?:and|but)\b", re.IGNORECASE)
DENIAL_END = re.compile(
    r"\W*(?:but|because|since|so|while|although|though|whereas"
    r"|(?:and )?(?:sa(?:id|ying)|add(?:ed|ing)|giv(?:en|ing)|insist(?:ed|ing)|call(?:ed|ing)))\b",
    re.IGNORECASE,
)
SUBORDINATE_START = re.compile(
    r"\W*(?:when|while|because|since|although|though|whereas|if|as|which|who|whose|where|despite"
    r"|including|to|not \w+ing|that (?:is|are|was|were|has|have|had|would|could|can))\b",
    re.IGNORECASE,
)
EMPTY_CLAUSE = re.compile(r"^\W*(?:and |but )?(?:it|there|this|that)\W*$")
NEGATION = re.compile(r"\b(?:not(?! one\b)|no(?!,? never)|nobody|nothing|none|never)\b")
"""Negation words; two in a clause may be a double or an emphatic negation."""
THAT = "that"
NOT_FORMS = ("n't", " not")
"""The forms of "not" after a verb."""
NEITHER, NOR = "neither", "nor"
