"""What an article tells of a person whom it also calls "the farmer", "the mother of two"."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.languages.en.lexicon.lists import load_word_lists

DEEDS: Mapping[str, frozenset[str]] = load_word_lists(Path(__file__).with_name("role_deeds.yml"))
"""Maps a role to the beginnings of words that tell what somebody in it does."""
LIFE = re.compile(
    r"the (?:\d{1,3}-year-old|(?:mother|father|grandmother|grandfather|parent)(?: of .+)?"
    r"|(?:retired|former|veteran|longtime|long-time) .+|widow(?:er)?|pensioner"
    r"|[\w-]+[ -](?:native|born)(?: .+)?)$",
    re.IGNORECASE,
)
"""Says something of a person's life, and so is rarely anybody who was not introduced before."""
AGENT_ENDING = re.compile(r"(?:er|or|ist|ian|ant|man|woman)$")
VERB_ENDINGS = ("", "s", "es", "ed", "d", "ing")
PERSONAL_DETAIL = re.compile(r"(?:,? (?:aged )?\d{1,3}[,.;]|, (?:who|whose)\b)")
"""After a name: shows that it is a person's."""
SUBJECT_PRONOUN = re.compile(r"(?:He|She)\b")
PRINTED_AGE = re.compile(r",? \(?(?:aged )?(?P<age>\d{1,3})(?=[,.;)]| and\b)")
SAYING = frozenset(("said", "says", "say", "told", "tells", "according"))
SAINTS = frozenset(("St", "Saint"))
VERB_AFTER_NAME = re.compile(r" (?:has|had|was|came|went|took|led|ran|\w{3,}ed)\b")
"""After a name that starts a sentence: shows that it is a person's, if no word in it is common."""
PERSONAL_VERB = re.compile(
    r" (?:came|grew|joined|learned|learnt|lived|lives|married|moved|retired|sat|studied|taught"
    r"|walked|was born|went|worked|works)\b"
)
"""After a name: what only people do."""
BEFORE_OWN_ROLE = frozenset(("and", "as"))
