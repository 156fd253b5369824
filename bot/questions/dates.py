"""Find the days that an English question names: "in March 2021", "last week", "since Monday"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bot.languages.table import calendar
from bot.questions.words import Tokens, word_list
from bot.search.language.dates import Days, parse_days

_MAX_DATE_WORDS = 6
_ONE_DAY = timedelta(days=1)
_SIMPLER_PHRASES = [
    (r"\blast night\b", "yesterday"),
    (r"\b(?:tonight|this (?:morning|afternoon|evening))\b", "today"),
    (r"\b(?:earl|lat)(?:y|e|ier|er) (?=this |last |\w+day\b)|'s$", ""),
    (r"(?<=day) (?:morning|afternoon|evening|night)$", ""),
    (r"\b(?:the (?:last|past)|past) (?=(?:week|month|year)$)", "the past 1 "),
]
_PAST = re.compile(r"(?:(?:in|over|during|within) the )?(?:last|past) (\d{1,3} \w+)")
_RELATIVE = re.compile(r"today|yesterday|(?:this|last) \D+|.+ days? ago")
_CLEAR = re.compile(rf"{_RELATIVE.pattern}|.*\D \d{{4}}|.*\d[-/].*")
"""A date that needs no preposition before it."""
_BELONGS_TO_NEXT = re.compile(
    r"about|of|re|regarding|the|on|for|to|and|or|from|since|after|until|before|black|good|usa|\d+"
    r"|(?:day|week|month|year)s?"
)
"""The word before a date that is part of what is asked about: "about March", "a week before"."""


class Period(NamedTuple):
    """The days that a question names, both included; None is no limit. Claims may print the date
    itself, such as "on 3 March", unless it counts from today."""

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

    Its date begins it, ends it or precedes the topic. None without one, or for days to come: what
    "will reopen on Thursday".
    """
    for start in range(len(tokens)):
        before = tokens[:start]
        if before and _BELONGS_TO_NEXT.fullmatch(before[-1]):
            continue
        next_words = word_list("topic_openers") | {"according"}
        if not start:
            next_words = word_list("interrogatives") | {"did", "does"}
        for end in range(min(len(tokens), start + _MAX_DATE_WORDS), start, -1):
            others = (*before, *tokens[end:])
            is_date = next_words.issuperset(tokens[end : end + 1]) and (start or end < len(tokens))
            if is_date and len(others) > 1:
                period = _period(" ".join(tokens[start:end]), today)
                if period and not _looks_ahead(before, period):
                    return period, others
    return None


def _looks_ahead(words_before: Tokens, period: Period) -> bool:
    """Whether a question asks for what comes: "is due on Friday"."""
    opening = next((word for word in words_before if word != "when"), "")
    is_present = period.may_be_printed and opening in ("is", "are", "do", "does")
    is_future = not word_list("words_about_the_future").isdisjoint(words_before)
    return is_present or is_future or opening == "may"


def _period(phrase: str, today: date) -> Period | None:
    for pattern, simpler in _SIMPLER_PHRASES:
        phrase = re.sub(pattern, simpler, phrase)
    if match := _PAST.fullmatch(phrase):
        days = _past_days(f"{match[1]} ago", today)
        return days and Period(days[0], None)
    preposition, _, text = phrase.partition(" ")
    limit = _LIMITS.get(preposition)
    if not (limit or preposition in ("on", "in", "during")):
        text = phrase
        if not (text in calendar.WEEKDAYS or _CLEAR.fullmatch(text)):
            return None
    days = _past_days(text, today)
    is_person = text == "may" and preposition not in ("in", "since", "until", "during")
    if not days or is_person or (preposition == "on" and days[0] < days[1]):
        return None
    period = limit(days) if limit else Period(days[0], min(days[1], today))
    is_to_come = bool(period.after and period.after > today)
    return None if is_to_come else period._replace(may_be_printed=not _RELATIVE.fullmatch(text))


def _past_days(text: str, today: date) -> Days | None:
    text = re.sub(r"^the (?=\d)", "", text).replace(" of ", " ")
    days = None if text.startswith("the ") else parse_days(text, today)  # "the fall"
    is_number = text.isdigit() and int(text) < 1900  # "at 1800"
    return None if not days or days[0] > today or is_number else days
