"""Words and patterns with which a digest selects claims."""

import re

from bot.languages.en.lexicon.cue_verbs import forms
from bot.languages.lookup import LISTS

SPEECH_CUES = forms(LISTS["verbs_before_that"]) | {"according"}
"""Words of cues of speech; the content of other cues may be only a name, which says little on its
own."""
INCOMPLETE_START = re.compile(
    r"\S+ …"
    # Outside quotation marks, "he" is usually the speaker.
    r"|(?:[\"“‘']|'')(?:[Hh](?:e|is)|[Ss]he|[Ii]t|[Tt]hey|[Tt]heir|[Tt]h(?:at|is|ose))\b"
)
"""The start of such a content."""
