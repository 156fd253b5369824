"""Who has a role among the claims that a query finds, counted at one commit of the index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import tantivy

from bot.model import Holder
from bot.search.engine.query_builder import QueryBuilder
from bot.search.language.query import Query

_BY_SPEAKER = {
    "speaker": {
        "terms": {"field": "by_speaker", "size": 100, "segment_size": 1000},
        "aggs": {"first": {"min": {"field": "day"}}, "last": {"max": {"field": "day"}}},
    }
}
"""Claims by speaker, with the first and the last day of each."""


def holders(
    searcher: tantivy.Searcher, builder: QueryBuilder, query: Query, role: str
) -> list[Holder]:
    """Whom articles give a role, of the claims that a query finds by anybody."""
    if not any(searcher.doc_freq("role", term) for term in builder.role_terms(role)):
        return []
    clauses = builder.clauses(replace(query, speakers=(), speaker_aliases=()), searcher)
    asked = tantivy.Query.boolean_query([*clauses, builder.in_role(role)])
    return [
        Holder(str(one["key"]), int(one["doc_count"]), _day(one["first"]), _day(one["last"]))
        for one in searcher.aggregate(asked, _BY_SPEAKER)["speaker"]["buckets"]
    ]


def _day(counted: dict[str, Any]) -> date | None:
    return date.fromordinal(int(counted["value"])) if counted["value"] else None
