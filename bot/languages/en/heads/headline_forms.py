"""Patterns that tell headlines from other lines."""

import re

from bot.languages.en.lexicon.calendar import WEEKDAY_PATTERN

SALUTATION = re.compile(
    r"(?:dear|hi|hello|hey|sirs?|madam|good (?:morning|afternoon|evening|day)|greetings"
    r"|to (?:the editor|whom)|ladies and gentlemen)\b(?!.*\b(?:say|is|are|has|have|to|as)\b)",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)+|\b(?:inc|ltd|corp|co|jr|sr|etc|plc|st)\.)$", re.IGNORECASE
)
UNFINISHED_ENDING = re.compile(
    r"(?:[,:;&/–—-]|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|as|and|or|but|that|than|after"
    r"|before|over|into|its|his|her|their|is|are|was|were|will|be|who|which|while|above|amid"
    r"|among|against|because|between|despite|during|if|since|under|until|when|without))$",
    re.IGNORECASE,
)
# An ending that only headlines have: "Wards to close, trust says", "Cracks known, inquiry told".
TRAILING_ATTRIBUTION = re.compile(
    r".*[,–—-][”’\"']?\s+"
    r"(?:(?!(?:an?|the|was|were|been|he|she|they|it|we|i|who|has|have|had|and)\b)\S+\s+){1,4}"
    r"(?:says?|hears?|told|warns?|claims?|finds?|shows?|reveals?|suggests?|insists?|admits?)",
    re.IGNORECASE,
)
# Headlines are in the present tense; the first sentence of a story is not.
NARRATIVE_SENTENCE = re.compile(
    r"(?!(?:what|how|why|who|when|where|which)\b)"
    r"(?!(?!(?:an?|the|he|she|they|it|we|i)\b)\S+(?: \S+)? told of\b)"
    r".*(?<![‘'\"“])\b(?:said|told)\b(?! to\b).*"
    rf"|.*\bon {WEEKDAY_PATTERN} \w+ed\b.*|(?:on|last|late|early) {WEEKDAY_PATTERN}\b.*"
    r"|(?:it|there|he|she|they) (?:was|were|had)\b[^:]*",
    re.IGNORECASE,
)
FINDING = frozenset(("find", "finds", "hears", "heard"))
"""Last words of headlines that report, beside verbs of speech: "Lock leaks, inquiry hears"."""
