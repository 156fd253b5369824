"""Words for people: titles, relatives, groups; patterns for anonymous sources."""

import re

from bot.languages.en.lexicon.pronouns import PRONOUNS
from bot.languages.lookup import LISTS

TITLES = LISTS["titles"]
MALE_WORDS = LISTS["male_words"]
FEMALE_WORDS = LISTS["female_words"]
KIN_NOUNS = LISTS["kin_nouns"]
HUMAN_NOUNS = (TITLES | MALE_WORDS | FEMALE_WORDS) - PRONOUNS - LISTS["title_adjectives"]
"""Nouns for one person."""
UNNAMED_HEADS = LISTS["unnamed_heads"]
GROUPS = LISTS["groups"]
CITABLE_NOUNS = GROUPS | UNNAMED_HEADS | LISTS["citable_nouns"]
UNNAMED_SOURCE = re.compile(
    r"anonym|\bunnamed\b|\bunidentified\b"
    r"|\bnot (?:(?:want|wish)(?:ing)? )?(?:to )?be (?:named|identified|quoted)"
    r"|declined to be (?:named|identified)|without being (?:named|identified)"
    r"|familiar with|close to the (?:matter|talks|negotiations|investigation)",
    re.IGNORECASE,
)
"""Shows that a described source is anonymous."""
ANONYMITY_PHRASE = re.compile(
    r"\banonymity\b"
    r"|\b(?:not to be|to not be|without being|(?:declin|refus)(?:e[sd]?|ing) to be"
    r"|(?:(?:do|does|did)(?: not|n[’']t)|not) (?:want|wish)(?:ing)? to be)"
    r" (?:named|identified|quoted)\b",
    re.IGNORECASE,
)
"""Says that somebody asked not to be named."""
NO_COMMENT = re.compile(
    r"\b(?:reached|(?:asked|requests?|requested)) for comment"
    r"|\b(?:not|n[’']t|declined to|refused to)(?: \w+ly)? (?:comment|respond|reply|answer)\b",
    re.IGNORECASE,
)
"""Says that somebody was asked and did not answer."""
