"""Search a commit of a Tantivy index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import tantivy

from bot.search.engine.queries import (
    Best,
    Boost,
    Combination,
    Constant,
    DayRange,
    Everything,
    Fuzzy,
    Ids,
    IndexQuery,
    Nothing,
    Occur,
    Phrase,
    Term,
)
from bot.search.engine.ranking import SCALE, from_weight_field
from bot.search.engine.searcher import Hits

_OCCURS = {
    Occur.MUST: tantivy.Occur.Must,
    Occur.SHOULD: tantivy.Occur.Should,
    Occur.MUST_NOT: tantivy.Occur.MustNot,
}


class TantivySearcher:
    """Searches one commit; see `Searcher`.

    `schema` is that of the index. Its ids are a field of text, or of bytes.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher, self._schema = searcher, schema
        self.doc_freq = searcher.doc_freq

    @property
    def num_docs(self) -> int:
        """The number of documents."""
        return int(self._searcher.num_docs)

    def load_doc_freqs(self, terms: Iterable[tuple[str, str]]) -> None:
        """Do nothing: looking up a term takes a microsecond."""

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
            self.translate(query),
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

    def find_ids(self, query: IndexQuery, limit: int) -> set[str]:
        """The ids of up to `limit` documents."""
        hits = self._searcher.search(self.translate(query), limit, count=False).hits
        return {self.id(address) for _, address in hits}

    def id(self, address: tantivy.DocAddress) -> str:
        """The id of a hit."""
        id_: str | bytes = self._searcher.doc(address)["id"][0]
        return id_ if isinstance(id_, str) else bytes(id_).decode()

    def orders(self, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
        """The field `order` of some hits."""
        values = self._searcher.fast_field_values("order", list(addresses))
        return [int(value or 0) for value in values]

    def weights(self, addresses: Sequence[tantivy.DocAddress]) -> list[float]:
        """The weights of some claims."""
        values = self._searcher.fast_field_values("weight", list(addresses))
        return [from_weight_field(float(value or 0)) for value in values]

    def first_matches(
        self, groups: Sequence[Sequence[IndexQuery]], addresses: Sequence[tantivy.DocAddress]
    ) -> list[list[int | None]]:
        """For each hit and group, the position of the first query that matches."""
        translated = [list(map(self.translate, queries)) for queries in groups]
        return [
            [self._first_match(queries, address) for queries in translated] for address in addresses
        ]

    def _first_match(
        self, queries: Iterable[tantivy.Query], address: tantivy.DocAddress
    ) -> int | None:
        for position, query in enumerate(queries):
            try:
                query.explain(self._searcher, address)
            except ValueError:  # "does not match"
                continue
            return position
        return None

    def aggregate(self, query: IndexQuery, aggregations: dict[str, Any]) -> dict[str, Any]:
        """Aggregate the documents that match."""
        result: dict[str, Any] = self._searcher.aggregate(self.translate(query), aggregations)
        return result

    def translate(self, query: IndexQuery) -> tantivy.Query:
        """Make a Tantivy query."""
        match query:
            case Term(field, term):
                return tantivy.Query.term_query(self._schema, field, term)
            case Combination(clauses, min_should):
                translated = [(_OCCURS[occur], self.translate(clause)) for occur, clause in clauses]
                if min_should:
                    return tantivy.Query.boolean_query(
                        translated, minimum_number_should_match=min_should
                    )
                return tantivy.Query.boolean_query(translated)
            case Best(queries, share):
                return tantivy.Query.disjunction_max_query(
                    list(map(self.translate, queries)), share or None
                )
            case Boost(inner, factor):
                return tantivy.Query.boost_query(self.translate(inner), factor)
            case Constant(inner, score):
                return tantivy.Query.const_score_query(self.translate(inner), score)
            case Phrase(field, terms):
                return tantivy.Query.phrase_query(self._schema, field, list(terms))
        return self._translate_rare(query)

    def _translate_rare(
        self, query: DayRange | Fuzzy | Ids | Everything | Nothing
    ) -> tantivy.Query:
        match query:
            case DayRange(first, last):
                return tantivy.Query.range_query(
                    self._schema, "day", tantivy.FieldType.Integer, first, last
                )
            case Fuzzy(field, term, max_edits):
                return tantivy.Query.fuzzy_term_query(self._schema, field, term, max_edits)
            case Ids(ids):
                return tantivy.Query.term_set_query(
                    self._schema, "id", [id_.encode() for id_ in ids]
                )
            case Everything():
                return tantivy.Query.all_query()
            case Nothing():
                return tantivy.Query.empty_query()
