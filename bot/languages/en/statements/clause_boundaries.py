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
THAT = "that"
NOT_FORMS = ("n't", " not")
"""The forms of "not" after a verb."""
