"""Words that show what part a name or pronoun plays in its sentence."""

from bot.languages.lookup import LISTS

CLAUSE_WORDS = LISTS["clause_words"]
FUNCTION_WORDS = LISTS["prepositions"] | CLAUSE_WORDS | LISTS["clause_adverbs"]
