"""Whether two statements of one speaker oppose each other: then and now. No I/O.

They do if one surely denies the other, or if two of their clauses say the same of the same with
another figure or another day. In case of doubt they do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.languages.table import LISTS, calendar, clause_words, pronouns
from bot.model import Opposition
from bot.search.engine.words import stem
from bot.search.tokenized import CONDITIONS, FUTURE, tokenize
from bot.statements.clauses import IGNORED_STEMS, synonym_stem
from bot.statements.disputes import can_dispute, find_contradiction
from bot.statements.sides import Side

_MIN_SHARED = 2
"""The least content words that two statements have in common besides a figure or a day; one of them
has no others."""
_WEEKDAYS = frozenset(calendar.WEEKDAYS)
_YEARS = range(1900, 2100)
_LIMITS = CONDITIONS | LISTS["words_for_another"] | LISTS["relative_days"] | clause_words.AT_LEAST
"""Words by which a figure or a day is not the only one, or that of a day that is not named."""


def find_opposition(earlier: Side, later: Side) -> Opposition | None:
    """Return in what two statements of one speaker oppose each other; None unless that is sure."""
    if not (can_dispute(earlier.claim) and can_dispute(later.claim)):
        return None
    contradiction = find_contradiction(earlier, later, of_one_speaker=True)
    if contradiction:
        # "Guide dogs are allowed" does not oppose "dogs are not allowed".
        is_sure = contradiction.is_sure and earlier.text_stems == later.text_stems
        return "polarity" if is_sure else None
    return _changed(_Content.of(earlier.claim.text), _Content.of(later.claim.text))


class _Content(NamedTuple):
    """What a statement says: its figures, each with the word for what is counted, its days, its
    other stems, the words that limit it, and whether it speaks of what is to come, or else of one
    thing, not of what somebody may have done twice."""

    figures: Mapping[str, str]
    days: frozenset[str]
    stems: frozenset[str]
    limits: frozenset[str]
    order: frozenset[str]
    is_future: bool
    is_of_one_thing: bool

    @classmethod
    def of(cls, text: str) -> _Content:
        """Split a content into these."""
        words = tokenize(text).parts
        months = calendar.MONTHS_AND_WEEKDAYS | ({"may"} if "May" in text else set())
        days = {word for word in words if word in months}
        figures: dict[str, str] = {}
        for word, following in zip(words, [*words[1:], ""], strict=True):
            if word[0] != "=":
                continue
            number = float(word[1:])
            is_day = number < 32 and following in months
            if number.is_integer() and (number in _YEARS or is_day):
                days.add(word)
            else:
                figures[word] = synonym_stem(following) if following else ""
        stems = frozenset(map(synonym_stem, words)) - {"", *figures, *days, *map(stem, days)}
        limits = frozenset(words) & _LIMITS - days
        is_future = not FUTURE.isdisjoint(words)
        return cls(
            figures,
            frozenset(days),
            stems - IGNORED_STEMS,
            limits,
            frozenset(words) & LISTS["limiting_words"],
            is_future,
            words[:1] == (pronouns.DEFINITE_ARTICLE,),
        )


def _changed(a: _Content, b: _Content) -> Opposition | None:
    """Return what alone differs between two statements: their figures or their days.

    A count of what has been may have grown since, unless both name one day.
    """
    is_part = a.stems <= b.stems or b.stems <= a.stems
    if (
        not is_part
        or a.order != b.order
        or len(a.stems & b.stems) < _MIN_SHARED
        or a.limits
        or b.limits
    ):
        return None
    is_future = a.is_future and b.is_future
    if len(a.figures) == len(b.figures) == 1 and [*a.figures.values()] == [*b.figures.values()]:
        is_same_time = a.days == b.days and (is_future or bool(a.days))
        return "figure" if is_same_time and a.figures != b.figures else None
    is_one_kind = a.days.isdisjoint(_WEEKDAYS) == b.days.isdisjoint(_WEEKDAYS)
    is_once = (is_future or (a.is_of_one_thing and b.is_of_one_thing)) and not _are_yearly(a, b)
    if a.figures or b.figures or a.days <= b.days or b.days <= a.days:
        return None
    return "date" if is_one_kind and is_once and a.is_future == b.is_future else None


def _are_yearly(a: _Content, b: _Content) -> bool:
    """Whether two statements name days of different years: the fair is held each year."""
    years, other_years = ({day for day in one.days if len(day) == 5} for one in (a, b))
    return bool(years and other_years) and years != other_years and a.days != years
