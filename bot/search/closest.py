"""The closest claims: those that hold most of what a text's words tell, in whatever form.

No word must be there. Each counts by what it tells (bot/search/message.py) and by how rare it is in
the archive; a name counts most, most of all where it is the speaker's. A word may stand there in
another form, for a little less as a synonym or in the article's title, and where no claim has it as
typed, as what it may be a slip for.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import tantivy
from tantivy import Occur

from bot.search.engine.documents import SCHEMA
from bot.search.engine.matching import Matching, Run
from bot.search.figures import printed
from bot.search.message import is_of_its_own, tells_of_saying, weighed
from bot.search.spelling.vocabulary import Vocabulary
from bot.statements.clauses import DATES
from bot.text.synonyms import SYNONYMS
from bot.text.verbs import PRESENT
from bot.text.words import stem, words
from bot.wordlist import commonness, derived, is_word, synonyms

_NAME = 1.5
"""What a name tells, beside the rarest word."""
_WHO, _NAMED_WHO, _TITLE = 0.7, 1.15, 0.35
"""What a word counts that is found in the speaker or source, a name there, and in the title."""
_DERIVED, _OF_THE_SAME_SENSE, _SLIP = 0.85, 0.5, 0.8
_PAIR, _LITTLE = 0.35, 0.1
"""What two words count beside themselves where they stand side by side, as they do in the text; by
itself, and then what one tells that says little."""
_QUOTED, _QUOTED_PAIR = 2.0, 0.25
"""What a phrase counts that somebody quotes, and two words of it, as many quote wrongly."""
_UNKNOWN = 0.6
"""How rare a word is taken to be that no claim has: what is said of it is not here."""
_NEAREST, _SHORTEST_SLIP = 4, 4
_LEAST_TOLD, _LEAST_OF_OTHER, _LEAST_OF_ITS_OWN = 0.45, 1.0, 1.6
"""How much a close claim tells at least: as much as a rare word, or more where the text neither
names anybody nor says that something was said, and more yet if it is about its own people."""
_LEAST_WORD = 0.1
"""What a word tells of which, where nobody is named, two must be there."""
_FIELDS = ("text", "who", "title")


class Told(NamedTuple):
    """A word of a text as typed and as read, how much it tells, and the ways it may stand there,
    each with its share of that."""

    typed: str
    read: str
    weight: float
    is_name: bool
    ways: Mapping[Run, float]

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, which is looked for in what is said alone."""
        return self.typed[0] == "="

    @property
    def shown(self) -> str:
        """The word as it was read."""
        return f"{float(self.read[1:]):,.10g}" if self.is_figure else self.read


class Close(NamedTuple):
    """A question for the claims that are close to a text, the score that they have at least, and
    what it asks for."""

    asked: tantivy.Query
    floor: float
    told: tuple[Told, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that tell something and that claims have, as they were read."""
        return tuple(one.shown for one in self.told if one.ways and one.weight >= _LEAST_WORD)

    def most_telling(self, most: int) -> tuple[str, ...]:
        """So many of these words, those that tell most, as they come."""
        weights = {one.shown: one.weight for one in self.told}
        best = sorted(self.words, key=lambda word: -weights[word])[:most]
        return tuple(word for word in self.words if word in best)


class Closest:
    """Makes a text's question at one commit of the index."""

    def __init__(
        self, searcher: tantivy.Searcher, matching: Matching, vocabulary: Vocabulary
    ) -> None:
        self._searcher = searcher
        self._matching = matching
        self._vocabulary = vocabulary

    def asked(
        self, text: str, share: float, *, phrases: Iterable[str] = (), exact: bool = False
    ) -> Close:
        """Ask for the claims that hold most of what a text tells, and at least a share of it; a
        claim with one of the `phrases` is close by that alone. Where it is `exact`, nothing is a
        slip."""
        parts = weighed(text).items()
        told = tuple(self._told(part, weight, exact=exact) for part, weight in parts)
        whole = sum(one.weight for one in told)
        clauses = [
            (Occur.Should, self._clause(one))
            for one in told
            if one.ways and one.weight >= _LEAST_WORD
        ]
        runs = [_stems(phrase) for phrase in phrases]
        quoted = [_scored(_run("text", run), _QUOTED) for run in runs if run]
        clauses += [(Occur.Should, one) for one in quoted]
        if not clauses:
            return Close(tantivy.Query.empty_query(), math.inf, told)
        has_name = any(one.is_name for one in told)
        most = tantivy.Query.boolean_query(
            clauses, minimum_number_should_match=1 if has_name or quoted else 2
        )
        asked = tantivy.Query.boolean_query(
            [(Occur.Must, most), *self._pairs(text), *_misquoted(runs)]
        )
        least = _LEAST_TOLD
        if not (has_name or quoted or tells_of_saying(text)):
            least = _LEAST_OF_ITS_OWN if is_of_its_own(text) else _LEAST_OF_OTHER
        return Close(asked, max(least, share * whole), told)

    def _told(self, part: str, weight: float, *, exact: bool) -> Told:
        if part[0] == "=":
            ways = {run: 1.0 for run in printed(float(part[1:])) if self._stands(run)}
            weight *= self._rarity(ways) if ways else _UNKNOWN
            return Told(part, part, weight, False, ways)
        read, ways = part, self._ways(part)
        if not (ways or exact or is_word(part)) and len(part) >= _SHORTEST_SLIP:
            near = [one.word for one in self._vocabulary.near(part) if one.word != part]
            read = near[0] if near else part
            ways = {(stem(word),): _SLIP for word in near[:_NEAREST]}
        if not ways:
            return Told(part, part, weight * _UNKNOWN, False, {})
        is_name = self._is_name(read)
        weight *= self._rarity(ways) * (_NAME if is_name else 1)
        return Told(part, read, weight, is_name, ways)

    def _is_name(self, word: str) -> bool:
        is_rare = commonness(word) is None and word not in DATES
        return is_rare and self._searcher.doc_freq("name", word) > 0

    def _ways(self, word: str) -> dict[Run, float]:
        """The stems by which a word may stand in a claim, each with what it counts."""
        own = [run for run in self._matching.runs(word) if len(run) == 1]
        present = PRESENT.get(word, word)
        ways = dict.fromkeys(own, 1.0)
        for one in _forms(present):
            ways.setdefault((one,), 1.0)
        for one in _derived().get(stem(present), ()):
            ways.setdefault((one,), _DERIVED)
        for one in _synonyms().get(stem(present), ()):
            ways.setdefault((one,), _OF_THE_SAME_SENSE)
        return {run: share for run, share in ways.items() if self._count(run[0])}

    def _rarity(self, ways: Mapping[Run, float]) -> float:
        """How rare what a word says is in the archive, from 0 to 1: as the rarest of the likeliest
        ways to print it."""
        best = max(ways.values(), default=0.0)
        count = sum(self._stands(run) for run, share in ways.items() if share == best)
        claims = self._searcher.num_docs
        return _rarity(max(1, count), claims) / _rarity(1, claims)

    def _stands(self, run: Run) -> int:
        """How many claims hold a run of stems, about."""
        if len(run) == 1:
            return self._count(run[0])
        found = self._searcher.search(_run("text", run), 1)
        return int(found.count)  # type: ignore[attr-defined]  # the stubs leave it out

    def _count(self, one: str) -> int:
        return max(self._searcher.doc_freq(field, one) for field in _FIELDS)

    def _clause(self, told: Told) -> tantivy.Query:
        fields = {"text": 1.0, "who": _NAMED_WHO if told.is_name else _WHO, "title": _TITLE}
        if told.is_figure:
            fields = {"text": 1.0}
        return tantivy.Query.disjunction_max_query([
            _scored(_run(field, run), told.weight * share * counts)
            for run, share in told.ways.items()
            for field, counts in fields.items()
        ])  # fmt: skip

    def _pairs(self, text: str) -> Iterator[tuple[Occur, tantivy.Query]]:
        """Ask for the words of a text that stand side by side, also those that say little."""
        told = weighed(text)
        for one, other in pairwise(words(text)):
            pair = (stem(one), stem(other))
            tell = (
                told.get(word, _LITTLE) * self._rarity({(stem(word),): 1.0})
                for word in (one, other)
            )
            yield Occur.Should, _scored(_run("text", pair), _PAIR * sum(tell))


def _stems(phrase: str) -> Run:
    return tuple(map(stem, words(phrase)))


def _misquoted(runs: Iterable[Run]) -> Iterator[tuple[Occur, tantivy.Query]]:
    """Ask for each two words of quoted phrases that stand side by side."""
    for run in runs:
        for pair in pairwise(run):
            yield Occur.Should, _scored(_run("text", pair), _QUOTED_PAIR)


def _scored(query: tantivy.Query, score: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, score)


def _run(field: str, run: Run) -> tantivy.Query:
    if len(run) == 1:
        return tantivy.Query.term_query(SCHEMA, field, run[0])
    return tantivy.Query.phrase_query(SCHEMA, field, list(run))


def _rarity(count: int, claims: int) -> float:
    count = min(count, claims)
    return math.log1p((claims - count + 0.5) / (count + 0.5))


def _forms(present: str) -> Iterable[str]:
    return _irregular().get(present, ())


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for form, verb in PRESENT.items():
        forms[verb] |= {stem(form), stem(verb)}
    return {verb: tuple(sorted(stems)) for verb, stems in forms.items()}


@cache
def _derived() -> dict[str, frozenset[str]]:
    return _related(derived())


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    pairs = [(one, other) for group in SYNONYMS for one in group for other in group]
    return _related((*synonyms(), *pairs))


def _related(pairs: Iterable[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[stem(one)].add(stem(other))
        found[stem(other)].add(stem(one))
    return {one: frozenset(others) for one, others in found.items()}
