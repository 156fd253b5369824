"""Patterns and words of dates and times as printed above a story."""

import re

from bot.languages.en.lexicon.calendar import MONTH_PATTERN, WEEKDAYS
from bot.languages.lookup import LISTS, words_in

_MONTH = rf"(?:{MONTH_PATTERN}|(?:märz|mai|okt|dez)[a-z]*)\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    r"(?<![\w/.])(?:"
    r"\d{4}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?"
    rf"|(?P<day>{_DAY}(?:\.|\s+of)?[\s-])?{_MONTH}"
    rf"(?(day)(?:,?[\s-]\s*\d{{4}})?|\s+(?:{_DAY}(?:,?\s+\d{{4}})?|\d{{4}}))"
    r"|\d{1,2}(?P<other>[./-])\d{1,2}(?P=other)\d{2,4}"
    r")(?![\w/])",
    re.IGNORECASE,
)
UPDATE_WORD = re.compile(r"\b(?:updated|modified|edited|revised)\b", re.IGNORECASE)
_DATE_LINE_WORDS = LISTS["date_line_words"].union(WEEKDAYS)
_TIME = re.compile(r"\d{1,2}(?:h\d\d|[ap]m)?|\d{4}|t?\d{1,2}z?")


def is_date_line(line: str) -> bool:
    """Whether a line only says when a story appeared: "Published 3 May 2026, 10:15 GMT"."""
    words = words_in(DATE.sub(" ", line))
    return all(word in _DATE_LINE_WORDS or _TIME.fullmatch(word) for word in words)
