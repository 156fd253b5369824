"""Patterns for a description next to a person's name."""

import re

from bot.languages.en.extraction.capitals import CAPITALISED_WORD
from bot.languages.en.lexicon.cue_verbs import VERBS
from bot.languages.en.lexicon.function_words import NON_NAME_WORDS
from bot.languages.en.lexicon.organisations import INSTITUTIONS
from bot.languages.en.lexicon.people import HUMAN_NOUNS, KIN_NOUNS
from bot.languages.en.lexicon.pronouns import DETERMINERS, PRONOUNS
from bot.languages.lookup import LISTS

ROLE_VERBS = LISTS["role_verbs"] | {
    *("serves as", "served as", "works as", "works for", "works at", "is a", "is an", "is the"),
    *("was a", "was an", "was the", "specialises in", "specializes in"),
}
"""What may follow "who" in a description: "who heads", "who is the"."""
MAX_DESCRIPTION_LENGTH = 160
"""In characters; longer matches are sentences, not descriptions."""
HONORIFICS = LISTS["honorifics"]
PERSON_NOUNS = (HUMAN_NOUNS | LISTS["person_nouns"]) - KIN_NOUNS - HONORIFICS - LISTS["plain_nouns"]
"""Nouns for one person by occupation or role, without family relations."""
ORGANISATION_NOUNS = INSTITUTIONS | LISTS["companies"] | LISTS["organisation_nouns"]
DESCRIPTION_CHARACTER = (
    r"(?:(?! --)[^,.;:()\n“”\"—–]|(?<=\b[A-Z])\.|(?<=\b(?:[MDJS]r|Dr|St|Lt))\."
    r"|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Rev))\.)"
)
"""A character of a description; a full stop only after an abbreviation."""
_DESCRIPTION_OPENING = r"(?:, (?:aged? )?(?:\d{1,3}, )?| [–—-] ?|—| \()"
DESCRIPTION_AFTER_NAME = re.compile(
    rf"{_DESCRIPTION_OPENING}(?P<description>{DESCRIPTION_CHARACTER}{{3,{MAX_DESCRIPTION_LENGTH}}})"
    r"(?P<end>,|\.(?:\s|$)|;|\)| [–—-]{1,2} |—|$)"
)
PLACE_CONTINUATION = re.compile(
    rf", (?:(?:New|North|South|East|West|Northern|Western) )?{CAPITALISED_WORD}\.?(?=,|\.(?:\s|$))"
)
"""The rest of a place: "mayor of Norton[, Virginia],"."""
FOLLOWING_NAME = re.compile(rf",? (?:and )?{CAPITALISED_WORD} {CAPITALISED_WORD}")
WHO_CLAUSE = re.compile(
    r"(?:, (?:\d{1,3}, )?)"
    r"(?P<description>who [\w-]+ "
    rf"{DESCRIPTION_CHARACTER}{{3,{MAX_DESCRIPTION_LENGTH}}})"
    r"(?=,|\.(?:\s|$)|;)"
)
NOUN_COMPLEMENT = re.compile(r"\w+ (?:of \w|(?:at|for|to) (?:the |an? |[A-Z]))")
"""Shows that a word that could be a verb is a noun: "chair of the council"."""
DESCRIPTION_BEFORE_NAME = re.compile(
    rf"(?:The|An?) (?P<description>{DESCRIPTION_CHARACTER}{{3,{MAX_DESCRIPTION_LENGTH}}}), "
)
SINCE_PHRASE = re.compile(r" since [^,]*$")
ABBREVIATION = re.compile(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,3}\.")
"""A word whose full stop does not end a sentence: "Sen." """
TRAILING_PLACE = re.compile(
    rf"\b(?:of|in|at|from|for) (?:the )?{CAPITALISED_WORD}(?: {CAPITALISED_WORD}){{0,5}}$"
)
CLAUSE_START = re.compile(r"\b(?:who|that|which|whose|where|when|while|as)\b")
NON_TITLE_WORDS = (
    NON_NAME_WORDS | PRONOUNS | DETERMINERS | LISTS["time_words"] | LISTS["non_title_words"]
)
NON_OPENING_WORDS = (NON_TITLE_WORDS - DETERMINERS) | VERBS
