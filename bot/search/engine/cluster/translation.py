"""Translate queries of the index into OpenSearch's query language.

The terms of a query and of the index are ours, so nothing is analysed: fields hold words or stems
separated by spaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bot.search.engine.cluster.documents import field_term
from bot.search.engine.queries import (
    MUST,
    Best,
    Boost,
    Clause,
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

Json = dict[str, Any]


def translate(query: IndexQuery, boost: float = 1.0) -> Json:
    """Make an OpenSearch query whose scores are multiplied by `boost`."""
    match query:
        case Term(field, term):
            return {"term": {field: {"value": field_term(field, term), "boost": boost}}}
        case Phrase(field, terms):
            text = " ".join(field_term(field, term) for term in terms)
            return {"match_phrase": {field: {"query": text, "boost": boost}}}
        case Combination(clauses, min_should):
            return _translate_combination(clauses, min_should, boost)
        case Best(queries, share):
            if not queries:
                return {"match_none": {}}
            return {"dis_max": {"queries": _alternatives(query, boost), "tie_breaker": share}}
        case Boost(inner, factor):
            return translate(inner, boost * factor)
        case Constant(inner, score):
            return {"constant_score": {"filter": translate(inner), "boost": score * boost}}
    return _translate_rare(query, boost)


def _translate_rare(
    query: DayRange | Ids | Statements | Everything | Nothing | Shared, boost: float
) -> Json:
    match query:
        case Shared(query=inner):
            return translate(inner, boost)
        case DayRange(first, last):
            limits = {"gte": first, "lte": last}
            given = {key: day for key, day in limits.items() if day is not None}
            return {"range": {"day": {**given, "boost": boost}}}
        case Ids(ids):
            return {"ids": {"values": list(ids), "boost": boost}}
        case Statements(numbers):
            return {"terms": {"statement": list(numbers), "boost": boost}}
        case Everything():
            return {"match_all": {"boost": boost}}
        case Nothing():
            return {"match_none": {}}


def _alternatives(best: Best, boost: float) -> list[Json]:
    """The alternatives of which the best counts; those that score alike in a field are one."""
    translated: list[Json] = []
    alike: defaultdict[tuple[str, float], list[str]] = defaultdict(list)
    for query in best.queries:
        match query:
            case Constant(Term(field, term), score) if not best.share_of_others:
                alike[field, score].append(field_term(field, term))
            case _:
                translated.append(translate(query, boost))
    for (field, score), terms in alike.items():
        any_term = {"filter": {"terms": {field: terms}}, "boost": score * boost}
        translated.append({"constant_score": any_term})
    return translated


def _translate_combination(clauses: Sequence[Clause], min_should: int, boost: float) -> Json:
    lists: dict[str, list[Json]] = {"must": [], "filter": [], "should": [], "must_not": []}
    for occur, clause in clauses:
        if occur is MUST and isinstance(clause, Constant) and not clause.score:
            lists["filter"].append(translate(clause.query))
        else:
            lists[occur].append(translate(clause, boost))
    is_required = bool(lists["must"] or lists["filter"])
    if not is_required and not lists["should"]:
        return {"match_none": {}}
    bool_query: Json = {occur: queries for occur, queries in lists.items() if queries}
    if lists["should"]:
        bool_query["minimum_should_match"] = min_should or (0 if is_required else 1)
    return {"bool": bool_query}
