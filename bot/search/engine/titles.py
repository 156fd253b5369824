"""Words of a query that stand in the title of a claim's article.

They count as found, for less, where the claim holds a word itself that tells something. A claim
that holds all words itself scores as if titles were not asked.
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
"""What a word counts for in the speaker or cue, and in the title alone; and, as a whole, a claim
that needs such words: less than nearly all that hold every word themselves."""


class Runs(Protocol):
    """How a word is asked for in a field: as one run of stems or, spelled otherwise, another."""

    def runs(self, typed: str) -> Sequence[tuple[str, ...]]:
        """The runs of stems that count as a word."""

    def run(self, field: str, run: tuple[str, ...]) -> tantivy.Query:
        """Ask for a run of stems, one after the other, in a field."""


def content_words(typed: Iterable[str]) -> list[str]:
    """The words of a query that tell something: one at least must stand in a claim itself."""
    return [one for one in typed if not STOP_WORDS.issuperset(words(one))]


def title_words(typed: Sequence[str]) -> list[str]:
    """The words of a query that need only stand in the title of a claim's article: not those that
    turn round what is said, and none where no word tells anything."""
    return [one for one in typed if not is_negative_word(one)] if content_words(typed) else []


def word_clauses(
    builder: Runs, typed: Sequence[str], must: Collection[str], searcher: tantivy.Searcher
) -> list[Clause]:
    """Ask for claims that hold all words that they `must`, themselves or in their titles."""
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
    """Makes questions for words; one for a word that a field does not hold would cost time."""

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
        runs = self._builder.runs(word)
        found = [run for run in runs if all(self._searcher.doc_freq(field, one) for one in run)]
        asked = [self._builder.run(field, run) for run in found]
        return asked if weight == 1.0 else [tantivy.Query.boost_query(one, weight) for one in asked]


def _either(*queries: tantivy.Query) -> tantivy.Query:
    """Ask for any of these, adding what they count for: that is more than twice as fast."""
    return tantivy.Query.boolean_query([(Occur.Should, one) for one in queries])
