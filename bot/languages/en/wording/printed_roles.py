"""Patterns for roles before and after a name."""

import re

from bot.languages.en.lexicon.people import KIN_NOUNS
from bot.languages.lookup import LISTS

LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
OWNED_ROLES = KIN_NOUNS | LISTS["owned_roles"] | {"chief of staff"}
"""Roles that say nothing without whose they are."""
# "The union official [who]": the relative clause is not part of the role.
TRAILING_RELATIVE_PRONOUN = re.compile(r"\s*\b(?:who|which|whose|that)$", re.IGNORECASE)
OWNER_PHRASE = re.compile(r"^[^,]*\w(?:['’]s|s['’])\s", re.IGNORECASE)
TITLE_END = re.compile(r"\s(?:of|for|at|in|to|on|with|from)\s")
# After a name: a role, as opposed to an action or an age.
ROLE_DESCRIPTION = re.compile(
    r"(?:who (?:is|was|are|were|chairs|leads|led|heads|runs|owns|represents|analys\w+|speaks for)\b"
    r"|which (?:is|was|owns|runs|speaks for|represents)\b|(?!who\b|which\b|whose\b|that\b|\d)).+",
    re.IGNORECASE | re.DOTALL,
)
