"""Word lists for comparing clauses, and for finding their verbs."""

import re

STOPWORDS = frozenset(
    (
        *("any", "anybody", "anyone", "anything", "ever", "all", "at", "cent", "penny", "single"),
        *("whit", "word", "otherwise", "so", "such", "every", "each", "some", "there", "not"),
        *("still", "now", "already", "just", "only", "fact", "truth", "time", "s", "t", "d", "ll"),
        *("re", "ve", "while", "because", "since", "although", "though", "however", "mr", "mrs"),
        *("ms", "dr", "sir", "dame", "doing", "done", "did", "body", "link", "other", "upon", "us"),
        *("up", "down", "into", "after", "before", "until", "during", "between", "about"),
    )
)
"""Words that do not show that two clauses are about one subject."""
# Words before a predicate: "will [go]", "they [went]".
AUXILIARIES = frozenset(
    (
        *("is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does"),
        *("did", "will", "would", "can", "could", "may", "might", "shall", "should", "must"),
        *("ll", "i", "we", "he", "she", "they", "it", "you", "who", "nobody", "gone"),
    )
)
NEGATIVE_PREFIX = re.compile(r"(?:un|in|im|dis|non|ir|il)(?=[a-z]{4})")
PAST_VERB = re.compile(
    r"[a-z]{2,}ed|let|put|cut|hit|set|shut|cost|hurt|quit|beat|cast|burst|split|spread|read|shed"
)
DEFINITE_DETERMINERS = frozenset(
    ("the", "his", "her", "its", "their", "our", "my", "this", "that", "these")
)
FUNCTION_WORDS = DEFINITE_DETERMINERS | {"a", "an", "in", "of"}
# The first letters of words before "to" and a predicate: "refused to [go]".
STEMS_BEFORE_TO = ("fail", "refus", "neglect", "plan", "want", "able", "threaten")
FINITE_AUXILIARIES = frozenset(
    (
        *("is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "will", "would"),
        *("can", "could", "may", "might", "shall", "should", "must", "s", "re", "ve", "ll", "m"),
    )
)
HIS_OR_HER = ("his", "her")
INFINITIVE_MARKER = "to"
NEGATIVE_DETERMINERS = ("no", "any", "none", "neither", "nobody")
PREPOSITIONS = ("in", "on", "for", "to", "with", "from", "by", "at")
CONJUNCTIONS = ("and", "but")
LIGHT_VERBS = ("be", "come", "do", "find", "get", "give", "have", "make", "receive", "take", "use")
"""Verbs whose object says what was done: "make a visit"."""
BE_FORMS = frozenset(("is", "are", "was", "were", "be", "been", "being"))
ELSEWHERE = frozenset(("another", "other", "others", "elsewhere", "different"))
"""Words for something else than what was spoken of."""
PLACE_PREPOSITIONS = frozenset(("in", "at", "from", "of", "near", "with", "to", "into", "on"))
"""Prepositions whose noun says which one is meant: "the flour at the mill"."""
AGENT_PREPOSITION = "by"
PHRASE_ENDS = (
    frozenset(PREPOSITIONS)
    | frozenset(CONJUNCTIONS)
    | FINITE_AUXILIARIES
    | {"of", "into", "over", "near", "after", "before", "during", "inside", "within", "until"}
    | {"when", "while", "because", "that", "who", "which", "without", "since", "under", "as"}
)
"""Words that end a noun phrase."""
SUBJECT_START = "that"
INDEFINITE = frozenset(
    (
        *("nobody", "none", "no", "anyone", "anybody", "nothing", "neither", "one"),
        *("client", "clients"),
    )
)
"""Words of subjects that may include anybody: "nobody stole it", "her client"."""
PARTICIPLE_ENDING = "ing"
SPEAKS_FOR_ANOTHER = re.compile(
    r"\b(?:his|her|their|its)\b|['’]s?\s|\b(?:lawyer|spokes|solicitor|agent|attorney)", re.I
)
"""A printed speaker for whom "he" is somebody else: "his lawyer"."""
