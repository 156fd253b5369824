"""Whether a claim holds figures to check: amounts, counts and shares; no dates, hours and ages.

Pure.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_NAMED = (
    r"(?:Article|Section|Chapter|Phase|Group|Level|Page|Room|Berth|Pier|Gate|Runway|Flight|Route"
    r"|Highway|Resolution|Paragraph|Number|No\.?|Covid|Day|Year|Week|Round|Grade)"
)
# What has digits and is no figure: days of a month, times of day, years, what is numbered.
_NO_FIGURE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[–-]\s?\d{{1,2}})?(?:\s+of)?\s+{_MONTH}(?:,?\s+\d{{4}}\b)?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s?[–-]\s?\d{{1,2}}\b)?(?:,?\s+\d{{4}}\b)?"
    r"|\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\b\.?)?(?!\d|\s?%|\s+(?:per|[mb]illion|trillion))"
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|(?<![\d.,$€£¥])\b(?:1[5-9]|20)\d{2}s?\b(?!\s?%|,\d|\.\d)(?:[–-]\d{2,4}\b)?"
    rf"|\b{_NAMED}\s?-?\d+\b",
    re.IGNORECASE,
)
_TO_TWELVE = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOUR = rf"(?:1[0-2]|[1-9]|{_TO_TWELVE})\b"
_AGE = (
    rf"(?:\d{{1,3}}|{_TO_TWELVE}|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)\b"
)
_ENDS = r"(?![.,]\d)(?=\s*(?:$|[,.;:!?)”’\"]|(?:and|or|but|when)\b))"
_TIME_BEHIND = (
    r"\s+(?:o['’]?clock|every|each|in the (?:morning|afternoon|evening)|at night|on|this|tomorrow"
    r"|today|tonight|yesterday)\b"
)
# "At five every morning", "until 8", "by six o'clock"; "he is 43", "aged nine", "43 years old".
_HOUR_OR_AGE = re.compile(
    rf"\b(?:at|by|until|till|from|before|after|around|since)(?:\s+about)?\s+(?:{_HOUR}\s+(?:or|to)"
    rf"\s+)?{_HOUR}{_TIME_BEHIND}"
    rf"|\b(?:at|until|till)\s+{_HOUR}{_ENDS}"
    rf"|\b{_HOUR}\s+o['’]?clock\b"
    rf"|\b(?:aged|age of|turn(?:s|ed|ing)?)\s+{_AGE}(?:\s+(?:and|or|to)\s+{_AGE})?"
    rf"|\b(?:he|she|I|who)\s+(?:is|was|am)\s+(?:now\s+|only\s+|just\s+)?{_AGE}{_ENDS}"
    rf"|\b{_AGE}(?:\s+|-)years?(?:\s+|-)old\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(
    r"(?<![\w.:/-])[$€£¥]?\s?\d[\d,]*(?:\.\d+)?(?![\w:/-]|\.\d)"
    r"|\d\s?(?:%|per\s?cent\b|bn\b|tn\b|m\b|km\b|kg\b)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[a-z]+")
_SPELLED = frozenset(
    (
        *("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        *("hundred", "thousand", "million", "billion", "trillion", "percent"),
        *("dozens", "hundreds", "thousands", "millions", "billions"),
    )
)
_SHARES = frozenset(("half", "third", "thirds", "quarter", "quarters", "fifth", "fifths"))


def has_figures(text: str) -> bool:
    """Tell whether a content gives an amount, a count or a share."""
    text = _HOUR_OR_AGE.sub(" ", text)
    if _DIGIT.search(text) and _FIGURE.search(_NO_FIGURE.sub(" ", text)):
        return True
    words = _LETTERS.findall(text.lower())
    return not _SPELLED.isdisjoint(words) or ("of" in words and not _SHARES.isdisjoint(words))
