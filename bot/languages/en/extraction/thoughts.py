"""Patterns for people saying what they think."""

import re

from bot.languages.en.lexicon.pronouns import NEUTER, RELATIVE, SECOND_PERSON

# Where the outer speaker may continue after quoting somebody else.
OUTER_SPEAKER_RESUMES = re.compile(r"[,;]?\s+(?:and|but|so)\s+(?:I|we)\b")
NON_SPEAKERS = (RELATIVE - {"who"}) | SECOND_PERSON | NEUTER
# "I think" clauses that the tagger misses, mostly in the middle of a long sentence.
FIRST_PERSON_THOUGHT = re.compile(
    r"\b(?P<who>I|[Ww]e)\s+(?P<cue>(?:(?:do|just|really|still|also|certainly)\s+)?"
    r"(?:think|believe|suspect|hope|fear|doubt|feel|guess|suppose))\s+(?=\w)"
)
CLAUSE_STARTS = frozenset({"to", "that"})
"""First words that make even a short content a clause."""
VERB_ENDINGS = ("s", "ed")
