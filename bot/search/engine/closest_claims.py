"""Find the claims closest to a text: those that share most of its weight, in whatever form.

No word is required. Each counts by its weight (bot/search/word_weights.py) and its rarity in the
archive; names count most, and more still if they are the speaker's. A word may also match in
another form (bot/search/forms.py), in the article's title for less, or, if no claim has it as
typed, as a correction of a slip.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import tantivy
from tantivy import Occur

from bot.languages.table import calendar
from bot.languages.wordlist import frequency_rank, is_word
from bot.search.engine.clauses import Clause
from bot.search.engine.documents import SCHEMA
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.words import normalise, stem, words
from bot.search.forms import Stems, forms
from bot.search.language.query import Query
from bot.search.meaning.opposites import is_negative_word
from bot.search.spelling.vocabulary import Vocabulary
from bot.search.word_weights import is_keywords, min_score, word_weights

_NAME = 1.5
"""Weight of a name, relative to the rarest word."""
_WHO, _NAMED_WHO, _TITLE = 0.7, 1.15, 0.5
"""Weight of a match in speaker or source, of a name there, and in the title."""
_SLIP = 0.8
_OF_FIGURE = 1.5
"""If a figure is asked for, the first word, which says what it counts, weighs so much more."""
_PAIR, _LITTLE = 0.15, 0.1
"""Bonus for two neighbouring words that are neighbours in the query too; and the weight that a stop
word has in such a pair."""
_QUOTED, _QUOTED_PAIR = 2.0, 0.25
"""Weight of a quoted phrase, and of two neighbouring words of it, since people misquote."""
_UNKNOWN = 0.6
"""Rarity assumed for a word that no claim has."""
_NEAREST, _SHORTEST_SLIP = 4, 4
_LEAST_WORD = 0.1
"""Minimum weight of a word to be searched for."""
_FIELDS = ("text", "who", "title")


class WeightedWord(NamedTuple):
    """A word as typed and as read, its weight, and the forms that match it, each with its share of
    the weight."""

    typed: str
    read: str
    weight: float
    is_name: bool
    ways: Mapping[Stems, float]

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, which is searched for in the content only."""
        return self.typed[0] == "="

    @property
    def shown(self) -> str:
        """The word as it was read."""
        return f"{float(self.read[1:]):,.10g}" if self.is_figure else self.read


class ClosestQuery(NamedTuple):
    """The Tantivy clauses for claims close to a query, the words' total weight, the minimum weight
    of a close claim, and the words."""

    asked: list[Clause]
    whole: float
    floor: float
    told: tuple[WeightedWord, ...]
    corrections: tuple[tuple[str, str], ...]

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each word, as read."""
        return {one.read: one.weight for one in self.told}

    def corrected(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Replace typed words by their corrections."""
        read = dict(self.corrections)
        return tuple(dict.fromkeys(read.get(normalise(word), word) for word in typed))

    @property
    def words(self) -> tuple[str, ...]:
        """The words, as read, that have weight and that claims have."""
        return tuple(one.shown for one in self.told if one.ways and one.weight >= _LEAST_WORD)

    def most_telling(self, most: int) -> tuple[str, ...]:
        """The `most` weightiest of these words, in order."""
        weights = {one.shown: one.weight for one in self.told}
        best = sorted(self.words, key=lambda word: -weights[word])[:most]
        return tuple(word for word in self.words if word in best)


class Closest:
    """Builds the query for the claims closest to a text, at one commit of the index."""

    def __init__(
        self, searcher: tantivy.Searcher, builder: QueryBuilder, vocabulary: Vocabulary
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._vocabulary = vocabulary

    def build(
        self, query: Query, corrections: tuple[tuple[str, str], ...], *, is_strict: bool
    ) -> ClosestQuery:
        """Build the query for claims with most of the words' weight; one quoted phrase is enough.
        Nothing is corrected in an exact query.

        If not `is_strict`, the caller ranks further: a named speaker's claims need not have any of
        the words, which may be only in the text around them.
        """
        told = tuple(self._told(query))
        whole = sum(one.weight for one in told)
        corrections += tuple((one.typed, one.read) for one in told if one.typed != one.read)
        runs = [run for run in map(_stems, query.phrases) if run]
        names_any = bool(runs) or any(one.is_name for one in told)
        clauses = list(self._clauses(told, runs))
        if not clauses and (is_strict or not query.speakers):
            nothing = [(Occur.Must, tantivy.Query.empty_query())]
            return ClosestQuery(nothing, whole, math.inf, told, corrections)
        asked = [*self._pairs(" ".join(query.words)), *_misquoted(runs)]
        if clauses:
            fewest = 1 if names_any or is_keywords(query.words) else 2
            most = tantivy.Query.boolean_query(clauses, minimum_number_should_match=fewest)
            must = Occur.Must if is_strict or not query.speakers else Occur.Should
            asked.insert(0, (must, most))
        least = min_score(query.words, whole, names_any=names_any)
        return ClosestQuery(asked, whole, max(least, query.min_share * whole), told, corrections)

    def _clauses(self, told: Iterable[WeightedWord], quoted: Iterable[Stems]) -> Iterator[Clause]:
        """Match any of the words with weight, and any quoted phrase."""
        for one in told:
            if one.ways and one.weight >= _LEAST_WORD:
                yield Occur.Should, self._clause(one)
        for run in quoted:
            yield Occur.Should, _scored(_run("text", run), _QUOTED)

    def _told(self, query: Query) -> Iterator[WeightedWord]:
        parts = word_weights(query.words)
        if "figure" in query.features and parts:
            parts[next(iter(parts))] *= _OF_FIGURE
        for part, weight in parts.items():
            yield self._read(part, weight, exact=query.exact)

    def _read(self, part: str, weight: float, *, exact: bool) -> WeightedWord:
        read, ways = part, self._ways(part)
        if not (ways or exact or is_word(part) or part[0] == "=") and len(part) >= _SHORTEST_SLIP:
            near = [
                one.word for one in self._vocabulary.near(part) if not is_negative_word(one.word)
            ]
            near = [one for one in near if one != part]
            read = near[0] if near else part
            ways = {(stem(word),): _SLIP for word in near[:_NEAREST]}
        if not ways:
            return WeightedWord(part, part, weight * _UNKNOWN, False, {})
        is_name = self._is_name(read)
        weight *= self._rarity(ways) * (_NAME if is_name else 1)
        return WeightedWord(part, read, weight, is_name, ways)

    def _is_name(self, word: str) -> bool:
        is_rare = frequency_rank(word) is None and word not in calendar.DATES
        return is_rare and not is_word(word) and self._searcher.doc_freq("name", word) > 0

    def _ways(self, part: str) -> dict[Stems, float]:
        """The stem sequences in claims that match a word, each with its weight."""
        spelled = () if part[0] == "=" else self._builder.stem_sequences(part)
        ways = dict(forms(part)) | {run: 1.0 for run in spelled if len(run) == 1}
        return {run: share for run, share in ways.items() if self._stands(run)}

    def _rarity(self, ways: Mapping[Stems, float]) -> float:
        """How rare a word is in the archive, from 0 to 1, by its likeliest forms together."""
        best = max(ways.values(), default=0.0)
        count = sum(self._stands(run) for run, share in ways.items() if share == best)
        claims = self._searcher.num_docs
        return _rarity(max(1, count), claims) / _rarity(1, claims)

    def _stands(self, run: Stems) -> int:
        """About how many claims have a sequence of stems."""
        if len(run) == 1:
            return self._count(run[0])
        if not all(map(self._count, run)):
            return 0
        found = self._searcher.search(_run("text", run), 1)
        return int(found.count)  # type: ignore[attr-defined]  # the stubs leave it out

    def _count(self, one: str) -> int:
        return max(self._searcher.doc_freq(field, one) for field in _FIELDS)

    def _clause(self, told: WeightedWord) -> tantivy.Query:
        fields = {"text": 1.0, "who": _NAMED_WHO if told.is_name else _WHO, "title": _TITLE}
        if told.is_figure:
            fields = {"text": 1.0}
        return tantivy.Query.disjunction_max_query([
            _scored(_run(field, run), told.weight * share * counts)
            for run, share in told.ways.items()
            for field, counts in fields.items()
            if len(run) == 1 or field != "title"  # which keeps no places of words
        ])  # fmt: skip

    def _pairs(self, text: str) -> Iterator[tuple[Occur, tantivy.Query]]:
        """Match pairs of neighbouring words of a text, stop words included."""
        told = word_weights(text.split())
        for one, other in pairwise(words(text)):
            pair = (stem(one), stem(other))
            tell = (
                told.get(word, _LITTLE) * self._rarity({(stem(word),): 1.0})
                for word in (one, other)
            )
            yield Occur.Should, _scored(_run("text", pair), _PAIR * sum(tell))


def _stems(phrase: str) -> Stems:
    return tuple(map(stem, words(phrase)))


def _misquoted(runs: Iterable[Stems]) -> Iterator[tuple[Occur, tantivy.Query]]:
    """Match each pair of neighbouring words in quoted phrases."""
    for run in runs:
        for pair in pairwise(run):
            yield Occur.Should, _scored(_run("text", pair), _QUOTED_PAIR)


def _scored(query: tantivy.Query, score: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, score)


def _run(field: str, run: Stems) -> tantivy.Query:
    if len(run) == 1:
        return tantivy.Query.term_query(SCHEMA, field, run[0])
    return tantivy.Query.phrase_query(SCHEMA, field, list(run))


def _rarity(count: int, claims: int) -> float:
    count = min(count, claims)
    return math.log1p((claims - count + 0.5) / (count + 0.5))
