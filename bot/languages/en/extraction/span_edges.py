"""Patterns for words at the edges of sources, cues and contents that do not belong to them."""

import re

from bot.languages.en.lexicon.function_words import NON_NAME_WORDS
from bot.languages.en.lexicon.pronouns import PRONOUNS

LEADING_AS = re.compile(r"as(?:\s+saying:?)?\s+(?=\S)")
LEADING_CONJUNCTION = re.compile(r"[\s,;]*(?:and|but|or)\s+(?=\S)")
LEADING_THAT = re.compile(r"that\s+(?=\S)", re.IGNORECASE)
TRAILING_BE = re.compile(
    r"(?:\b(?:is|are|was|were)(?:n[’']t)?|\b(?:been|being|be)|[’']s)"
    r"(?:\s+(?:\w+ly|never|not|also|again|already))*\s*$",
    re.IGNORECASE,
)
TRAILING_BY = re.compile(r"\sby\s*$", re.IGNORECASE)
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}"
    r"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*)"
)
TRAILING_DAY = re.compile(
    rf"(?<!\s),?\s+(?:on\s+|late\s+|early\s+)*{_DAY}(?:,?\s+\d{{4}})?(?:\s+\w+)?\s*,?\s*$"
)
# A phrase that only says when; a cue may end in the middle of it: "said this [week]".
TIME_PHRASE = re.compile(
    rf"\s+(?:(?:earlier|later|late|early)\s+)?(?:(?:on|last|late|early)\s+)*(?:{_DAY}(?:,?\s+\d{{4}})?"
    r"|today|yesterday"
    r"|(?:in\s+the|this|last|that|the\s+same)"
    r"\s+(?:week|month|year|morning|afternoon|evening|night|day|weekend|spring|summer|autumn|winter))\b"
)
FUNCTION_WORDS = NON_NAME_WORDS - PRONOUNS | {"saying"}
QUOTING_VERBS = frozenset(
    ["quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing"]
)
NAME_CHARACTER = r"(?:[^,;:.“”\"]|(?<=\b[A-Z])\.)"
"""A character of a name or description; clause-ending punctuation is excluded."""
QUOTED_SOURCE = re.compile(rf"{NAME_CHARACTER}{{2,90}}?\s+as\s+saying:?\s+(?:that\s+)?(?=\S)")
CITED_SOURCE = re.compile(rf"{NAME_CHARACTER}{{2,90}},\s+(?=(?:[\w’'-]+\s+){{3}})")
TRAILING_CITATION = re.compile(r",\s+(?:citing|quoting)\s[^,.“\"]{2,90}$")
RELATIVE_CLAUSE = re.compile(r"(?P<clause>,\s+which\s(?:is|are)\s[^“”\"]+?)[.!?…]?\s*")
"""The rest of a sentence after a content, if it goes on in the present about its last noun."""
PRESENT_CLAUSE = re.compile(r"(?:that\s+)?(?:[^\W_][\w’'-]*\s+){1,5}(?:is|are)\s")
PERFECT = frozenset(("has", "have"))
OCCASION = re.compile(
    r"(?<=[\w”’\"])\s+(?:after|as(?=\s(?:his|her|their|its|he|she|they)\s))\s+"
    r"(?:[\w’'-]+,?\s+){1,6}(?:\w+ed|gave|fell|lost|took|saw|made|hit|beat)\s[^“”\"]*$"
)
"""A clause about the event on which somebody spoke, at the end of a content."""
SECOND_CUE = re.compile(
    r",?\s+and\s+(?:\w+ly\s+)?(?P<cue>[a-z]+(?:ed|s)|said|thought|felt)\s+"
    r"(?=(?:that|to|he|she|it|they|there|the|this|his|her|its|their)\b)"
)
"""A second verb of the same subject: "said she was sorry[ and hoped] they would return"."""
AGENT_PREPOSITION = "by"
"""The preposition before the speaker of a passive verb: "was said by Roe"."""
_MEANS = (
    r"(?:(?:an?|the)\s)?(?:text(?:\smessage)?|e-?mail|mail|post|letter|(?:tele)?phone|radio|message"
    r"|video|fax|chance|mistake|accident|law)"
)
BY_MEANS = re.compile(rf"\sby\s{_MEANS}$", re.IGNORECASE)
"""The end of a cue that says how somebody was told: "was told[ by email]"."""
BY_SPEAKER = re.compile(
    rf"\s(?P<by>by)\s(?!(?:{_MEANS}|(?:the\s)?(?:time|end)|now|then|next|noon|midnight|\d+|{_DAY})\b)",
    re.IGNORECASE,
)
"""A "by" after a passive verb, unless it only says how or when: "told by email"."""
PASSIVE_ENDINGS = frozenset({"to", "that", "about", "of", "against", AGENT_PREPOSITION})
PASSIVE_ADDRESS = re.compile(
    r"(?:\b(?:is|are|was|were)n[’']t|\b(?:am|is|are|was|were|be|been|being|get|got)|[’'](?:m|re))"
    r"(?: \w+ly| never| not| also| again| already)* "
    r"(?:told|asked|warned|advised|informed|reminded|assured|promised|ordered|urged|instructed)"
    r"(?: of| about| against)?(?: by)?$"
)
"""A passive verb whose subject was spoken to: "she was told"."""
OBJECTLESS = re.compile(
    r"\b(?:told|informed|reminded|assured|notified)\s+(?:that|to|by)\b", re.IGNORECASE
)
"""Verbs that need to say whom, without saying it, are passive: "a diver, told that it leaks"."""
NEXT_CLAUSE = re.compile(r";\s+(?!(?:that|and|but|or|whether|if)\b)")
"""A semicolon after which a sentence tells something of its own."""
PLACE = re.compile(
    r"(?:\w+\s){0,2}?(?P<verb>\w+)\s(?:in|on|at|during|via|through)\s"
    r"(?:an?|the|his|her|its|their|my|our|this)\b"
)
"""Where something was said, at the end of a cue: "wrote on his blog", "said in a letter to"."""
IT_AND_COLON = re.compile(r"\s(?P<it>it|this|that)\s*(?P<colon>:)$")
"""The end of a cue that has its object in it: "denies it:"."""
