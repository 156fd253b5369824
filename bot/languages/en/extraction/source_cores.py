"""Patterns that reduce a source to its core, usually a name, or find the antecedent of "who"."""

import re

from bot.languages.en.extraction.capitals import CAPITALISED_WORD, FULL_NAME
from bot.languages.en.lexicon.people import ANONYMITY_PHRASE

AUTHOR_PHRASE = re.compile(
    r"\b(?:released|issued|published|written|posted|made|commissioned|conducted) by (?P<author>.+)$"
)
# "The 84-page document, by Norton Engineering".
WRITTEN_BY = re.compile(
    r"^(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ ){0,4}"
    r"(?:report|study|document|review|survey|letter|paper|analysis|inquiry|statement|memo),? by"
    rf" (?P<author>(?:the )?{CAPITALISED_WORD}.*)$"
)
# "An official who asked not to be named" is shortened to "an official".
ANONYMITY_CLAUSE = re.compile(
    r"(?<=\w),? (?:who|speaking|talking|asking|requesting)\b"
    rf"(?=.*(?:{ANONYMITY_PHRASE.pattern})).*",
    re.IGNORECASE,
)
LEADING_ROLE = re.compile(
    rf"^(?:the|an?) (?:{CAPITALISED_WORD} (?=[a-z]))?"
    r"(?:(?!(?:of|for|from|in|at|with|by|to) )[a-z][\w-]* ){1,3}(?=[A-Z])"
)
NAME_AT_END = re.compile(rf"({CAPITALISED_WORD}(?: {CAPITALISED_WORD}){{0,4}}),?\s*$")
# "Ron Hill, 24, of Norton, who", "Ron Hill, the head of Norton College, who".
PERSON_AT_END = re.compile(
    rf"({FULL_NAME})(?:(?:, \d{{1,3}})?,? (?:of|from|in) (?:the )?"
    rf"{CAPITALISED_WORD}(?: {CAPITALISED_WORD}){{0,2}}"
    r"|, (?:an?|the) [^,.;:]{2,70}),?\s*$"
)
ORGANISATION_AT_END = re.compile(
    rf"\b(?P<noun>[Tt]he(?: [\w’'-]+){{1,3}}) (?:of|for)(?: the)?"
    rf" (?:{CAPITALISED_WORD}(?:(?: and)? {CAPITALISED_WORD}){{0,4}}"
    r"|[a-z-]+(?: and [a-z-]+)?),?\s*$"
)
PHRASE_AT_END = re.compile(r"\b((?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother)(?: [\w’'-]+){1,4}),\s*$")
SECOND_SOURCE = re.compile(
    r", and (?P<other>(?:(?:the|an?|his|her|their) )?(?:[a-z][\w-]*,? ){0,3}"
    rf"{CAPITALISED_WORD}.*)$"
)
TRAILING_PLACE = re.compile(
    rf" (?:of|from|in|near|at|for) (?:{CAPITALISED_WORD} )*{CAPITALISED_WORD}$"
)
LEADING_BOTH = re.compile(r"^[Bb]oth (?=.* and )")
TRAILING_RELATIVE_PRONOUN = re.compile(r"(?<=\w),? (?:who|which|that)$")
