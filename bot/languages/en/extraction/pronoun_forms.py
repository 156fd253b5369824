"""Words that show what part a name or pronoun plays in its sentence."""

from bot.languages.en.lexicon.lists import word_list

CLAUSE_WORDS = word_list("clause_words")
FUNCTION_WORDS = word_list("prepositions") | CLAUSE_WORDS | word_list("clause_adverbs")
