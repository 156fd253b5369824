"""Patterns for what is rejected, and by whom."""

import re

from bot.languages.en.lexicon.negation import STATEMENT_NOUN

PREPOSITION = re.compile(r" (?:of|for|in|at|from|on|by) ")
REJECTION_VERB = re.compile(r"\b(?:reject|dismiss)", re.IGNORECASE)
DENIABLE_STATEMENT = re.compile(rf"\b(?:that|{STATEMENT_NOUN})\b", re.IGNORECASE)
"""Something that can be rejected as untrue: a claim or report, but not an offer or a deal."""
APPOSITION_START = re.compile(r",| who | which ")
NAME_FUNCTION_WORDS = frozenset(("the", "of", "and", "a", "for", "in"))
SPEECH_START = re.compile(r"\W*(?:(?:ever )?(?:having )?said|saying|telling)\b")
