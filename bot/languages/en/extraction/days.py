"""Patterns for days in an article, and for deciding which date and which event they mean."""

import re

from bot.languages.en.lexicon import calendar
from bot.languages.en.lexicon.pronouns import RELATIVE

MONTHS = [month.capitalize() for month in calendar.MONTH_ABBREVIATIONS]
WEEKDAYS = [day.capitalize() for day in calendar.WEEKDAYS]
DAY = re.compile(
    r"\b(?:(?P<first>\d{1,2})(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?P<month>{calendar.MONTH_PATTERN})\.?(?(first)| (?P<second>\d{{1,2}})(?:st|nd|rd|th)?)\b"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|\b(?P<ago>(?i:today|tonight|yesterday|this (?:morning|afternoon|evening)|last night"
    r"|(?:one|two|three|four|five|six) days? ago))\b(?![’'])"
    r"|\b(?P<weekday>[A-Z][a-z]{2,5}day)\b(?![’'])"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORDS_BEFORE_DAY = r"(?:(?:on|the|late|early|earlier)\s+){0,3}"
# The words before a day at the start of a sentence: "On Monday, Roe said",
# "In a letter to the council on Monday, Roe said".
SENTENCE_OPENING = re.compile(
    rf"""[\s“"(]*(?:
      (?:in|at|during)\s(?:an?|the|his|her|its|their)\s(?:[\w-]{{1,30}}\s){{0,3}}
      (?:interviews?|statements?|speech|letters?|conference|briefing|e-?mails?|post|tweet|message
        |address|call|release|memo|testimony|hearing|rally|debate|broadcast|news\sconference)\s
      (?:(?:with|to|for|in|at|from|before)\s[^,;:]{{1,40}}\s)??
      (?:(?:published|released|issued|broadcast|aired|dated|sent|posted)\s)?
     |(?:speaking|talking)\s(?:(?:with|to|in|at|from|before)\s[^,;:]{{1,40}}\s)??
    )?{_WORDS_BEFORE_DAY}""",
    re.IGNORECASE | re.VERBOSE,
)
# The words between a day and its source: "On Monday [morning,] Roe said".
DAY_TO_SOURCE = re.compile(r"\s*(?:morning|afternoon|evening|night)?[\s,]*")
# Words between a cue and a day that make it the day of another event: "said after the vote on".
OTHER_EVENT = re.compile(
    r"[,;:—“”\"]|\b(?:after|before|since|until|till|by|of|about|from|for|over|following|ahead|dated"
    rf"|{'|'.join(sorted(RELATIVE))})\b",
    re.IGNORECASE,
)
# Words that place a day in another week or year, or in the future.
OTHER_PERIOD_BEFORE = re.compile(
    r"\b(?:last|next|previous|following|coming|(?<!this )(?:week|month|year))\W+(?:\w+\W+)?$"
)
OTHER_PERIOD_AFTER = re.compile(
    r",?\s(?:of\s)?(?:last|next|the\s(?:previous|following|same))\s(?:week|year)"
)
FUTURE = re.compile(r"\b(?:will|shall|(?:is|are|due|expected|set|scheduled|going) to)\b")
# By the first word of a phrase: "three days ago", "last night".
DAYS_AGO = {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
DAYS_AGO |= {"yesterday": 1, "last": 1}
# A year that the article treats as the current one: "so far in 2022".
CURRENT_YEAR = re.compile(
    r"\b(?:the (?:end|rest|remainder) of|(?:so far|later) in|this year,) ((?:19|20)\d\d)\b"
)
