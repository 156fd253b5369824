"""Find the claims closest to a text: those with the largest share of its words' weight.

No word is required. Each word's weight (bot/search/word_weights.py) is multiplied by its rarity in
the archive; names weigh most, and more still if they are the speaker's. A word also matches in
another form (bot/search/forms.py), in the article's title with less weight, or, if no claim has it
as typed, as a correction of a typing error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import NamedTuple

from bot.languages.table import calendar
from bot.languages.wordlist import frequency_rank, is_word
from bot.search.engine.queries import (
    MUST,
    SHOULD,
    Best,
    Clause,
    Combination,
    Constant,
    IndexQuery,
    Nothing,
)
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import normalise, stem, words
from bot.search.forms import Stems, forms
from bot.search.language.query import Query
from bot.search.meaning.opposites import is_negative_word
from bot.search.spelling.vocabulary import Vocabulary
from bot.search.word_weights import is_keywords, min_score, word_weights

_NAME_WEIGHT = 1.5
"""Weight of a name, relative to the rarest word."""
_WHO_WEIGHT, _NAME_IN_WHO_WEIGHT, _TITLE_WEIGHT = 0.7, 1.15, 0.5
"""Weight of a match in speaker or source, of a name there, and in the title."""
_CORRECTION_WEIGHT = 0.8
_COUNTED_NOUN_FACTOR = 1.5
"""Factor for the first word of a query that asks for a figure: the thing that is counted."""
_PAIR_WEIGHT = 0.15
"""Bonus for two neighbouring words that are neighbours in the query, too."""
_QUOTED_WEIGHT, _QUOTED_PAIR_WEIGHT = 2.0, 0.25
"""Weight of a quoted phrase, and of two neighbouring words of it, since people misquote."""
_UNKNOWN_RARITY = 0.6
"""Rarity assumed for a word that no claim has."""
_MAX_CORRECTIONS, _MIN_CORRECTABLE_LENGTH = 4, 4
"""Maximum number of similar words that match instead of an unknown word, and the minimum length of
that word."""
_MIN_WORD_WEIGHT = 0.1
"""Minimum weight of a word to be searched for."""
_MAX_WORDS_WITH_SYNONYMS, _OWN_FORM_SHARE = 12, 0.9
_FIELDS = ("text", "who", "title")


class WeightedWord(NamedTuple):
    """A word as typed, its correct spelling, its weight, and the forms that match it, each with its
    share of the weight."""

    typed: str
    spelling: str
    weight: float
    is_name: bool
    forms: Mapping[Stems, float]

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, which is searched for in the content only."""
        return self.typed[0] == "="

    @property
    def display_text(self) -> str:
        """The correct spelling; figures have separators for thousands."""
        return f"{float(self.spelling[1:]):,.10g}" if self.is_figure else self.spelling


class ClosestQuery(NamedTuple):
    """The clauses for claims close to a query, the words' total weight, the minimum weight
    of a close claim, and the words."""

    clauses: list[Clause]
    total_weight: float
    min_score: float
    weighted_words: tuple[WeightedWord, ...]
    corrections: tuple[tuple[str, str], ...]

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each corrected word."""
        return {word.spelling: word.weight for word in self.weighted_words}

    def correct(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Replace typed words by their corrections."""
        corrections = dict(self.corrections)
        return tuple(dict.fromkeys(corrections.get(normalise(word), word) for word in typed))

    @property
    def words(self) -> tuple[str, ...]:
        """The corrected words that are searched for."""
        return tuple(word.display_text for word in self.weighted_words if _is_searched(word))

    def heaviest_words(self, limit: int) -> tuple[str, ...]:
        """The `limit` heaviest of `words`, in the query's order."""
        weights = {word.display_text: word.weight for word in self.weighted_words}
        top_words = sorted(self.words, key=lambda word: -weights[word])[:limit]
        return tuple(word for word in self.words if word in top_words)


class ClosestQueryBuilder:
    """Builds the query for the claims closest to a text, at one commit of the index."""

    def __init__(
        self, searcher: Searcher, builder: QueryBuilder, vocabulary: Callable[[], Vocabulary]
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._vocabulary = vocabulary
        self._min_share = 0.0
        """The smallest weight of a form of a word that is searched for."""
        self._stem_counts: dict[str, int] = {}
        """How many claims have each stem that was counted: a text's words are counted twice."""
        self._sequence_counts: dict[Stems, int] = {}
        """How many claims have each sequence of several stems that expresses a word."""

    def build(
        self, query: Query, corrections: tuple[tuple[str, str], ...], *, is_strict: bool
    ) -> ClosestQuery:
        """Build the query for claims with most of the words' weight.

        A claim with a quoted phrase matches without any other word. Nothing is corrected in an
        exact query. If not `is_strict`, the caller ranks the claims by their context, too, so that
        a named speaker's claims match even without any of the words.
        """
        weighted_words = tuple(self._weighted_words(query))
        total = sum(word.weight for word in weighted_words)
        corrections += tuple(
            (word.typed, word.spelling) for word in weighted_words if word.typed != word.spelling
        )
        phrases = [stems for stems in map(_stems, query.phrases) if stems]
        has_quote_or_name = bool(phrases) or any(word.is_name for word in weighted_words)
        word_clauses = list(self._word_clauses(weighted_words, phrases))
        requires_words = is_strict or not query.speakers
        if not word_clauses and requires_words:
            no_match: list[Clause] = [(MUST, Nothing())]
            return ClosestQuery(no_match, total, math.inf, weighted_words, corrections)
        clauses = [
            *self._pair_clauses(weighted_words, " ".join(query.words)),
            *self._quoted_pair_clauses(phrases),
        ]
        if word_clauses:
            min_words = 1 if has_quote_or_name or is_keywords(query.words) else 2
            any_words = Combination(word_clauses, min_should=min_words)
            clauses.insert(0, (MUST if requires_words else SHOULD, any_words))
        minimum = min_score(query.words, total, has_quote_or_name=has_quote_or_name)
        minimum = max(minimum, query.min_share * total)
        return ClosestQuery(clauses, total, minimum, weighted_words, corrections)

    def _word_clauses(
        self, weighted_words: Iterable[WeightedWord], phrases: Iterable[Stems]
    ) -> Iterator[Clause]:
        """Match any of the words with weight, and any quoted phrase."""
        for word in filter(_is_searched, weighted_words):
            yield SHOULD, self._word_query(word)
        for phrase in phrases:
            yield SHOULD, self._scored_sequence("text", phrase, _QUOTED_WEIGHT)

    def _weighted_words(self, query: Query) -> Iterator[WeightedWord]:
        weights = word_weights(query.words)
        # A sentence has enough words without their synonyms.
        self._min_share = 0.0 if len(weights) <= _MAX_WORDS_WITH_SYNONYMS else _OWN_FORM_SHARE
        self._load_counts(weights, " ".join(query.words))
        self._count_sequences(weights)
        if "figure" in query.features and weights:
            weights[next(iter(weights))] *= _COUNTED_NOUN_FACTOR
        for word, weight in weights.items():
            yield self._weighted_word(word, weight, exact=query.exact)

    def _load_counts(self, weighted: Collection[str], text: str) -> None:
        sequences = (
            stems
            for word in weighted
            for stems in (*forms(word), *self._builder.stem_sequences(word))
        )
        stems = chain(map(stem, words(text)), chain.from_iterable(sequences))
        self._searcher.load_doc_freqs(
            chain(
                (("name", word) for word in weighted),
                ((field, word_stem) for word_stem in stems for field in _FIELDS),
            )
        )

    def _count_sequences(self, typed: Iterable[str]) -> None:
        """Count the claims that express these words by several, such as "coast guard"."""
        sequences = {
            stems
            for word in typed
            for stems, share in forms(word).items()
            if len(stems) > 1 and share >= self._min_share
        }
        possible = [stems for stems in sequences if all(map(self._stem_count, stems))]
        queries = [self._builder.sequence_query("text", stems) for stems in possible]
        counts = zip(possible, self._searcher.count_each(queries), strict=True)
        self._sequence_counts = dict.fromkeys(sequences, 0) | dict(counts)

    def _weighted_word(self, typed: str, weight: float, *, exact: bool) -> WeightedWord:
        spelling, form_shares = typed, self._matching_forms(typed)
        is_figure = typed[0] == "="
        is_trusted = bool(form_shares) or exact or is_figure or is_word(typed)
        if not is_trusted and len(typed) >= _MIN_CORRECTABLE_LENGTH:
            similar_words = [
                candidate.word
                for candidate in self._vocabulary().similar_words(typed)
                if candidate.word != typed and not is_negative_word(candidate.word)
            ]
            spelling = similar_words[0] if similar_words else typed
            form_shares = {
                (stem(word),): _CORRECTION_WEIGHT for word in similar_words[:_MAX_CORRECTIONS]
            }
        if not form_shares:
            return WeightedWord(typed, typed, weight * _UNKNOWN_RARITY, False, {})
        is_name = self._is_name(spelling)
        weight *= self._rarity(form_shares) * (_NAME_WEIGHT if is_name else 1)
        return WeightedWord(typed, spelling, weight, is_name, form_shares)

    def _is_name(self, word: str) -> bool:
        is_rare = frequency_rank(word) is None and word not in calendar.MONTHS_AND_WEEKDAYS
        return is_rare and not is_word(word) and self._searcher.doc_freq("name", word) > 0

    def _matching_forms(self, word: str) -> dict[Stems, float]:
        """The stem sequences that match a word and occur in claims, each with its share of the
        weight."""
        shares = {stems: share for stems, share in forms(word).items() if share >= self._min_share}
        if word[0] != "=":
            sequences = self._builder.stem_sequences(word)
            shares |= {stems: 1.0 for stems in sequences if len(stems) == 1}
        return {stems: share for stems, share in shares.items() if self._claim_count(stems)}

    def _rarity(self, shares: Mapping[Stems, float]) -> float:
        """How rare a word is in the archive, from 0 to 1, by the forms with the largest share."""
        best_share = max(shares.values(), default=0.0)
        count = sum(
            self._claim_count(stems) for stems, share in shares.items() if share == best_share
        )
        total = self._searcher.num_docs
        return _inverse_frequency(max(1, count), total) / _inverse_frequency(1, total)

    def _claim_count(self, stems: Stems) -> int:
        return self._stem_count(stems[0]) if len(stems) == 1 else self._sequence_counts[stems]

    def _stem_count(self, word_stem: str) -> int:
        count = self._stem_counts.get(word_stem)
        if count is None:
            doc_freq = self._searcher.doc_freq
            count = max([doc_freq(field, word_stem) for field in _FIELDS])
            self._stem_counts[word_stem] = count
        return count

    def _word_query(self, word: WeightedWord) -> IndexQuery:
        field_weights = {"text": 1.0}
        if not word.is_figure:
            field_weights["who"] = _NAME_IN_WHO_WEIGHT if word.is_name else _WHO_WEIGHT
            field_weights["title"] = _TITLE_WEIGHT
        return Best([
            self._scored_sequence(field, stems, word.weight * share * field_weight)
            for stems, share in word.forms.items()
            for field, field_weight in field_weights.items()
            if len(stems) == 1 or field != "title"  # titles are compared word by word only
        ])  # fmt: skip

    def _pair_clauses(self, weighted_words: Iterable[WeightedWord], text: str) -> Iterator[Clause]:
        """Match pairs of neighbouring words of a text; those of a stop word take longest to find
        and say least."""
        weights = {word.typed: word.weight for word in weighted_words}
        for pair in pairwise(words(text)):
            if weights.keys() >= {*pair}:
                score = _PAIR_WEIGHT * sum(map(weights.__getitem__, pair))
                yield SHOULD, self._scored_sequence("text", tuple(map(stem, pair)), score)

    def _quoted_pair_clauses(self, phrases: Iterable[Stems]) -> Iterator[Clause]:
        for phrase in phrases:
            for pair in pairwise(phrase):
                yield SHOULD, self._scored_sequence("text", pair, _QUOTED_PAIR_WEIGHT)

    def _scored_sequence(self, field: str, stems: Stems, score: float) -> IndexQuery:
        query = self._builder.sequence_query(field, stems)
        return Constant(query, score)


def _is_searched(word: WeightedWord) -> bool:
    return bool(word.forms) and word.weight >= _MIN_WORD_WEIGHT


def _stems(phrase: str) -> Stems:
    return tuple(map(stem, words(phrase)))


def _inverse_frequency(count: int, total: int) -> float:
    count = min(count, total)
    return math.log1p((total - count + 0.5) / (count + 0.5))
