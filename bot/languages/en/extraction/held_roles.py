"""What a description says of the role that somebody holds."""

from __future__ import annotations

import re

# "Who is the mayor of Norton", "who serves as harbour master"; who was mayor is none any more.
ROLE_CLAUSE = re.compile(r"who (?:is|serves as|works as|acts as) (?P<role>.+)", re.IGNORECASE)
ENDED_ROLE = re.compile(r"\b(?:until|between \d|(?:from|in) (?:\w+ )?\d{4})\b", re.IGNORECASE)
RELATIVE_CLAUSE = re.compile(r"(?<=\w)\s(?:who|which|that|where)\s")
LEADING_WORDS = re.compile(
    r"^(?:(?:the|an?|its|his|her|their|our|my|another|other|one|is|also|now|then)\s+)+",
    re.IGNORECASE,
)
FORMER_PREFIX = re.compile(r"(?:former|ex|retired|late|then)[- ]", re.IGNORECASE)
TRUNCATED_ENDING = re.compile(r"\b(?:Mrs?|Ms|Dr|of|for|at|in)$")
SPACE_BEFORE_RANK = re.compile(r"(?<!\.)\s(?=(?:Gov|Sen|Rep|Gen|Lt|Col|Capt|Sgt|Rev)\.$)")
# What is said of somebody beside what they are: "an economist who …", "the mayor since 2019".
TRAILING_CLAUSE = re.compile(
    r"\s(?:who|whose|which|that|where|when|while|since|until|as)\s.*$", re.DOTALL
)
# What a body may be as well, and what somebody is to another only.
BODY_ROLES = frozenset((
    *("builder", "buyer", "contractor", "developer", "distributor", "employer", "exporter"),
    *("grower", "importer", "insurer", "investor", "operator", "owner", "printer", "producer"),
    *("promoter", "publisher", "shipbuilder", "shipowner", "subcontractor", "supplier"),
))  # fmt: skip
RELATIONAL_ROLES = frozenset(("opponent", "rival", "supporter"))
CONJUNCTION = re.compile(r"\s(?:and|&)\s")
ADJECTIVAL_NOUNS = ("general",)
"""Nouns for somebody that are adjectives as well."""
ARTICLES = ("the ", "a ", "an ")
WHO_PREFIX = "who "
