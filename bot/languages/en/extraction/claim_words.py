"""Patterns for the cues and contents of claims."""

import re

REPORTING_CUE = re.compile(r"\b(?:report|wrote|writes|according)")
"""Cues with which an outlet relays what others say: "the Echo reported"."""
THAT_CONJUNCTION = re.compile(
    r"that\s+(?!(?:is|was|are|were|has|had|would|will|could|can|may|might|must|did|does)\b)(?=\S)"
)
"""The conjunction before a content ("said that …"), but not the pronoun ("said that was wrong")."""
ADDRESSING_CUE = re.compile(
    r"\b(?:t(?:old|ell(?:s|ing)?)|(?:assur|notifi)(?:es?|ed|ing)|(?:inform|remind)(?:s|ed|ing)?)$",
    re.IGNORECASE,
)
"""Cues that need an addressee after them: "told", "assured"."""
ABBREVIATION = re.compile(r"(?:[A-Z][a-z]{0,2}|Prof)\.")
"""Words whose full stop does not end an addressee: "told Mr. [Roe]"."""
ADDRESSEE = re.compile(r"(?:(?!\s*\n\s*\n)\s+(?!that\s)[^\s.,;:?!…“”\"()—–]+){1,7}")
"""The addressee after a cue: "told [the council]"."""
