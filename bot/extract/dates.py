"""Find the date on which something was said, if its sentence contains exactly one day.

"On 14 December 2022" is complete. A day without a year is the last such day before publication. In
an undated article the year is a guess, made only if the article mentions the current year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.extract.spans.drafts import Draft, sentence_at
from bot.extract.words import words
from bot.languages.table import calendar, days, pronouns
from bot.model import Article, Span
from bot.text.spans import masked, shifted

MAX_AGE_WITHOUT_YEAR = timedelta(330)
"""An older day without a year is not resolved: it may be tomorrow's date in another time zone."""

MAX_CONTEXT = 400  # characters of the sentence on either side of the cue
MAX_DISTANCE = 60  # characters between a cue and its day: "told reporters in the capital on"
PERIOD_LOOKBACK = 30  # characters before a day to search for "last"


class _Clause(NamedTuple):
    """A cue's sentence, with spaces instead of the source and semicolons instead of the content.

    Spans are offsets into `text`.
    """

    text: str
    source: Span | None
    cue: Span

    @property
    def is_future(self) -> bool:
        """Whether the content has not been said yet: "will say on Friday"."""
        start = self.source[1] if self.source and self.source[1] <= self.cue[0] else self.cue[0]
        return days.FUTURE.search(self.text, start, self.cue[1]) is not None


def find_date_said(article: Article, draft: Draft) -> tuple[date | None, bool]:
    """Return the date on which an attribution was said, and whether its year is a guess.

    None if the cue's clause contains no day or several, or if the day may date something else.
    """
    clause = _clause(article.text, draft)
    matches = [day for day in days.DAY.finditer(clause.text) if _belongs_to_cue(day, clause)]
    if len(matches) != 1 or clause.is_future or _is_other_period(matches[0], clause):
        return None, False
    day, published_on = matches[0], article.published_on
    if published_on or day["year"] or not (day["month"]):
        return _resolve(day, published_on), False
    guess = next(_dates_in_years(day, _current_year(article.text)), None)
    return guess, guess is not None


def _resolve(day: re.Match[str], published_on: date | None) -> date | None:
    """Resolve a printed day; None if it is later than the article."""
    if day["iso"]:
        resolved = _parse_iso(day["iso"])
    elif day["year"]:
        resolved = next(_dates_in_years(day, [int(day["year"])]), None)
    elif published_on is None:
        return None
    elif day["weekday"]:
        weekday = days.WEEKDAYS.index(day["weekday"])
        return _days_before(published_on, (published_on.weekday() - weekday) % 7)
    elif day["ago"]:
        return _days_before(published_on, days.DAYS_AGO.get(day["ago"].split()[0].lower(), 0))
    else:
        dates = _dates_in_years(day, [published_on.year, published_on.year - 1])
        latest = next((candidate for candidate in dates if candidate <= published_on), None)
        return latest if latest and published_on - latest < MAX_AGE_WITHOUT_YEAR else None
    is_past = resolved and (published_on is None or resolved <= published_on)
    return resolved if is_past else None


def _is_other_period(day: re.Match[str], clause: _Clause) -> bool:
    """Tell whether a day is in another week or year: "last Monday", "Monday of last week"."""
    text_before = clause.text[max(0, day.start() - PERIOD_LOOKBACK) : day.start()]
    return bool(
        days.OTHER_PERIOD_BEFORE.search(text_before)
        or days.OTHER_PERIOD_AFTER.match(clause.text, day.end())
    )


@lru_cache(maxsize=8)
def _current_year(text: str) -> list[int]:
    """Return the latest year in an article, if the article treats it as the current one."""
    latest = max(days.YEAR.findall(text), default=None)
    return [int(latest)] if latest and latest in days.CURRENT_YEAR.findall(text) else []


def _clause(text: str, draft: Draft) -> _Clause:
    cue = draft.cue_start, draft.cue_end
    sentence = sentence_at(text, draft.paragraph, cue[0])
    start = max(sentence[0], cue[0] - MAX_CONTEXT)
    end = min(max(sentence[1], cue[1]), cue[1] + MAX_CONTEXT)
    clause = masked(text[start:end], shifted(draft.source, -start))
    clause = masked(clause, shifted(draft.content, -start), ";")
    if start > sentence[0]:
        clause = f";{clause[1:]}"  # so that the cut is not taken for the start of the sentence
    spans_inside = [span for span in draft.source if start <= span[0] and span[1] <= end]
    source = (spans_inside[0][0] - start, spans_inside[-1][1] - start) if spans_inside else None
    return _Clause(clause, source, (cue[0] - start, cue[1] - start))


def _belongs_to_cue(day: re.Match[str], clause: _Clause) -> bool:
    """Tell whether a day follows the cue or its source, or opens the sentence."""
    text, source, cue = clause
    name = day["month"] or day["weekday"]
    if name and name.lower() not in calendar.DAY_WORDS:
        return False
    if day.start() >= cue[1]:
        is_near = day.start() - cue[1] <= MAX_DISTANCE
        return is_near and not days.OTHER_EVENT.search(text, cue[0], day.start())
    if source is None or day.end() > cue[0]:
        return False
    if source[1] <= day.start():
        if days.SENTENCE_OPENING.fullmatch(text, source[1], day.start()):  # "Roe on Tuesday said"
            return bool(days.DAY_TO_SOURCE.fullmatch(text, day.end(), cue[0]))
        # "Roe issued a statement on Tuesday, saying"
        is_participle = text[cue[0] : cue[1]].split()[0].endswith("ing")
        follows = is_participle and text[day.end() : cue[0]].strip() == ","
        return follows and not days.OTHER_EVENT.search(text, source[1], day.start())
    if source[1] <= cue[0] and not pronouns.RELATIVE.isdisjoint(words(text[source[1] : cue[0]])):
        return False
    opens_sentence = days.SENTENCE_OPENING.fullmatch(text, 0, day.start())
    return bool(opens_sentence and days.DAY_TO_SOURCE.fullmatch(text, day.end(), source[0]))


def _dates_in_years(day: re.Match[str], years: list[int]) -> Iterator[date]:
    """Yield the date of a day and month in each year in which it exists."""
    month = days.MONTHS.index((day["month"])[:3]) + 1
    for year in years:
        try:
            yield date(year, month, int(day["first"] or day["second"]))
        except ValueError:
            continue


def _parse_iso(printed: str) -> date | None:
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return None


def _days_before(day: date, count: int) -> date | None:
    return day - timedelta(count) if day.toordinal() > count else None
