"""Run stored queries on new claims, which are put into an index in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import starmap
from typing import Any

import tantivy

from bot.model import OPERATOR, ClaimEntry
from bot.search.engine.embedded.documents import CLAIMS_SCHEMA, claim_document
from bot.search.engine.embedded.searcher import CLAIMS_TRANSLATOR, TantivySearcher
from bot.search.engine.queries import MUST, Combination, Everything, Shared
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.words import ANALYZERS, name_words
from bot.search.language.query import FILTERS, Query
from bot.search.word_weights import significant_words

_WORD_FIELDS = ("text", "who", "title")
_WRITER_BYTES = 15_000_000
"""The least that Tantivy accepts."""


class Percolator:
    """Stores queries by name and finds those that a claim matches.

    A query matches the same claims as with `SearchIndex.filter_ids` and `exact` set. It is
    translated once, when it is added, and runs only if the claims have its words. Not thread-safe.
    """

    def __init__(self, builder: QueryBuilder) -> None:
        self._builder = builder
        self._queries: dict[str, tuple[Query, tuple[list[tuple[str, str]], ...], Shared]] = {}
        self._no_claims = _index(())
        self._no_claims.doc_freq = lambda *_: 1  # No word is left out because no claim has it.

    def add(self, name: str, query: Query) -> None:
        """Store a query under a name, replacing any query of that name."""
        query = replace(query, exact=True, viewer=OPERATOR)
        word_terms = tuple(
            [
                (field, stem)
                for stems in self._builder.stem_sequences(word)
                for stem in stems[:1]
                for field in _WORD_FIELDS
            ]
            for word in (() if query.is_rough else query.words)
        )
        self._queries[name] = query, word_terms, self._shared(query)

    def remove(self, name: str) -> None:
        """Remove the query with this name, if there is one."""
        self._queries.pop(name, None)

    def find_matches(
        self,
        entries: Sequence[ClaimEntry],
        aliases: Iterable[str] = (),
        aliases_of: Callable[[tuple[str, ...]], Collection[str]] = lambda _: (),
    ) -> dict[str, dict[str, tuple[str, ...]]]:
        """Find for each query that claims match, by its name, their ids in the order of the claims,
        and the parts of the query that each matched.

        `aliases` are other names of the claims' speakers. `aliases_of` returns
        `Query.speaker_aliases` for `Query.speakers`; queries by none of the `aliases` go without.
        """
        if not entries or not self._queries:
            return {}
        claims, count = _index(entries), len(entries)
        alias_words = {word for alias in aliases for word in name_words(alias)}
        matches = {}
        for name, (query, word_terms, shared) in self._queries.items():
            if not all(any(starmap(claims.doc_freq, terms)) for terms in word_terms):
                continue
            if any(map(alias_words.issuperset, self._forms(query.speakers))):
                query = replace(query, speaker_aliases=tuple(aliases_of(query.speakers)))
                shared = self._shared(query)
            if found := set(claims.find_ids(shared, count)):
                parts = {
                    typed: set(claims.find_ids(self._shared(part), count)) if part else found
                    for typed, part in _parts(query, aliases_of)
                }
                matches[name] = {
                    entry.claim_id: tuple(
                        typed for typed, ids in parts.items() if entry.claim_id in ids
                    )
                    for entry in entries
                    if entry.claim_id in found
                }
        return matches

    def _shared(self, query: Query) -> Shared:
        clauses = self._builder.clauses(query, self._no_claims)
        return Shared(Combination([(MUST, Everything()), *clauses]))

    def _forms(self, speakers: Iterable[str]) -> Iterator[Sequence[str]]:
        for name in speakers:
            yield name_words(name)
            yield from self._builder.known_forms(name)


def _index(entries: Iterable[ClaimEntry]) -> TantivySearcher:
    index = tantivy.Index(CLAIMS_SCHEMA)
    for name, analyzer in ANALYZERS.items():
        index.register_tokenizer(name, analyzer)
    if documents := list(map(claim_document, entries)):
        writer = index.writer(_WRITER_BYTES, 1)
        for document in documents:
            writer.add_document(document)
        writer.commit()
        index.reload()
    return TantivySearcher(index.searcher(), CLAIMS_TRANSLATOR)


def _parts(
    query: Query, aliases_of: Callable[[tuple[str, ...]], Collection[str]]
) -> Iterator[tuple[str, Query | None]]:
    """Yield each part as typed, and as a query of its own unless every match has it."""
    words = significant_words(query.words) if query.is_rough else query.words
    required = {"phrases", "mentions", "features", *(() if query.is_rough else ("words",))}
    groups = [("alternatives", tuple((text,) for text in group)) for group in query.alternatives]
    groups += [(part, getattr(query, part)) for part in ("phrases", *FILTERS)]
    for part, values in (("words", words), *groups):
        for value in values:
            changes: dict[str, Any] = {part: (value,)}
            one = Query(**changes)
            if part in required or len(values) == 1:
                yield str(one), None
            else:
                aliases = aliases_of(one.speakers) if query.speaker_aliases else ()
                yield (
                    str(one),
                    replace(one, exact=True, viewer=OPERATOR, speaker_aliases=tuple(aliases)),
                )
