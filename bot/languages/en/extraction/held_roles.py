"""What a description says of the role that somebody holds."""

from __future__ import annotations

import re

# "Who is the mayor of Norton", "who serves as harbour master"; who was mayor is none any more.
WHO_IS = re.compile(r"who (?:is|serves as|works as|acts as) (?P<role>.+)", re.IGNORECASE)
OVER = re.compile(r"\b(?:until|between \d|(?:from|in) (?:\w+ )?\d{4})\b", re.IGNORECASE)
CLAUSE = re.compile(r"(?<=\w)\s(?:who|which|that|where)\s")
POINTING = re.compile(
    r"^(?:(?:the|an?|its|his|her|their|our|my|another|other|one|is|also|now|then)\s+)+",
    re.IGNORECASE,
)
PAST = re.compile(r"(?:former|ex|retired|late|then)[- ]", re.IGNORECASE)
CUT_SHORT = re.compile(r"\b(?:Mrs?|Ms|Dr|of|for|at|in)$")
RANK = re.compile(r"(?<!\.)\s(?=(?:Gov|Sen|Rep|Gen|Lt|Col|Capt|Sgt|Rev)\.$)")
# What is said of somebody beside what they are: "an economist who …", "the mayor since 2019".
ASIDE = re.compile(r"\s(?:who|whose|which|that|where|when|while|since|until|as)\s.*$", re.DOTALL)
# What a body may be as well, and what somebody is to another only.
OF_BODIES = frozenset((
    *("builder", "buyer", "contractor", "developer", "distributor", "employer", "exporter"),
    *("grower", "importer", "insurer", "investor", "operator", "owner", "printer", "producer"),
    *("promoter", "publisher", "shipbuilder", "shipowner", "subcontractor", "supplier"),
))  # fmt: skip
TO_ANOTHER = frozenset(("opponent", "rival", "supporter"))
JOINED = re.compile(r"\s(?:and|&)\s")
NOUNS_TOO = ("general",)
"""Nouns for somebody that are adjectives as well."""
ARTICLES = ("the ", "a ", "an ")
WHO = "who "
