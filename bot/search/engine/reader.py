"""Answer queries from one commit of the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from threading import Lock
from typing import Any

import tantivy
from tantivy import Occur

from bot.model import Count, Facets, Holder
from bot.search.engine.clauses import Clause
from bot.search.engine.closest_claims import Closest, ClosestQuery
from bot.search.engine.documents import FACETS, SCHEMA
from bot.search.engine.holders import holders
from bot.search.engine.query_builder import MAX_REQUIRED_WORDS, MAX_TYPED_WORDS, QueryBuilder
from bot.search.engine.ranking import SCALE, applied
from bot.search.engine.shared_words import plain_query
from bot.search.engine.spelling_corrector import CorrectedReadings, SpellingCorrector
from bot.search.engine.stored_vocabulary import StoredVocabulary
from bot.search.engine.words import words
from bot.search.language.parts import trimmed_words
from bot.search.language.query import FILTERS, Query
from bot.search.protocol import ScoredId, SearchResult
from bot.search.spelling.vocabulary import Vocabulary

Hit = tuple[float, tantivy.DocAddress]

_MOST_SUGGESTIONS = _MOST_OFFERS = 3
_NEAR_BEST = 0.5
"""Minimum score of a close claim, as a share of the best one's."""
_MAX_SUGGESTED_WORDS = 4
"""Words from which queries are suggested for a text that nothing is close to."""
_MOST_TRIED, _MOST_TRIED_WITH_SLIPS = 24, 3
"""Candidate suggestions to try: as typed, and with corrections, which takes far longer."""
_MAX_CORRECTABLE = 24
"""Words in a query and its names; longer ones are not corrected."""
_MAX_TIES = 4096
"""How many hits of equal score are put in order; beyond that, ties may come in any order."""
_SCORE_DIGITS = 4
"""Adding scores in another order changes digits beyond this decimal."""
_MOST_VALUES = 10
_VALUES_A_SEGMENT = 1000
"""The commonest values of each segment that are added up: nearly always exact."""


class IndexReader:
    """Answers queries at one commit. `before` is the reader of an earlier commit of the same
    generation, whose vocabulary is reused unless words were added."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        builder: QueryBuilder,
        book: StoredVocabulary,
        before: IndexReader | None = None,
    ) -> None:
        self._searcher = searcher
        self._builder = builder
        self._words = book
        self._vocabulary: Vocabulary | None = None
        if before and before._words == book:
            self._vocabulary = before._vocabulary
        self._building = Lock()

    def find(self, query: Query, limit: int, offset: int) -> SearchResult:
        """Find the `limit` best claims after `offset`.

        If nothing is found, correct slips; if that fails too, require only most of the words, or
        half of many. Correctly spelled words are never replaced, only offered as alternatives."""
        # Tantivy allocates memory for offset + limit.
        offset = min(offset, self._searcher.num_docs)
        if query.is_rough:
            return self._closest(query, limit, offset)
        found = self._as_read(query, limit, offset)
        if found.total:
            return found
        found = self._found_otherwise(found, limit, offset)
        return replace(found, did_you_mean=self._offers(query, found))

    def find_candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the `limit` claims with the largest share of a rough query's weight, however small;
        if it names a speaker, also claims of theirs that share no word."""
        query, close, hits = self._close(query, limit, is_strict=False)
        return self._told(query, close, self._unweighted(hits), close.floor)

    def _closest(self, query: Query, limit: int, offset: int) -> SearchResult:
        """Find the claims close enough to a rough query."""
        query, close, hits = self._close(query, offset + limit, is_strict=True)
        scored = self._unweighted(hits)
        least = max([close.floor, *(_NEAR_BEST * score for score, _ in scored)])
        near = [hit for hit in scored if hit[0] >= least]
        found = self._told(replace(query, words=close.words), close, near, close.floor)
        if found.total:
            return replace(found, ids=found.ids[offset:][:limit])
        most_telling = replace(query, words=close.most_telling(_MAX_SUGGESTED_WORDS))
        return replace(found, query=query, suggestions=self._suggestions(most_telling))

    def _close(
        self, query: Query, limit: int, *, is_strict: bool
    ) -> tuple[Query, ClosestQuery, list[Hit]]:
        """The query with its names corrected, its search plan, and the best hits."""
        closest = Closest(self._searcher, self._builder, self._vocabulary_now())
        query, corrections = self._named(query)
        close = closest.build(query, corrections, is_strict=is_strict)
        others = self._builder.other_clauses(replace(query, phrases=()))
        asked = tantivy.Query.boolean_query([*close.asked, *map(_unscored, others)])
        return query, close, self._ranked(asked, limit)[1]

    def _told(
        self, query: Query, close: ClosestQuery, hits: list[Hit], floor: float
    ) -> SearchResult:
        """The result of a rough query; scores are shares of its words' total weight."""
        whole = close.whole or 1.0
        ids = self._with_ids([(round(score / whole, _SCORE_DIGITS), at) for score, at in hits])
        return SearchResult(
            total=len(ids),
            ids=ids,
            query=replace(query, words=close.corrected(query.words)),
            corrections=close.corrections,
            weights=close.weights,
            min_share=floor / whole,
        )

    def _unweighted(self, hits: Sequence[Hit]) -> list[Hit]:
        """Hits with the claims' own weights divided out of their scores."""
        stored = self._searcher.fast_field_values("weight", [address for _, address in hits])
        weights = (applied(float(one or 0)) for one in stored)
        return [(score / weight, at) for (score, at), weight in zip(hits, weights, strict=True)]

    def _found_otherwise(self, found: SearchResult, limit: int, offset: int) -> SearchResult:
        """Retry a query that found nothing: corrected, then loosely, then with suggestions."""
        query = found.query
        if forgiven := self._forgiven(query):
            return self._read_as(forgiven, limit, offset)
        loosely = self._loosely(query, limit, offset)
        if loosely and loosely.total:
            return loosely
        return replace(found, suggestions=self._suggestions(query))

    def facets(self, readings: Sequence[Query]) -> Facets:
        """Count the claims that any of these queries finds, by each facet's commonest values."""
        asked = tantivy.Query.boolean_query([(Occur.Should, self._asked(one)) for one in readings])
        terms = {"size": _MOST_VALUES, "segment_size": _VALUES_A_SEGMENT}
        wanted = {name: {"terms": {"field": f"by_{name}", **terms}} for name in FACETS}
        counted = self._searcher.aggregate(asked, wanted)
        values = {
            name: tuple(
                Count(one["key"], int(one["doc_count"])) for one in counted[name]["buckets"]
            )
            for name in FACETS
        }
        return Facets(**values)

    def holders(self, query: Query, role: str) -> list[Holder]:
        """The holders of a role among the claims that a query, ignoring `by`, finds."""
        return holders(self._searcher, self._builder, query, role)

    def outlets(self, limit: int) -> list[str]:
        """The outlets of all claims, those with most claims first."""
        terms = {"field": "by_outlet", "size": limit, "segment_size": _VALUES_A_SEGMENT}
        counted = self._searcher.aggregate(tantivy.Query.all_query(), {"outlet": {"terms": terms}})
        return [str(one["key"]) for one in counted["outlet"]["buckets"]]

    def find_by_shared_words(self, text: str, limit: int) -> list[ScoredId]:
        """Find the `limit` claims that share most words with a text."""
        hits = self._searcher.search(plain_query(text, self._searcher), limit, count=False).hits
        found = self._with_ids([(round(score, _SCORE_DIGITS), at) for score, at in hits])
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def filter_ids(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Those of these claims that are there and that a query, taken as typed, finds."""
        if not claim_ids:
            return set()
        these = tantivy.Query.term_set_query(SCHEMA, "id", [one.encode() for one in claim_ids])
        clauses = [(Occur.Must, these), *self._builder.clauses(query, self._searcher)]
        asked = tantivy.Query.boolean_query(clauses)
        hits = self._searcher.search(asked, len(claim_ids), count=False).hits
        return {self._id(address) for _, address in hits}

    def ids(self) -> set[str]:
        """Read the ids of all claims."""
        every = self._searcher.search(
            tantivy.Query.all_query(), max(1, self._searcher.num_docs), count=False
        )
        return {self._id(address) for _, address in every.hits}

    def _asked(self, query: Query) -> tantivy.Query:
        return tantivy.Query.boolean_query(self._builder.clauses(query, self._searcher))

    def _as_read(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        return self._answered(self._asked(query), query, limit, offset)

    def _read_as(self, forgiven: CorrectedReadings, limit: int, offset: int = 0) -> SearchResult:
        (query, corrections), *others = forgiven.readings
        found = self._answered(forgiven.asked, query, limit, offset)
        return replace(
            found, corrections=corrections, other_readings=tuple(other.query for other in others)
        )

    def _answered(
        self, asked: tantivy.Query, query: Query, limit: int, offset: int
    ) -> SearchResult:
        if query.has_text and query.sort == "best":
            total, hits = self._ranked(asked, offset + limit)
            hits = hits[offset:]
        else:
            field = "oldest" if query.sort == "first" else "order"
            dated = self._searcher.search(asked, limit, order_by_field=field, offset=offset)
            total, hits = _count(dated), [(0.0, address) for _, address in dated.hits]
        return SearchResult(total=total, ids=self._with_ids(hits), query=query)

    def _ranked(
        self, asked: tantivy.Query, depth: int
    ) -> tuple[int, list[tuple[float, tantivy.DocAddress]]]:
        """The total, and the `depth` best hits by score, then by the order field.

        Tantivy breaks ties by where a claim happens to lie, so that hits are fetched until the
        last one wanted and the last one fetched differ in score.
        """
        fetched = depth + 1
        while True:
            result = self._searcher.search(asked, fetched, weight_by_field="weight")
            hits = [
                (round(score / SCALE, _SCORE_DIGITS), address) for score, address in result.hits
            ]
            whole = len(hits) < fetched or hits[depth - 1][0] != hits[-1][0]
            if whole or fetched >= depth + _MAX_TIES:
                break
            fetched = depth + min(_MAX_TIES, 8 * (fetched - depth + 1))
        orders = self._searcher.fast_field_values("order", [address for _, address in hits])
        ranked = sorted(
            zip(hits, orders, strict=True), key=lambda pair: (-pair[0][0], -int(pair[1] or 0))
        )
        return _count(result), [hit for hit, _ in ranked[:depth]]

    def _with_ids(self, hits: list[tuple[float, tantivy.DocAddress]]) -> tuple[ScoredId, ...]:
        return tuple((self._id(address), score) for score, address in hits)

    def _id(self, address: tantivy.DocAddress) -> str:
        stored: bytes = self._searcher.doc(address)["id"][0]
        return bytes(stored).decode()

    def _forgiven(self, query: Query) -> CorrectedReadings | None:
        return None if _is_literal(query) else self._slips().correct(query)

    def _offers(self, query: Query, found: SearchResult) -> tuple[str, ...]:
        """The nearest queries that find something by replacing correctly spelled words, except
        those answered already."""
        if _is_literal(query):
            return ()
        answered = found.readings if found.corrections and not found.query.loose else ()
        offered = self._slips(doubting=True).alternatives(query, answered, _MOST_OFFERS)
        return tuple(map(str, offered))

    def _slips(self, *, doubting: bool = False) -> SpellingCorrector:
        vocabulary = self._vocabulary_now()
        return SpellingCorrector(self._searcher, self._builder, vocabulary, doubting=doubting)

    def _vocabulary_now(self) -> Vocabulary:
        with self._building:
            if self._vocabulary is None:
                fresh = self._words.fresh | self._builder.spellings
                self._vocabulary = Vocabulary(self._words.lexicon, fresh)
            return self._vocabulary

    def _named(self, query: Query) -> tuple[Query, tuple[tuple[str, str], ...]]:
        """Correct the names after by: if nobody has them."""
        named = Query(speakers=query.speakers, speaker_aliases=query.speaker_aliases)
        if (
            query.speakers
            and not self._as_read(named, 1).total
            and (forgiven := self._forgiven(named))
        ):
            read, corrections = forgiven.readings[0]
            return replace(query, speakers=read.speakers), corrections
        return query, ()

    def _loosely(self, query: Query, limit: int, offset: int) -> SearchResult | None:
        """Find claims with most of the words, or half of many; unknown words among few are
        corrected first, and nothing is found if one cannot be."""
        if query.exact or not 1 < len(query.words) <= MAX_REQUIRED_WORDS:
            return None
        loose = replace(query, loose=True)
        held = (self._builder.claim_count(word, self._searcher) for word in query.words)
        if len(query.words) > MAX_TYPED_WORDS or all(held):
            return self._as_read(loose, limit, offset)
        forgiven = self._forgiven(loose)
        return self._read_as(forgiven, limit, offset) if forgiven else None

    def _suggestions(self, query: Query) -> tuple[str, ...]:
        """The nearest queries that find something, most specific first."""
        if len(query.words) > MAX_REQUIRED_WORDS:
            return ()
        tried = [self._as_read(one, 1) for one in islice(self._nearest(query), _MOST_TRIED)]
        totals = {str(found.query): found.total for found in tried if found.total}
        missed = [found.query for found in tried if not found.total]
        for nearer in missed[:_MOST_TRIED_WITH_SLIPS]:
            if len(totals) < _MOST_SUGGESTIONS and (forgiven := self._forgiven(nearer)):
                found = self._read_as(forgiven, 1)
                totals[str(found.query)] = found.total
        return tuple(sorted(totals, key=lambda text: totals[text])[:_MOST_SUGGESTIONS])

    def _nearest(self, query: Query) -> Iterator[Query]:
        """Yield the query without exactness, then without each of its parts in turn."""
        if query.is_rough:
            query = replace(query, min_share=0.0, exact=False)
            yield from _asking(query)
        elif query.exact:
            yield replace(query, exact=False)
        for phrase in query.phrases:
            unquoted = (*query.words, *trimmed_words(phrase.split()))
            yield replace(query, words=unquoted, phrases=_without(query.phrases, phrase))
        for part in ("words", "phrases", "alternatives", "not_words", "not_phrases", *FILTERS):
            values: tuple[Any, ...] = getattr(query, part)
            if part == "words":  # rarest first: the likeliest to be in the way
                held = {word: self._builder.claim_count(word, self._searcher) for word in values}
                values = tuple(sorted(values, key=held.__getitem__))
            for value in values:
                fewer: dict[str, Any] = {part: _without(values, value)}
                yield from _asking(replace(query, **fewer))
        if query.after or query.before:
            yield from _asking(replace(query, after=None, before=None))


def _unscored(clause: Clause) -> Clause:
    occur, asked = clause
    return occur, tantivy.Query.const_score_query(asked, 0.0) if occur == Occur.Must else asked


def _is_literal(query: Query) -> bool:
    """Whether a query is taken literally: exact, or too long to correct."""
    return (
        query.exact
        or len(query.words) > MAX_REQUIRED_WORDS
        or len(_mistypable(query)) > _MAX_CORRECTABLE
    )


def _mistypable(query: Query) -> list[str]:
    """The words of a query and its names in which slips are looked for."""
    return [
        word for text in (*query.words, *query.mentions, *query.speakers) for word in words(text)
    ]


def _count(result: tantivy.SearchResult) -> int:
    counted: int = result.count  # type: ignore[attr-defined]  # the stubs leave it out
    return counted


def _asking(query: Query) -> Iterator[Query]:
    if query.has_text or query.has_filters:
        yield query


def _without(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return tuple(other for other in values if other != value)
