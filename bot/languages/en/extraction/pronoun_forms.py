"""Words that show what part a name or pronoun plays in its sentence."""

from pathlib import Path

from bot.languages.en.lexicon.lists import load_word_lists

_LISTS = load_word_lists(Path(__file__).with_name("pronoun_forms.yml"))
PREPOSITIONS = _LISTS["prepositions"]
CLAUSE_WORDS = _LISTS["clause_words"]
CONNECTIVES = _LISTS["connectives"]
ADVERBS = _LISTS["adverbs"]
FUNCTION_WORDS = PREPOSITIONS | CLAUSE_WORDS | ADVERBS
