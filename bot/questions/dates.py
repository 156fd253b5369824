"""Find the date in an English question: "in March 2021", "last week", "since Monday"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bot.languages.table import calendar
from bot.questions.tokens import INTERROGATIVES, Tokens
from bot.questions.words import phrase_list, word_list
from bot.search.language.dates import MONTHS, parse_days
from bot.search.language.periods import Days

_MAX_DATE_WORDS = 8
"""Maximum number of words of a date: "between the 1st and the 3rd of may"."""
_MIN_OTHER_WORDS = 2
_FIRST_YEAR = 1900
"""Numbers below are amounts or clock times: "at 1800"."""
_ONE_DAY = timedelta(days=1)

_UNIT = "(?:day|week|month|year)s?"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# In this order: a later pattern may match what an earlier one has written.
_SIMPLER_PHRASES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"\b(?:the )?day before yesterday\b"), "2 days ago"),
    (re.compile(r"\b(?:up (?:to|until)|till)\b"), "until"),
    (re.compile(r"\blast night\b"), "yesterday"),
    (re.compile(r"\b(?:tonight|this (?:morning|afternoon|evening))\b"), "today"),
    (re.compile(r"'s$"), ""),
    (re.compile(r"(?<=\w) (?:morning|afternoon|evening|night)$"), ""),
    (re.compile(r"\b(?:early|earlier|late|later|so far) (?=this |last |\w+day\b)"), ""),
    (re.compile(r"\b(?:back|ever) (?=in |since )"), ""),
    (re.compile(r"\bthis past\b"), "past"),
    (re.compile(r"\b(?:(?:a|1) )?fortnight\b"), "2 weeks"),
    (re.compile(r"\b(\d{1,3}) hours\b"), lambda match: f"{-(-int(match[1]) // 24)} days"),
    (re.compile(rf"\ba (?={_UNIT}\b)"), "1 "),
    *((re.compile(rf"\b{word} (?={_UNIT}\b)"), f"{n} ") for n, word in enumerate(_NUMBERS, 1)),
]
"""Patterns of what people type, with what means the same here."""

_PAST_DAYS = re.compile(rf"(?:(?:in|over|during|within) the )?(?:last|past) (\d{{1,3}} {_UNIT})")
_PAST_UNIT = re.compile(rf"(?:(?:in|over|during|within) the (?:last|past)|past) ({_UNIT})")
_RANGE = re.compile(r"(?:between (.+) and|from (.+) (?:to|until)) (.+)")
_YEARS = re.compile(r"(?:in )?(\d{4})[-–](\d{4})")
_FISCAL_YEAR = re.compile(r"\d{2}(\d{2})[-/](\d{2})")
_UNITS_AGO = re.compile(r".+ (week|month|year)s? ago")
_YEAR_AT_END = re.compile(r".*\D (\d{4})")
_RELATIVE = re.compile(r"today|yesterday|(?:this|last) \D+|.+ ago")
_SURELY_PAST = re.compile(r"\b(?:yesterday|last|past|ago)\b")
_CLEAR = re.compile(rf"{_RELATIVE.pattern}|{_YEAR_AT_END.pattern}|.*\d[-/].*|q\d")
"""A date that needs no preposition before it."""
_ARTICLE = re.compile(r"the (?=\d|weekend|noughties|spring|summer|autumn|winter|first |second )")
_SEASONAL = re.compile(r"weekend|spring|summer|autumn|winter")
_PREPOSITIONS = ("on", "in", "during", "throughout", "over", "at")
_PRESENT_AUXILIARIES = ("is", "are", "do", "does")
_WORDS_BEFORE_OTHER_DATES = ("about", "of", "re", "regarding", "the", "on", "for")
_WORDS_IN_RANGES = ("to", "and", "or", "from", "between")


class Period(NamedTuple):
    """The days that a question names, both included; None is no limit.

    `may_be_printed` says whether claims may have the date in their words: "on 3 March", "on
    Monday", but not "last week".
    """

    after: date | None
    before: date | None
    may_be_printed: bool = False


_LIMITS: dict[str, Callable[[Days], Period]] = {
    "since": lambda days: Period(days[0], None),
    "after": lambda days: Period(days[1] + _ONE_DAY * (days[0] < days[1]), None),
    "until": lambda days: Period(None, days[1]),
    "before": lambda days: Period(None, days[0] - _ONE_DAY * (days[0] > date.min)),
}


def split_date(tokens: Tokens, today: date) -> tuple[Period, tuple[str, ...]] | None:
    """Split a question into the days on which what it asks for was published, and its other words.

    Its date begins it, ends it or precedes the topic. Returns None without one, or for days to
    come: what "will reopen on Thursday".
    """
    last = tokens.index("according") if "according" in tokens else len(tokens)
    for start in range(last):
        if start and _belongs_to(tokens[start - 1], tokens[start]):
            continue
        for end in range(min(last, start + _MAX_DATE_WORDS), start, -1):
            others = (*tokens[:start], *tokens[end:])
            if len(others) < _MIN_OTHER_WORDS or not _may_be_date(tokens, start, end):
                continue
            phrase = " ".join(tokens[start:end])
            period = _period(phrase, today)
            if period and not _looks_ahead(tokens[:start], phrase, period):
                return period, others
    return None


def _belongs_to(word: str, date_word: str) -> bool:
    """Whether the first word of a date belongs to the word before."""
    if word.isdigit() and date_word in MONTHS:  # "31 February 2021"
        return True
    if re.fullmatch(_UNIT, word) and date_word in _LIMITS:  # "a week before March"
        return True
    # "About March 2021", "to March 2021", "after this week"
    return word in (*_WORDS_BEFORE_OTHER_DATES, *_WORDS_IN_RANGES, *_LIMITS)


def _may_be_date(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a date may stand at these words, and they do not end a name such as USA Today."""
    if not start:
        return end < len(tokens) and tokens[end] in INTERROGATIVES | {"did", "does"}
    if end < len(tokens) and tokens[end] not in word_list("topic_openers") | {"according", "from"}:
        return False
    return not any(
        tuple(tokens[end - len(name) : end]) == name for name in phrase_list("names_with_dates")
    )


def _looks_ahead(words_before: Tokens, phrase: str, period: Period) -> bool:
    """Whether a question asks for what comes: "is due on Friday", "when do schools reopen in
    May"."""
    if _SURELY_PAST.search(phrase):
        return False
    if not word_list("words_about_the_future").isdisjoint(words_before):
        return True
    opening = next((word for word in words_before if word != "when"), "")
    return opening == "may" or (period.may_be_printed and opening in _PRESENT_AUXILIARIES)


def _period(phrase: str, today: date) -> Period | None:
    """The days of a phrase such as "since Monday"; None if it is not a date."""
    for pattern, simpler in _SIMPLER_PHRASES:
        phrase = pattern.sub(simpler, phrase)
    if match := _PAST_DAYS.fullmatch(phrase) or _PAST_UNIT.fullmatch(phrase):
        number = "" if match[1][0].isdigit() else "1 "
        days = _past_days(f"{number}{match[1]} ago", today)
        return days and Period(days[0], None)
    if match := _YEARS.fullmatch(phrase):
        return _range(match[1], match[2], today)
    if match := _RANGE.fullmatch(phrase):
        return _range(match[1] or match[2], match[3], today)
    preposition, _, rest = phrase.partition(" ")
    if preposition in _LIMITS:
        return _limit(preposition, rest, today)
    has_preposition = preposition in _PREPOSITIONS
    text = rest if has_preposition else phrase
    if not (has_preposition or text in calendar.WEEKDAYS or _CLEAR.fullmatch(text)):
        return None
    if preposition in ("over", "at") and not _SEASONAL.search(text):  # over 2000, at 1800
        return None
    days = _past_days(text, today)
    if not days or (preposition == "on" and days[0] < days[1]):  # "on May" asks about a person
        return None
    if match := _UNITS_AGO.fullmatch(text):
        days = _whole_unit(days[0], match[1])
    may_be_printed = not _RELATIVE.fullmatch(text)
    return Period(days[0], min(days[1], today), may_be_printed=may_be_printed)


def _limit(preposition: str, text: str, today: date) -> Period | None:
    days = _past_days(text, today)
    is_person = text == "may" and preposition in ("before", "after")
    if not days or is_person:
        return None
    limit = _LIMITS[preposition](days)
    if limit.after and limit.after > today:
        return None
    return limit._replace(may_be_printed=not _RELATIVE.fullmatch(text))


def _range(first: str, last: str, today: date) -> Period | None:
    """The days from a date to another, whose month or year may hold for both."""
    last_days = _past_days(last, today)
    if not last_days:
        return None
    year = last_days[1].year
    texts = [first, f"{first} {last.partition(' ')[2]}"]
    if not _YEAR_AT_END.fullmatch(first):
        texts = [f"{first} {year}", f"{first} {year - 1}", *texts]
    for text in texts:
        first_days = _past_days(text, today)
        if first_days and first_days[0] < last_days[1]:
            return Period(first_days[0], min(last_days[1], today), may_be_printed=True)
    return None


def _whole_unit(day: date, unit: str) -> Days:
    """The week around a day, or its month or year."""
    if unit == "week":
        monday = day - timedelta(days=min(day.weekday(), (day - date.min).days))
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _past_days(text: str, today: date) -> Days | None:
    """The days of a date that has begun."""
    text = _ARTICLE.sub("", text, count=1)
    fiscal = _FISCAL_YEAR.fullmatch(text)
    if text.startswith("the "):  # the march, the fall
        return None
    if fiscal and int(fiscal[2]) == (int(fiscal[1]) + 1) % 100:
        return None
    days = parse_days(text.replace(" of ", " "), today)
    if not days or days[0] > today or (text.isdigit() and int(text) < _FIRST_YEAR):
        return None
    return days
