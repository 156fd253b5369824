"""Alternatives for the words of a mistyped query, and the Tantivy queries for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import tantivy
from tantivy import Occur

from bot.languages.wordlist import is_word
from bot.search.engine.clauses import Clause, all_of, any_of
from bot.search.engine.query_builder import majority_of

_STEEPNESS = 1.0
"""An alternative's weight falls by e to the power of this with each edit."""


class Alternative(NamedTuple):
    """A word that may have been meant, its cost, and its Tantivy query."""

    word: str
    cost: float
    asked: tantivy.Query


class TypedWord(NamedTuple):
    """A typed word and its alternatives: itself, then the likeliest first."""

    typed: str
    ways: list[Alternative]

    def asked(self, among: Container[str] | None = None) -> tantivy.Query:
        """Match any of them, or any in `among`; the likeliest scores highest."""
        least = min(way.cost for way in self.ways)
        return any_of(
            tantivy.Query.boost_query(way.asked, math.exp(_STEEPNESS * (least - way.cost)))
            for way in self.ways
            if among is None or way.word in among
        )

    def asked_otherwise(self) -> tantivy.Query | None:
        """Match any alternative but the word as typed."""
        others = {way.word for way in self.ways} - {self.typed}
        return self.asked(others) if others else None


class SplitQuery(NamedTuple):
    """The parts of a query that may have slips, each split into words."""

    words: dict[str, list[TypedWord]]
    mentions: dict[str, list[TypedWord]]
    speakers: dict[str, list[TypedWord]]

    def each(self) -> Iterator[TypedWord]:
        """All of their words."""
        yield from (word for part in self for run in part.values() for word in run)


def read_each(
    runs: Mapping[str, Iterable[str]], read: Callable[[str], TypedWord]
) -> dict[str, list[TypedWord]]:
    """Apply `read` to each word of some texts that are split into words."""
    return {text: [read(one) for one in run] for text, run in runs.items()}


def with_one_changed(right: Sequence[TypedWord], *, one_only: bool) -> Iterator[tantivy.Query]:
    """Yield queries that replace one correct word each; with `one_only`, the other dictionary words
    must match as typed."""
    kept = [word for word in right if one_only and is_word(word.typed)]
    for word in right:
        if (otherwise := word.asked_otherwise()) is not None:
            as_typed = (other.asked({other.typed}) for other in kept if other is not word)
            yield all_of([(Occur.Must, one) for one in (otherwise, *as_typed)])


def each_of(cut: dict[str, list[TypedWord]]) -> list[Clause]:
    """Require each of the words."""
    return [(Occur.Must, word.asked()) for asked in cut.values() for word in asked]


def majority_of_words(cut: dict[str, list[TypedWord]]) -> list[Clause]:
    """Require most of the texts, each with all of its words."""
    return majority_of({text: all_of(each_of({text: asked})) for text, asked in cut.items()})
