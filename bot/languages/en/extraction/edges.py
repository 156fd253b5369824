"""What stands at the edges of sources, cues and contents and is no part of them."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.function_words import NOT_NAMES
from bot.languages.en.lexicon.pronouns import PRONOUNS

AS = re.compile(r"as(?:\s+saying:?)?\s+(?=\S)")
AND = re.compile(r"[\s,;]*(?:and|but|or)\s+(?=\S)")
THAT_ONLY = re.compile(r"that\s+(?=\S)", re.IGNORECASE)
BE = re.compile(r"\b(?:is|are|was|were|been|being|be|’s|'s)(?:\s+\w+ly)?\s*$", re.IGNORECASE)
BY = re.compile(r"\sby\s*$", re.IGNORECASE)
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}"
    r"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*)"
)
WHEN = re.compile(
    rf"(?<!\s),?\s+(?:on\s+|late\s+|early\s+)*{_DAY}(?:,?\s+\d{{4}})?(?:\s+\w+)?\s*,?\s*$"
)
# What tells only when it was said, also where the cue was cut off in its midst: "said this".
TIME = re.compile(
    rf"\s+(?:(?:earlier|later|late|early)\s+)?(?:(?:on|last|late|early)\s+)*(?:{_DAY}(?:,?\s+\d{{4}})?"
    r"|today|yesterday"
    r"|(?:in\s+the|this|last|that|the\s+same)"
    r"\s+(?:week|month|year|morning|afternoon|evening|night|day|weekend|spring|summer|autumn|winter))\b"
)
PARTICLES = NOT_NAMES - PRONOUNS | {"saying"}
QUOTES = frozenset(["quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing"])
PHRASE = r"(?:[^,;:.“”\"]|(?<=\b[A-Z])\.)"
"""A character of words that name somebody, up to where their clause ends."""
AS_SAYING = re.compile(rf"{PHRASE}{{2,90}}?\s+as\s+saying:?\s+(?:that\s+)?(?=\S)")
CITED = re.compile(rf"{PHRASE}{{2,90}},\s+(?=(?:[\w’'-]+\s+){{3}})")
CITING = re.compile(r",\s+(?:citing|quoting)\s[^,.“\"]{2,90}$")
AGENT = "by"
"""What names who speaks after a passive verb."""
AFTER_PASSIVE = frozenset({"to", "that", AGENT})
