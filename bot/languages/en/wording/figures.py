"""Patterns for amounts, counts and fractions, and for digits that are not figures."""

import re

from bot.languages.en.lexicon.calendar import MONTH_PATTERN

_NUMBERED_NOUN = (
    r"(?:Article|Section|Chapter|Phase|Group|Level|Page|Room|Berth|Pier|Gate|Runway|Flight|Route"
    r"|Highway|Resolution|Paragraph|Number|No\.?|Covid|Day|Year|Week|Round|Grade)"
)
# Digits that are not figures: dates, times of day, years, numbered things. A search inside words
# takes twice as long, so only months are found there: "GMTNovember 6".
NON_FIGURE = re.compile(
    r"\b(?=\w)(?:"
    r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\b\.?)?(?!\d|\s?%|\s+(?:per|[mb]illion|trillion))"
    r"|\d{1,2}\s?[ap]\.?m\b\.?"
    r"|(?<![\d.,$€£¥])(?:1[5-9]|20)\d{2}s?\b(?!\s?%|,\d|\.\d)(?:[–-]\d{2,4}\b)?"
    rf"|{_NUMBERED_NOUN}\s?-?\d+\b"
    r")|(?:\b\d{1,2}(?:st|nd|rd|th)?(?:\s?[–-]\s?\d{1,2})?(?:\s+of)?\s+)?(?=[adfjmnos])"
    rf"{MONTH_PATTERN}\b\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s?[–-]\s?\d{{1,2}}\b)?)?"
    r"(?:,?\s+\d{4}\b)?",
    re.IGNORECASE,
)
# The words around it tell that a word is a number; where it is none, nothing is lost.
_HOUR = r"(?:1[0-2]|[1-9]|(?!\w+ty\b)[a-z]{3,6})\b"
_AGE = r"(?:\d{1,3}|[a-z]{3,9}(?:-[a-z]+)?)\b"
_SENTENCE_END = r"(?![.,]\d)(?=\s*(?:$|[,.;:!?)”’\"]|(?:and|or|but|when)\b))"
_TIME_AFTER = (
    r"\s+(?:o['’]?clock|every|each|in the (?:morning|afternoon|evening)|at night|on|this|tomorrow"
    r"|today|tonight|yesterday)\b"
)
# "At five every morning", "until 8", "by six o'clock"; "he is 43", "aged nine", "43 years old";
# "three years later" is a relative date.
HOUR_OR_AGE = re.compile(
    r"\b(?=\w)(?:"
    rf"(?:at|by|until|till|from|before|after|around|since)(?:\s+about)?\s+(?:{_HOUR}\s+(?:or|to)"
    rf"\s+)?{_HOUR}{_TIME_AFTER}"
    rf"|(?:at|until|till)\s+{_HOUR}{_SENTENCE_END}"
    rf"|{_HOUR}\s+o['’]?clock\b"
    rf"|(?:aged|age of|turn(?:s|ed|ing)?)\s+{_AGE}(?:\s+(?:and|or|to)\s+{_AGE})?"
    rf"|(?:he|she|I|who)\s+(?:is|was|am)\s+(?:now\s+|only\s+|just\s+)?{_AGE}{_SENTENCE_END}"
    rf"|{_AGE}(?:\s+|-)years?(?:\s+|-)old\b"
    rf"|{_AGE}\s+(?:minute|hour|day|week|month|year|decade)s?\s+(?:ago|later|earlier|before|after)"
    r"\b)",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"(?<![\w.:/-])[$€£¥]?\s?\d[\d,]*(?:\.\d+)?(?![\w:/-]|\.\d)"
    r"|\d\s?(?:%|per\s?cent\b|bn\b|tn\b|m\b|km\b|kg\b)",
    re.IGNORECASE,
)
# In bytes, because digest/figures.py compares encoded text, which is faster.
NUMBER_WORDS = frozenset(
    word.encode()
    for word in (
        *("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        *("hundred", "thousand", "million", "billion", "trillion", "percent"),
        *("dozens", "hundreds", "thousands", "millions", "billions"),
    )
)
FRACTION_WORDS = frozenset(
    (b"half", b"third", b"thirds", b"quarter", b"quarters", b"fifth", b"fifths")
)
# "A third of the grain", but neither "the third justice of" nor "the first half of the year".
FRACTION = re.compile(
    r"(?<!first )(?<!second )(?<!third )(?<!fourth )(?<!last )(?<!other )(?<!better )(?<!the )"
    r"\b(?:(?:half|thirds?|quarters?|fifths?)\s+of|half\s+(?:all|as|its|the|their)"
    r"|half(?:-|\s+a\s+)dozen)\b",
    re.IGNORECASE,
)
