"""Nothing found: why, and what would find something. An answer is never a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.process import extract

from bot import store
from bot.model import Answer, Coverage
from bot.newsroom.providers import OpenIndex
from bot.search import CLOSE_SHARE, Query
from bot.search.language.query import ANY_SHARE, FILTERS
from bot.speakers.spelling import folded

_MOST_OUTLETS = 1000
_MOST_NEAR = 2
_NEAR_OUTLET = 75
"""Per cent of a name that is typed for an outlet's, or a part of it, from which on it is near."""
_NAMES = ("by", "via", "outlets", "languages")
"""What of a query may be nobody's and nothing's here."""
_LEAST_WORDS = 3
"""Of a query of fewer, its words are the nearest."""


@dataclass(eq=False, repr=False, kw_only=True)
class EmptyAnswers:
    """Explain empty answers."""

    names: store.SpeakerNames
    index: OpenIndex

    def explain(self, answer: Answer, query: Query) -> Answer:
        """An empty answer with what of its query is not in the archive, the filters without which
        it would not be empty, and the nearest queries that find something."""
        missing = tuple(self._missing(query))
        without = sorted(self._without(query), key=lambda one: one[2])
        near = [one for part, value in missing for one in self._near_queries(query, part, value)]
        lifted = [str(one) for one, _, _ in without]
        suggested = [*near, *lifted, *self._roughly(query), *answer.suggestions]
        suggested = suggested or list(self._newest(answer.searched))
        return replace(
            answer,
            missing=tuple((FILTERS[part], value) for part, value in missing),
            without=tuple((left_out, claims) for _, left_out, claims in without[:_MOST_NEAR]),
            suggestions=tuple(dict.fromkeys(suggested)),
        )

    def _missing(self, query: Query) -> Iterator[tuple[str, str]]:
        """The names and languages, each with its part of the query, that no claim has."""
        for part in _NAMES:
            for value in getattr(query, part):
                alone: dict[str, Any] = {part: (value,), "also_by": query.also_by}
                if not self._count(Query(**alone)):
                    yield part, value

    def _without(self, query: Query) -> Iterator[tuple[Query, str, int]]:
        """Queries without one of the filters, that filter as it is typed, and what is found so."""
        for part in FILTERS:
            if values := getattr(query, part):
                fewer: dict[str, Any] = {part: (), "also_by": () if part == "by" else query.also_by}
                alone: dict[str, Any] = {part: values}
                yield from self._lifted(replace(query, **fewer), Query(**alone))
        if query.after or query.before:
            days = Query(after=query.after, before=query.before)
            yield from self._lifted(replace(query, after=None, before=None), days)

    def _lifted(self, fewer: Query, left_out: Query) -> Iterator[tuple[Query, str, int]]:
        asks = fewer.has_text or fewer.has_filters
        if asks and (claims := self._count(fewer)):
            yield fewer, str(left_out), claims

    def _near_queries(self, query: Query, part: str, value: str) -> Iterator[str]:
        """Queries for the nearest names that are there."""
        names = {"outlets": self._near_outlets, "by": self._near_speakers}.get(part)
        for name in names(value) if names else ():
            instead: dict[str, Any] = {part: (name,), "also_by": ()}
            alone: dict[str, Any] = {part: (name,)}
            whole, by_itself = replace(query, **instead), Query(**alone)
            found = [one for one in (whole, by_itself) if self._count(one)]
            yield from map(str, found[:1])

    def _near_outlets(self, typed: str) -> list[str]:
        outlets = self.index().outlets(_MOST_OUTLETS)
        by_words = {" ".join(folded(one)): one for one in outlets}
        near = extract(
            " ".join(folded(typed)),
            list(by_words),
            scorer=fuzz.partial_ratio,
            score_cutoff=_NEAR_OUTLET,
            limit=_MOST_NEAR,
        )
        return [by_words[name] for name, _, _ in near] or list(outlets[:_MOST_NEAR])

    def _near_speakers(self, typed: str) -> list[str]:
        """Speakers with a name that begins as one of the words does, or is a slip away."""
        near: list[str] = []
        for word in sorted(folded(typed), key=len, reverse=True):
            near += self.names.with_prefix(word, _MOST_NEAR)
            near += self.index().find(Query(by=(word,)), 1).read.by if len(word) > 2 else ()
        there = (one for one in near if self._count(Query(by=(one,))))
        return list(dict.fromkeys(there))[:_MOST_NEAR]

    def _roughly(self, query: Query) -> Iterator[str]:
        """A query of several words, taken roughly, if it finds anything so, or those of its words
        that claims have."""
        if len(query.words) >= _LEAST_WORDS and not (query.roughly or query.exact):
            rough = replace(query, roughly=CLOSE_SHARE)
            if self.index().find(rough, 1).total:
                yield str(rough)
            elif (
                found := self.index().find(replace(query, roughly=ANY_SHARE, exact=True), 1)
            ).total:
                yield str(found.read)

    def _newest(self, searched: Coverage) -> Iterator[str]:
        """Queries for the latest claims, and for those of the outlet with most claims."""
        if searched.last:
            yield str(Query(after=searched.last, sort="new"))
        yield from (str(Query(outlets=(one,))) for one in self.index().outlets(1))

    def _count(self, query: Query) -> int:
        return self.index().find(replace(query, exact=True, roughly=0.0), 1).total
