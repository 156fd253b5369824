"""Alternatives for the words of a mistyped query, and the queries for them."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.search.engine.queries import (
    MUST,
    Boost,
    Clause,
    Combination,
    IndexQuery,
    any_of,
)
from bot.search.engine.query_builder import majority_of


class Alternative(NamedTuple):
    """A word that the user may have meant, its cost, and its query."""

    word: str
    cost: float
    query: IndexQuery


class TypedWord(NamedTuple):
    """A typed word and its alternatives: first the word itself, then others, likeliest first."""

    typed: str
    alternatives: list[Alternative]

    def any_query(self, allowed: Container[str] | None = None) -> IndexQuery:
        """Match any alternative (if given, any that is `allowed`); the likeliest scores highest.

        An alternative's weight falls by the factor e with each unit of cost above the lowest.
        """
        min_cost = min(alternative.cost for alternative in self.alternatives)
        return any_of(
            Boost(alternative.query, math.exp(min_cost - alternative.cost))
            for alternative in self.alternatives
            if allowed is None or alternative.word in allowed
        )

    def changed_query(self) -> IndexQuery | None:
        """Match any alternative except the word as typed; None if there is none."""
        other_words = {alternative.word for alternative in self.alternatives} - {self.typed}
        return self.any_query(other_words) if other_words else None


class SplitQuery(NamedTuple):
    """The texts of a query that may be mistyped, each split into words."""

    words: dict[str, list[TypedWord]]
    mentions: dict[str, list[TypedWord]]
    speakers: dict[str, list[TypedWord]]

    def typed_words(self) -> Iterator[TypedWord]:
        """All words of the texts."""
        yield from (word for texts in self for words in texts.values() for word in words)


def single_change_queries(words: Sequence[TypedWord], *, keep_others: bool) -> Iterator[IndexQuery]:
    """Yield a query for each of these correct words that has other alternatives: one of those must
    match, since a correct word may be a typo of another.

    With `keep_others`, the other dictionary words must match as typed.
    """
    fixed_words = [word for word in words if keep_others and is_word(word.typed)]
    for word in words:
        if (changed_query := word.changed_query()) is not None:
            typed_queries = (
                other.any_query({other.typed}) for other in fixed_words if other is not word
            )
            yield Combination([(MUST, query) for query in (changed_query, *typed_queries)])


def each_word_of(texts: dict[str, list[TypedWord]]) -> list[Clause]:
    """Require each word of some texts."""
    return [(MUST, word.any_query()) for words in texts.values() for word in words]


def majority_of_texts(texts: dict[str, list[TypedWord]]) -> list[Clause]:
    """Require most of the texts, each with all of its words."""
    return majority_of(
        {text: Combination(each_word_of({text: words})) for text, words in texts.items()}
    )
