"""Patterns for orders: contents that say what the addressee should do."""

import re

from bot.languages.en.lexicon.cue_verbs import forms
from bot.languages.en.lexicon.pronouns import DETERMINERS, FIRST_PERSON, PERSONAL, PLURAL

TELL_FORMS = forms(["tell"])
_PERSONAL = PERSONAL | PLURAL | FIRST_PERSON
_PERSON = "|".join(sorted(_PERSONAL))
_DETERMINER = "|".join(sorted(DETERMINERS | _PERSONAL))
# "Them not to leave", but not "to the mayor".
ORDER = re.compile(
    rf"(?:(?:{_PERSON}|you)\s+)?(?:(?:not|never)\s+)?to\s+(?!(?:{_DETERMINER})\b)[a-z]"
)
