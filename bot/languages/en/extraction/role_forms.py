"""Patterns for roles and family relations next to a name, and what else shows a role."""

import re

from bot.languages.en.extraction.capitals import FULL_NAME
from bot.languages.lookup import LISTS

ROLE_AFTER_NAME = re.compile(
    rf"({FULL_NAME}),(?: \d{{1,3}},)? ((?:an? |the |former |acting )*[a-z][^,.;:]{{2,70}})"
)
ROLE_BEFORE_NAME = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|\w{1,40}[’']s?) "
    r"((?:[\w’'-]{1,40} ){0,3}(?:[a-z][\w-]{1,40}|[A-Z]{2,4}))"
    r"(?: (?:of|for|at|in) [^,.;:“”\"\n]{1,50})?, "
    rf"({FULL_NAME})(?=[,.;])"
)
PERSON_DETAIL = re.compile(rf"({FULL_NAME}), (?:(?:who|whose|of)\b|(?:aged )?\d{{1,3}}(?=[,.;]))")
DESCRIBED_PERSON = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir)"
    r"(?=(?P<words>(?: [a-z][\w-]*\b(?![-’'])){1,3})(?!,? [A-Z]))"
)
"""Up to three words after which no name stands; one may be a noun for a person."""
_OWNED = r"(?:[Hh]is|[Hh]er|[Tt]heir|[Ww]hose|\w{1,40}[’']s?)(?P<words>(?: [a-z-]{1,20}\b){1,4})"
OWNED_BEFORE_NAME = re.compile(rf"\b{_OWNED},? $")
OWNED_AFTER_NAME = re.compile(rf", {_OWNED}")
"""Whose somebody is next to a name: "his late wife[, Jo Smith]"."""
ROLE_END = re.compile(r"\b(?:of|for|at|in|with|to|from|who|that|on|by)\b")
ABBREVIATED_TITLES = dict(entry.split(":") for entry in LISTS["abbreviated_titles"])
"""Titles before a name, with the words by which the article refers to the person later."""
PARENT_OF = ("mother-of-", "father-of-", "mum-of-", "mom-of-", "dad-of-", "grandmother-of-")
"""Before a name: "Mother-of-two Ida Falk"."""
