"""Patterns for names of organisations and people in a sentence."""

import re

from bot.languages.en.extraction.capitals import CAPITALISED_WORD
from bot.languages.en.lexicon.cue_verbs import VERBS
from bot.languages.en.lexicon.function_words import NON_NAME_WORDS
from bot.languages.en.lexicon.pronouns import DETERMINERS, PRONOUNS
from bot.languages.lookup import LISTS

_RUN = rf"{CAPITALISED_WORD}[’']?(?:(?: &)? {CAPITALISED_WORD}[’']?){{0,5}}"
BODY_NAME = re.compile(
    rf"{_RUN}(?: (?:of|for)(?: the)? {_RUN}(?:, {_RUN}){{0,2}}(?:,? and {_RUN})?){{0,3}}"
)
"""What may be a body’s name: "Norton Farmers’ Union", "Ministry of Food and Rural Affairs"."""
_PART = rf"(?:{CAPITALISED_WORD}[’']?|of|the|for|and|on)"
DEFINED_ABBREVIATION = re.compile(
    rf"({_PART}(?: {_PART}){{1,9}})(?: \(|, or )([A-Z]{{2,}})(?=[),])"
)
SUBJECT_PAIR = re.compile(
    r"(?:^|\bthat |, )(?:[Bb]oth )?"
    rf"(?P<first>(?:[Tt]he )?{CAPITALISED_WORD}(?: {CAPITALISED_WORD}){{0,4}})"
    rf" and (?P<second>(?:the )?{CAPITALISED_WORD}(?: {CAPITALISED_WORD}){{0,4}}) (?P<verb>[a-z’]+)"
)
PLACE_PREPOSITION = re.compile(r"\b(?:in|at|from|near) $", re.IGNORECASE)
AFTER_PLACE_PREPOSITION = re.compile(rf"\b(?:in|near) ({CAPITALISED_WORD})(?! [A-Z])")
# Words before a noun that do not distinguish it from others: "told the officials".
NON_MODIFIERS = DETERMINERS | PRONOUNS | NON_NAME_WORDS | VERBS | LISTS["vague_adjectives"]
# Nouns for groups that look like surnames at the start of a sentence: "Insurers".
GROUP_NOUN = re.compile(r"[A-Z][a-z]+(?:ers|ors|ists|ants|ees|ians|men)")
FOLLOWING_REGION = re.compile(
    r", (?P<region>(?:[A-Z]\.){2,3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?\.?)(?=[\s,.;:)])"
)
"""What may be a state after a town: "Norton, Ohio"."""
CONTRACTION = re.compile(r"[’'](?:m|ve|re|ll|d|t)\b")
"""In no name, but after a capital: "I’ve", "We’re"."""
RUNS_ON = re.compile(r"[A-Z][\w-]* (?:of|for|and) $")
"""Before the last word of a longer name: "Bureau of Weather"."""
INNER_CAPITAL = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Fitz|Van|Von)\w*[a-z][A-Z]\w*")
"""A body's or product's name in one word: "BrightLamp", but not "McFalk"."""
