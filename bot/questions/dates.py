"""Find the date in an English question: "in March 2021", "last week", "since Monday"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bot.languages.table import calendar
from bot.questions.tokens import Tokens
from bot.questions.words import word_list
from bot.search.language.dates import Days, parse_days

_MAX_DATE_WORDS = 7
"""Maximum number of words of a date: "on the 3rd of march 2021", "in the last 3 weeks"."""
_MIN_OTHER_WORDS = 2
_PAST_DAYS = re.compile(r"(?:in|over|during|within) the (?:last|past) (?:(\d{1,3}) )?([a-z]+?)s?")
_TIME_OF_DAY = re.compile(r" (?:morning|afternoon|evening|night)")
_RELATIVE = re.compile(r"today|yesterday|(?:this|last) \w+|(?:\d+|an?) \w+ ago")
_PARTS_OF_DAYS = {
    "last night": "yesterday",
    "tonight": "today",
    "this morning": "today",
    "this afternoon": "today",
    "this evening": "today",
}


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

    Its date ends the question or precedes the topic. Returns None without one, or for days to come:
    what "will reopen on Thursday".
    """
    followers = word_list("topic_openers") | {"according"}
    for start in range(1, tokens.index("will") if "will" in tokens else len(tokens)):
        for end in range(min(len(tokens), start + _MAX_DATE_WORDS), start, -1):
            others = (*tokens[:start], *tokens[end:])
            is_at_end = end == len(tokens) or tokens[end] in followers
            period = _period(" ".join(tokens[start:end]), today) if is_at_end else None
            if period and len(others) >= _MIN_OTHER_WORDS:
                return period, others
    return None


def _period(phrase: str, today: date) -> Period | None:
    """The days of a phrase such as "since Monday"; None if it is not a date."""
    if match := _PAST_DAYS.fullmatch(phrase):
        days = _past_days(f"{match[1] or 1} {match[2]}s ago", today)
        return days and Period(days[0], None)
    preposition, _, rest = phrase.partition(" ")
    if preposition in _LIMITS:
        days = _past_days(rest, today)
        return days and _LIMITS[preposition](days)
    has_preposition = preposition in ("on", "in", "during")
    text = rest if has_preposition else phrase
    is_relative = _is_relative(text)
    days = _past_days(text, today)
    if not days or not (has_preposition or is_relative or text in calendar.WEEKDAYS):
        return None
    is_day = days[0] == days[1]
    if preposition == "on" and not is_day:  # "on May" asks about a person
        return None
    # A newspaper prints on the next day what was said in the afternoon.
    last = min(days[1], today)
    last += timedelta(days=is_day and last < today)
    return Period(days[0], last, may_be_printed=not is_relative)


def _past_days(text: str, today: date) -> Days | None:
    text = _TIME_OF_DAY.sub("", _PARTS_OF_DAYS.get(text, text))
    days = parse_days(text.removeprefix("the ").replace(" of ", " "), today)
    return days if days and days[0] <= today else None


def _is_relative(phrase: str) -> bool:
    """Whether a phrase is a date that counts from today: "yesterday", "last week"."""
    phrase = _TIME_OF_DAY.sub("", _PARTS_OF_DAYS.get(phrase, phrase))
    return bool(_RELATIVE.fullmatch(phrase))
