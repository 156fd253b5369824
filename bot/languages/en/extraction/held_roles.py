"""Patterns for finding the roles in a person's description."""

import re

# "Who is the mayor of Norton", "who serves as harbour master"; "who was mayor" is excluded.
ROLE_CLAUSE = re.compile(r"who (?:is|serves as|works as|acts as) (?P<role>.+)", re.IGNORECASE)
ENDED_ROLE = re.compile(r"\b(?:until|between \d|(?:from|in) (?:\w+ )?\d{4})\b", re.IGNORECASE)
RELATIVE_CLAUSE = re.compile(r"(?<=\w)\s(?:who|which|that|where)\s")
LEADING_WORDS = re.compile(
    r"^(?:(?:the|an?|its|his|her|their|our|my|another|other|one|is|also|now|then)\s+)+",
    re.IGNORECASE,
)
FORMER_PREFIX = re.compile(r"(?:former|ex|retired|late|then)[- ]", re.IGNORECASE)
TRUNCATED_ENDING = re.compile(r"\b(?:Mrs?|Ms|Dr|of|for|at|in)$")
# "Nominee Gov." is two roles: the title belongs to the name that follows.
SPACE_BEFORE_TITLE = re.compile(r"(?<!\.)\s(?=(?:Gov|Sen|Rep|Gen|Lt|Col|Capt|Sgt|Rev)\.$)")
# A clause that follows a role: "an economist [who …]", "the mayor [since 2019]".
TRAILING_CLAUSE = re.compile(
    r"\s(?:who|whose|which|that|where|when|while|since|until|as)\s.*$", re.DOTALL
)
# Roles that organisations can also hold.
ORGANISATION_ROLES = frozenset((
    *("builder", "buyer", "contractor", "developer", "distributor", "employer", "exporter"),
    *("grower", "importer", "insurer", "investor", "operator", "owner", "printer", "producer"),
    *("promoter", "publisher", "shipbuilder", "shipowner", "subcontractor", "supplier"),
))  # fmt: skip
CONJUNCTION = re.compile(r"\s(?:and|&)\s")
ADJECTIVAL_NOUNS = ("general",)
"""Nouns for people that are also adjectives."""
ARTICLES = ("the ", "a ", "an ")
WHO_PREFIX = "who "
