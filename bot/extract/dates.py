"""The day on which something was said, where the sentence gives one and there is no doubt.

"On 14 December 2022" speaks for itself. Without a year it is the last such day up to the day of
publication; in an undated article it is a guess, made only where the article prints a single year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

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
OPENING = re.compile(r"\W*(?:(?:on|late|early|in a \w+)\s*){0,3}", re.IGNORECASE)


def said_on(article: Article, draft: Draft) -> tuple[date | None, bool]:
    """Read the day from the cue's sentence, outside content and source; True marks a guess.

    None where there is no day or more than one, or where it may belong to something else.
    """
    sentence, cue = _without_content(article.text, draft)
    found = list(DAY.finditer(sentence))
    if len(found) != 1 or not _belongs(found[0], sentence, cue):
        return None, False
    day, published_on = found[0], article.published_on
    if day["weekday"]:
        return _weekday(day["weekday"], published_on), False
    if day["year"]:
        return next(_days(day, [int(day["year"])]), None), False
    if published_on:
        years = [published_on.year, published_on.year - 1]
        return next((on for on in _days(day, years) if on <= published_on), None), False
    printed = _years(article.text)
    guess = next(_days(day, list(printed)), None) if len(printed) == 1 else None
    return guess, guess is not None


@lru_cache(maxsize=8)
def _years(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in YEAR.findall(text))


def _without_content(text: str, draft: Draft) -> tuple[str, Span]:
    """Give the words around the cue in its sentence, content and source blanked, and its span."""
    cue = draft.cue[0]
    start, end = sentence_at(text, draft.passage, cue[0])
    start, end = max(start, cue[0] - REACH), min(end, cue[1] + REACH)
    letters = list(text[start:end])
    for first, last in (*draft.content, *draft.source):
        for at in range(max(first, start), min(last, end)):
            letters[at - start] = " "
    return "".join(letters), (cue[0] - start, cue[1] - start)


def _belongs(day: re.Match[str], sentence: str, cue: Span) -> bool:
    """Tell whether a day is the cue's: close behind it, just before it, or opening the sentence."""
    if day.start() >= cue[1]:
        between = sentence[cue[1] : day.start()].strip()
        return len(between) <= BEHIND and not re.search("[,;:]", between)
    if OPENING.fullmatch(sentence, 0, day.start()):
        return True
    clause = re.split("[,;:—]", sentence[: day.start()])[-1]
    beside = not sentence[day.end() : cue[0]].strip(" ,")
    return beside and clause.endswith("on ") and not RELATIVE.intersection(words(clause))


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
