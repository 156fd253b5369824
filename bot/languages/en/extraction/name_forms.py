"""Names of bodies and people, as they stand in a sentence."""

from __future__ import annotations

import re

from bot.languages.en.extraction.capitals import CAPITAL
from bot.languages.en.lexicon.cue_verbs import VERBS
from bot.languages.en.lexicon.function_words import NOT_NAMES, VAGUE
from bot.languages.en.lexicon.pronouns import DETERMINERS, PRONOUNS

BODY = re.compile(
    rf"{CAPITAL}(?: {CAPITAL}){{0,5}}(?: (?:of|for) (?:the )?{CAPITAL}(?: {CAPITAL}){{0,5}}){{1,3}}"
)
_PART = rf"(?:{CAPITAL}[’']?|of|the|for|and|on)"
DEFINED = re.compile(rf"({_PART}(?: {_PART}){{1,9}})(?: \(|, or )([A-Z]{{2,}})(?=[),])")
SUBJECT_PAIR = re.compile(
    rf"(?:^|\bthat |, )(?:[Bb]oth )?(?P<one>(?:[Tt]he )?{CAPITAL}(?: {CAPITAL}){{0,4}})"
    rf" and (?P<other>(?:the )?{CAPITAL}(?: {CAPITAL}){{0,4}}) (?P<verb>[a-z’]+)"
)
NOUN = re.compile(r"\b(?:[Tt]he|[Aa]n?) ([a-z][\w-]{0,40})")
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
PLACING = re.compile(r"\b(?:in|at|from|near) $", re.IGNORECASE)
# What stands before a noun and makes it no other: "told the officials".
POINTING = DETERMINERS | PRONOUNS | NOT_NAMES | VERBS | VAGUE
PEOPLE = re.compile(r"[A-Z][a-z]+(?:ers|ors|ists|ants|ees|ians|men)")
