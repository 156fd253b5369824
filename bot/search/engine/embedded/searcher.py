"""Search a commit of a Tantivy index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import tantivy

from bot.search.engine.embedded.documents import ARTICLES_SCHEMA, CLAIMS_SCHEMA
from bot.search.engine.queries import (
    MUST,
    MUST_NOT,
    SHOULD,
    Best,
    Boost,
    Combination,
    Constant,
    DayRange,
    Everything,
    Ids,
    IndexQuery,
    Nothing,
    Phrase,
    Shared,
    Statements,
    Term,
)
from bot.search.engine.ranking import SCALE, from_weight_field
from bot.search.engine.searcher import Hits

_OCCURS = {
    MUST: tantivy.Occur.Must,
    SHOULD: tantivy.Occur.Should,
    MUST_NOT: tantivy.Occur.MustNot,
}


class Translator:
    """Translates queries for the indexes of one schema, whatever their commit.

    Up to half of a short search is spent on making its query: a lookup by type takes a quarter of
    the time of a `match`.
    """

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._by_type: dict[type, Callable[[Any], tantivy.Query]] = {
            Term: self._term,
            Phrase: self._phrase,
            DayRange: self._day_range,
            Ids: self._ids,
            Statements: self._statements,
            Everything: lambda _: tantivy.Query.all_query(),
            Nothing: lambda _: tantivy.Query.empty_query(),
            Boost: self._boost,
            Constant: self._constant,
            Best: self._best,
            Combination: self._combination,
            Shared: self._shared,
        }

    def translate(self, query: IndexQuery) -> tantivy.Query:
        """Make a Tantivy query."""
        return self._by_type[type(query)](query)

    def _term(self, query: Term) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, query.field, query.term)

    def _phrase(self, query: Phrase) -> tantivy.Query:
        return tantivy.Query.phrase_query(self._schema, query.field, list(query.terms))

    def _day_range(self, query: DayRange) -> tantivy.Query:
        integer = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self._schema, "day", integer, query.first, query.last)

    def _ids(self, query: Ids) -> tantivy.Query:
        ids = [id_.encode() for id_ in query.ids]
        return tantivy.Query.term_set_query(self._schema, "id", ids)

    def _statements(self, query: Statements) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, "statement", list(query.numbers))

    def _boost(self, query: Boost) -> tantivy.Query:
        inner, factor = query
        return tantivy.Query.boost_query(self._by_type[type(inner)](inner), factor)

    def _constant(self, query: Constant) -> tantivy.Query:
        inner, score = query
        return tantivy.Query.const_score_query(self._by_type[type(inner)](inner), score)

    def _best(self, query: Best) -> tantivy.Query:
        by_type = self._by_type
        queries, share = query
        translated = [by_type[type(inner)](inner) for inner in queries]
        return tantivy.Query.disjunction_max_query(translated, share or None)

    def _combination(self, query: Combination) -> tantivy.Query:
        by_type = self._by_type
        clauses, min_should = query
        translated = [(_OCCURS[occur], by_type[type(clause)](clause)) for occur, clause in clauses]
        if min_should:
            return tantivy.Query.boolean_query(translated, minimum_number_should_match=min_should)
        return tantivy.Query.boolean_query(translated)

    def _shared(self, query: Shared) -> tantivy.Query:
        if query.translation is None:
            query.translation = self.translate(query.query)
        translation: tantivy.Query = query.translation
        return translation


CLAIMS_TRANSLATOR, ARTICLES_TRANSLATOR = Translator(CLAIMS_SCHEMA), Translator(ARTICLES_SCHEMA)


class TantivySearcher:
    """Searches one commit; see `Searcher`.

    `translator` is that of the index's schema. Its ids are a field of text, or of bytes.
    """

    def __init__(self, searcher: tantivy.Searcher, translator: Translator) -> None:
        self._searcher = searcher
        self._translate = translator.translate
        self.doc_freq = searcher.doc_freq

    @property
    def num_docs(self) -> int:
        """The number of documents."""
        return int(self._searcher.num_docs)

    def load_doc_freqs(self, terms: Iterable[tuple[str, str]]) -> None:
        """Do nothing: looking up a term takes a microsecond."""

    def count_each(self, queries: Sequence[IndexQuery]) -> list[int]:
        """How many documents match each of some queries."""
        return [self.search(query, 1).total for query in queries]

    def search(
        self,
        query: IndexQuery,
        limit: int,
        *,
        offset: int = 0,
        order_by: str | None = None,
        weighted: bool = False,
        count: bool = True,
    ) -> Hits:
        """Find the best `limit` documents after `offset`; see `Searcher.search`."""
        result = self._searcher.search(
            self._translate(query),
            limit,
            count=count,
            order_by_field=order_by,
            offset=offset,
            weight_by_field="weight" if weighted else None,
        )
        total = result.count if count else 0  # type: ignore[attr-defined]  # missing in the stubs
        if order_by:
            return Hits([(0.0, address) for _, address in result.hits], total)
        if weighted:
            return Hits([(score / SCALE, address) for score, address in result.hits], total)
        return Hits(result.hits, total)

    def find_ids(self, query: IndexQuery, limit: int) -> Iterator[str]:
        """Yield the ids of up to `limit` documents, each once."""
        hits = self._searcher.search(self._translate(query), limit, count=False).hits
        return (self.id(address) for _, address in hits)

    def id(self, address: tantivy.DocAddress) -> str:
        """The id of a hit."""
        id_: str | bytes = self._searcher.doc(address)["id"][0]
        return id_ if isinstance(id_, str) else bytes(id_).decode()

    def orders(self, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
        """The field `order` of some hits."""
        values = self._searcher.fast_field_values("order", list(addresses))
        return [int(value or 0) for value in values]

    def statements(self, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
        """The statements that some claims report."""
        values = self._searcher.fast_field_values("statement", list(addresses))
        return [int(value or 0) for value in values]

    def weights(self, addresses: Sequence[tantivy.DocAddress]) -> list[float]:
        """The weights of some claims."""
        values = self._searcher.fast_field_values("weight", list(addresses))
        return [from_weight_field(float(value or 0)) for value in values]

    def first_matches(
        self, query: IndexQuery, limit: int, groups: Sequence[Sequence[IndexQuery]]
    ) -> list[list[int | None]]:
        """For each of the best hits and each group, the position of the first that matches."""
        return [
            [self._first_match(queries, address) for queries in groups]
            for _, address in self.search(query, limit, count=False).hits
        ]

    def _first_match(
        self, queries: Iterable[IndexQuery], address: tantivy.DocAddress
    ) -> int | None:
        for position, query in enumerate(queries):
            try:
                self._translate(query).explain(self._searcher, address)
            except ValueError:  # "does not match"
                continue
            return position
        return None

    def aggregate(self, query: IndexQuery, aggregations: dict[str, Any]) -> dict[str, Any]:
        """Aggregate the documents that match."""
        result: dict[str, Any] = self._searcher.aggregate(self._translate(query), aggregations)
        return result
