"""Runs of capitalised words, which may be names."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.people import TITLES

# The capitals of Latin, Greek and Cyrillic; Python's re has no class for them.
_UPPER = "".join(letter for letter in map(chr, range(0x530)) if letter.isupper())
# Repetitions are bounded: a text all in capitals must not cost the square of its length.
CAPITAL = rf"\b[{_UPPER}](?:[\w&-]|[.’'](?=[^\W\d_])){{0,40}}"
NAME = rf"{CAPITAL}\.?(?: (?:[a-z]{{2,3}} ){{0,2}}{CAPITAL}\.?){{1,3}}"
ACRONYM = r"(?:[A-Z]\.){2,}"
_PARTICLES = "de|del|della|van|von|der|den|bin|ibn|al|el|la|le|da|di|dos|du"
PARTICLE = rf"(?:(?:{_PARTICLES}) )"
SHORTENED = r"(?:(?:Dr|Mrs?|Ms|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev)\.(?= ))"
# A possessive ends a run: in "The Green Party’s Ida Falk" there are two names.
RUN = re.compile(
    rf"(?:{SHORTENED}|{ACRONYM}|(?:[A-Z]\. )*{CAPITAL})"
    rf"(?:(?<![’']s) {PARTICLE}{{0,2}}(?:{SHORTENED}|{ACRONYM}|[A-Z]\.(?=\s)|{CAPITAL}))*"
)
PARTICLES = frozenset(_PARTICLES.split("|"))
TITLE_PARTS = TITLES | {"then", "ex", "elect", "designate"}
POSSESSIVE = re.compile(r"[’']s?$")
