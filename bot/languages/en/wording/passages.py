"""Patterns for contents and sources that are shown with the sentence before them."""

import re

# "It was warned", "whether they knew": the sentence before says who.
PRONOUN_SUBJECT = re.compile(
    r"\W*(?:(?:that|whether|if|how|why|when)\s+)?"
    r"(?:(?:it|he|she|they|this|these|those)\b(?:['’]\w+)?"
    r"|that(?=\s+(?:is|was|are|were|has|had|would|will|could|can|may|might|must|did|does)\b))",
    re.IGNORECASE,
)
# "Declined to say when": the sentence before says what was asked.
BARE_INFINITIVE = re.compile(
    r"\W*to\s+\w+(?:\s+(?:how|when|where|which|who|why|so))?\W*", re.IGNORECASE
)
BACK_REFERENCE = re.compile(
    r"(?:its|his|hers?|their|both|another|others?|neither|either"
    r"|(?:one|two|three|some|most|many|several|all|none)(?: of (?:them|these|those))?$"
    r"|the (?:same|latter|former|others?|two|three|pair|trio)|(?:this|these|those|such)\b"
    r"|(?:he|she|it|they)$)(?!\w)",
    re.IGNORECASE,
)
"""A source, or its start, that refers to somebody mentioned elsewhere."""
PRONOUN_ADDRESSEE = re.compile(
    r"\b(?:t(?:old|ells?|elling)|asked|warned|assured|informed|reminded|promised)"
    r" (?:him|her|them|it)$",
    re.IGNORECASE,
)
