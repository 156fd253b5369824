"""Page furniture around an article, from furniture.yml."""

import re

from bot.languages.lookup import LISTS

STARTS = tuple(LISTS["furniture_starts"])
LABEL_END = re.compile(r"(?<=\S)[:/]")
"""After a label, at the start of a line: "Photo: Norton Echo"."""
CREDIT = re.compile(
    r"^\W*©|\((?:photo|image|picture|credit)[^()]*\)\s*$"
    r"|/(?:getty|afp|ap|reuters)(?: images)?\s*$",
    re.IGNORECASE,
)
REPORTED_SPEECH = re.compile(r"\b(?:said|told|wrote)\b(?!\s+to\b)", re.IGNORECASE)
"""A line with such a verb is text even without a full stop; "told to leave" reports no speech."""
