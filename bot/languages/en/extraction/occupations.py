"""How an article says what somebody is, beside their name."""

from __future__ import annotations

import re
from pathlib import Path

from bot import yaml_files
from bot.languages.en.extraction.capitals import CAPITAL
from bot.languages.en.lexicon.assertions import TIMES
from bot.languages.en.lexicon.bodies import COMPANIES, INSTITUTIONS
from bot.languages.en.lexicon.cue_verbs import VERBS
from bot.languages.en.lexicon.function_words import NOT_NAMES
from bot.languages.en.lexicon.people import HUMANS, KIN
from bot.languages.en.lexicon.pronouns import DETERMINERS, PRONOUNS

LONGEST = 160
"""Characters of a description; what is longer is a sentence rather than one."""
_LISTS: dict[str, str] = yaml_files.read(Path(__file__).with_name("occupations.yml"))
HONORIFICS, UNFINISHED, QUALIFYING, _MORE, _PLAIN, _BODIES, FINITE, ADJECTIVES = (
    frozenset(_LISTS[name].split())
    for name in (
        *("honorifics", "unfinished", "qualifying"),
        *("persons", "plain", "bodies", "finite", "adjectives"),
    )
)
PERSONS = (HUMANS | _MORE) - KIN - HONORIFICS - _PLAIN
"""Nouns for one human being that say what somebody is, not whose relative."""
BODIES = INSTITUTIONS | COMPANIES | _BODIES
HEADING = (
    rf"(?:{'|'.join(_LISTS['leading'].split())}|serve[sd] as|works (?:as|for|at)"
    r"|speciali[sz]es in|is (?:an?|the)|was (?:an?|the))"
)
CHAR = (
    r"(?:(?! --)[^,.;:()\n“”\"—–]|(?<=\b[A-Z])\.|(?<=\b(?:[MDJS]r|Dr|St|Lt))\."
    r"|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Rev))\.)"
)
"""Full stops only after what is shortened."""
_OPENED = r"(?:, (?:aged? )?(?:\d{1,3}, )?| [–—-] ?|—| \()"
AFTER = re.compile(
    rf"{_OPENED}(?P<what>{CHAR}{{3,{LONGEST}}})(?P<end>,|\.(?:\s|$)|;|\)| [–—-]{{1,2}} |—|$)"
)
PLACE_AFTER = re.compile(
    rf", (?:(?:New|North|South|East|West|Northern|Western) )?{CAPITAL}\.?(?=,|\.(?:\s|$))"
)
"""Where the place in "mayor of Norton, Virginia," goes on."""
NAME_AFTER = re.compile(rf",? (?:and )?{CAPITAL} {CAPITAL}")
WHO = re.compile(
    rf"(?:, (?:\d{{1,3}}, )?)(?P<what>who {HEADING} {CHAR}{{3,{LONGEST}}})"
    r"(?=,|\.(?:\s|$)|;)"
)
OF = re.compile(r"\w+ (?:of \w|(?:at|for|to) (?:the |an? |[A-Z]))")
"""After a noun that may be a verb, too: "chair of the council"."""
BEFORE = re.compile(rf"(?:The|An?) (?P<what>{CHAR}{{3,{LONGEST}}}), ")
SINCE = re.compile(r" since [^,]*$")
SHORTENED = re.compile(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,3}\.")
"""What a full stop does not end: "Sen." """
PLACED = re.compile(rf"\b(?:of|in|at|from|for) (?:the )?{CAPITAL}(?: {CAPITAL}){{0,5}}$")
CLAUSE = re.compile(r"\b(?:who|that|which|whose|where|when|while|as)\b")
NO_TITLES = NOT_NAMES | PRONOUNS | DETERMINERS | TIMES | frozenset(_LISTS["outside"].split())
NO_BEGINNING = (NO_TITLES - DETERMINERS) | VERBS
AFTER_NOUN = frozenset(("elect", "designate"))
