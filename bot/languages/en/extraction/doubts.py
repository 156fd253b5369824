"""What is only supposed, and sources that are nobody."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.pronouns import DETERMINERS

NEGATIVE_SOURCE = re.compile(r"(?:[Nn]obody|[Nn]o[ -]one|[Nn]one|[Nn]either)\b|[Nn]o (?=[a-z])")
# What stands just before a source, or a cue without one, where nothing is said for a fact.
HYPOTHESIS = re.compile(
    r"(?:\b(?:if|whether|unless|lest)"
    r"|(?:^|[,;:—“”\"])\s*(?:had|should|might|do|does|did))\s+$",
    re.IGNORECASE,
)
UNCERTAINTY = re.compile(
    r"\b(?:not (?:yet )?(?:clear|known|certain|sure)|un(?:clear|certain|known)"
    r"|no (?:evidence|sign|indication|proof))\s+(?:that\s+)?$",
    re.IGNORECASE,
)
MODALS = frozenset({"should", "might", "may", "must"})
# "The" without its noun is a source cut short, "this" is what the article itself concludes from.
NON_SOURCES = DETERMINERS & {"the", "a", "an", "this", "that", "these", "those"}
BARE_DETERMINERS = DETERMINERS - {"this", "that", "these", "those"}
ASKED_CUE = "asked"
"""The cue of a question, and of whoever is asked one."""
