"""What stands beside a name in a source."""

from __future__ import annotations

import re

from bot.languages.en.extraction.capitals import CAPITAL, NAME
from bot.languages.en.lexicon.people import ANONYMITY

MADE_BY = re.compile(
    r"\b(?:released|issued|published|written|posted|made|commissioned|conducted) by (?P<by>.+)$"
)
# "An official who asked not to be named" is an official; that they hide is told by the kind.
WITHHELD = re.compile(
    rf"(?<=\w),? (?:who|speaking|talking|asking|requesting)\b(?=.*(?:{ANONYMITY.pattern})).*",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"^(?:the|an?) (?:(?!(?:of|for|from|in|at|with|by|to) )[a-z][\w-]* ){1,3}(?=[A-Z])"
)
NAME_BEFORE = re.compile(rf"({CAPITAL}(?: {CAPITAL}){{0,4}}),?\s*$")
# "Ron Hill, 24, of Norton, who", "Ron Hill, the head of Norton College, who".
PERSON_BEFORE = re.compile(
    rf"({NAME})(?:(?:, \d{{1,3}})?,? (?:of|from|in) (?:the )?{CAPITAL}(?: {CAPITAL}){{0,2}}"
    r"|, (?:an?|the) [^,.;:]{2,70}),?\s*$"
)
BODY_BEFORE = re.compile(
    rf"\b(?P<noun>[Tt]he(?: [\w’'-]+){{1,3}}) (?:of|for)(?: the)?"
    rf" (?:{CAPITAL}(?:(?: and)? {CAPITAL}){{0,4}}|[a-z-]+(?: and [a-z-]+)?),?\s*$"
)
PHRASE_BEFORE = re.compile(r"\b((?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother)(?: [\w’'-]+){1,4}),\s*$")
BOTH = re.compile(r"^[Bb]oth (?=.* and )")
JOINT = re.compile(
    rf", and (?P<other>(?:(?:the|an?|his|her|their) )?(?:[a-z][\w-]*,? ){{0,3}}{CAPITAL}.*)$"
)
PLACE_BEFORE = re.compile(rf" (?:of|from|in|near|at|for) (?:{CAPITAL} )*{CAPITAL}$")
CUT_SHORT = re.compile(r"(?<=\w),? (?:who|which|that)$")
