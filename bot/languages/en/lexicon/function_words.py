"""Function words: words that are not part of names, and words that follow a noun."""

import re

from bot.languages.en.lexicon.lists import word_list

NON_NAME_WORDS = word_list("non_name_words")
CONJUNCTION = " and "
"""Joins the names of two joint speakers."""
VAGUE_ADJECTIVES = word_list("vague_adjectives")
POSTMODIFIER = re.compile(
    r"\s(?:of|for|in|at|on|with|from|to|by|who|which|that|whose|familiar|close|involved|speaking|"
    r"briefed|asking|including|near|inside|within|under|over|about|against|working|based)\s"
)
"""The word that starts a modifier after a source's noun: "people [familiar] with …"."""
