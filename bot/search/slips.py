"""Reading a query that finds nothing as typed: which slips would explain it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import tantivy
from tantivy import Occur

from bot.search.matching import Matching
from bot.search.query import Query
from bot.search.spelling import Candidate, Vocabulary
from bot.search.words import stem, words

_STEEPNESS = 1.5
_MUCH_COMMONER = 20
"""A word that the index knows is only taken for a slip of words so many times as common."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A query as it was understood, and the (typed, read) pairs of words that differ."""

    query: Query
    corrections: tuple[tuple[str, str], ...]


class Slips:
    """Corrects the words of queries at one commit of the index."""

    def __init__(
        self, searcher: tantivy.Searcher, matching: Matching, vocabulary: Vocabulary
    ) -> None:
        self._searcher = searcher
        self._matching = matching
        self._vocabulary = vocabulary

    def knows(self, query: Query) -> bool:
        """Whether the index holds every word of the query somewhere."""
        return all(self._known(word) for text in query.words for word in words(text))

    def corrected(self, query: Query, *, doubt_all: bool) -> Corrected | None:
        """Take words for slips so that the query finds something; which words occur together
        decides. Words that the index knows are doubted only with `doubt_all`, or where a much
        commoner word is near. Returns None when no reading finds anything.
        """
        readings: dict[str, list[Candidate]] = {}
        for word in (word for text in query.words for word in words(text)):
            readings[word] = self._candidates(word, doubt_all=doubt_all)
            if not readings[word]:
                return None
        clauses = [(Occur.Must, self._one_of(candidates)) for candidates in readings.values()]
        clauses += self._matching.other_clauses(query)
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), 1, count=False).hits
        if not hits:
            return None
        meant = {word: self._meant(word, near, hits[0][1]) for word, near in readings.items()}
        pairs = tuple((typed, read) for typed, read in meant.items() if typed != read)
        return Corrected(replace(query, words=_reworded(query, meant)), pairs)

    def _known(self, word: str) -> bool:
        return self._vocabulary.count(word) > 0 or word in self._matching.spellings

    def _candidates(self, word: str, *, doubt_all: bool) -> list[Candidate]:
        near = self._vocabulary.near(word)
        if doubt_all or not self._known(word):
            return near
        enough = _MUCH_COMMONER * max(1, self._vocabulary.count(word))
        return [
            candidate
            for candidate in near
            if candidate.word == word or self._vocabulary.count(candidate.word) >= enough
        ]

    def _one_of(self, candidates: list[Candidate]) -> tantivy.Query:
        best = candidates[0].cost
        by_stem: dict[str, Candidate] = {}
        for candidate in candidates:
            by_stem.setdefault(stem(candidate.word), candidate)
        return tantivy.Query.disjunction_max_query(
            [
                tantivy.Query.boost_query(
                    self._matching.anywhere(candidate.word),
                    math.exp(-_STEEPNESS * (candidate.cost - best)),
                )
                for candidate in by_stem.values()
            ]
        )

    def _meant(self, typed: str, near: list[Candidate], hit: tantivy.DocAddress) -> str:
        """The word by which the best hit was found: as typed, as it stands there, or a stem."""
        if self._holds(hit, self._matching.anywhere(typed)):
            return typed
        for candidate in near:
            if self._holds(hit, self._matching.standing(candidate.word)):
                return candidate.word
        for candidate in near:
            if self._holds(hit, self._matching.anywhere(candidate.word)):
                return candidate.word
        return typed

    def _holds(self, hit: tantivy.DocAddress, query: tantivy.Query) -> bool:
        try:
            query.explain(self._searcher, hit)
        except ValueError:  # "does not match"
            return False
        return True


def _reworded(query: Query, meant: dict[str, str]) -> tuple[str, ...]:
    """The query's words as they were read; one that was not changed stays as it was typed."""
    read: dict[str, None] = {}
    for text in query.words:
        cut = words(text)
        unchanged = all(meant[word] == word for word in cut)
        read.update(dict.fromkeys([text] if unchanged else [meant[word] for word in cut]))
    return tuple(read)
