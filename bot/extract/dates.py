"""The day on which something was said, where the sentence gives one and there is no doubt.

"On 14 December 2022" speaks for itself. Without a year it is the last such day up to the day of
publication; in an undated article it is a guess, made only where the article tells its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.extract.drafts import Draft, sentence_at
from bot.extract.lexicon import RELATIVE, words
from bot.model import Article, Span

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH = r"(?P<month{0}>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}})\.?"
DAY = re.compile(
    rf"\b(?:{_MONTH.format(1)} (?P<day1>\d{{1,2}})|(?P<day2>\d{{1,2}}) {_MONTH.format(2)})\b"
    r"(?:,? (?P<year>(?:19|20)\d\d)\b)?"
    rf"|\b(?<!last )(?<!next )(?<!previous )(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

REACH = 400  # characters of the sentence on either side of the cue
BEHIND = 60  # characters between a cue and its day: "told reporters in the capital on"
OPENING = re.compile(r"[\s“\"(]*(?:(?:on|late|early)\s+){0,3}", re.IGNORECASE)
UNTIL_SOURCE = re.compile(r"\s*(?:morning|afternoon|evening|night)?[\s,]*")
# Between a cue and a day, what makes it the day of something else: "said after the vote on".
ELSE = re.compile(
    r"[,;:—“”\"]|\b(?:after|before|since|until|till|by|of|about|from|for|over|following|ahead|dated"
    rf"|{'|'.join(sorted(RELATIVE))})\b",
    re.IGNORECASE,
)
# How a year is printed that has not ended yet.
RUNNING = re.compile(
    r"\b(?:the (?:end|rest|remainder) of|(?:so far|later) in|this year,) ((?:19|20)\d\d)\b"
)


class _Clause(NamedTuple):
    """The sentence of a cue, sources blanked and content as semicolons, and what is in it."""

    text: str
    source: Span | None
    cue: Span


def said_on(article: Article, draft: Draft) -> tuple[date | None, bool]:
    """Read the day from the cue's own clause; True marks a guess.

    None where there is no day or more than one, or where it may belong to something else.
    """
    clause = _clause(article.text, draft)
    found = [day for day in DAY.finditer(clause.text) if _belongs(day, clause)]
    if len(found) != 1:
        return None, False
    day, published_on = found[0], article.published_on
    if day["weekday"]:
        return _weekday(day["weekday"], published_on), False
    if day["year"]:
        return next(_days(day, [int(day["year"])]), None), False
    if published_on:
        years = [published_on.year, published_on.year - 1]
        return next((on for on in _days(day, years) if on <= published_on), None), False
    guess = next(_days(day, _running_year(article.text)), None)
    return guess, guess is not None


@lru_cache(maxsize=8)
def _running_year(text: str) -> list[int]:
    """Give the latest year that an article prints, if it prints it as one that has not ended."""
    latest = max(YEAR.findall(text), default=None)
    return [int(latest)] if latest and latest in RUNNING.findall(text) else []


def _clause(text: str, draft: Draft) -> _Clause:
    cue = draft.cue[0][0], draft.cue[-1][1]
    first, last = sentence_at(text, draft.passage, cue[0])
    start, end = max(first, cue[0] - REACH), min(max(last, cue[1]), cue[1] + REACH)
    letters = list(text[start:end])
    for spans, blank in ((draft.source, " "), (draft.content, ";")):
        for left, right in spans:
            for at in range(max(left, start), min(right, end)):
                letters[at - start] = blank
    if start > first:
        letters[0] = ";"  # cut off before, and no opening of a sentence
    inside = [span for span in draft.source if start <= span[0] and span[1] <= end]
    source = (inside[0][0] - start, inside[-1][1] - start) if inside else None
    return _Clause("".join(letters), source, (cue[0] - start, cue[1] - start))


def _belongs(day: re.Match[str], clause: _Clause) -> bool:
    """Tell whether a day is the cue's: behind it, behind its source, or opening the sentence."""
    text, source, cue = clause
    if day.start() >= cue[1]:
        return day.start() - cue[1] <= BEHIND and not ELSE.search(text, cue[0], day.start())
    if source is None or day.end() > cue[0]:
        return False
    if source[1] <= day.start():
        if OPENING.fullmatch(text, source[1], day.start()):  # "Roe on Tuesday said"
            return bool(UNTIL_SOURCE.fullmatch(text, day.end(), cue[0]))
        # "Roe issued a statement on Tuesday, saying"
        saying = text[cue[0] : cue[1]].split()[0].endswith("ing")
        then = saying and text[day.end() : cue[0]].strip() == ","
        return then and not ELSE.search(text, source[1], day.start())
    if source[1] <= cue[0] and not RELATIVE.isdisjoint(words(text[source[1] : cue[0]])):
        return False
    opens = OPENING.fullmatch(text, 0, day.start())
    return bool(opens and UNTIL_SOURCE.fullmatch(text, day.end(), source[0]))


def _days(day: re.Match[str], years: list[int]) -> Iterator[date]:
    month = _MONTHS.index((day["month1"] or day["month2"])[:3]) + 1
    for year in years:
        try:
            yield date(year, month, int(day["day1"] or day["day2"]))
        except ValueError:
            continue


def _weekday(name: str, published_on: date | None) -> date | None:
    if published_on is None:
        return None
    back = (published_on.weekday() - _WEEKDAYS.index(name)) % 7
    return published_on - timedelta(back) if published_on.toordinal() > back else None
