"""How something was said, by the cue's verb: said, denied, believes, or not said at all."""

from __future__ import annotations

import re

from bot.extract.drafts import Draft, said
from bot.extract.lexicon import NEGATIVE, STANCES, WORD
from bot.model import Stance

BEFORE = 25  # characters before the cue in which "did not" may stand
CLAUSE = re.compile(r"[^,;:.?!\n“”\"]*$")


def stance_of(text: str, draft: Draft) -> tuple[Stance, bool]:
    """Read the stance from the first verb of a cue that has one, and whether it is negated."""
    cue = said(text, draft.cue)
    verbs = [word for word in WORD.finditer(cue) if word[0].lower() in STANCES]
    start = draft.cue[0][0]
    clause = CLAUSE.search(text[max(draft.passage.start, start - BEFORE) : start])
    # Only what stands before the verb negates it: "said without naming anyone" was said.
    spoken = cue[: verbs[-1].end()] if verbs else cue
    negative = NEGATIVE.search((clause[0] if clause else "") + spoken)
    return STANCES[verbs[0][0].lower()] if verbs else "said", negative is not None
