"""Words that show what part a name or pronoun plays in its sentence."""

from bot.languages.en.lexicon.lists import word_set

PREPOSITIONS = word_set(
    "about above across after against along amid among around as at before behind below beneath "
    "beside between beyond by despite during except for from in inside into like near of off on "
    "onto opposite over past per since than through to toward towards under unlike until upon "
    "via with within without"
)
CLAUSE_WORDS = word_set(
    "and but or so because although though while when where as since until before after if "
    "unless that who which whom whose whether what why how than , ; : ( — –"
)
CONNECTIVES = word_set("and but because although though while when as if that , ; : —")
ADVERBS = word_set(
    "also then later again still always never often now once just only even already ever first "
    "eventually finally recently soon quickly subsequently initially originally previously"
)
FUNCTION_WORDS = PREPOSITIONS | CLAUSE_WORDS | ADVERBS
