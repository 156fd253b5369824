"""Words that belong to no name, and what follows a noun."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.lists import word_list

NON_NAME_WORDS = word_list("not_names")
CONJUNCTION = " and "
"""What joins two who speak together."""
VAGUE_ADJECTIVES = word_list("vague")
POSTMODIFIER = re.compile(
    r"\s(?:of|for|in|at|on|with|from|to|by|who|which|that|whose|familiar|close|involved|speaking|"
    r"briefed|asking|including|near|inside|within|under|over|about|against|working|based)\s"
)
"""What follows the noun that a source is named by: "people familiar with …"."""
