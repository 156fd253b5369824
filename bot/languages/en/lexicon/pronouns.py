"""Pronouns and determiners."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.lists import word_list

PERSONAL = word_list("personal")
PLURAL = word_list("plural")
NEUTER = word_list("neuter")
FIRST_PERSON = word_list("first_person")
SECOND_PERSON = word_list("second_person")
FIRST_OR_SECOND_PERSON = FIRST_PERSON | SECOND_PERSON
RELATIVE = word_list("relative")
PRONOUNS = PERSONAL | PLURAL | NEUTER | FIRST_OR_SECOND_PERSON | RELATIVE
PRONOUN_ACRONYMS = frozenset({"US", "WHO", "IT"})
"""What lower case would make a pronoun of."""
DETERMINERS = word_list("determiners")
DEFINITE_ARTICLE = "the"
INDEFINITE_ARTICLES = ("a", "an")
PLURAL_DEMONSTRATIVES = ("these", "those")
THEY = "they"
HE, SHE = "he", "she"
POSSESSIVES = frozenset({"its", "his", "her", "their"})
"""Of whom only another sentence tells who they are."""
NEGATIVE_SUBJECT = re.compile(r"(?:neither|nobody|no one|none|no(?!\.?\s*\d))\b", re.IGNORECASE)
"""How a source begins that is nobody: "neither of them", "no official"; "No 10" is somebody."""
