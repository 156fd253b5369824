"""Pronouns and determiners."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.lists import listed

PERSONAL = listed("personal")
PLURAL = listed("plural")
NEUTER = listed("neuter")
FIRST_PERSON = listed("first_person")
SECOND_PERSON = listed("second_person")
SPEAKING = FIRST_PERSON | SECOND_PERSON
RELATIVE = listed("relative")
PRONOUNS = PERSONAL | PLURAL | NEUTER | SPEAKING | RELATIVE
ACRONYMS = frozenset({"US", "WHO", "IT"})
"""What lower case would make a pronoun of."""
DETERMINERS = listed("determiners")
THE = "the"
INDEFINITE = ("a", "an")
DEMONSTRATIVE = ("these", "those")
THEY = "they"
OF_MEN, OF_WOMEN = "he", "she"
POSSESSIVES = frozenset({"its", "his", "her", "their"})
"""Of whom only another sentence tells who they are."""
NOBODY = re.compile(r"(?:neither|nobody|no one|none|no(?!\.?\s*\d))\b", re.IGNORECASE)
"""How a source begins that is nobody: "neither of them", "no official"; "No 10" is somebody."""
