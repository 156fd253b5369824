"""The words of English by what they are: pronouns, titles, verbs, negations, months and more."""

from bot.languages.en.lexicon import (
    calendar,
    common_words,
    headlines,
    opposites,
    senses,
    synonyms,
    verbs,
)

__all__ = [
    "calendar",
    "common_words",
    "headlines",
    "opposites",
    "senses",
    "synonyms",
    "verbs",
]
