"""Answer queries from one commit of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from bot.model import ANYONE, Count, Facets
from bot.search.engine.closest_claims import ClosestQuery, ClosestQueryBuilder
from bot.search.engine.documents import FACETS, JOINED
from bot.search.engine.queries import (
    MUST,
    MUST_NOT,
    SHOULD,
    Clause,
    Combination,
    Everything,
    Ids,
    IndexQuery,
    Statements,
    Term,
    unscored,
)
from bot.search.engine.query_builder import MAX_REQUIRED_WORDS, MAX_TYPED_WORDS, QueryBuilder
from bot.search.engine.searcher import Hit, Searcher
from bot.search.engine.shared_words import shared_words_query
from bot.search.engine.spelling_corrector import CorrectedReadings, Correction, SpellingCorrector
from bot.search.engine.words import words
from bot.search.language.parts import trim_words
from bot.search.language.query import FILTERS, Query
from bot.search.protocol import ScoredId, SearchResult
from bot.search.spelling.vocabulary import Vocabulary

_MAX_SUGGESTIONS = _MAX_DID_YOU_MEAN = 3
_MIN_SHARE_OF_BEST = 0.5
"""Minimum score of a close claim, as a share of the best one's."""
_MAX_SUGGESTED_WORDS = 4
"""How many words are used to suggest queries if no claim is close to a text."""
_MAX_CANDIDATES, _MAX_CORRECTED_CANDIDATES = 24, 3
"""How many suggestions are tried: as they are, and with corrections, which takes far longer."""
_MAX_CORRECTABLE_WORDS = 24
"""Maximum number of words in a query and its names; longer queries are not corrected."""
_MAX_TIES = 4096
"""How many hits of equal score are put in order; beyond that, ties may come in any order."""
_SCORE_DIGITS = 4
"""Scores are rounded to this many decimals; the order of adding them changes further digits."""
_MAX_FACET_VALUES = 10
_VALUES_PER_SEGMENT = 1000
"""How many of each segment's commonest values are added up: the sums are nearly always exact."""


class Page(NamedTuple):
    """The best `limit` claims after `offset`, or the best claim of each of so many statements."""

    limit: int
    offset: int = 0
    by_statement: bool = False


class _Ranked(NamedTuple):
    """How many claims match, the best of them, and their statements if all of them are known."""

    total: int
    hits: list[Hit]
    statements: int | None


class IndexReader:
    """Answers queries at one commit.

    `vocabulary` returns the words by which queries are corrected; it is asked only when needed.
    """

    def __init__(
        self,
        searcher: Searcher,
        builder: QueryBuilder,
        vocabulary: Callable[[], Vocabulary],
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._vocabulary = vocabulary

    def find(self, query: Query, page: Page) -> SearchResult:
        """Find a page of the best claims.

        If nothing is found, correct typing errors; if that fails too, require only most of the
        words, or half of many. Correctly spelled words are replaced only in suggestions.
        """
        # Memory is allocated for offset + limit.
        if page.offset:
            page = page._replace(offset=min(page.offset, self._searcher.num_docs))
        if query.is_rough:
            return self._find_closest(query, page)
        result = self._find_as_typed(query, page)
        if result.total:
            return result
        result = self._retry(result, page)
        return replace(result, did_you_mean=self._did_you_mean(query, result))

    def find_candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the `limit` claims with the largest share of a rough query's weight, however small;
        if it names a speaker, also claims of theirs that share no word."""
        query, closest_query, hits = self._closest_hits(query, limit, is_strict=False)
        return self._rough_result(query, closest_query, self._divide_out_claim_weights(hits))

    def _find_closest(self, query: Query, page: Page) -> SearchResult:
        """Find the claims close enough to a rough query."""
        depth = page.offset + page.limit
        query, closest_query, hits = self._closest_hits(query, depth, is_strict=True)
        scored_hits = self._divide_out_claim_weights(hits)
        min_score = max(
            [closest_query.min_score, *(_MIN_SHARE_OF_BEST * score for score, _ in scored_hits)]
        )
        close_hits = [hit for hit in scored_hits if hit[0] >= min_score]
        result = self._rough_result(
            replace(query, words=closest_query.words), closest_query, close_hits
        )
        if result.total:
            return replace(result, ids=result.ids[page.offset :][: page.limit])
        suggested_query = replace(query, words=closest_query.heaviest_words(_MAX_SUGGESTED_WORDS))
        return replace(result, query=query, suggestions=self._suggestions(suggested_query))

    def _closest_hits(
        self, query: Query, limit: int, *, is_strict: bool
    ) -> tuple[Query, ClosestQuery, list[Hit]]:
        """The query with its speakers corrected, its weighted form, and the best hits."""
        query, corrections = self._correct_speakers(query)
        builder = ClosestQueryBuilder(self._searcher, self._builder, self._vocabulary)
        closest_query = builder.build(query, corrections, is_strict=is_strict)
        filters = self._builder.other_clauses(replace(query, phrases=()))
        unscored_filters = [
            (occur, unscored(clause) if occur == MUST else clause) for occur, clause in filters
        ]
        claims = Combination([*closest_query.clauses, *unscored_filters])
        return query, closest_query, self._rank(claims, Page(limit), count=False).hits

    def _rough_result(
        self, query: Query, closest_query: ClosestQuery, hits: list[Hit]
    ) -> SearchResult:
        total = closest_query.total_weight or 1.0
        ids = self._to_scored_ids(
            [(round(score / total, _SCORE_DIGITS), address) for score, address in hits]
        )
        return SearchResult(
            total=len(ids),
            ids=ids,
            query=replace(query, words=closest_query.correct(query.words)),
            corrections=closest_query.corrections,
            weights=closest_query.weights,
            min_share=closest_query.min_score / total,
        )

    def _divide_out_claim_weights(self, hits: Sequence[Hit]) -> list[Hit]:
        weights = self._searcher.weights([address for _, address in hits])
        return [
            (score / weight, address)
            for (score, address), weight in zip(hits, weights, strict=True)
        ]

    def _retry(self, result: SearchResult, page: Page) -> SearchResult:
        """Retry a query that found nothing: corrected, then loosely, then with suggestions."""
        query = result.query
        if readings := self._correct(query):
            return self._find_corrected(readings, page)
        loose_result = self._find_loosely(query, page)
        if loose_result and loose_result.total:
            return loose_result
        return replace(result, suggestions=self._suggestions(query))

    def facets(self, readings: Sequence[Query]) -> Facets:
        """Count the claims that match any of these queries, for each facet's commonest values."""
        claims = Combination([(SHOULD, self._claims_query(reading)) for reading in readings])
        size = {"size": _MAX_FACET_VALUES, "segment_size": _VALUES_PER_SEGMENT}
        aggregation = {name: {"terms": {"field": f"by_{name}", **size}} for name in FACETS}
        counts = self._searcher.aggregate(claims, aggregation)
        values = {
            name: tuple(
                Count(bucket["key"], int(bucket["doc_count"])) for bucket in counts[name]["buckets"]
            )
            for name in FACETS
        }
        return Facets(**values)

    def outlets(self, limit: int) -> list[str]:
        """The outlets of all claims that everyone may see, those with most claims first."""
        terms = {"field": "by_outlet", "size": limit, "segment_size": _VALUES_PER_SEGMENT}
        counts = self._searcher.aggregate(self._shown_to_anyone(), {"outlet": {"terms": terms}})
        return [str(bucket["key"]) for bucket in counts["outlet"]["buckets"]]

    def find_by_shared_words(self, text: str, limit: int, viewer: str) -> list[ScoredId]:
        """Find the `limit` claims that share the most words with a text."""
        hidden = [(MUST_NOT, query) for query in self._builder.hidden_queries(viewer)]
        query = Combination([(MUST, shared_words_query(text, self._searcher)), *hidden])
        hits = self._searcher.search(query, limit, count=False).hits
        scored_hits = self._to_scored_ids(
            [(round(score, _SCORE_DIGITS), address) for score, address in hits]
        )
        return sorted(scored_hits, key=lambda scored_id: (-scored_id[1], scored_id[0]))

    def filter_ids(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Select the given claims that are indexed and match a query, without correction."""
        if not claim_ids:
            return set()
        clauses: list[Clause] = [
            (MUST, Ids(claim_ids)),
            *self._builder.clauses(query, self._searcher),
        ]
        return set(self._searcher.find_ids(Combination(clauses), len(claim_ids)))

    def _shown_to_anyone(self) -> IndexQuery:
        hidden = [(MUST_NOT, query) for query in self._builder.hidden_queries(ANYONE)]
        return Combination([(MUST, Everything()), *hidden])

    def ids(self) -> Iterator[str]:
        """Yield the ids of all claims."""
        return self._searcher.find_ids(Everything(), max(1, self._searcher.num_docs))

    def _claims_query(self, query: Query) -> IndexQuery:
        return Combination(self._builder.clauses(query, self._searcher))

    def _find_as_typed(self, query: Query, page: Page) -> SearchResult:
        return self._result(self._claims_query(query), query, page)

    def _find_corrected(self, corrected_readings: CorrectedReadings, page: Page) -> SearchResult:
        (query, corrections), *others = corrected_readings.readings
        return replace(
            self._result(corrected_readings.query, query, page),
            corrections=corrections,
            other_readings=tuple(other.query for other in others),
        )

    def _result(self, claims: IndexQuery, query: Query, page: Page) -> SearchResult:
        ranked = self._rank(
            claims,
            page,
            order_by=None
            if query.has_text and query.sort == "best"
            else "oldest"
            if query.sort == "first"
            else "order",
        )
        result = SearchResult(
            total=ranked.total, ids=self._to_scored_ids(ranked.hits[page.offset :]), query=query
        )
        if not page.by_statement:
            return result
        count = ranked.statements
        if count is None:
            count = self._count_statements(claims, ranked.total)
        return replace(result, statements=count)

    def _rank(
        self, claims: IndexQuery, page: Page, *, order_by: str | None = None, count: bool = True
    ) -> _Ranked:
        """Find the best hits up to the end of a page, by score and then by the order field, or by
        `order_by` alone.

        Ties come in an arbitrary order, and claims of one statement anywhere. So hits are fetched
        until there are enough, and the last one wanted and the last one fetched differ in score.
        """
        depth = page.offset + page.limit
        fetch_count = depth + 1 + page.by_statement * depth // 2
        while True:
            result = self._searcher.search(
                claims, fetch_count, order_by=order_by, weighted=not order_by, count=count
            )
            hits = [(round(score, _SCORE_DIGITS), address) for score, address in result.hits]
            is_all = len(hits) < fetch_count
            addresses = [address for _, address in hits]
            if not order_by:
                orders = self._searcher.orders(addresses)
                best_first = sorted(
                    zip(hits, orders, strict=True), key=lambda pair: (-pair[0][0], -pair[1])
                )
                hits = [hit for hit, _ in best_first]
            if page.by_statement:
                addresses = [address for _, address in hits]
                statements = self._searcher.statements(addresses)
                first = dict(zip(reversed(statements), reversed(hits), strict=True))
                best = [first[statement] for statement in dict.fromkeys(statements)]
            else:
                best = hits
            has_ties = not order_by and len(hits) - depth < _MAX_TIES
            is_sure = len(best) >= depth and not (has_ties and best[depth - 1][0] == hits[-1][0])
            if is_all or is_sure:
                return _Ranked(result.total, best[:depth], len(best) if is_all else None)
            fetch_count = depth + 8 * (fetch_count - depth + 1)

    def _count_statements(self, claims: IndexQuery, total: int) -> int:
        """Count the statements that `total` claims report.

        Each claim that has founded its statement counts once, and each statement whose other claims
        match, but not the one that has founded it.
        """
        matching: Clause = (MUST, unscored(claims))
        joined = Term("tag", JOINED)
        query = Combination([matching, (MUST, unscored(joined))])
        hits = self._searcher.search(query, max(1, total), count=False).hits
        statements = {*self._searcher.statements([address for _, address in hits])}
        founders = [matching, (MUST, unscored(Statements([*statements]))), (MUST_NOT, joined)]
        founded = self._searcher.count_each([Combination(founders)])[0] if statements else 0
        return total - len(hits) + len(statements) - founded

    def _to_scored_ids(self, hits: list[Hit]) -> tuple[ScoredId, ...]:
        return tuple((self._searcher.id(address), score) for score, address in hits)

    def _correct(self, query: Query) -> CorrectedReadings | None:
        return None if _is_literal(query) else self._corrector().correct(query)

    def _did_you_mean(self, query: Query, result: SearchResult) -> tuple[str, ...]:
        """The nearest queries that find something by replacing correctly spelled words, except
        those already answered."""
        if _is_literal(query):
            return ()
        answered_queries = result.readings if result.corrections and not result.query.loose else ()
        corrector = self._corrector(doubt_all=True)
        return tuple(map(str, corrector.alternatives(query, answered_queries, _MAX_DID_YOU_MEAN)))

    def _corrector(self, *, doubt_all: bool = False) -> SpellingCorrector:
        return SpellingCorrector(
            self._searcher, self._builder, self._vocabulary(), doubt_all=doubt_all
        )

    def _correct_speakers(self, query: Query) -> tuple[Query, tuple[Correction, ...]]:
        speaker_query = Query(speakers=query.speakers, speaker_aliases=query.speaker_aliases)
        if not query.speakers or self._find_as_typed(speaker_query, Page(1)).total:
            return query, ()
        corrected_readings = self._correct(speaker_query)
        if not corrected_readings:
            return query, ()
        reading, corrections = corrected_readings.readings[0]
        return replace(query, speakers=reading.speakers), corrections

    def _find_loosely(self, query: Query, page: Page) -> SearchResult | None:
        """Find claims with most of the words, or half of many; unknown words among few are
        corrected first, and nothing is found if one cannot be."""
        if query.exact or not 1 < len(query.words) <= MAX_REQUIRED_WORDS:
            return None
        loose = replace(query, loose=True)
        counts = (self._builder.claim_count(word, self._searcher) for word in query.words)
        if len(query.words) > MAX_TYPED_WORDS or all(counts):
            return self._find_as_typed(loose, page)
        readings = self._correct(loose)
        return self._find_corrected(readings, page) if readings else None

    def _suggestions(self, query: Query) -> tuple[str, ...]:
        if len(query.words) > MAX_REQUIRED_WORDS:
            return ()
        candidates = islice(self._simpler_queries(query), _MAX_CANDIDATES)
        results = [self._find_as_typed(candidate, Page(1)) for candidate in candidates]
        totals = {str(result.query): result.total for result in results if result.total}
        empty_queries = [result.query for result in results if not result.total]
        for candidate in empty_queries[:_MAX_CORRECTED_CANDIDATES]:
            if len(totals) < _MAX_SUGGESTIONS and (readings := self._correct(candidate)):
                result = self._find_corrected(readings, Page(1))
                totals[str(result.query)] = result.total
        return tuple(sorted(totals, key=totals.__getitem__)[:_MAX_SUGGESTIONS])

    def _simpler_queries(self, query: Query) -> Iterator[Query]:
        """Yield the query without exactness, then without each of its parts in turn."""
        if query.is_rough:
            query = replace(query, min_share=0.0, exact=False)
            yield from _if_answerable(query)
        elif query.exact:
            yield replace(query, exact=False)
        for phrase in query.phrases:
            unquoted_words = (*query.words, *trim_words(phrase.split()))
            yield replace(query, words=unquoted_words, phrases=_remove(query.phrases, phrase))
        for part in ("words", "phrases", "alternatives", "not_words", "not_phrases", *FILTERS):
            values: tuple[Any, ...] = getattr(query, part)
            if part == "words":  # drop the rarest first: perhaps no claim has it
                counts = {word: self._builder.claim_count(word, self._searcher) for word in values}
                values = tuple(sorted(values, key=counts.__getitem__))
            for value in values:
                changes: dict[str, Any] = {part: _remove(values, value)}
                yield from _if_answerable(replace(query, **changes))
        if query.has_dates:
            yield from _if_answerable(replace(query, after=None, before=None))


def _is_literal(query: Query) -> bool:
    """Whether a query is taken literally: exact, or too long to correct."""
    correctable_texts = (*query.words, *query.mentions, *query.speakers)
    return (
        query.exact
        or len(query.words) > MAX_REQUIRED_WORDS
        or sum(len(words(text)) for text in correctable_texts) > _MAX_CORRECTABLE_WORDS
    )


def _if_answerable(query: Query) -> Iterator[Query]:
    if query.has_text or query.has_filters:
        yield query


def _remove(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return tuple(other for other in values if other != value)
