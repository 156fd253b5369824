"""Patterns for roles and family relations next to a name, and what else shows a role."""

import re

from bot.languages.en.extraction.capitals import CAPITALISED_WORD, FULL_NAME
from bot.languages.en.lexicon.people import HUMAN_NOUNS, KIN_NOUNS

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
    r"\b(?:[Tt]he|[Aa]n?|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z][\w-]* ){0,2}?"
    rf"(?P<role>{'|'.join(sorted(HUMAN_NOUNS))})\b(?![-’']|,? [A-Z])"
)
KIN = rf"(?:{'|'.join(sorted(KIN_NOUNS))})\b"
_KIN = rf"(?:[Hh]is|[Hh]er|[Tt]heir|[Ww]hose|\w{{1,40}}[’']s?) (?:[a-z-]{{1,20}} ){{0,3}}{KIN}"
KIN_BEFORE_NAME = re.compile(rf"\b{_KIN},? $")
KIN_AFTER_NAME = re.compile(rf", {_KIN}")
GIVEN_NAME_OF_KIN = re.compile(
    r"\b(?:(?P<pronoun>[Hh]is|[Hh]er|[Tt]heir)|(?P<owner>[^\W\d_][\w’'-]{0,40}?)[’']s?)"
    r" (?:[a-z-]{1,20} ){0,2}(?P<kin>wife|husband|son|daughter|brother|sister|twin|father|mother"
    rf"|widow|widower),? (?P<given>{CAPITALISED_WORD})(?![\w’'-]| [A-Z])"
)
"""A relative by given name alone: "his wife, Ida"."""
COUPLE = re.compile(rf"\b(?P<given>{CAPITALISED_WORD}) and (?P<full>{FULL_NAME})")
"""Two people with one surname, which is printed once: "Omar and Ida Falk"."""
ROLE_MODIFIERS = frozenset(("deputy", "vice", "assistant", "former", "then", "late", "retired"))
"""Words that change the role after them: a deputy governor is not a governor."""
ROLE_END = re.compile(r"\b(?:of|for|at|in|with|to|from|who|that|on|by)\b")
ABBREVIATED_TITLES = {
    "capt": "captain",
    "col": "colonel",
    "dr": "doctor",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
}
"""Titles before a name, with the words by which the article refers to the person later."""
VERB_AFTER_NAME = re.compile(r" (?:has|had|was|came|went|took|led|ran|\w{3,}ed)\b")
"""After a name that starts a sentence: shows that it is a person's, if no word in it is common."""
PARENT_OF = ("mother-of-", "father-of-", "mum-of-", "mom-of-", "dad-of-", "grandmother-of-")
"""Before a name: "Mother-of-two Ida Falk"."""
AREAS = frozenset(
    (
        "agriculture",
        "culture",
        "defence",
        "education",
        "energy",
        "environment",
        "finance",
        "health",
        "housing",
        "industry",
        "justice",
        "labour",
        "operations",
        "police",
        "sport",
        "state",
        "tourism",
        "trade",
        "transport",
    )
)
"""What a minister or head is one of: "Minister for Transport Ida Falk"."""
ROLE_WITH_AREA = re.compile(
    r"(?:[\w-]+ ){0,3}(?i:archbishop|bishop|chair|chief|commissioner|dean|director|head|inspector"
    r"|justice|leader|mayor|minister|president|professor|secretary|speaker|superintendent)"
    r" (?:of|for) (?:the )?"
    r"(?P<area>(?:[a-z][\w-]* |(?:[A-Z][\w-]* ){1,3}(?:for|of|and) (?:the )?)*)"
    rf"(?P<run>(?:{CAPITALISED_WORD} ){{1,4}}{CAPITALISED_WORD})"
)
"""A role with its area, and the name after it."""
