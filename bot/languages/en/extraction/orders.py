"""Orders: what somebody is told to do."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.cue_verbs import forms
from bot.languages.en.lexicon.pronouns import DETERMINERS, FIRST_PERSON, PERSONAL, PLURAL

TELL_FORMS = forms(["tell"])
_PERSONAL = PERSONAL | PLURAL | FIRST_PERSON
_WHO = "|".join(sorted(_PERSONAL))
_WHAT = "|".join(sorted(DETERMINERS | _PERSONAL))
# What somebody is told to do: "them not to leave", but no "to the mayor".
ORDER = re.compile(rf"(?:(?:{_WHO}|you)\s+)?(?:(?:not|never)\s+)?to\s+(?!(?:{_WHAT})\b)[a-z]")
