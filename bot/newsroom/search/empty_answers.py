"""Explain why nothing was found, and suggest queries that find something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.process import extract

from bot import store
from bot.model import Answer, Coverage
from bot.newsroom.providers import OpenIndex
from bot.newsroom.speakers.printed import PrintedNames
from bot.search import Query
from bot.search.language.query import FILTERS
from bot.speakers.spelling import fold_name

_MAX_OUTLETS = 1000
_MAX_SUGGESTIONS = 2
"""The most suggestions of one kind."""
_MAX_NEAR_SPEAKERS = 3
_MIN_OUTLET_SIMILARITY = 75
"""The smallest similarity, in per cent, of a similar outlet's name or a part of it."""
_PARTS = (*FILTERS, "not_stances", "after", "before")
_NAME_FIELDS = ("speakers", "via", "outlets", "languages")
"""The fields of a query whose values are looked up in the archive."""


@dataclass(eq=False, repr=False, kw_only=True)
class EmptyAnswers:
    """Explains empty answers."""

    names: store.SpeakerNames
    printed_names: PrintedNames
    index: OpenIndex

    def explain(self, answer: Answer, query: Query, *, own_first: bool) -> Answer:
        """Add an explanation to an empty answer, whose own suggestions come first or last.

        It has the names that do not occur in the archive, the filters without which claims are
        found, and suggested queries that find something.
        """
        missing_names = tuple(self._missing_names(query))
        relaxed_queries = sorted(self._relaxed_queries(query), key=lambda entry: entry[2])
        suggestions = [
            *(answer.suggestions if own_first else ()),
            *(
                suggestion
                for field, value in missing_names
                for suggestion in self._similar_queries(query, field, value)
            ),
            *(str(relaxed_query) for relaxed_query, _, _ in relaxed_queries),
            *answer.suggestions,
        ]
        suggestions = suggestions or list(self._newest_queries(answer.searched))
        return replace(
            answer,
            missing_values=tuple((FILTERS[field], value) for field, value in missing_names),
            filter_counts=tuple(
                (removed, claims) for _, removed, claims in relaxed_queries[:_MAX_SUGGESTIONS]
            ),
            suggestions=tuple(dict.fromkeys(suggestions)),
        )

    def _missing_names(self, query: Query) -> Iterator[tuple[str, str]]:
        """Yield the field and the value of each name or language that no claim has."""
        for field in _NAME_FIELDS:
            for value in getattr(query, field):
                named = _only(field, (value,), speaker_aliases=query.speaker_aliases)
                if not self._count(named):
                    yield field, value

    def _relaxed_queries(self, query: Query) -> Iterator[tuple[Query, str, int]]:
        """Yield the query without one filter, that filter as typed, and the number of claims."""
        removable = [_only(field, getattr(query, field)) for field in (*FILTERS, "not_stances")]
        removable.append(Query(after=query.after, before=query.before))
        for removed in removable:
            without = {part: getattr(Query(), part) for part in _PARTS if getattr(removed, part)}
            if "speakers" in without:
                without["speaker_aliases"] = ()
            relaxed = replace(query, **without)
            is_empty = not (without and (relaxed.has_text or relaxed.has_filters))
            if not is_empty and (claims := self._count(relaxed)):
                yield relaxed, str(removed), claims

    def _similar_queries(self, query: Query, field: str, value: str) -> Iterator[str]:
        """Yield queries with similar names that do occur."""
        finders = {"outlets": self._similar_outlets, "speakers": self._similar_speakers}
        for name in finders[field](value) if field in finders else ():
            only_name = _only(field, (name,))
            replaced: dict[str, Any] = {field: (name,), "speaker_aliases": ()}
            candidates = replace(query, **replaced), only_name
            if found := next(filter(self._count, candidates), None):
                yield str(found)

    def _similar_outlets(self, typed: str) -> list[str]:
        outlets = self.index().outlets(_MAX_OUTLETS)
        by_folded_name = {" ".join(fold_name(outlet)): outlet for outlet in outlets}
        similar = extract(
            " ".join(fold_name(typed)),
            list(by_folded_name),
            scorer=fuzz.partial_ratio,
            score_cutoff=_MIN_OUTLET_SIMILARITY,
            limit=_MAX_SUGGESTIONS,
        )
        return [by_folded_name[name] for name, _, _ in similar] or list(outlets[:_MAX_SUGGESTIONS])

    def _similar_speakers(self, typed: str) -> list[str]:
        """Return speakers with a name a slip away, or one that starts with one of the words."""
        if near := self.printed_names.near(typed):
            return [one.speaker for one in near[:_MAX_NEAR_SPEAKERS]]
        candidates: list[str] = []
        for word in sorted(fold_name(typed), key=len, reverse=True):
            candidates += self.names.with_prefix(word, _MAX_SUGGESTIONS)
            if len(word) > 2:
                candidates += self.index().find(Query(speakers=(word,)), 1).query.speakers
        speakers = (name for name in candidates if self._count(Query(speakers=(name,))))
        return list(dict.fromkeys(speakers))[:_MAX_SUGGESTIONS]

    def _newest_queries(self, searched: Coverage) -> Iterator[str]:
        """Yield queries for the latest claims and for the claims of the most frequent outlet."""
        if searched.last:
            yield str(Query(after=searched.last, sort="new"))
        yield from (str(Query(outlets=(outlet,))) for outlet in self.index().outlets(1))

    def _count(self, query: Query) -> int:
        return self.index().find(replace(query, exact=True, min_share=0.0), 1).total


def _only(field: str, values: object, **others: object) -> Query:
    parts: dict[str, Any] = {field: values, **others}
    return Query(**parts)
