"""Count the claims by the holders of a role, at one commit of the index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.model import Holder
from bot.search.engine.queries import Combination
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.searcher import Searcher
from bot.search.language.query import Query

_SPEAKER_AGGREGATION = {
    "speaker": {
        "terms": {"field": "by_speaker", "size": 100, "segment_size": 1000},
        "aggs": {"first": {"min": {"field": "day"}}, "last": {"max": {"field": "day"}}},
    }
}
"""Counts the claims of each speaker, and finds their first and last day."""


def holders(searcher: Searcher, builder: QueryBuilder, query: Query, role: str) -> list[Holder]:
    """Find the holders of a role among the claims that match a query, ignoring its speakers."""
    terms = builder.role_terms(role)
    searcher.load_doc_freqs(("role", term) for term in terms)
    if not any(searcher.doc_freq("role", term) for term in terms):
        return []
    clauses = builder.clauses(replace(query, speakers=(), speaker_aliases=()), searcher)
    claims = Combination([*clauses, builder.role_clause(role)])
    buckets = searcher.aggregate(claims, _SPEAKER_AGGREGATION)["speaker"]["buckets"]
    return [
        Holder(str(row["key"]), int(row["doc_count"]), _day(row["first"]), _day(row["last"]))
        for row in buckets
    ]


def _day(metric: dict[str, Any]) -> date | None:
    return date.fromordinal(int(metric["value"])) if metric["value"] else None
