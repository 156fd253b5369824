"""Patterns for dates and times as printed above a story."""

import re

from bot.languages.en.lexicon.calendar import MONTH_PATTERN

_MONTH = rf"(?:{MONTH_PATTERN.lower()}|januar|februar|märz|mai|ju[nl]i|oktober|dezember)\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    r"(?<![\w/.])(?:"
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?"
    rf"|{_DAY}(?:\.|\s+of)?[\s-]{_MONTH}(?:,?[\s-]\s*\d{{4}})?"
    rf"|{_MONTH}\s+(?:{_DAY}(?:,?\s+\d{{4}})?|\d{{4}})"
    r"|\d{1,2}([./-])\d{1,2}\2\d{2,4}"
    r")(?![\w/])",
    re.IGNORECASE,
)
_ZONE = r"(?:gmt|utc|bst|[ce]es?t|a[ce][ds]t|uhr|[cemp][ds]?t|local time|hrs?|hours)\b"
UPDATE_WORD = re.compile(r"\b(?:updated|modified|edited|revised)\b", re.IGNORECASE)
# Anything else that a date line may contain, including "GMT+1" and "3 min read".
DATE_LINE_FILLER = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|(?:first|last|originally|date|dated|published|posted|updated|modified|edited|revised|issued"
    r"|filed|created|released|sent|on|at|the|of)\b"
    r"|\d{1,2}(?:[:.h]\d{2}){1,2}\b|\d{1,2}(?=\s*[ap]\.?m\b)|\d{4}(?=\s*(?:gmt|utc|hrs?|hours)\b)"
    r"|[ap]\.?m\b\.?|noon\b|midnight\b|"
    + _ZONE
    + r"|[+-]\d{1,2}(?::?\d{2})?\b|\d+[ -]min(?:ute)?s?(?: read)?\b|[\s,;:|•·/()\[\]–—-]+",
    re.IGNORECASE,
)
