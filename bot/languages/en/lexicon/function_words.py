"""Function words: words that are not part of names, and words that follow a noun."""

from bot.languages.en.lexicon.lists import word_list

NON_NAME_WORDS = word_list("non_name_words")
CONJUNCTION = " and "
"""Joins the names of two joint speakers."""
VAGUE_ADJECTIVES = word_list("vague_adjectives")
POSTMODIFIERS = word_list("postmodifiers")
"""Words that start a modifier after a source's noun: "people [familiar] with …"."""
