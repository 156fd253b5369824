"""Patterns for roles before and after a name."""

import re

LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
# Words that point at somebody whom an earlier sentence introduces.
POINTING_START = re.compile(
    r"(?:the|this|that|these|those|both|its|his|her|their|our|my)\s|\w+['’]s?\s"
    r"|(?:s?he|it|they|we|I|who|which|one)$",
    re.IGNORECASE,
)
# Roles that say nothing without whose they are.
OWNED_ROLE = re.compile(
    r"(?:spokes\w+|aide|deputy|advis[eo]r|assistant|representative|chief of staff|brother|sister"
    r"|son|daughter|mother|father|husband|wife|widow|widower)",
    re.IGNORECASE,
)
# Shows that words next to a name are about somebody else: "everybody except Hallas", "an actor
# playing Hallas".
ANOTHER_PERSON = re.compile(
    r"\b(?:except|but|save|besides|other than|rather than|instead of|not|posing|playing|imitating"
    r"|impersonating|pretending|calling (?:him|her)self|named after)\b",
    re.IGNORECASE,
)
# Before a name: shows that the words describe somebody else ("a spokesman for", "critics of").
TRAILING_PREPOSITION = re.compile(
    r"\b(?:for|of|by|to|with|from|against|citing|quoting|nor|and|or|than|like|late|neither|former)$",
    re.IGNORECASE,
)
# "The union official [who]": the relative clause is not part of the role.
TRAILING_RELATIVE_PRONOUN = re.compile(r"\s*\b(?:who|which|whose|that)$", re.IGNORECASE)
# The owner is named in another sentence: "suspended its president".
POSSESSIVE_DETERMINER = re.compile(r"\b(?:its|his|her|their|our|my|your)\b", re.IGNORECASE)
OWNER_PHRASE = re.compile(r"^[^,]*\w(?:['’]s|s['’])\s", re.IGNORECASE)
TITLE_END = re.compile(r"\s(?:of|for|at|in|to|on|with|from)\s")
# After a name: a role, as opposed to an action or an age.
ROLE_DESCRIPTION = re.compile(
    r"(?:who (?:is|was|are|were|chairs|leads|led|heads|runs|owns|represents|analys\w+|speaks for)\b"
    r"|which (?:is|was|owns|runs|speaks for|represents)\b|(?!who\b|which\b|whose\b|that\b|\d)).+",
    re.IGNORECASE | re.DOTALL,
)
# A position in a list is not a role: "a fourth, Una Marsh".
COUNTED_PERSON = re.compile(
    r"(?:(?:a|an|the)\s+)?(?:another|others?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latter|former|last)",
    re.IGNORECASE,
)
COURTESY_TITLE = re.compile(r"(?:mr|mrs|ms|miss|mx|messrs)\.?\s", re.IGNORECASE)
