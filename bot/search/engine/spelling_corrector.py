"""Correct a query that finds nothing as typed, by the slips that would explain it.

A word that is in no dictionary and in no claim may stand for any indexed word near it; a word that
claims have, for few of these or none. Claims with an alternative for each word are ranked by how
well they match and how small the slips are, so that words which occur together decide; the
correction is then read off the best hits. Replacements of dictionary words are found in the same
way, but only offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

from bot.languages.wordlist import is_listed, is_word
from bot.search.engine.alternatives import (
    Alternative,
    SplitQuery,
    TypedWord,
    each_of,
    majority_of_words,
    read_each,
    with_one_changed,
)
from bot.search.engine.clauses import Clause, all_of, any_of
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.words import name_words, stem, words
from bot.search.language.query import Query
from bot.search.meaning.opposites import negated_forms
from bot.search.spelling.vocabulary import MAX_LIKELY_SLIP, Candidate, Vocabulary, slips
from bot.search.tokenized import STOP_WORDS, negates

_OTHER_ENDING = 0.3
"""Cost of matching a word in another inflection."""
_MOST_READINGS = 5
"""Readings are taken from so many of the best hits; claims matching any are found."""
_NAMES = ("speakers", "mentions", "via", "outlets")
_FIELDS = {"mentions": "surface", "speakers": "name"}
"""The fields in which names are searched; words are searched in all."""

_SHORTEST, _SHORT = 3, 3
"""Letters from which a word may be a slip ("Xi" is no "Li"), and up to which it turns a question
around ("is" and "in", "not" and "now")."""
_MUCH_COMMONER, _COMMONER = 20, 5
"""So many times as many claims must hold a word that is read for one that claims have, such as a
name, and for one that they have with another ending only."""
_MANY_SLIPS = 0.5
"""Of a query's words; a hand that slips so often may have typed the others by mistake, too."""

Correction = tuple[str, str]
"""A word as typed and as corrected."""


class CorrectedQuery(NamedTuple):
    """A corrected query, and the words that were changed."""

    query: Query
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class CorrectedReadings:
    """The possible corrections of a query, likeliest first, and the Tantivy query that finds the
    claims of all of them, best first."""

    readings: tuple[CorrectedQuery, ...]
    asked: tantivy.Query


class SpellingCorrector:
    """Corrects mistyped queries at one commit of the index."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        builder: QueryBuilder,
        vocabulary: Vocabulary,
        *,
        doubting: bool = False,
    ) -> None:
        """With `doubting`, any word may be a slip."""
        self._searcher = searcher
        self._builder = builder
        self._vocabulary = vocabulary
        self._doubting = doubting

    def correct(self, typed: Query) -> CorrectedReadings | None:
        """Read a query so that it finds something: any of its words, and of the names after by:
        and about:, may be a slip. Of a loose one most of the words will do, and only those that no
        claim has may be slips. Returns None when no reading finds anything.
        """
        query, known = self._with_known_names(typed)
        cut = self._cut(query)
        if not cut:
            return None
        asked = all_of(self._likely(query, cut))
        best = self._searcher.search(asked, _MOST_READINGS, count=False).hits
        meant = tuple(dict.fromkeys(self._meant(query, known, cut, hit) for _, hit in best))
        if not meant:
            return None
        readings = any_of([all_of(self._strictly(one.query)) for one in meant])
        unscored = tantivy.Query.const_score_query(readings, 0.0)
        return CorrectedReadings(meant, all_of([(Occur.Must, unscored), *_ranking(cut, meant)]))

    def alternatives(self, typed: Query, found: Iterable[Query], most: int) -> tuple[Query, ...]:
        """The `most` likeliest queries that replace a correct word (in the dictionary, or in
        claims) and find something that the queries in `found` do not."""
        query, known = self._with_known_names(typed)
        if not any(map(self._is_right, self._mistypable(query))) or not (cut := self._cut(query)):
            return ()
        words_ = list(cut.each())
        right = [word for word in words_ if self._is_right(word.typed)]
        changed = with_one_changed(right, one_only=len(right) == len(words_))
        clauses = self._likely(query, cut)
        clauses.append((Occur.Must, all_of([(Occur.Should, one) for one in changed])))
        clauses += [(Occur.MustNot, all_of(self._strictly(one))) for one in found]
        offers: list[Query] = []
        while len(offers) < most:
            best = self._searcher.search(all_of(clauses), 1, count=False).hits
            meant = [self._meant(query, known, cut, hit).query for _, hit in best]
            if not meant or meant[0] in offers:
                break
            offers += meant
            clauses.append((Occur.MustNot, all_of(self._strictly(meant[0]))))
        return tuple(offers)

    def _mistypable(self, query: Query) -> list[str]:
        """The words in which slips are looked for."""
        texts = (*self._telling(query), *query.mentions, *query.speakers)
        return [word for text in texts for word in words(text)]

    def _is_right(self, typed: str) -> bool:
        return is_word(typed) or self._builder.claim_count(typed, self._searcher) > 0

    def _likely(self, query: Query, cut: SplitQuery) -> list[Clause]:
        """Ask for all of a query, with each of the ways to read what may be slips."""
        said = majority_of_words(cut.words) if query.loose else each_of(cut.words)
        about = tuple(name for name in query.mentions if name not in cut.mentions)
        others = self._strictly(replace(query, words=(), mentions=about, speakers=()))
        return [*said, *each_of(cut.mentions), *self._any_of(query.speakers, cut.speakers), *others]

    def _with_known_names(self, query: Query) -> tuple[Query, tuple[Correction, ...]]:
        """Take names that nobody has for known ones (config/outlets.yml) that are near."""
        near: dict[str, str] = {}
        for value in (value for part in _NAMES for value in getattr(query, part)):
            heard = all(self._searcher.doc_freq("name", word) for word in words(value))
            if not heard and (known := self._builder.known_name_near(value)):
                near[value] = known
        return _reworded(query, dict.fromkeys(_NAMES, near)), tuple(near.items())

    def _cut(self, query: Query) -> SplitQuery | None:
        """Cut into words what may hold slips, each with the ways to read it; None where one is in
        no claim and like no word that is."""
        telling = {text: words(text) for text in self._telling(query)}
        about, by = self._names(query.mentions), self._names(query.speakers)
        parts = (("words", telling), ("mentions", about), ("speakers", by))
        typed = {(part, one) for part, cut in parts for run in cut.values() for one in run}
        held = {one: self._held_by(*one) for one in typed}
        share = sum(not count for count in held.values()) / max(1, len(held))
        near = {
            (part, one): [] if query.loose and count else self._near(one, count, share)
            for (part, one), count in held.items()
        }
        if not all(held[one] or near[one] for one in typed if one[0] == "words"):
            return None
        return SplitQuery(
            read_each(telling, lambda one: self._said(one, near["words", one])),
            read_each(
                about, lambda one: self._named(one, near["mentions", one], _FIELDS["mentions"])
            ),
            read_each(by, lambda one: self._named(one, near["speakers", one], _FIELDS["speakers"])),
        )

    def _held_by(self, part: str, word: str) -> int:
        """How many claims hold a word where a part of a query looks for it, about."""
        if part in _FIELDS:
            return int(self._searcher.doc_freq(_FIELDS[part], word))
        # A word that only titles hold is none that was mistyped.
        held = self._builder.claim_count(word, self._searcher)
        return held or int(self._searcher.doc_freq("title", stem(word)))

    def _near(self, typed: str, held: int, share: float) -> list[Candidate]:
        """The words that one may be a slip for, of which claims have `held` as it was typed, and
        a `share` of the words beside it not, from 0 to 1.

        A word of the language was meant as typed, and so was one that claims have, such as a name;
        this gives way to a much commoner one only, by a slip that hands make often. Beside words
        that are slips for certain either will do.
        """
        if len(typed) < _SHORTEST or negates(typed):
            return []
        if self._doubting:
            return [*self._vocabulary.near(typed)]
        if is_word(typed):
            return []
        if held and len(typed) <= _SHORT and (not share or typed in STOP_WORDS):
            return []
        near = [one for one in self._vocabulary.near(typed) if not _may_be_opposite(typed, one)]
        if not held or share >= _MANY_SLIPS:
            return near
        count = self._vocabulary.count
        as_printed = count(typed)
        if share:
            least = _MUCH_COMMONER * max(1, as_printed)
        else:
            least = (_MUCH_COMMONER if as_printed else _COMMONER) * held

        def may_be_meant(one: Candidate) -> bool:
            likely, commoner = one.slip <= MAX_LIKELY_SLIP, count(one.word) >= least
            return (likely or commoner) if share else (likely and commoner)

        return [one for one in near if one.word == typed or may_be_meant(one)]

    def _said(self, typed: str, near: list[Candidate]) -> TypedWord:
        # Among the words near it is the word itself, if it is known, and then for less.
        known = min((one.cost for one in near if one.word == typed), default=0.0)
        as_typed = Alternative(typed, known + _OTHER_ENDING, self._builder.anywhere(typed))
        ways = [Alternative(one.word, one.cost, self._standing(one.word)) for one in near]
        return TypedWord(typed, [as_typed, *ways])

    def _named(self, typed: str, near: list[Candidate], field: str) -> TypedWord:
        others = [one for one in near if one.word != typed]
        standing = self._builder.exact_word
        ways = [Alternative(one.word, one.cost, standing(one.word, [field])) for one in others]
        return TypedWord(typed, [Alternative(typed, 0.0, standing(typed, [field])), *ways])

    def _standing(self, word: str) -> tantivy.Query:
        """Ask for a word that the index knows; a field that does not hold it would cost time."""
        if word in self._builder.spellings:
            return self._builder.anywhere(word)
        fields = [field for field in ("surface", "name") if self._searcher.doc_freq(field, word)]
        return self._builder.exact_word(word, fields)

    def _names(self, values: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Cut names into words, but those that are known as wholes: these are no slips."""
        unknown = (value for value in values if not self._builder.is_known_name(value))
        return {value: name_words(value) for value in unknown}

    def _any_of(self, names: tuple[str, ...], cut: dict[str, list[TypedWord]]) -> Iterator[Clause]:
        """Ask for claims by any of these: those that are cut into words, and the known ones."""
        if names:
            known = tuple(name for name in names if name not in cut)
            asked = [all_of(each_of({name: asked})) for name, asked in cut.items()]
            if known:
                asked.append(all_of(self._strictly(Query(speakers=known))))
            yield Occur.Must, any_of(asked)

    def _telling(self, query: Query) -> tuple[str, ...]:
        return self._builder.required_words(query, self._searcher)

    def _strictly(self, query: Query) -> list[Clause]:
        return self._builder.clauses(query, self._searcher)

    def _meant(
        self, query: Query, known: tuple[Correction, ...], cut: SplitQuery, hit: tantivy.DocAddress
    ) -> CorrectedQuery:
        """Read off a hit which alternative of each word made it match."""
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
        return CorrectedQuery(_reworded(query, read), tuple(corrections.items()))

    def _held(self, word: TypedWord, hit: tantivy.DocAddress) -> str | None:
        """The first alternative of a word that matches a hit."""
        for way in word.ways:
            try:
                way.asked.explain(self._searcher, hit)
            except ValueError:  # "does not match"
                continue
            return way.word
        return None


def _may_be_opposite(typed: str, near: Candidate) -> bool:
    """Whether a typed word is as near to the opposite of a candidate: usafe is not "safe"."""
    return any(slips(typed, one) <= near.slip for one in _turned_round(near.word))


@lru_cache(maxsize=100_000)
def _turned_round(word: str) -> tuple[str, ...]:
    """The dictionary words that are negated forms of a word."""
    return tuple(filter(is_listed, negated_forms(word)))


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


def _ranking(cut: SplitQuery, readings: Iterable[CorrectedQuery]) -> list[Clause]:
    """Rank by the words that were read; the others are not looked up again."""
    read = {one for reading in readings for _, one in reading.corrections}
    return [(Occur.Should, word.asked({word.typed, *read})) for word in cut.each()]
