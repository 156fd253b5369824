"""Words in a speaker's name that do not identify the speaker."""

from bot.languages.en.lexicon.lists import word_set

NAME_PARTICLES = frozenset(("and", "de", "for", "of", "the", "van", "von"))
GENERIC_NOUNS = word_set("insider insiders official officials people person source sources")
