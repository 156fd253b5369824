"""Words by which a sentence of the article itself can be checked, or cannot."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.lists import listed
from bot.languages.en.lexicon.pronouns import DETERMINERS

NUMBERS = listed("numbers")
TIMES = listed("times")
POSSIBLE = listed("possible")
JUDGING = listed("judging")
IMPERATIVES = listed("imperatives")

# A word in -s before a determiner or a number is a verb: "employs 4,000 people".
PRESENT = re.compile(
    rf"\b[a-z]{{2,}}s (?:{'|'.join(sorted(DETERMINERS))}|its|his|her|their|no|not|about|\d)"
)
# "Read the report", and no "Call volumes rose".
ORDER = re.compile(
    rf"(?:{'|'.join(sorted(IMPERATIVES))})"
    rf" (?:{'|'.join(sorted(DETERMINERS))}|at|for|from|in|on|out|to|up|with)\b",
    re.IGNORECASE,
)
# A year, a clock, or a month that in lower case is another word.
TIME_AS_PRINTED = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b(?:March|May)\b")
