"""Patterns for hypothetical statements, and for sources that refer to nobody."""

import re

from bot.languages.en.lexicon.pronouns import DETERMINERS

NEGATIVE_SOURCE = re.compile(
    r"(?:nobody|no[ -]one|none|neither|not even|(?:hardly|scarcely|barely) any(?:one|body)?|few"
    r"|very few)\b|no (?=[a-z])",
    re.IGNORECASE,
)
NEGATED_SOURCE = re.compile(r"\bnot even\s+$|\b(?:contrary to|unlike) what\s+$", re.IGNORECASE)
"""Words right before a source that say that it did not say so."""
# Words right before a source, or before a cue without one, that make the statement hypothetical.
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
# "The" without a noun is a truncated source; "this" refers to a fact in the article ("this shows").
NON_SOURCES = DETERMINERS & {"the", "a", "an", "this", "that", "these", "those"}
# On their own, these are a content without its noun; "this" and "that" are complete.
BARE_DETERMINERS = DETERMINERS - {"this", "that", "these", "those"}
ASKED_CUE = "asked"
"""The cue for asking a question, and for being asked one."""
