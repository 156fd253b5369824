"""Words by which clauses are compared, their verbs found, and denials told."""

import re

from bot.languages.en.lexicon.lists import word_set
from bot.languages.en.lexicon.negation import STATEMENT_NOUN

STOPWORDS = word_set(
    "any anybody anyone anything ever all at cent penny single whit word otherwise so such every "
    "each some there not still now already just only fact truth time s t d ll re ve while "
    "because since although though however mr mrs ms dr sir dame doing done did body link other "
    "upon us up down into after before until during between about"
)
"""Words that do not show that two clauses are about one subject."""
# Words before a predicate: "will [go]", "they [went]".
AUXILIARIES = word_set(
    "is are was were be been being has have had do does did will would can could may might shall "
    "should must ll i we he she they it you who nobody gone"
)
NEGATIVE_PREFIX = re.compile(r"(?:un|in|im|dis|non|ir|il)(?=[a-z]{4})")
PAST_VERB = re.compile(
    r"[a-z]{2,}ed|let|put|cut|hit|set|shut|cost|hurt|quit|beat|cast|burst|split|spread|read|shed"
)
DEFINITE_DETERMINERS = word_set("the his her its their our my this that these")
FUNCTION_WORDS = DEFINITE_DETERMINERS | {"a", "an", "in", "of"}
FINITE_AUXILIARIES = word_set(
    "is are was were has have had do does did will would can could may might shall should must s "
    "re ve ll m"
)
PREPOSITIONS = ("in", "on", "for", "to", "with", "from", "by", "at")
CONJUNCTIONS = ("and", "but")
LIGHT_WORDS = ("be", "do", "have", "make", "fail", "neglect", "omit", "refuse")
"""Verbs that leave it to the words after them what was done, or was not."""
BE_FORMS = frozenset(("is", "are", "was", "were", "be", "been", "being"))
ELSEWHERE = frozenset(("another", "other", "others", "elsewhere", "different"))
"""Words for something else than what was spoken of."""
AGENT_PREPOSITION = "by"
PHRASE_ENDS = (
    frozenset(PREPOSITIONS)
    | frozenset(CONJUNCTIONS)
    | FINITE_AUXILIARIES
    | {"of", "into", "near", "after", "before", "during", "inside", "within", "until"}
    | {"about", "against", "through", "between", "among", "over", "towards", "despite", "if"}
    | {
        "away",
        "back",
        "off",
        "out",
        "when",
        "while",
        "because",
        "that",
        "who",
        "which",
        "without",
        "since",
        "under",
        "as",
    }
)
"""Words that end a noun phrase."""
SUBJECT_START = "that"
EXPLETIVE = "there"
TITLES = frozenset(("mayor", "minist", "minister", "presid", "president", "senat", "chancellor"))
"""The stems of titles before a name, which do not identify anybody else."""
POSSESSIVES = frozenset(("my", "our", "his", "her", "its", "their"))
LIMITING_WORDS = frozenset(("still", "now", "already", "each", "before", "after", "until"))
"""Words that limit when something is denied, or of whom: "is not now leaking"."""
QUALIFYING_STARTS = word_set(
    "without because when while if unless despite since as to although though not"
)
"""The first words of a clause that limits the one before it."""
PARTICIPLE_ENDING = "ing"
RELATIVE_DAYS = frozenset(
    ("this", "next", "today", "tonight", "tomorrow", "yesterday", "ago", "currently", "far")
)
"""Words by which a figure is that of a day that is not named: "12 this week", "so far"."""
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
UNGENDERED = frozenset(("it", "they", "you", "this"))
THIRD_PERSON = UNGENDERED | {"he", "she"}
PRONOUNS = FIRST_PERSON | THIRD_PERSON
MODALS = frozenset(("should", "ought", "must", "need", "want", "hope"))
ABOUT_TO = re.compile(r"\b(?:about|due|set) to\b")
"""Says that something will happen: "is about to close"."""
NAME_PARTICLES = frozenset(("and", "de", "for", "of", "the", "van", "von"))
GENERIC_NOUNS = word_set("insider insiders official officials people person source sources")
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
DENIABLE_STATEMENT = re.compile(rf"\b(?:that|{STATEMENT_NOUN})\b", re.IGNORECASE)
"""Something that can be rejected as untrue: a claim or report, but not an offer or a deal."""
APPOSITION_START = re.compile(r",| who | which ")
NAME_FUNCTION_WORDS = frozenset(("the", "of", "and", "a", "for", "in"))
