"""The names of weekdays and months, as data."""

from __future__ import annotations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january february march april june july august september october november december "
    "jan feb apr jun jul aug sept oct nov dec"
)
MONTHS = frozenset(_MONTHS.split())
MONTH_ABBREVIATIONS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
"""The first three letters of each, in order."""
MONTH_PATTERN = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
"""Any month, whole or shortened, as a pattern."""
WEEKDAY_PATTERN = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""Any weekday as a pattern, in small letters."""
MONTHS_AND_WEEKDAYS = MONTHS | frozenset(WEEKDAYS)
