"""A parsed query, and how it is written in the query language.

yuan ruble "no limits" gas OR oil -euro by:"Sun Yun" in:wsj after:2022-12 sort:new
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from bot.model import FOREIGN_PARAGRAPH, UNATTRIBUTED, AttributionType, Stance

ANY_SHARE, CLOSE_SHARE, SAME_SHARE = 0.01, 0.15, 0.5
"""Minimum share of a text's weight for a claim that has any of it, one that is close to a message,
and one that says much the same."""

Sort = Literal["best", "new", "first"]

OR = "OR"
EXACT_SIGN, ROUGH_SIGN = "=", "~"
"""Prefixes of a query that is taken literally, and of one of which most words will do."""

_UNSEEN = "\u2060\u200b"
"""Invisible characters that the bot puts around signs that Slack would read as markup, and that
people copy along."""


def leading_blanks(text: str) -> int:
    """Count the characters before the first visible one."""
    shown = text.lstrip()
    while shown[:1] in _UNSEEN and shown:
        shown = shown[1:].lstrip()
    return len(text) - len(shown)


FILTERS = {
    "by": "by",
    "via": "via",
    "outlets": "in",
    "titles": "title",
    "about": "about",
    "types": "type",
    "stances": "stance",
    "named": "named",
    "languages": "lang",
    "holding": "has",
}
"""The fields of Query that hold an operator's values, each with its operator."""
CHOICES: dict[str, tuple[str, ...]] = {
    "type": (*get_args(AttributionType), UNATTRIBUTED, FOREIGN_PARAGRAPH),
    "stance": get_args(Stance),
    "named": ("yes", "described", "no"),
    "has": ("figure", "date", "speaker"),
    "sort": ("new", "best", "first"),
}
"""Operators with a fixed set of values."""

_SIMPLE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as it was read; `str` gives it back in the query language.

    All of `words` and `phrases` must be found, one of each of `either`, none of `not_words` and
    `not_phrases`; the content names all of `about`. The claim is by any of `by`, passed on by any
    of `via`, in any of `outlets`, under a title with any of `titles`, of any of `types`, `stances`,
    `named` and `languages`, holds all that `holding` names, is of none of `not_stances`, and was
    published from `after` to `before`, both included. An `exact` one is never corrected. Of one
    that is taken `roughly` no word must be found: asked for is what holds most of what its words
    tell, and at least this part of it, from 0 to 1. Nobody types the last two: `also_by` are
    further names, to the character, of the speakers that `by` means, and of a `loose` one most of a
    few words will do, if all that negate are there, or half of many.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()
    not_stances: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    sort: Sort = "best"
    exact: bool = False
    roughly: float = 0.0
    also_by: tuple[str, ...] = field(default=(), compare=False)
    loose: bool = field(default=False, compare=False)

    @property
    def has_text(self) -> bool:
        """Whether it looks for words, phrases or names, rather than only filters."""
        return bool(self.words or self.phrases or self.either or self.about)

    @property
    def has_filters(self) -> bool:
        """Whether it asks for anything but text and order."""
        filters: Iterable[object] = (getattr(self, part) for part in FILTERS)
        return any(filters) or bool(self.not_stances or self.after or self.before)

    def __str__(self) -> str:
        before = ROUGH_SIGN if self.roughly else EXACT_SIGN if self.exact else ""
        return before + " ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield from self.words
        yield from (f'"{phrase}"' for phrase in self.phrases)
        for group in self.either:
            yield f" {OR} ".join(map(quoted, group))
        yield from (f"-{word}" for word in self.not_words)
        yield from (f'-"{phrase}"' for phrase in self.not_phrases)
        for part, operator in FILTERS.items():
            yield from (f"{operator}:{quoted(value)}" for value in getattr(self, part))
        yield from (f"-stance:{stance}" for stance in self.not_stances)
        if self.after and self.after == self.before:
            yield f"on:{self.after}"
        else:
            yield from (f"after:{day}" for day in (self.after,) if day)
            yield from (f"before:{day}" for day in (self.before,) if day)
        if self.sort != "best":
            yield f"sort:{self.sort}"


def quoted(value: str) -> str:
    """Quote a value unless it is a plain word, so that it parses as one."""
    return value if _SIMPLE.fullmatch(value) and value != OR else f'"{value}"'
