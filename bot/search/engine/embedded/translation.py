"""Translate queries of the index into Tantivy's.

Up to half of a short search is spent on making its query: a lookup by type takes a quarter of the
time of a `match`.
"""

from __future__ import annotations

from collections.abc import Callable
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

_OCCURS = {
    MUST: tantivy.Occur.Must,
    SHOULD: tantivy.Occur.Should,
    MUST_NOT: tantivy.Occur.MustNot,
}


class Translator:
    """Translates queries for the indexes of one schema, whatever their commit."""

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
