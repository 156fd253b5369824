"""What is rejected, and by whom."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.negation import ANY_STATEMENT

OF_WHAT = re.compile(r" (?:of|for|in|at|from|on|by) ")
REFUSED = re.compile(r"\b(?:reject|dismiss)", re.IGNORECASE)
SAID = re.compile(rf"\b(?:that|{ANY_STATEMENT})\b", re.IGNORECASE)
"""What can be rejected as untrue: a claim or report, but no offer, deal or ballot paper."""
DESCRIBED = re.compile(r",| who | which ")
IN_NAMES = frozenset(("the", "of", "and", "a", "for", "in"))
DENIES_SAYING = re.compile(r"\W*(?:(?:ever )?(?:having )?said|saying|telling)\b")
