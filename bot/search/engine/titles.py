"""Match words of a query in the title of a claim's article.

They count, with a lower score, if the claim itself has a content word. A claim that has all words
itself scores as if titles were not searched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import tantivy
from tantivy import Occur

from bot.search.engine.clauses import Clause, any_of
from bot.search.engine.words import words
from bot.search.meaning.opposites import is_negative_word
from bot.search.tokenized import STOP_WORDS

WHO_WEIGHT, _TITLE, _TITLED = 0.5, 0.5, 0.3
"""Weight of a word in the speaker or cue, and in the title; and the factor for a whole claim that
needs its title, which puts it below nearly all that have every word."""


class Runs(Protocol):
    """Finds the stem sequences of a word, and builds queries for them."""

    def stem_sequences(self, typed: str) -> Sequence[tuple[str, ...]]:
        """The runs of stems that count as a word."""

    def run(self, field: str, run: tuple[str, ...]) -> tantivy.Query:
        """Ask for a run of stems, one after the other, in a field."""


def content_words(typed: Iterable[str]) -> list[str]:
    """The content words of a query, of which a claim itself must have one."""
    return [one for one in typed if not STOP_WORDS.issuperset(words(one))]


def title_words(typed: Sequence[str]) -> list[str]:
    """The words of a query that may be in the title only: none that negate, and none at all if the
    query has no content words."""
    return [one for one in typed if not is_negative_word(one)] if content_words(typed) else []


def word_clauses(
    builder: Runs, typed: Sequence[str], must: Collection[str], searcher: tantivy.Searcher
) -> list[Clause]:
    """Require all words in `must`, in claims or in their titles."""
    asking = _Asking(builder, searcher)
    own = {word: asking.own(word) for word in typed}
    clauses = [(Occur.Must if word in must else Occur.Should, one) for word, one in own.items()]
    titles = {word: title for word in typed if word in must and (title := asking.title(word))}
    shared = {word: titles[word] for word in title_words([*must]) if word in titles}
    if not shared:
        return clauses
    each = [
        (Occur.Must, _either(own[word], shared[word]) if word in shared else own[word])
        for word in must
    ]
    told = content_words(must)
    if all(word in shared for word in told):
        itself = _either(*(own[word] for word in told))
        each.append((Occur.Must, tantivy.Query.const_score_query(itself, 0.0)))
    whole = tantivy.Query.boost_query(tantivy.Query.boolean_query(each), _TITLED)
    return [(Occur.Must, any_of([tantivy.Query.boolean_query(clauses), whole]))]


class _Asking:
    """Builds queries for words, leaving out fields that do not have them, to save time."""

    def __init__(self, builder: Runs, searcher: tantivy.Searcher) -> None:
        self._builder, self._searcher = builder, searcher

    def own(self, word: str) -> tantivy.Query:
        """Ask for a word in the content or, for less, in the speaker, source or cue."""
        found = [*self._held("text", word, 1.0), *self._held("who", word, WHO_WEIGHT)]
        return any_of(found) if found else tantivy.Query.empty_query()

    def title(self, word: str) -> tantivy.Query | None:
        """Ask for a word in the title, if any has it."""
        found = self._held("title", word, _TITLE)
        return any_of(found) if found else None

    def _held(self, field: str, word: str, weight: float) -> list[tantivy.Query]:
        runs = self._builder.stem_sequences(word)
        found = [run for run in runs if all(self._searcher.doc_freq(field, one) for one in run)]
        asked = [self._builder.run(field, run) for run in found]
        return asked if weight == 1.0 else [tantivy.Query.boost_query(one, weight) for one in asked]


def _either(*queries: tantivy.Query) -> tantivy.Query:
    """Match any of these, adding their scores: twice as fast as taking the best."""
    return tantivy.Query.boolean_query([(Occur.Should, one) for one in queries])
