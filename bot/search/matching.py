"""From a Query to what Tantivy is asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice, product

import tantivy
from tantivy import Occur

from bot.config import KnownName
from bot.errors import SettingsError
from bot.search.query import Query
from bot.search.words import name_words, stem, words

MUST_ALL = 12
"""Up to so many words, each must be found; of more, the best match counts."""
_WHO_WEIGHT = 0.5
_MOST_SPELLINGS = 16
"""Of one phrase; each word that is spelled in several ways multiplies them."""

Clause = tuple[Occur, tantivy.Query]
Run = tuple[str, ...]
"""Words or stems that stand one after the other."""


class Matching:
    """Builds Tantivy's queries, knowing the spellings and names that count as one.

    Raises SettingsError for a spelling that is not exactly one word.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        spelling: Sequence[Sequence[str]],
        names: Iterable[KnownName],
    ) -> None:
        self._schema = schema
        self.spellings = {word for group in spelling for word in _single_words(group)}
        self._variants: dict[str, tuple[str, ...]] = {}
        for group in spelling:
            stems = tuple(dict.fromkeys(map(stem, _single_words(group))))
            for one in stems:
                self._variants[one] = tuple(dict.fromkeys((*self._variants.get(one, ()), *stems)))
        self._known: dict[Run, set[Run]] = {}
        for known in names:
            called = (known.name, *known.aliases, *known.domains)
            runs = {name_words(one) for one in called} - {()}
            for run in runs:
                self._known.setdefault(run, set()).update(runs)

    def runs(self, typed: str) -> list[Run]:
        """Every run of stems that a typed word or phrase is found by."""
        stems = [stem(word) for word in words(typed)]
        spelled = product(*(self._variants.get(one, (one,)) for one in stems))
        return list(islice(spelled, _MOST_SPELLINGS))

    def clauses(self, query: Query, searcher: tantivy.Searcher) -> list[Clause]:
        """Ask for all of a query."""
        if len(query.words) <= MUST_ALL:
            return [*self.word_clauses(query.words), *self.other_clauses(query)]
        return [(Occur.Must, self._best_match(query.words, searcher)), *self.other_clauses(query)]

    def word_clauses(self, typed: Iterable[str]) -> list[Clause]:
        """Ask for each of these words."""
        return [(Occur.Must, self.anywhere(word)) for word in typed]

    def other_clauses(self, query: Query) -> list[Clause]:
        """Ask for all of a query but its words."""
        clauses = [(Occur.Must, self.anywhere(phrase)) for phrase in query.phrases]
        if query.by:
            clauses.append(self._by(query.by))
        if query.outlets:
            clauses.append(self._in(query.outlets))
        if query.after or query.before:
            clauses.append((Occur.Must, _unscored(self._published(query))))
        excluded = (*query.not_words, *query.not_phrases)
        return clauses + [(Occur.MustNot, self.anywhere(typed)) for typed in excluded]

    def anywhere(self, typed: str) -> tantivy.Query:
        """Ask for a word or phrase in the content or, for less, in the speaker or source."""
        runs = self.runs(typed)
        who = _any([self._run("who", run) for run in runs])
        return _any(
            [
                *(self._run("text", run) for run in runs),
                tantivy.Query.boost_query(who, _WHO_WEIGHT),
            ]
        )

    def standing(self, word: str) -> tantivy.Query:
        """Ask for a folded word as it stands, in the content, the speaker or the source."""
        return _any([self._run("surface", (word,)), self._run("name", (word,))])

    def _best_match(self, typed: Iterable[str], searcher: tantivy.Searcher) -> tantivy.Query:
        """Ask for at least a quarter of the rarest words that the index knows.

        The commonest words say least about a pasted paragraph and cost the most to look up.
        """
        by_stem = {stem(word): word for text in typed for word in words(text)}
        counts = {word: self._count(word, searcher) for word in by_stem.values()}
        known = [word for word, count in counts.items() if count]
        rarest = sorted(known, key=lambda word: (counts[word], word))[:MUST_ALL]
        if not rarest:
            return tantivy.Query.empty_query()
        return tantivy.Query.boolean_query(
            [(Occur.Should, self.anywhere(word)) for word in rarest],
            minimum_number_should_match=math.ceil(len(rarest) / 4),
        )

    def _count(self, word: str, searcher: tantivy.Searcher) -> int:
        """How often a word is found, about: once for its content, once for who said it."""
        return sum(
            searcher.doc_freq(field, run[0]) for run in self.runs(word) for field in ("text", "who")
        )

    def _by(self, values: Iterable[str]) -> Clause:
        """Ask for claims by any of these. Of a name whose aliases are known, the whole is meant:
        the CCP is not CCP policy advisers."""
        asked = []
        for run in {name_words(value) for value in values}:
            if known := self._known.get(run):
                asked += [self._run("called", (" ".join(one),)) for one in sorted(known)]
            else:
                asked.append(self._run("name", run))
        return Occur.Must, _unscored(_any(asked))

    def _in(self, values: Iterable[str]) -> Clause:
        """Ask for claims in any of these outlets."""
        named = {name_words(value) for value in values}
        runs = named.union(*(self._known.get(run, ()) for run in named))
        return Occur.Must, _unscored(_any([self._run("outlet", run) for run in sorted(runs)]))

    def _published(self, query: Query) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            "day",
            tantivy.FieldType.Integer,
            query.after.toordinal() if query.after else None,
            query.before.toordinal() if query.before else None,
        )

    def _run(self, field: str, run: Run) -> tantivy.Query:
        if len(run) == 1:
            return tantivy.Query.term_query(self._schema, field, run[0])
        return tantivy.Query.phrase_query(self._schema, field, list(run))


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _single_words(group: Sequence[str]) -> list[str]:
    folded = []
    for spelled in group:
        cut = words(spelled)
        if len(cut) != 1:
            raise SettingsError(
                "cannot use a spelling",
                subject=f"search.spelling in bot.yml: {spelled!r}",
                cause="it is not one word",
                remedy="Write one word for each spelling.",
            )
        folded.append(cut[0])
    return folded
