"""Match words of a query in the title of a claim's article.

Such a word counts, with a lower score, if the claim itself has a content word of the query. A claim
that has all words itself scores as if titles were not searched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from bot.search.engine.queries import (
    MUST,
    SHOULD,
    Boost,
    Clause,
    Combination,
    IndexQuery,
    Nothing,
    any_of,
    unscored,
)
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import words
from bot.search.meaning.opposites import is_negative_word
from bot.search.tokenized import STOP_WORDS

WHO_WEIGHT, _TITLE_WEIGHT = 0.5, 0.5
"""Weight of a word in the speaker or cue, and in the title, relative to the content."""
_NEEDS_TITLE_FACTOR = 0.3
"""Factor for a claim that has some words only in its title. It ranks below nearly all claims that
have every word themselves."""


class SequenceQueries(Protocol):
    """The part of `QueryBuilder` that is used here."""

    def stem_sequences(self, typed: str) -> Sequence[tuple[str, ...]]:
        """All stem sequences that match a typed word."""

    def sequence_query(self, field: str, sequence: tuple[str, ...]) -> IndexQuery:
        """Match consecutive stems in a field."""


def content_words(typed: Iterable[str]) -> list[str]:
    """The content words of a query, of which a claim itself must have one."""
    return [word for word in typed if not STOP_WORDS.issuperset(words(word))]


def word_clauses(
    builder: SequenceQueries,
    typed: Sequence[str],
    required_words: Collection[str],
    searcher: Searcher,
) -> list[Clause]:
    """Require all words in `required`, in claims or in their titles; the other words only score."""
    queries = _WordQueries(builder, searcher)
    own_queries = {word: queries.own_query(word) for word in typed}
    clauses = [
        (MUST if word in required_words else SHOULD, query) for word, query in own_queries.items()
    ]
    content = content_words(required_words)
    title_queries = {
        word: title_query
        for word in (required_words if content else ())
        if not is_negative_word(word) and (title_query := queries.title_query(word)) is not None
    }
    if not title_queries:
        return clauses
    claim_or_title_queries = own_queries | {
        word: _sum_of(own_queries[word], title) for word, title in title_queries.items()
    }
    requirements = [(MUST, claim_or_title_queries[word]) for word in required_words]
    if all(word in title_queries for word in content):
        claim_query = _sum_of(*(own_queries[word] for word in content))
        requirements.append((MUST, unscored(claim_query)))
    title_match = Boost(Combination(requirements), _NEEDS_TITLE_FACTOR)
    return [(MUST, any_of([Combination(clauses), title_match]))]


class _WordQueries:
    """Builds queries for words, leaving out fields that do not have them, to save time."""

    def __init__(self, builder: SequenceQueries, searcher: Searcher) -> None:
        self._builder, self._searcher = builder, searcher

    def own_query(self, word: str) -> IndexQuery:
        """Match a word in the content or, with less weight, in the speaker, source or cue."""
        queries = [*self._in_field("text", word, 1.0), *self._in_field("who", word, WHO_WEIGHT)]
        return any_of(queries) if queries else Nothing()

    def title_query(self, word: str) -> IndexQuery | None:
        """Match a word in the title; None if no title has it."""
        queries = self._in_field("title", word, _TITLE_WEIGHT)
        return any_of(queries) if queries else None

    def _in_field(self, field: str, word: str, weight: float) -> list[IndexQuery]:
        doc_freq = self._searcher.doc_freq
        queries = []
        for sequence in self._builder.stem_sequences(word):
            for stem in sequence:
                if not doc_freq(field, stem):
                    break
            else:
                queries.append(self._builder.sequence_query(field, sequence))
        if weight == 1.0:
            return queries
        return [Boost(query, weight) for query in queries]


def _sum_of(*queries: IndexQuery) -> IndexQuery:
    """Match any of these, adding their scores: twice as fast as taking the best."""
    return Combination([(SHOULD, query) for query in queries])
