"""Function words: words that are not part of names, and words that follow a noun."""

from bot.languages.lookup import LISTS

NON_NAME_WORDS = LISTS["non_name_words"]
CONJUNCTION = " and "
"""Joins the names of two joint speakers."""
