"""Patterns for the role that a sentence gives a person."""

import re

from bot.languages.en.extraction.capitals import CAPITALISED_WORD
from bot.languages.en.extraction.occupations import DESCRIPTION_CHARACTER, MAX_DESCRIPTION_LENGTH

_HONORIFIC = r"(?:(?:Mrs?|Ms|Dr|Sir|Dame|Lord|Lady|Prof)\.? )?"
_FUNCTION_WORD = (
    r"(?:the|an?|its|his|her|their|that|who|which|to|by|with|and|from|on|in|of|for|at|as)"
)
ROLE_BEFORE_NAME = re.compile(
    rf"(?:^|[\s“(—])(?:(?:[Tt]he|[Aa]n?|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|[\w-]+[’']s?) "
    rf"(?P<role>(?:(?!{_FUNCTION_WORD}\b)[\w’'&-]+ ){{0,4}}(?!{_FUNCTION_WORD}\b)[\w-]+"
    rf"(?: (?:of|for|at|in) (?:(?!who|which|that)[\w’'&.-]+ ?){{1,6}}?)?)"
    rf"(?:, | [–—] |—){_HONORIFIC}$"
)
"""A role before a name, separated by a comma or dash."""
APPOSITION_START = re.compile(r", (?:an?|the|who|whose|\d{1,3})\b|, [\w-]+[’']s ")
TITLE_WITH_AREA = re.compile(
    rf"(?P<role>(?:{CAPITALISED_WORD} ){{0,3}}{CAPITALISED_WORD} (?:of|for) (?:the )?"
    rf"{CAPITALISED_WORD}(?: (?:and )?{CAPITALISED_WORD}){{0,4}}) $"
)
"""A title with its area, before a name: "Secretary of State "."""
HOLDS_ROLE = re.compile(
    r"(?: |, who )(?:is|has been|became|becomes"
    r"|was (?:re-?)?(?:elected|appointed|named|made|sworn in)(?: as)?)"
    rf" (?:now |currently |also )?(?P<role>{DESCRIPTION_CHARACTER}{{3,{MAX_DESCRIPTION_LENGTH}}})"
    r"(?=,|\.(?:\s|$)|;|\n|$)"
)
TIME_PHRASE = re.compile(r" (?:since|until|last|this|in \d|on [A-Z]|after|before|when|while)\b.*$")
NEGATION_WORDS = frozenset(("not", "no", "never", "neither", "nor", "hardly", "nobody"))
