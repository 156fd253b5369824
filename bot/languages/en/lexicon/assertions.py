"""Words and patterns that show how well an unattributed sentence can be checked."""

import re

from bot.languages.en.lexicon.pronouns import DETERMINERS

AFTER_PRESENT_VERB = DETERMINERS | {"its", "his", "her", "their", "no", "not", "about"}
"""Before them, a word in -s is a verb: "employs the people"."""
AFTER_IMPERATIVE = DETERMINERS | {"at", "for", "from", "in", "on", "out", "to", "up", "with"}
"""Words after an instruction's verb: "Read the report", but not "Call volumes rose"."""
# A year, a time of day, or a month that is another word in lower case.
PRINTED_TIME = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b(?:March|May)\b")
