"""Pronouns and determiners."""

import re

from bot.languages.lookup import LISTS

PERSONAL = LISTS["personal"]
PLURAL = LISTS["plural"]
NEUTER = LISTS["neuter"]
FIRST_PERSON = LISTS["first_person"]
FIRST_OR_SECOND_PERSON = FIRST_PERSON | LISTS["second_person"]
RELATIVE = LISTS["relative"]
PRONOUNS = PERSONAL | PLURAL | NEUTER | FIRST_OR_SECOND_PERSON | RELATIVE
PRONOUN_ACRONYMS = frozenset({"US", "WHO", "IT"})
"""Acronyms that would be pronouns in lower case."""
DETERMINERS = LISTS["determiners"]
DEFINITE_DETERMINERS = LISTS["definite_determiners"]
DEFINITE_ARTICLE = "the"
INDEFINITE_ARTICLES = ("a", "an")
PLURAL_DEMONSTRATIVES = ("these", "those")
HE, SHE = "he", "she"
NEGATIVE_SUBJECT = re.compile(r"(?:neither|nobody|no one|none|no(?!\.?\s*\d))\b", re.IGNORECASE)
"""The start of a source that refers to nobody: "neither of them", "no official", not "No 10"."""
