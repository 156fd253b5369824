"""Words and patterns for taking a claim out of its sentence."""

import re

from bot.languages.en.lexicon.pronouns import DETERMINERS, NEUTER, PERSONAL, PLURAL
from bot.languages.en.wording.tenses import AUXILIARIES, modifies_verb
from bot.languages.lookup import LISTS, first_word, words_in

EMBEDDING_WORDS = LISTS["embedding_words"] | AUXILIARIES
"""Words before a cue that leave open whether it was said: "if he says", "did he say"."""
# Between a source and its verb: "on Wednesday denied".
TIME_PHRASE = re.compile(r"(?:at|on|in) (?:the )?\w+\s+")
NEXT_VERB_START = re.compile(
    r"(?:[,)–—-]|\b(?:and|but|or|who|which|then|yet))(?:\s*(?:even|also|then|later|\w+ly))?\s*$",
    re.IGNORECASE,
)
THIRD_PERSON_OBJECT = re.compile(
    r"\b(?:him|them|it|her(?!\s+(?!about|at|by|for|from|how|in|last|on|that|this|to|what|whether|why)"
    r"[a-z]))\b",
    re.IGNORECASE,
)
CLAUSE_OPENERS = DETERMINERS | PERSONAL | PLURAL | NEUTER | {"there", "no", "about", "nobody"}
PHRASE_STARTS = AUXILIARIES | {"that", "this", "these", "those"}
"""Words that continue or start a phrase, not a clause: "[that they say] is a camp", "dismissed that
account as fantasy"."""
# "“He said no,” she said": only the context says who he is.
QUOTED_PRONOUN = re.compile(r"[“\"‘']+(?:He|She|They|Him|Her|Them)\b")
# The speaker of a whole sentence: "she believes that it leaks, her officials say".
TRAILING_ATTRIBUTION = re.compile(
    r",\s+[^,.;]{0,60}\b(?:sa(?:y|ys|id)|told|according to|reported|recalled|claims?|claimed)\b"
)
CONTENT_START = re.compile(r"\s*(?:that\b|[:,])")
SEPARATED_THAT = re.compile(r"\s*,\s+that\b")
"""Separates a content from a passive verb: "made by Marsh, and widely reported, that"."""


def is_adverbial(lead: str) -> bool:
    """Whether words before a claim only say when or where; others may change what it says ("in a
    doctored video", "for eight days")."""
    is_plain = (
        LISTS["unreal_places"].isdisjoint(words_in(lead)) and "," not in lead and ";" not in lead
    )
    return is_plain and first_word(lead) in LISTS["adverbial_leads"]


def modify_verb(words: str) -> bool:
    """Whether all words between a source and its verb belong to the verb: "on Monday also"."""
    return all(map(modifies_verb, TIME_PHRASE.sub("", words).split()))
