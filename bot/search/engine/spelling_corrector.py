"""Correct the typing errors in a query that finds nothing as typed.

A word that is in no dictionary and in no claim may be a misspelling of any similar indexed word;
a word that occurs in claims is replaced only by a much commoner one. A search for claims with an
alternative for each word ranks them by how well they match and how small the errors are, so that
words which occur together win. The best hits then show which alternatives are the corrections.
Replacements of dictionary words are found in the same way, but only suggested.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.languages.wordlist import is_listed, is_word
from bot.search.engine.queries import (
    MUST,
    MUST_NOT,
    SHOULD,
    Boost,
    Clause,
    Combination,
    IndexQuery,
    Shared,
    any_of,
    unscored,
)
from bot.search.engine.query_builder import QueryBuilder, majority_of
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import name_words, stem, words
from bot.search.language.query import Query
from bot.search.meaning.opposites import negated_forms
from bot.search.spelling.vocabulary import MAX_LIKELY_COST, Candidate, Vocabulary, typing_cost
from bot.search.tokenized import STOP_WORDS, negates

_INFLECTION_COST = 0.3
"""Cost of matching a word in another inflection."""
_MAX_READINGS = 5
"""How many of the best hits give a reading; claims that match any reading are found."""
_NAME_FIELDS = ("speakers", "mentions", "via", "outlets")
_INDEX_FIELDS = {"mentions": "surface", "speakers": "name"}
"""The index field in which each part's names are searched; words are searched in all fields."""

_MIN_CORRECTABLE_LENGTH = 3
"""Shorter words are not corrected: "Xi" is not a misspelling of "Li"."""
_MAX_SHORT_LENGTH = 3
"""Words up to this length are not corrected if claims have them and all other words are known: a
wrong correction would change the meaning ("is" to "in", "now" to "not")."""
_UNUSUAL_WORD_FACTOR, _INFLECTED_WORD_FACTOR = 20, 5
"""How many times as many claims must have the corrected word as the typed word: if the typed word
occurs as typed, such as a name, and if it occurs only in another inflection."""
_CARELESS_SHARE = 0.5
"""If at least this share of a query's words is unknown, its other words may be mistyped, too."""

Correction = tuple[str, str]
"""A word as typed and as corrected."""


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


class CorrectedQuery(NamedTuple):
    """A corrected query, and the words that were changed."""

    query: Query
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class CorrectedReadings:
    """The possible corrections of a query, likeliest first, and the query that finds the
    claims of all of them, best first."""

    readings: tuple[CorrectedQuery, ...]
    query: IndexQuery


class SpellingCorrector:
    """Corrects mistyped queries at one commit of the index."""

    def __init__(
        self,
        searcher: Searcher,
        builder: QueryBuilder,
        vocabulary: Vocabulary,
        *,
        doubt_all: bool = False,
    ) -> None:
        """With `doubt_all`, correctly spelled words may be replaced, too."""
        self._searcher = searcher
        self._builder = builder
        self._vocabulary = vocabulary
        self._doubt_all = doubt_all

    def correct(self, typed: Query) -> CorrectedReadings | None:
        """Correct the words, speakers and mentions of a query so that it finds something.

        A `loose` query requires only most of its words, and only those that no claim has are
        corrected. Returns None if no correction finds anything.
        """
        query, name_corrections = self._correct_known_names(typed)
        split_query = self._split(query)
        if not split_query:
            return None
        likely_claims = Combination(self._clauses_with_alternatives(query, split_query))
        found = self._readings(likely_claims, _MAX_READINGS, query, name_corrections, split_query)
        readings = tuple(dict.fromkeys(found))
        if not readings:
            return None
        any_reading = any_of([Combination(self._clauses(reading.query)) for reading in readings])
        ranking = _ranking_clauses(split_query, readings)
        return CorrectedReadings(readings, Combination([(MUST, unscored(any_reading)), *ranking]))

    def alternatives(
        self, typed: Query, answered: Iterable[Query], limit: int
    ) -> tuple[Query, ...]:
        """Find the `limit` likeliest queries that replace a correct word (in the dictionary, or in
        claims) and find something that the `answered` queries do not."""
        query, name_corrections = self._correct_known_names(typed)
        if not any(map(self._is_correct, self._correctable(query))):
            return ()
        split_query = self._split(query)
        if not split_query:
            return ()
        typed_words = list(split_query.typed_words())
        correct_words = [word for word in typed_words if self._is_correct(word.typed)]
        changed_queries = _single_change_queries(
            correct_words, keep_others=len(correct_words) == len(typed_words)
        )
        clauses = self._clauses_with_alternatives(query, split_query)
        clauses.append((MUST, Combination([(SHOULD, query) for query in changed_queries])))
        clauses += [(MUST_NOT, Combination(self._clauses(query))) for query in answered]
        clauses = [(occur, Shared(clause)) for occur, clause in clauses]
        alternatives: list[Query] = []
        while len(alternatives) < limit:
            claims = Combination(clauses)
            readings = [
                reading.query
                for reading in self._readings(claims, 1, query, name_corrections, split_query)
            ]
            if not readings or readings[0] in alternatives:
                break
            alternatives += readings
            clauses.append((MUST_NOT, Shared(Combination(self._clauses(readings[0])))))
        return tuple(alternatives)

    def _correctable(self, query: Query) -> list[str]:
        texts = (*self._required_words(query), *query.mentions, *query.speakers)
        return [word for text in texts for word in words(text)]

    def _is_correct(self, typed: str) -> bool:
        return is_word(typed) or self._builder.claim_count(typed, self._searcher) > 0

    def _clauses_with_alternatives(self, query: Query, split_query: SplitQuery) -> list[Clause]:
        """Require everything in a query; any alternative of a word is enough."""
        word_clauses = (
            _majority_of_texts(split_query.words)
            if query.loose
            else _each_word_of(split_query.words)
        )
        mentions = tuple(name for name in query.mentions if name not in split_query.mentions)
        others = self._clauses(replace(query, words=(), mentions=mentions, speakers=()))
        speakers = self._any_speaker(query.speakers, split_query.speakers)
        return [*word_clauses, *_each_word_of(split_query.mentions), *speakers, *others]

    def _correct_known_names(self, query: Query) -> tuple[Query, tuple[Correction, ...]]:
        corrections: dict[str, str] = {}
        names = [value for part in _NAME_FIELDS for value in getattr(query, part)]
        self._searcher.load_doc_freqs(("name", word) for name in names for word in words(name))
        for value in names:
            is_indexed = all(self._searcher.doc_freq("name", word) for word in words(value))
            if not is_indexed and (known_name := self._builder.nearest_known_name(value)):
                corrections[value] = known_name
        return _replace_texts(query, dict.fromkeys(_NAME_FIELDS, corrections)), tuple(
            corrections.items()
        )

    def _split(self, query: Query) -> SplitQuery | None:
        """Split the texts that may be mistyped into words, each with its alternatives.

        Returns None if a word is in no claim and nothing is similar to it.
        """
        texts: dict[str, dict[str, Sequence[str]]] = {
            "words": {text: words(text) for text in self._required_words(query)},
            "mentions": self._split_names(query.mentions),
            "speakers": self._split_names(query.speakers),
        }
        self._load_counts(texts)
        counts = {
            (part, word): self._claim_count(part, word)
            for part, part_texts in texts.items()
            for text_words in part_texts.values()
            for word in text_words
        }
        unknown_share = sum(not count for count in counts.values()) / max(1, len(counts))
        typed_words: dict[tuple[str, str], TypedWord] = {}
        for (part, word), count in counts.items():
            is_trusted = query.loose and count
            candidates = [] if is_trusted else self._candidates(word, count, unknown_share)
            if part == "words":
                if not count and not candidates:
                    return None
                typed_words[part, word] = self._typed_word(word, candidates)
            else:
                typed_words[part, word] = self._typed_name(word, candidates, _INDEX_FIELDS[part])
        return SplitQuery(
            **{
                part: {
                    text: [typed_words[part, word] for word in part_texts[text]]
                    for text in part_texts
                }
                for part, part_texts in texts.items()
            }
        )

    def _load_counts(self, texts: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._builder.load_counts(texts["words"], self._searcher)
        self._searcher.load_doc_freqs(
            (field, similar_word)
            for part_texts in texts.values()
            for text_words in part_texts.values()
            for word in text_words
            for similar_word in (
                word,
                *(candidate.word for candidate in self._vocabulary.similar_words(word)),
            )
            for field in ("surface", "name")
        )

    def _claim_count(self, part: str, word: str) -> int:
        if part in _INDEX_FIELDS:
            return int(self._searcher.doc_freq(_INDEX_FIELDS[part], word))
        # A word that only titles have is not mistyped either.
        count = self._builder.claim_count(word, self._searcher)
        return count or int(self._searcher.doc_freq("title", stem(word)))

    def _candidates(self, typed: str, count: int, unknown_share: float) -> list[Candidate]:
        """The words that a typed word may be a misspelling of.

        `count` claims have it as typed; `unknown_share` (0 to 1) is the share of the query's words
        that no claim has. A dictionary word is taken as correct. So is a word that claims have,
        such as a name, unless a likely typing error turns it into a much commoner word. If other
        words are unknown, either of the two conditions is enough.
        """
        if len(typed) < _MIN_CORRECTABLE_LENGTH or negates(typed):
            return []
        if self._doubt_all:
            return [*self._vocabulary.similar_words(typed)]
        if is_word(typed):
            return []
        if count and len(typed) <= _MAX_SHORT_LENGTH and (not unknown_share or typed in STOP_WORDS):
            return []
        candidates = [
            candidate
            for candidate in self._vocabulary.similar_words(typed)
            if not _may_be_opposite(typed, candidate)
        ]
        if not count or unknown_share >= _CARELESS_SHARE:
            return candidates
        typed_count = self._vocabulary.count(typed)
        if unknown_share:
            min_count = _UNUSUAL_WORD_FACTOR * max(1, typed_count)
        else:
            min_count = (_UNUSUAL_WORD_FACTOR if typed_count else _INFLECTED_WORD_FACTOR) * count

        def is_plausible(candidate: Candidate) -> bool:
            is_likely_error = candidate.typing_cost <= MAX_LIKELY_COST
            is_commoner = candidate.claims >= min_count
            if unknown_share:
                return is_likely_error or is_commoner
            return is_likely_error and is_commoner

        return [
            candidate
            for candidate in candidates
            if candidate.word == typed or is_plausible(candidate)
        ]

    def _typed_word(self, typed: str, candidates: list[Candidate]) -> TypedWord:
        # The candidates include the word itself, if it is in the vocabulary, at a negative cost.
        costs = {candidate.word: candidate.cost for candidate in candidates}
        own_cost = costs.get(typed, 0.0) + _INFLECTION_COST
        typed_alternative = Alternative(typed, own_cost, self._builder.text_query(typed))
        others = [
            Alternative(word, cost, Shared(self._word_query(word))) for word, cost in costs.items()
        ]
        return TypedWord(typed, [typed_alternative, *others])

    def _typed_name(self, typed: str, candidates: list[Candidate], field: str) -> TypedWord:
        costs = {typed: 0.0}
        for candidate in candidates:
            costs.setdefault(candidate.word, candidate.cost)
        alternatives = [
            Alternative(word, cost, Shared(self._builder.exact_word_query(word, [field])))
            for word, cost in costs.items()
        ]
        return TypedWord(typed, alternatives)

    def _word_query(self, word: str) -> IndexQuery:
        """Match an indexed word, in the fields that have it; searching others would cost time."""
        if word in self._builder.configured_spellings:
            return self._builder.text_query(word)
        fields = [field for field in ("surface", "name") if self._searcher.doc_freq(field, word)]
        return self._builder.exact_word_query(word, fields)

    def _split_names(self, values: Iterable[str]) -> dict[str, Sequence[str]]:
        unknown_names = (value for value in values if not self._builder.is_known_name(value))
        return {name: name_words(name) for name in unknown_names}

    def _any_speaker(
        self, names: tuple[str, ...], split_names: dict[str, list[TypedWord]]
    ) -> Iterator[Clause]:
        if names:
            queries = [
                Combination(_each_word_of({name: typed_words}))
                for name, typed_words in split_names.items()
            ]
            if known_names := tuple(name for name in names if name not in split_names):
                queries.append(Combination(self._clauses(Query(speakers=known_names))))
            yield MUST, any_of(queries)

    def _required_words(self, query: Query) -> tuple[str, ...]:
        return self._builder.required_words(query, self._searcher)

    def _clauses(self, query: Query) -> list[Clause]:
        return self._builder.clauses(query, self._searcher)

    def _readings(
        self,
        claims: IndexQuery,
        limit: int,
        query: Query,
        name_corrections: tuple[Correction, ...],
        split_query: SplitQuery,
    ) -> Iterator[CorrectedQuery]:
        """Yield the query corrected by the alternatives that made each of the best `limit` of the
        claims match."""
        typed_words = list(split_query.typed_words())
        groups = [[alternative.query for alternative in word.alternatives] for word in typed_words]
        for positions in self._searcher.first_matches(claims, limit, groups):
            matches = [
                None if position is None else word.alternatives[position].word
                for word, position in zip(typed_words, positions, strict=True)
            ]
            yield _reading(query, name_corrections, split_query, iter(matches))


def _reading(
    query: Query,
    name_corrections: tuple[Correction, ...],
    split_query: SplitQuery,
    remaining_matches: Iterator[str | None],
) -> CorrectedQuery:
    corrections = dict(name_corrections)
    replacements: dict[str, dict[str, str]] = {part: {} for part in split_query._fields}
    for part, texts in split_query._asdict().items():
        for text, typed_words in texts.items():
            matches = [next(remaining_matches) for _ in typed_words]
            word_corrections = {
                word.typed: match
                for word, match in zip(typed_words, matches, strict=True)
                if match and match != word.typed
            }
            # Of several speakers, a hit need have only one.
            if word_corrections and all(matches):
                replacements[part][text] = " ".join(filter(None, matches))
                corrections |= word_corrections
    return CorrectedQuery(_replace_texts(query, replacements), tuple(corrections.items()))


def _may_be_opposite(typed: str, candidate: Candidate) -> bool:
    """Whether a typed word is as close to a candidate's opposite as to the candidate: "usafe" may
    mean "unsafe", not "safe"."""
    return any(
        typing_cost(typed, opposite) <= candidate.typing_cost and is_listed(opposite)
        for opposite in negated_forms(candidate.word)
    )


def _replace_texts(query: Query, replacements: Mapping[str, Mapping[str, str]]) -> Query:
    """Replace texts in the parts of a query; a replacement of a word is split into words."""
    parts: dict[str, Any] = {}
    for part, corrections in replacements.items():
        texts = [corrections.get(text, text) for text in getattr(query, part)]
        if part == "words":
            texts = [
                word
                for text in query.words
                for word in (corrections[text].split() if text in corrections else [text])
            ]
        parts[part] = tuple(dict.fromkeys(texts))
    return replace(query, **parts)


def _ranking_clauses(split_query: SplitQuery, readings: Iterable[CorrectedQuery]) -> list[Clause]:
    """Rank by the words of the readings; other alternatives are not looked up again."""
    corrected_words = {word for reading in readings for _, word in reading.corrections}
    return [
        (SHOULD, word.any_query({word.typed, *corrected_words}))
        for word in split_query.typed_words()
    ]


def _single_change_queries(
    words: Sequence[TypedWord], *, keep_others: bool
) -> Iterator[IndexQuery]:
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


def _each_word_of(texts: dict[str, list[TypedWord]]) -> list[Clause]:
    """Require each word of some texts."""
    return [(MUST, word.any_query()) for words in texts.values() for word in words]


def _majority_of_texts(texts: dict[str, list[TypedWord]]) -> list[Clause]:
    """Require most of the texts, each with all of its words."""
    return majority_of(
        {text: Combination(_each_word_of({text: words})) for text, words in texts.items()}
    )
