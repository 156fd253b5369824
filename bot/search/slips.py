"""Reading a query that finds nothing as typed: which slips would explain it.

Every word may stand for any of the words of the index that are near it. The claims that hold one
of them for each word are ranked by how well they match and how small the slips are, so that words
which occur together pick the reading; what was meant is then read off the best hits.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

from bot.search.matching import Clause, Matching
from bot.search.query import Query
from bot.search.spelling import Vocabulary
from bot.search.words import name_words, words

_STEEPNESS = 1.0
"""A way to read a word counts for e to the power of minus this, for each edit more."""
_OTHER_ENDING = 0.3
"""What it costs to take a word as typed but for its ending."""
_MOST_READINGS = 5
"""So many of the best hits say what was meant; all claims that hold one reading are found."""
_NAMES = ("by", "about", "via", "outlets")

Correction = tuple[str, str]
"""A word as typed, and as read."""


class Meant(NamedTuple):
    """A reading of a query, and its words that are not as they were typed."""

    query: Query
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Forgiven:
    """A query read with slips: what it may have meant, the likeliest first, and the question that
    finds the claims of all these readings, the best first."""

    readings: tuple[Meant, ...]
    asked: tantivy.Query


class _Way(NamedTuple):
    """A word that may have been meant, what that costs, and the question for it."""

    word: str
    cost: float
    asked: tantivy.Query


class _Word(NamedTuple):
    """A word as typed, and the ways to read it: as typed, then the likeliest first."""

    typed: str
    ways: list[_Way]

    def asked(self, among: Container[str] | None = None) -> tantivy.Query:
        """Ask for any of them, or of those among some words, the likeliest counting most."""
        least = min(way.cost for way in self.ways)
        return _any(
            tantivy.Query.boost_query(way.asked, math.exp(_STEEPNESS * (least - way.cost)))
            for way in self.ways
            if among is None or way.word in among
        )


class _Cut(NamedTuple):
    """The parts of a query that may hold slips, each cut into words."""

    words: dict[str, list[_Word]]
    about: dict[str, list[_Word]]
    by: dict[str, list[_Word]]


class Slips:
    """Reads mistyped queries at one commit of the index."""

    def __init__(
        self, searcher: tantivy.Searcher, matching: Matching, vocabulary: Vocabulary
    ) -> None:
        self._searcher = searcher
        self._matching = matching
        self._vocabulary = vocabulary

    def forgiven(self, typed: Query) -> Forgiven | None:
        """Read a query so that it finds something: any of its words, and of the names after by:
        and about:, may be a slip. Returns None when no reading finds anything.
        """
        query, known = self._with_known_names(typed)
        cut = _Cut(
            {text: [self._word(word) for word in words(text)] for text in self._telling(query)},
            self._names(query.about, "surface"),
            self._names(query.by, "name"),
        )
        likely = [*_each(cut.words), *_each(cut.about), *self._any_of(query.by, cut.by)]
        about = tuple(name for name in query.about if name not in cut.about)
        others = self._strictly(replace(query, words=(), about=about, by=()))
        best = self._searcher.search(_all([*likely, *others]), _MOST_READINGS, count=False).hits
        meant = tuple(dict.fromkeys(self._meant(query, known, cut, hit) for _, hit in best))
        if not meant:
            return None
        readings = _any([_all(self._strictly(one.query)) for one in meant])
        unscored = tantivy.Query.const_score_query(readings, 0.0)
        return Forgiven(meant, _all([(Occur.Must, unscored), *_ranking(cut, meant)]))

    def _with_known_names(self, query: Query) -> tuple[Query, tuple[Correction, ...]]:
        """Take names that nobody has for known ones (config/outlets.yml) that are near."""
        near: dict[str, str] = {}
        for value in (value for part in _NAMES for value in getattr(query, part)):
            heard = all(self._searcher.doc_freq("name", word) for word in words(value))
            if not heard and (known := self._matching.known_name_near(value)):
                near[value] = known
        return _reworded(query, dict.fromkeys(_NAMES, near)), tuple(near.items())

    def _word(self, typed: str) -> _Word:
        near = self._vocabulary.near(typed)
        # Among the words near it is the word itself, if it is known, and then for less.
        known = min((cost for word, cost in near if word == typed), default=0.0)
        as_typed = _Way(typed, known + _OTHER_ENDING, self._matching.anywhere(typed))
        return _Word(typed, [as_typed, *(_Way(*one, self._standing(one.word)) for one in near)])

    def _standing(self, word: str) -> tantivy.Query:
        """Ask for a word that the index knows; a field that does not hold it would cost time."""
        if word in self._matching.spellings:
            return self._matching.anywhere(word)
        fields = [field for field in ("surface", "name") if self._searcher.doc_freq(field, word)]
        return self._matching.standing(word, fields)

    def _names(self, values: Iterable[str], field: str) -> dict[str, list[_Word]]:
        """Cut names into words, but those that are known as wholes: these are no slips."""
        return {
            value: [self._named(word, field) for word in name_words(value)]
            for value in values
            if not self._matching.knows(value)
        }

    def _named(self, typed: str, field: str) -> _Word:
        near = [one for one in self._vocabulary.near(typed) if one.word != typed]
        ways = [_Way(*one, self._matching.standing(one.word, [field])) for one in near]
        return _Word(typed, [_Way(typed, 0.0, self._matching.standing(typed, [field])), *ways])

    def _any_of(self, names: tuple[str, ...], cut: dict[str, list[_Word]]) -> Iterator[Clause]:
        """Ask for claims by any of these: those that are cut into words, and the known ones."""
        if names:
            known = tuple(name for name in names if name not in cut)
            asked = [_all(_each({name: asked})) for name, asked in cut.items()]
            if known:
                asked.append(_all(self._strictly(Query(by=known))))
            yield Occur.Must, _any(asked)

    def _telling(self, query: Query) -> tuple[str, ...]:
        return self._matching.telling(query, self._searcher)

    def _strictly(self, query: Query) -> list[Clause]:
        return self._matching.clauses(query, self._searcher)

    def _meant(
        self, query: Query, known: tuple[Correction, ...], cut: _Cut, hit: tantivy.DocAddress
    ) -> Meant:
        """Read off a hit what each word must have meant for the hit to be found."""
        corrections = dict(known)
        read: dict[str, dict[str, str]] = {}
        for part, texts in cut._asdict().items():
            read[part] = {}
            for text, asked in texts.items():
                meant = [self._held(word, hit) for word in asked]
                pairs = [(word.typed, one) for word, one in zip(asked, meant, strict=True) if one]
                changed = [(typed, one) for typed, one in pairs if typed != one]
                # Of several names after by:, a hit need hold only one.
                if changed and len(pairs) == len(asked):
                    read[part][text] = " ".join(one for _, one in pairs)
                    corrections.update(changed)
        return Meant(_reworded(query, read), tuple(corrections.items()))

    def _held(self, word: _Word, hit: tantivy.DocAddress) -> str | None:
        """The first way to read a word by which a hit is found."""
        for way in word.ways:
            try:
                way.asked.explain(self._searcher, hit)
            except ValueError:  # "does not match"
                continue
            return way.word
        return None


def _reworded(query: Query, read: dict[str, dict[str, str]]) -> Query:
    """Put what was read in place of what was typed, part by part; words stand each by itself."""
    parts: dict[str, Any] = {
        part: tuple(dict.fromkeys(read[part].get(text, text) for text in getattr(query, part)))
        for part in read
    }
    if "words" in read:
        said = (read["words"].get(text) for text in query.words)
        cut = zip(query.words, said, strict=True)
        parts["words"] = tuple(
            dict.fromkeys(word for typed, one in cut for word in (one.split() if one else [typed]))
        )
    return replace(query, **parts)


def _ranking(cut: _Cut, readings: Iterable[Meant]) -> list[Clause]:
    """Rank by the words that were read; the others are not looked up again."""
    read = {one for reading in readings for _, one in reading.corrections}
    asked = [word for part in cut for words_ in part.values() for word in words_]
    return [(Occur.Should, word.asked({word.typed, *read})) for word in asked]


def _each(cut: dict[str, list[_Word]]) -> list[Clause]:
    return [(Occur.Must, word.asked()) for asked in cut.values() for word in asked]


def _all(clauses: list[Clause]) -> tantivy.Query:
    return tantivy.Query.boolean_query(clauses)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    asked = list(queries)
    return asked[0] if len(asked) == 1 else tantivy.Query.disjunction_max_query(asked)
