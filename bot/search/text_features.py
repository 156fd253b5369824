"""Detect figures, dates and places in a claim's text. Pure; for English."""

from __future__ import annotations

import re

from bot.languages.table import calendar
from bot.search.tokenized import UNITS

_NUMBER_WORDS = """
twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
millions billion billions dozen dozens half third quarter twice double doubled
"""
_FIGURE_WORDS = frozenset((*UNITS, *_NUMBER_WORDS.split()))
_ONE_OF = re.compile(r"\bone (?:in|of|out of|man|woman|person|day|hour)\b")
_TIME_WORDS = """
january february march april june july august september october november december
today tonight tomorrow yesterday noon midday midnight dawn dusk morning afternoon evening
christmas easter spring summer autumn winter immediately earlier later soon
minute minutes hour hours day days night nights week weeks weekend weekends
fortnight fortnights month months year years decade decades
"""
_DATE_WORDS = frozenset((*calendar.WEEKDAYS, *_TIME_WORDS.split()))
_WITH_DIGITS = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.? \d"
    r"|\bmay \d|\b\d{1,2}(?:st|nd|rd|th)? may\b"
    r"|\b(?:1[6-9]|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b"
)
_IN_WORDS = re.compile(
    r"\b(?:in|by|until|early|late|mid-?|next|last) may\b"
    rf"|\b(?:past|to|until|at|by) (?:one|{'|'.join(UNITS[:11])})\b"
)
_WORDS_IN_DATES = frozenset(("may", "one", *UNITS[:11]))
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Oo]ff|[Oo]utside|[Ii]nside|[Ff]rom|[Tt]o|[Ii]nto|[Oo]nto"
    r"|[Uu]nder|[Bb]eside|[Bb]ehind|[Bb]etween|[Aa]long|[Aa]cross|[Bb]eneath|[Aa]bove|[Tt]hrough)"
    r" (?:(?:the|a|an|its|his|her|their) \w+|[A-Z]\w+)"
)
"""A preposition with a noun or a name, which is a place unless it is a date."""


def has_figure(text: str) -> bool:
    """Whether a text has a number, in digits or words; "one" alone does not count."""
    if _DIGIT.search(text):
        return True
    text = text.lower()
    words = _WORD.findall(text)
    return not _FIGURE_WORDS.isdisjoint(words) or ("one" in words and bool(_ONE_OF.search(text)))


def has_date(text: str) -> bool:
    """Whether a text has a date or time: a day, an hour, a season or a period."""
    text = text.lower()
    words = _WORD.findall(text)
    # Most texts have none of these, and the regular expression takes much longer to tell so.
    may_have_date = not _WORDS_IN_DATES.isdisjoint(words)
    if not _DATE_WORDS.isdisjoint(words) or (may_have_date and _IN_WORDS.search(text)):
        return True
    return bool(_DIGIT.search(text) and _WITH_DIGITS.search(text))


def has_place(text: str) -> bool:
    """Whether a text may say where something is."""
    return any(not has_date(match[0]) for match in _PLACE.finditer(text))
