"""What people say that they think."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.pronouns import NEUTER, RELATIVE, SECOND_PERSON

# Where the outer speaker's own words may go on after those of another.
OUTER_SPEAKER_RESUMES = re.compile(r"[,;]?\s+(?:and|but|so)\s+(?:I|we)\b")
NON_SPEAKERS = RELATIVE | SECOND_PERSON | NEUTER
# "I think" that the tagger overlooks, mostly in the midst of a long sentence.
FIRST_PERSON_THOUGHT = re.compile(
    r"\b(?P<who>I|[Ww]e)\s+(?P<cue>(?:(?:do|just|really|still|also|certainly)\s+)?"
    r"(?:think|believe|suspect|hope|fear|doubt|feel|guess|suppose))\s+(?=\w)"
)
CLAUSE_STARTS = frozenset({"to", "that"})
"""What a content begins with that is a clause, however short."""
VERB_ENDINGS = ("s", "ed")
