"""Words by which clauses are compared, their verbs found, and denials told."""

import re

from bot.languages.en.lexicon.negation import STATEMENT_NOUN, STATEMENT_NOUNS
from bot.languages.en.lexicon.pronouns import DEFINITE_DETERMINERS
from bot.languages.lookup import LISTS

NEGATIVE_PREFIX = re.compile(r"(?:un|in|im|dis|non|ir|il)(?=[a-z]{4})")
PAST_VERB = re.compile(
    r"[a-z]{2,}ed|let|put|cut|hit|set|shut|cost|hurt|quit|beat|cast|burst|split|spread|read|shed"
)
FUNCTION_WORDS = DEFINITE_DETERMINERS | {"a", "an", "in", "of"}
FINITE_AUXILIARIES = LISTS["finite_auxiliaries"]
PREPOSITIONS = ("in", "on", "for", "to", "with", "from", "by", "at")
CONJUNCTIONS = ("and", "but")
LIGHT_WORDS = ("be", "do", "have", "make", "fail", "neglect", "omit", "refuse")
"""Verbs that leave it to the words after them what was done, or was not."""
AGENT_PREPOSITION = "by"
PHRASE_ENDS = FINITE_AUXILIARIES.union(PREPOSITIONS, CONJUNCTIONS) | LISTS["phrase_ends"]
"""Words that end a noun phrase."""
SUBJECT_START = "that"
EXPLETIVE = "there"
PARTICIPLE_ENDING = "ing"
SPEAKS_FOR_ANOTHER = re.compile(
    r"\b(?:his|her|their|its)\b|['’]s?\s|\b(?:lawyer|spokes|solicitor|agent|attorney|aide|advis"
    r"|representative|barrister|office|campaign)",
    re.IGNORECASE,
)
"""A printed speaker for whom "he" is somebody else: "his lawyer"."""
AT_LEAST = frozenset(
    (
        *("about", "above", "almost", "around", "atmost", "below", "fewer", "later", "least"),
        *("less", "more", "nearly", "over", "roughly", "under"),
        *("aim", "aimed", "expect", "expected", "hope", "hoped", "plan", "planned", "wanted"),
    )
)
"""Words by which a figure or day is a limit or an intention, so that another may be as true."""
FIRST_SINGULAR = "i"
FIRST_PERSON = frozenset((FIRST_SINGULAR, "we"))
THIRD_PERSON = LISTS["ungendered_pronouns"] | {"he", "she"}
PRONOUNS = FIRST_PERSON | THIRD_PERSON
ABOUT_TO = re.compile(r"\b(?:about|due|set) to\b")
"""Says that something will happen: "is about to close"."""
POINTER = re.compile(
    r"(?:there )?(?:(?:in|to) )?(?:(?:all|any|both|none) of )?"
    r"(?:it|this|that|these|those|them"
    r"|(?:the|that|this|these|those|his|her|its|their|such|both|all)(?: \w+)?"
    rf" (?:{STATEMENT_NOUN}))"
    r"(?: (?:all|entirely|outright|flatly|on \w+))*"
)
POSSESSIVE = re.compile(r"\w(?:['’]s|s['’])\s")
"""The end of a possessor: "Orr's lawyer"."""
PREPOSITION = re.compile(r" (?:of|for|in|at|from|on|by) ")
REJECTION_VERB = re.compile(r"\b(?:reject|dismiss)", re.IGNORECASE)
DENIABLE_STATEMENTS = STATEMENT_NOUNS | {"that"}
"""Something that can be rejected as untrue: a claim or report, but not an offer or a deal."""
APPOSITION_START = re.compile(r",| who | which ")
