"""The names of weekdays and months."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january february march april june july august september october november december "
    "jan feb apr jun jul aug sept oct nov dec"
)
MONTHS = frozenset(_MONTHS.split())
"""Without "may", which is usually a verb in lower case."""
_ABBREVIATIONS = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTH_ABBREVIATIONS = tuple(_ABBREVIATIONS.split())
"""The first three letters of each month, in order."""
DAY_WORDS = MONTHS.union(WEEKDAYS, MONTH_ABBREVIATIONS)
"""The names of months and weekdays, in full and abbreviated."""
MONTH_PATTERN = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
"""Matches any month, in full or abbreviated, and words that start as one does."""
WEEKDAY_PATTERN = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
"""Matches any weekday in lower case."""
MONTHS_AND_WEEKDAYS = MONTHS | frozenset(WEEKDAYS)
