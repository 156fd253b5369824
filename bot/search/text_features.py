"""Detect figures, dates and places in a claim's text. Pure; for English."""

from __future__ import annotations

import re

from bot.languages.table import calendar
from bot.search.tokenized import UNITS

_NUMBER_WORDS = (
    "twenty thirty forty fifty sixty seventy eighty ninety hundreds? thousands? millions? "
    "billions? dozens? half third quarter twice doubled?"
)
_FIGURE = re.compile(
    rf"\d|\b(?:{'|'.join((*UNITS, *_NUMBER_WORDS.split()))})\b"
    r"|\bone (?:in|of|out of|man|woman|person|day|hour)\b",
    re.IGNORECASE,
)
_MONTHS = "january february march april june july august september october november december"
_TIME_UNITS = "minutes? hours? days? nights? weeks? weekends? fortnights? months? years? decades?"
_TIME_WORDS = (
    "today tonight tomorrow yesterday noon midday midnight dawn dusk morning afternoon evening "
    "christmas easter spring summer autumn winter immediately earlier later soon"
)
_DATE_WORDS = (*_MONTHS.split(), *calendar.WEEKDAYS, *_TIME_WORDS.split(), *_TIME_UNITS.split())
_DATE = re.compile(
    rf"\b(?:{'|'.join(_DATE_WORDS)})\b"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.? \d"
    r"|\bmay \d|\b\d{1,2}(?:st|nd|rd|th)? may\b|\b(?:in|by|until|early|late|mid-?|next|last) may\b"
    r"|\b(?:1[6-9]|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b"
    rf"|\b(?:past|to|until|at|by) (?:one|{'|'.join(UNITS[:11])})\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Oo]ff|[Oo]utside|[Ii]nside|[Ff]rom|[Tt]o|[Ii]nto|[Oo]nto"
    r"|[Uu]nder|[Bb]eside|[Bb]ehind|[Bb]etween|[Aa]long|[Aa]cross|[Bb]eneath|[Aa]bove|[Tt]hrough)"
    r" (?:(?:the|a|an|its|his|her|their) \w+|[A-Z]\w+)"
)
"""A preposition with a noun or a name, which is a place unless it is a date."""


def has_figure(text: str) -> bool:
    """Whether a text has a number, in digits or words; "one" alone does not count."""
    return _FIGURE.search(text) is not None


def has_date(text: str) -> bool:
    """Whether a text has a date or time: a day, an hour, a season or a period."""
    return _DATE.search(text) is not None


def has_place(text: str) -> bool:
    """Whether a text may say where something is."""
    return any(not has_date(match[0]) for match in _PLACE.finditer(text))
