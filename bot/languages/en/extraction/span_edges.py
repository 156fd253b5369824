"""Patterns for words at the edges of sources, cues and contents that do not belong to them."""

import re

from bot.languages.en.lexicon.calendar import DAY_WORDS
from bot.languages.en.lexicon.function_words import NON_NAME_WORDS
from bot.languages.en.lexicon.pronouns import DETERMINERS, NEUTER, PRONOUNS, RELATIVE
from bot.languages.lookup import LISTS

LEADING_AS = re.compile(r"as(?:\s+saying:?)?\s+(?=\S)")
LEADING_CONJUNCTION = re.compile(r"[\s,;]*(?:and|but|or)\s+(?=\S)")
LEADING_THAT = re.compile(r"that\s+(?=\S)", re.IGNORECASE)
TRAILING_BE = re.compile(
    r"(?:\b(?:is|are|was|were)(?:n[’']t)?|\b(?:been|being|be)|[’']s)"
    r"(?:\s+(?:\w+ly|never|not|also|again|already))*\s*$",
    re.IGNORECASE,
)
TRAILING_BY = re.compile(r"\sby\s*$", re.IGNORECASE)
# A word that may be a weekday or a month, the month with its day.
_DAY = r"(?:[A-Z][a-z]{2,5}day|[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})"
TRAILING_DAY = re.compile(
    rf"(?<!\s),?\s+(?:on\s+|late\s+|early\s+)*(?P<day>{_DAY})(?:,?\s+\d{{4}})?(?:\s+\w+)?\s*,?\s*$"
)
# A phrase that may only say when; a cue may end in the middle of it: "said this [week]".
TIME_PHRASE = re.compile(
    r"\s+(?:(?:on|last|earlier|later|late|early)\s+){0,3}"
    rf"(?P<day>{_DAY}(?:,?\s+\d{{4}})?|today|yesterday"
    r"|(?:in\s+the|this|last|that|the\s+same)\s+\w+)\b"
)
TIMES = DAY_WORDS | LISTS["time_nouns"] | {"today", "yesterday", "night", "day"}
"""A phrase says when if one of them is in it."""
FUNCTION_WORDS = NON_NAME_WORDS - PRONOUNS | {"saying"}
TRAILING_CITATION = re.compile(r",\s+(?:citing|quoting)\s[^,.“\"]{2,90}$")
OCCASION = re.compile(
    r"(?<=[\w”’\"])\s+(?:after|as(?=\s(?:his|her|their|its|he|she|they)\s))\s+"
    r"(?:[\w’'-]+,?\s+){1,6}(?:\w+ed|gave|fell|lost|took|saw|made|hit|beat)\s[^“”\"]*$"
)
"""A clause about the event on which somebody spoke, at the end of a content."""
SECOND_CUE = re.compile(
    r",?\s+and\s+(?:\w+ly\s+)?(?P<cue>[a-z]+(?:ed|s)|said|thought|felt)\s+"
    r"(?=(?:that|to|he|she|it|they|there|the|this|his|her|its|their)\b)"
)
"""A second verb of the same subject: "said she was sorry[ and hoped] they would return"."""
AGENT_PREPOSITION = "by"
"""The preposition before the speaker of a passive verb: "was said by Roe"."""
PASSIVE_ENDINGS = frozenset({"to", "that", "about", "of", "against", AGENT_PREPOSITION})
PASSIVE_ADDRESS = re.compile(
    r"(?:\b(?:is|are|was|were)n[’']t|\b(?:am|is|are|was|were|be|been|being|get|got)|[’'](?:m|re))"
    r"(?: \w+ly| never| not| also| again| already)* "
    r"(?:told|asked|warned|advised|informed|reminded|assured|promised|ordered|urged|instructed)"
    r"(?: of| about| against)?(?: by)?$"
)
"""A passive verb whose subject was spoken to: "she was told"."""
OBJECTLESS = re.compile(
    r"\b(?:told|informed|reminded|assured|notified)\s+(?:that|to|by)\b", re.IGNORECASE
)
"""Verbs that need to say whom, without saying it, are passive: "a diver, told that it leaks"."""
NEXT_CLAUSE = re.compile(r";\s+(?!(?:that|and|but|or|whether|if)\b)")
"""A semicolon after which a sentence tells something of its own."""
SUBJECT = re.compile(r"\b(?P<who>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)\s+$")
"""A pronoun right before a cue, which can only be its subject."""
NEGATIVE_SOURCE = re.compile(
    r"(?:nobody|no[ -]one|none|neither|not even|(?:hardly|scarcely|barely) any(?:one|body)?|few"
    r"|very few)\b|no (?=[a-z])",
    re.IGNORECASE,
)
HYPOTHESIS = re.compile(
    r"(?:\b(?:if|whether|unless|lest)"
    r"|(?:^|[,;:—“”\"])\s*(?:had|should|might|do|does|did))\s+$",
    re.IGNORECASE,
)
"""Right before a source, or a cue without one: the statement is hypothetical."""
NON_SOURCES = DETERMINERS & {"the", "a", "an", "this", "that", "these", "those"}
"""A truncated source, or a fact in the article ("this shows")."""
BARE_DETERMINERS = DETERMINERS - {"this", "that", "these", "those"}
"""On their own, a content without its noun; "this" and "that" are complete."""
NON_SPEAKERS = (RELATIVE - {"who"}) | LISTS["second_person"] | NEUTER
VERB_ENDINGS = ("s", "ed")
