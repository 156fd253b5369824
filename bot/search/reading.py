"""Finding: queries answered from one commit of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import tantivy

from bot.search.matching import MUST_ALL, Matching
from bot.search.query import Query
from bot.search.slips import Corrected, Slips
from bot.search.spelling import Vocabulary

_MOST_SUGGESTIONS = 3
_MOST_TIES = 4096
"""How deep hits of equal score are ordered; a page far behind that may tie in any order."""
_SCORE_DIGITS = 4
"""Sums of the same scores in another order differ behind this decimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a query found: how many claims in all, and the (claim id, score) pairs asked for.

    `read` is the query as it was understood, `corrections` the (typed, read) pairs of words taken
    for slips. `suggestions` are queries that would find something, where this one does not.
    """

    total: int
    ids: tuple[tuple[str, float], ...]
    read: Query
    corrections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()


class Reading:
    """Answers queries at one commit; `before` is the reading of an earlier commit of the same
    generation, whose vocabulary is brought up to date rather than built anew."""

    def __init__(
        self, searcher: tantivy.Searcher, matching: Matching, before: Reading | None = None
    ) -> None:
        self._searcher = searcher
        self._matching = matching
        self._before: Vocabulary | None = (before._vocabulary or before._before) if before else None
        self._vocabulary: Vocabulary | None = None
        self._building = Lock()

    def find(self, query: Query, limit: int, offset: int) -> Found:
        """Find the `limit` best claims after `offset`, correcting slips if nothing is found."""
        found = self._as_read(query, limit, offset)
        if found.total:
            return found
        corrected = self._corrected(query)
        if corrected:
            found = self._as_read(corrected.query, limit, offset)
            return replace(found, corrections=corrected.corrections)
        return replace(found, suggestions=self._suggestions(query))

    def ids(self) -> set[str]:
        """Read the ids of all claims."""
        every = self._searcher.search(
            tantivy.Query.all_query(), max(1, self._searcher.num_docs), count=False
        )
        return {self._id(address) for _, address in every.hits}

    def _as_read(self, query: Query, limit: int, offset: int = 0) -> Found:
        asked = tantivy.Query.boolean_query(self._matching.clauses(query, self._searcher))
        if query.has_text:
            total, hits = self._ranked(asked, offset + limit)
            hits = hits[offset:]
        else:
            newest = self._searcher.search(asked, limit, order_by_field="order", offset=offset)
            total, hits = _count(newest), [(0.0, address) for _, address in newest.hits]
        ids = tuple((self._id(address), score) for score, address in hits)
        return Found(total=total, ids=ids, read=query)

    def _ranked(
        self, asked: tantivy.Query, depth: int
    ) -> tuple[int, list[tuple[float, tantivy.DocAddress]]]:
        """The total, and the `depth` best hits by score, then by the order field.

        Tantivy breaks ties by where a claim happens to lie, so that hits are fetched until the
        last one wanted and the last one fetched differ in score.
        """
        fetched = depth + 1
        while True:
            result = self._searcher.search(asked, fetched)
            hits = [(round(score, _SCORE_DIGITS), address) for score, address in result.hits]
            whole = len(hits) < fetched or hits[depth - 1][0] != hits[-1][0]
            if whole or fetched >= depth + _MOST_TIES:
                break
            fetched = depth + min(_MOST_TIES, 8 * (fetched - depth + 1))
        orders = self._searcher.fast_field_values("order", [address for _, address in hits])
        ranked = sorted(
            zip(hits, orders, strict=True), key=lambda pair: (-pair[0][0], -int(pair[1] or 0))
        )
        return _count(result), [hit for hit, _ in ranked[:depth]]

    def _id(self, address: tantivy.DocAddress) -> str:
        stored: bytes = self._searcher.doc(address)["id"][0]
        return bytes(stored).decode()

    def _corrected(self, query: Query) -> Corrected | None:
        if not 0 < len(query.words) <= MUST_ALL:
            return None
        slips = self._slips()
        corrected = slips.corrected(query, doubt_all=False)
        if corrected or slips.knows(query):
            return corrected
        return slips.corrected(query, doubt_all=True)

    def _slips(self) -> Slips:
        with self._building:
            if self._vocabulary is None:
                counts: Counter[str] = Counter(dict.fromkeys(self._matching.spellings, 0))
                for field in ("surface", "name"):
                    counts.update(dict(self._searcher.terms_with_prefix(field, "")))
                self._vocabulary = Vocabulary(counts, self._before)
                self._before = None
        return Slips(self._searcher, self._matching, self._vocabulary)

    def _suggestions(self, query: Query) -> tuple[str, ...]:
        """The nearest queries that find something, those that find least first."""
        if len(query.words) > MUST_ALL:
            return ()
        totals: dict[str, int] = {}
        for nearer in self._nearest(query):
            found = self._as_read(nearer, 1)
            if not found.total and (corrected := self._corrected(nearer)):
                found = self._as_read(corrected.query, 1)
            if found.total:
                totals[str(found.read)] = found.total
        return tuple(sorted(totals, key=lambda text: totals[text])[:_MOST_SUGGESTIONS])

    def _nearest(self, query: Query) -> Iterator[Query]:
        """Yield a query with one more word corrected, then those without one of its parts."""
        if query.words and (bolder := self._slips().corrected(query, doubt_all=True)):
            yield bolder.query
        for phrase in query.phrases:
            unquoted = (*query.words, *phrase.split())
            yield replace(query, words=unquoted, phrases=_without(query.phrases, phrase))
        for part in ("words", "phrases", "not_words", "not_phrases", "by", "outlets"):
            values: tuple[str, ...] = getattr(query, part)
            for value in values:
                fewer: dict[str, Any] = {part: _without(values, value)}
                yield from _asking(replace(query, **fewer))
        if query.after or query.before:
            yield from _asking(replace(query, after=None, before=None))


def _count(result: tantivy.SearchResult) -> int:
    counted: int = result.count  # type: ignore[attr-defined]  # the stubs leave it out
    return counted


def _asking(query: Query) -> Iterator[Query]:
    if query.has_text or query.has_filters:
        yield query


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)
