"""A parsed query, which can be written in the query language:

yuan ruble "no limits" gas OR oil -euro by:"Sun Yun" in:wsj after:2022-12 sort:new
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from bot.model import ANYONE, FOREIGN_PARAGRAPH, UNATTRIBUTED, AttributionType, Stance

ROUGH_SHARE, SAME_SHARE = 0.15, 0.5
"""Minimum shares of a text's weight: for a claim that a rough query finds, close to a message, and
for one that says much the same."""

Sort = Literal["best", "new", "first"]

OR = "OR"
EXACT_SIGN, ROUGH_SIGN = "=", "~"
"""The prefix of an exact query, which is not corrected, and that of a rough query, which does not
require every word."""

_INVISIBLE_CHARACTERS = "\u2060\u200b"
"""Characters that the bot puts around signs that Slack would parse as markup. People copy them from
its messages."""


def leading_blanks(text: str) -> int:
    """Count the characters before the first visible one."""
    visible_text = text.lstrip()
    while visible_text and visible_text[0] in _INVISIBLE_CHARACTERS:
        visible_text = visible_text[1:].lstrip()
    return len(text) - len(visible_text)


FILTERS = {
    "speakers": "by",
    "via": "via",
    "outlets": "in",
    "titles": "title",
    "mentions": "about",
    "types": "type",
    "acts": "act",
    "stances": "stance",
    "source_kinds": "named",
    "languages": "lang",
    "features": "has",
}
"""The fields of Query that are filters, each with the operator for its values."""
CHOICES: dict[str, tuple[str, ...]] = {
    "type": (*get_args(AttributionType), UNATTRIBUTED, FOREIGN_PARAGRAPH),
    "act": ("speech", "thought"),
    "stance": get_args(Stance),
    "named": ("yes", "described", "no"),
    "has": ("figure", "date", "speaker"),
    "sort": ("new", "best", "first"),
}
"""Operators with a fixed set of values."""

_PLAIN_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A parsed query; `str` writes it in the query language.

    A claim matches if its text has all `words` and `phrases`, one of each group of `alternatives`,
    all names in `mentions`, and none of `not_words` and `not_phrases`. It must meet each filter
    that is set: one value of `speakers`, `via`, `outlets`, `titles`, `types`, `acts`, `stances`,
    `source_kinds` and `languages`, all `features`, none of `not_stances`, and a publication date
    from `after` to `before`, both included.

    An `exact` query is never corrected. With `min_share`, the query is rough: no single word is
    required, but a claim needs this share (0 to 1) of the words' total weight.

    The query language cannot express the last three fields: `speaker_aliases` are further names,
    matched exactly, of the people in `speakers`. A `loose` query requires only most of a few words,
    including all negations, or half of many. `viewer` is who searches: nobody finds what only
    others may see.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    source_kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    not_stances: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    sort: Sort = "best"
    exact: bool = False
    min_share: float = 0.0
    speaker_aliases: tuple[str, ...] = field(default=(), compare=False)
    loose: bool = field(default=False, compare=False)
    viewer: str = field(default=ANYONE, compare=False)

    @property
    def is_rough(self) -> bool:
        """Whether claims need only a share of the words' weight."""
        return self.min_share > 0

    @property
    def has_text(self) -> bool:
        """Whether it has words, phrases or mentions, rather than only filters."""
        return bool(self.words or self.phrases or self.alternatives or self.mentions)

    @property
    def has_dates(self) -> bool:
        """Whether it limits the days."""
        return bool(self.after or self.before)

    @property
    def has_filters(self) -> bool:
        """Whether it has any filter."""
        filters: Iterable[object] = (getattr(self, part) for part in FILTERS)
        return any(filters) or bool(self.not_stances or self.has_dates)

    def __str__(self) -> str:
        sign = ROUGH_SIGN if self.is_rough else EXACT_SIGN if self.exact else ""
        return sign + " ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield from self.words
        yield from (f'"{phrase}"' for phrase in self.phrases)
        for group in self.alternatives:
            yield f" {OR} ".join(map(quote, group))
        yield from (f"-{word}" for word in self.not_words)
        yield from (f'-"{phrase}"' for phrase in self.not_phrases)
        for part, operator in FILTERS.items():
            yield from (f"{operator}:{quote(value)}" for value in getattr(self, part))
        yield from (f"-stance:{stance}" for stance in self.not_stances)
        if self.after and self.after == self.before:
            yield f"on:{self.after}"
        else:
            yield from (f"after:{day}" for day in (self.after,) if day)
            yield from (f"before:{day}" for day in (self.before,) if day)
        if self.sort != "best":
            yield f"sort:{self.sort}"


def quote(value: str) -> str:
    """Put a value in quotation marks unless it is a plain word, so that it parses as one value."""
    return value if _PLAIN_WORD.fullmatch(value) and value != OR else f'"{value}"'
