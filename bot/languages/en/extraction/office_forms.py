"""How a sentence says what office somebody holds."""

from __future__ import annotations

import re

from bot.languages.en.extraction.capitals import CAPITAL
from bot.languages.en.extraction.occupations import CHAR, LONGEST

_POLITE = r"(?:(?:Mrs?|Ms|Dr|Sir|Dame|Lord|Lady|Prof)\.? )?"
_INSIDE = r"(?:the|an?|its|his|her|their|that|who|which|to|by|with|and|from|on|in|of|for|at|as)"
WITHIN = re.compile(
    rf"(?:^|[\s“(—])(?:(?:[Tt]he|[Aa]n?|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|[\w-]+[’']s?) "
    rf"(?P<what>(?:(?!{_INSIDE}\b)[\w’'&-]+ ){{0,4}}(?!{_INSIDE}\b)[\w-]+"
    rf"(?: (?:of|for|at|in) (?:(?!who|which|that)[\w’'&.-]+ ?){{1,6}}?)?)"
    rf"(?:, | [–—] |—){_POLITE}$"
)
"""A role before a name that commas part from it."""
DESCRIBED = re.compile(r", (?:an?|the|who|whose|\d{1,3})\b|, [\w-]+[’']s ")
PLACED = re.compile(
    rf"(?P<what>(?:{CAPITAL} ){{0,3}}{CAPITAL} (?:of|for) (?:the )?"
    rf"{CAPITAL}(?: (?:and )?{CAPITAL}){{0,4}}) $"
)
"""A title with what it is of, before a name: "Secretary of State "."""
IS = re.compile(
    r"(?: |, who )(?:is|has been|became|becomes"
    r"|was (?:re-?)?(?:elected|appointed|named|made|sworn in)(?: as)?)"
    rf" (?:now |currently |also )?(?P<what>{CHAR}{{3,{LONGEST}}})(?=,|\.(?:\s|$)|;|\n|$)"
)
TIME = re.compile(r" (?:since|until|last|this|in \d|on [A-Z]|after|before|when|while)\b.*$")
NEGATING = frozenset(("not", "no", "never", "neither", "nor", "hardly", "nobody"))
