"""Find the date in an English question: "in March 2021", "last week", "since Monday"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bot.languages.table import calendar
from bot.questions.tokens import Tokens, is_speech_verb
from bot.questions.words import word_list
from bot.search.language.dates import parse_days
from bot.search.language.periods import Days

_MAX_DATE_WORDS = 8
"""Maximum number of words of a date: "between the 1st and the 3rd of may"."""
_MIN_OTHER_WORDS = 2
_UNIT = "(?:day|week|month|year)s?"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SIMPLER_PHRASES = [
    (re.compile(pattern), simpler)
    for pattern, simpler in (
        (r"\b(?:up (?:to|until)|till)\b", "until"),
        (r"\blast night\b", "yesterday"),
        (r"\b(?:tonight|this (?:morning|afternoon|evening))\b", "today"),
        (r"'s$", ""),
        (r"(?<=\w) (?:morning|afternoon|evening|night)$", ""),
        (r"\b(?:early|earlier|later|so far) (?=this |last )", ""),
        (r"\b(?:(?:a|1) )?fortnight\b", "2 weeks"),
        (r"\b(?:24 )?hours\b", "1 days"),
        (r"\b48 hours\b", "2 days"),
        (rf"\ba (?={_UNIT}\b)", "1 "),
        *((rf"\b{word} (?={_UNIT}\b)", f"{n} ") for n, word in enumerate(_NUMBERS, 1)),
        (r"\b(?:start|beginning|end) of ", ""),
    )
]
"""Patterns of what people type, with what means the same here."""
_PAST_DAYS = re.compile(rf"(?:(?:in|over|during|within) the )?(?:last|past) (\d{{1,3}} {_UNIT})")
_PAST_UNIT = re.compile(rf"(?:(?:in|over|during|within) the (?:last|past)|past) ({_UNIT})")
_RANGE = re.compile(r"(?:between (.+) and|from (.+) to|(\d{4})-(?=\d{4}$)) ?(.+)")
_UNITS_AGO = re.compile(r".+ (week|month|year)s? ago")
_YEAR_AT_END = re.compile(r"\D.* (\d{4})")
_RELATIVE = re.compile(r"today|(?:day before )?yesterday|(?:this|last) \D+|.+ ago")
_CLEAR = re.compile(rf"{_RELATIVE.pattern}|{_YEAR_AT_END.pattern}|.*\d[-/].*|q\d")
"""A date that needs no preposition before it."""
_WORDS_BEFORE_TOPIC = ("about", "of", "re", "regarding", "the", "on", "for")
_PREPOSITIONS = ("on", "in", "during", "over", "at", "throughout")


class Period(NamedTuple):
    """The days that a question names, both included; None is no limit.

    `may_be_printed` says whether claims may have the date in their words: "on 3 March", "on
    Monday", but not "last week" or "before March".
    """

    after: date | None
    before: date | None
    may_be_printed: bool = False


_LIMITS: dict[str, Callable[[Days], Period]] = {
    "since": lambda days: Period(days[0], None),
    "after": lambda days: Period(days[1], None),
    "until": lambda days: Period(None, days[1]),
    "before": lambda days: Period(None, days[0] - timedelta(days=days[0] > date.min)),
}


def split_date(tokens: Tokens, today: date) -> tuple[Period, tuple[str, ...]] | None:
    """Split a question into the days on which what it asks for was published, and its other words.

    Its date begins it, ends it or precedes the topic. Returns None without one, or for days to
    come: what "will reopen on Thursday".
    """
    followers = word_list("topic_openers") | {"according", "from"}
    for start in range(tokens.index("will") if "will" in tokens else len(tokens)):
        if start and _belongs_to(tokens[start - 1], tokens[start]):
            continue
        for end in range(min(len(tokens), start + _MAX_DATE_WORDS), start, -1):
            others = (*tokens[:start], *tokens[end:])
            if not start or end == len(tokens) or tokens[end] in followers:
                period = _period(" ".join(tokens[start:end]), today)
                if period and len(others) >= _MIN_OTHER_WORDS:
                    return period, others
    return None


def _belongs_to(word: str, date_word: str) -> bool:
    """Whether the first word of a date belongs to the word before: "about March 2021", "Black
    Friday", "31 February 2021"."""
    is_name = date_word.removesuffix("'s") in calendar.WEEKDAYS and not is_speech_verb(word)
    return is_name or word in _WORDS_BEFORE_TOPIC or (word.isdigit() and len(word) <= 2)


def _period(phrase: str, today: date) -> Period | None:
    """The days of a phrase such as "since Monday"; None if it is not a date."""
    for pattern, simpler in _SIMPLER_PHRASES:
        phrase = pattern.sub(simpler, phrase)
    if match := _PAST_DAYS.fullmatch(phrase) or _PAST_UNIT.fullmatch(phrase):
        number = "" if match[1][0].isdigit() else "1 "
        days = _past_days(f"{number}{match[1]} ago", today)
        return days and Period(days[0], None)
    if match := _RANGE.fullmatch(phrase):
        return _range(match[1] or match[2] or match[3], match[4], today)
    preposition, _, rest = phrase.partition(" ")
    if preposition in _LIMITS:
        days = _past_days(rest, today)
        return days and _LIMITS[preposition](days)
    text = rest if preposition in _PREPOSITIONS else phrase
    days = _past_days(text, today)
    if days and (match := _UNITS_AGO.fullmatch(text)):
        days = _whole_unit(days[0], match[1])
    if not days or not (text == rest or text in calendar.WEEKDAYS or _CLEAR.fullmatch(text)):
        return None
    is_day = days[0] == days[1]
    if preposition == "on" and not is_day:  # "on May" asks about a person
        return None
    # A newspaper prints on the next day what was said in the afternoon.
    last = min(days[1], today)
    last += timedelta(days=is_day and last < today)
    return Period(days[0], last, may_be_printed=not _RELATIVE.fullmatch(text))


def _range(first: str, last: str, today: date) -> Period | None:
    """The days from a date to another, whose month or year may hold for both."""
    last_days = _past_days(last, today)
    year = _YEAR_AT_END.fullmatch(last)
    first_days = (
        (_past_days(f"{first} {year[1]}", today) if year else None)
        or _past_days(first, today)
        or _past_days(f"{first} {last.partition(' ')[2]}", today)
    )
    if not first_days or not last_days or first_days[0] > last_days[1]:
        return None
    return Period(first_days[0], min(last_days[1], today))


def _whole_unit(day: date, unit: str) -> Days:
    """The week around a day, or its month or year."""
    if unit == "week":
        return max(day, date(1, 1, 4)) - timedelta(days=3), day + timedelta(days=3)
    if unit == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _past_days(text: str, today: date) -> Days | None:
    days = parse_days(text.removeprefix("the ").replace(" of ", " "), today)
    return days if days and days[0] <= today else None
