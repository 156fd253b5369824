"""Patterns for runs of capitalised words, which may be names."""

import re

from bot.languages.en.lexicon.people import TITLES

# Latin, Greek and Cyrillic capitals; Python's re has no class for them.
_CAPITALS = "".join(letter for letter in map(chr, range(0x530)) if letter.isupper())
# Repetitions are bounded, or a text in capitals would take quadratic time.
CAPITALISED_WORD = rf"\b[{_CAPITALS}](?:[\w&-]|[.’'](?=[^\W\d_])){{0,40}}"
FULL_NAME = rf"{CAPITALISED_WORD}\.?(?: (?:[a-z]{{2,3}} ){{0,2}}{CAPITALISED_WORD}\.?){{1,3}}"
_DOTTED_ACRONYM = r"(?:[A-Z]\.){2,}"
_PARTICLES = (
    "de|del|della|van|von|der|den|bin|binti|bint|ibn|al|el|la|le|da|di|do|dos|das|du"
    "|ap|ab|ferch|ter|zu"
)
_PARTICLE = rf"(?:(?:{_PARTICLES}) )"
_ABBREVIATED_TITLE = (
    r"(?:(?:Dr|Mrs?|Ms|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|Const|Cpl|Det|Insp|Supt|Maj|Cmdr"
    r"|Cllr|Smt|Fr|Sr|Br|Msgr|Hon)\.(?= ))"
)
# A possessive ends a run: "The Green Party’s Ida Falk" is two names.
CAPITALISED_RUN = re.compile(
    rf"(?:{_ABBREVIATED_TITLE}|{_DOTTED_ACRONYM}|(?:[A-Z]\. )*{CAPITALISED_WORD})"
    rf"(?:(?<![’']s) {_PARTICLE}{{0,2}}"
    rf"(?:{_ABBREVIATED_TITLE}|{_DOTTED_ACRONYM}|[A-Z]\.(?=\s)|{CAPITALISED_WORD}))*"
)
PARTICLES = frozenset((*_PARTICLES.split("|"), "mac", "ní", "nic", "ó", "uí"))
# The parts of titles with a hyphen: "Then-Mayor", "Mayor-elect".
TITLE_PARTS = TITLES | {"then", "ex", "elect", "designate"}
POSSESSIVE_ENDING = re.compile(r"[’']s?$")
