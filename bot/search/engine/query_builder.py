"""Translate a Query into a Tantivy query."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from itertools import islice, product

import tantivy
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from tantivy import Occur

from bot.config import KnownName
from bot.errors import SettingsError
from bot.languages import wordlist
from bot.search.engine.clauses import Clause, any_of
from bot.search.engine.documents import tag
from bot.search.engine.titles import WHO_WEIGHT, word_clauses
from bot.search.engine.words import name_words, stem, words
from bot.search.language.query import FILTERS, Query
from bot.search.meaning.opposites import has_antonym, is_negative_word
from bot.search.roles import typed_runs
from bot.search.tokenized import STOP_WORDS, negates
from bot.search.word_weights import significant_words

MAX_TYPED_WORDS = 8
"""People choose each of so many words; more are a headline, of which half the content words will
do if no claim has all."""
MAX_REQUIRED_WORDS = 12
"""With more words, claims need not have all, and are ranked by how well they match."""
_COMMON_SHARE, _COMMON_CLAIMS = 0.1, 10
"""A word in more claims than both the share and the number is too common to be required."""
_REMEMBERED = 4_096
"""Words whose Tantivy queries are cached."""
_MOST_SPELLINGS = 16
"""Spellings of one phrase; each word with several multiplies them."""

_SHORTEST_SLIP, _SHORT_NAME = 4, 5
"""Letters from which a known name may be mistyped, and up to which only one slip is forgiven."""

Stems = tuple[str, ...]
"""A sequence of words or stems."""


class QueryBuilder:
    """Builds Tantivy queries; knows equivalent spellings and names, and which nouns are a person's
    role ("governor").

    Raises SettingsError for a spelling that is not exactly one word.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        spelling: Sequence[Sequence[str]],
        names: Iterable[KnownName],
        is_noun: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._schema, self._is_noun = schema, is_noun
        self.spellings = {word for group in spelling for word in _single_words(group)}
        self._variants: dict[str, tuple[str, ...]] = {}
        for group in (*map(_single_words, spelling), *wordlist.spellings()):
            alike = {one for word in group for one in self._variants.get(stem(word), (stem(word),))}
            self._variants |= dict.fromkeys(alike, tuple(sorted(alike)))
        self._known: dict[Stems, set[Stems]] = {}
        for known in names:
            called = (known.name, *known.aliases, *known.domains)
            runs = {name_words(one) for one in called} - {()}
            for run in runs:
                self._known.setdefault(run, set()).update(runs)
        # A query uses each word several times, and people search for the same words.
        self.stem_sequences = lru_cache(maxsize=_REMEMBERED)(self._stem_sequences)
        self.anywhere = lru_cache(maxsize=_REMEMBERED)(self._anywhere)

    def for_schema(self, schema: tantivy.Schema) -> QueryBuilder:
        """The same for another schema, whose fields have the same names."""
        other = copy(self)
        other._schema = schema
        other.anywhere = lru_cache(maxsize=_REMEMBERED)(other._anywhere)
        return other

    def variants(self, stemmed: str) -> tuple[str, ...]:
        """The stems equivalent to a stem, including itself."""
        return self._variants.get(stemmed, (stemmed,))

    def _stem_sequences(self, typed: str) -> tuple[Stems, ...]:
        """All stem sequences that match a typed word or phrase."""
        stems = [stem(word) for word in words(typed)]
        spelled = product(*map(self.variants, stems))
        return tuple(islice(spelled, _MOST_SPELLINGS))

    def clauses(self, query: Query, searcher: tantivy.Searcher) -> list[Clause]:
        """Require everything in a query."""
        return [*self._word_clauses(query, searcher), *self.other_clauses(query)]

    def required_words(self, query: Query, searcher: tantivy.Searcher) -> tuple[str, ...]:
        """The words that a claim must have, or most of them if the query is `loose`.

        Of many words, the very common ones are not required unless the query is exact; of a loose
        query with few words, stop words are not required unless they negate. If that leaves none,
        all are required."""
        typed = query.words
        if len(typed) <= MAX_TYPED_WORDS and query.loose:
            little = {one for one in typed if STOP_WORDS.issuperset(words(one))}
            asked = tuple(one for one in typed if one not in little or _tells(one))
            return typed if little.issuperset(asked) else asked
        if len(typed) <= MAX_TYPED_WORDS or query.exact:
            return typed
        most = _common_word_claims(searcher)
        return tuple(word for word in typed if self.claim_count(word, searcher) <= most) or typed

    def claim_count(self, typed: str, searcher: tantivy.Searcher) -> int:
        """About how many claims have a typed word, or the rarest part of a compound."""
        return min((self._count(word, searcher) for word in words(typed)), default=0)

    def other_clauses(self, query: Query) -> list[Clause]:
        """Require everything in a query except its words."""
        clauses = [(Occur.Must, self.anywhere(phrase)) for phrase in query.phrases]
        for group in query.alternatives:
            clauses.append((Occur.Must, any_of([self.anywhere(typed) for typed in group])))
        clauses += [(Occur.Must, self._about(name)) for name in query.mentions]
        if query.speakers:
            clauses.append(self._by(query))
        if query.via:
            clauses.append(self._via(query.via))
        if query.outlets:
            clauses.append(_must(self._named(query.outlets, part="outlet", whole="in")))
        if query.titles:
            runs = (run for title in query.titles for run in self.stem_sequences(title))
            clauses.append(_must(self.run("title", run) for run in runs))
        clauses += self._tagged(query)
        if query.after or query.before:
            clauses.append((Occur.Must, _unscored(self._published(query))))
        excluded = [self.anywhere(typed) for typed in (*query.not_words, *query.not_phrases)]
        excluded += [self._tag("stance", stance) for stance in query.not_stances]
        return clauses + [(Occur.MustNot, one) for one in excluded]

    def _anywhere(self, typed: str) -> tantivy.Query:
        """Match a word or phrase in the content or, scored lower, in speaker or source."""
        runs = self.stem_sequences(typed)
        who = any_of([self.run("who", run) for run in runs])
        return any_of(
            [
                *(self.run("text", run) for run in runs),
                tantivy.Query.boost_query(who, WHO_WEIGHT),
            ]
        )

    def exact_word(self, word: str, fields: Sequence[str]) -> tantivy.Query:
        """Match a folded word unstemmed, in the content (surface) or, scored lower, in speaker or
        source (name)."""
        asked = (
            self.run(field, (word,))
            if field == "surface"
            else tantivy.Query.boost_query(self.run(field, (word,)), WHO_WEIGHT)
            for field in fields
        )
        return any_of(asked)

    def is_known_name(self, name: str) -> bool:
        """Whether a name is in config/outlets.yml."""
        return name_words(name) in self._known

    def known_name_near(self, name: str) -> str | None:
        """The known name nearest to an unknown one: at most two edits away, with all of its
        correctly spelled words."""
        typed = " ".join(name_words(name))
        if self.is_known_name(name) or len(typed) < _SHORTEST_SLIP:
            return None
        right = set(filter(wordlist.is_word, name_words(name)))
        known = [" ".join(run) for run in self._known if right.issubset(run)]
        allowed = 1 if len(typed) <= _SHORT_NAME else 2
        near = extractOne(typed, known, scorer=OSA.distance, score_cutoff=allowed)
        return near[0] if near else None

    def known_forms(self, name: str) -> Sequence[Stems]:
        """All names, split into words, that config/outlets.yml has for the bearer of this one."""
        return sorted(self._known.get(name_words(name), ()))

    def role_terms(self, typed: str) -> list[str]:
        """The index terms for a typed role; empty for a known name."""
        if self.is_known_name(typed):
            return []
        forms = (" ".join(run) for run in typed_runs(typed))
        return list(
            dict.fromkeys(" ".join(run) for form in forms for run in self.stem_sequences(form))
        )

    def is_role(self, typed: str) -> bool:
        """Whether what is typed after by: is a role, not a name or a body."""
        run = name_words(typed)
        return bool(run) and not self.is_known_name(typed) and self._is_noun(run[-1])

    def mention_sequences(self, name: str) -> list[Stems]:
        """All stem sequences for a name in the content, aliases included."""
        called = self._known.get(name_words(name), {name_words(name)})
        return [tuple(map(stem, run)) for run in sorted(called)]

    def _word_clauses(self, query: Query, searcher: tantivy.Searcher) -> list[Clause]:
        if query.is_rough and query.words:
            counted = significant_words(query.words)
            return [(Occur.Must, self._so_many(counted, len(counted) // 2 + 1))]
        if len(query.words) > MAX_REQUIRED_WORDS:
            return [(Occur.Must, self._best_match(query.words, searcher))]
        if query.loose and len(query.words) > MAX_TYPED_WORDS:
            return [(Occur.Must, self._half(query.words, searcher))]
        must = self.required_words(query, searcher)
        if query.loose and must:
            rest = [word for word in query.words if word not in must]
            most = majority_of({word: self.anywhere(word) for word in must})
            return [*most, *((Occur.Should, self.anywhere(word)) for word in rest)]
        return word_clauses(self, query.words, must, searcher)

    def _about(self, name: str) -> tantivy.Query:
        return any_of([self.run("text", run) for run in self.mention_sequences(name)])

    def _best_match(self, typed: Iterable[str], searcher: tantivy.Searcher) -> tantivy.Query:
        """Require a quarter of the rarest words that the index has.

        The commonest words say least about a pasted paragraph and cost most to look up.
        """
        counts = self._counts(typed, searcher)
        rarest = _rarest({word: count for word, count in counts.items() if count})
        return self._at_least(rarest, math.ceil(len(rarest) / 4))

    def _half(self, typed: Iterable[str], searcher: tantivy.Searcher) -> tantivy.Query:
        """Require half of the rarest words that are not too common."""
        common, counts = _common_word_claims(searcher), self._counts(typed, searcher)
        rarest = _rarest({word: count for word, count in counts.items() if count <= common})
        known = [word for word in rarest if counts[word]]
        return self._at_least(known, math.ceil(len(rarest) / 2))

    def _at_least(self, typed: Sequence[str], least: int) -> tantivy.Query:
        if len(typed) < max(1, least):
            return tantivy.Query.empty_query()
        return self._so_many(typed, least)

    def _so_many(self, typed: Sequence[str], least: int) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [(Occur.Should, self.anywhere(word)) for word in typed],
            minimum_number_should_match=least,
        )

    def _counts(self, typed: Iterable[str], searcher: tantivy.Searcher) -> dict[str, int]:
        """The distinct words of a text, each with its frequency in the index."""
        by_stem = {stem(word): word for text in typed for word in words(text)}
        return {word: self._count(word, searcher) for word in by_stem.values()}

    def _count(self, word: str, searcher: tantivy.Searcher) -> int:
        """About how often a word occurs: in content, and in speaker, source and cue."""
        return sum(
            searcher.doc_freq(field, run[0])
            for run in self.stem_sequences(word)
            for field in ("text", "who")
        )

    def _by(self, query: Query) -> Clause:
        """Match claims by any of the query's speakers."""
        asked = [
            tantivy.Query.term_query(self._schema, "by_speaker", name)
            for name in query.speaker_aliases
        ]
        for name in query.speakers:
            asked += [*self._in_role(name), *self._called(name)]
        return _must(asked)

    def in_role(self, typed: str) -> Clause:
        """Match claims whose speaker has a role according to their article."""
        return _must(self._in_role(typed))

    def _in_role(self, typed: str) -> list[tantivy.Query]:
        return [self.run("role", (one,)) for one in self.role_terms(typed)]

    def _called(self, name: str) -> Iterator[tantivy.Query]:
        """Match claims by a name. A role in a source must be the source's own: a spokesman for the
        governor is not a governor."""
        named = self._named([name], part="name", whole="called")
        if not self.is_role(name):
            yield from named
            return
        another = [(Occur.MustNot, self.run("another", (one,))) for one in self.role_terms(name)]
        must = [(Occur.Must, one) for one in named]
        yield tantivy.Query.boolean_query([*must, *another])

    def _named(self, values: Iterable[str], *, part: str, whole: str) -> Iterator[tantivy.Query]:
        """Match any of these names: by words in one field, or as a whole in another.

        Known names match only as a whole: the CCP is not CCP policy advisers, and Reuters is not
        reuters.rogue.example."""
        for run in {name_words(value) for value in values}:
            if known := self._known.get(run):
                yield from (self.run(whole, (" ".join(one),)) for one in sorted(known))
            else:
                yield self.run(part, run)

    def _via(self, values: Iterable[str]) -> Clause:
        """Match claims passed on by any of these, under any of their names."""
        named = {name_words(value) for value in values}
        runs = named.union(*(self._known.get(run, ()) for run in named))
        return _must(self.run("via", run) for run in sorted(runs))

    def _tagged(self, query: Query) -> Iterator[Clause]:
        """Match any of the types, of the stances, kinds of source and languages, and all features
        that the text must have."""
        for part in ("types", "stances", "source_kinds", "languages"):
            if asked := [self._tag(FILTERS[part], value) for value in getattr(query, part)]:
                yield Occur.Must, _unscored(any_of(asked))
        for held in query.features:
            yield Occur.Must, _unscored(self._tag(FILTERS["features"], held))

    def _tag(self, operator: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "tag", tag(operator, value))

    def _published(self, query: Query) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            "day",
            tantivy.FieldType.Integer,
            query.after.toordinal() if query.after else None,
            query.before.toordinal() if query.before else None,
        )

    def run(self, field: str, run: Stems) -> tantivy.Query:
        """Match a sequence of words in a field."""
        if len(run) == 1:
            return tantivy.Query.term_query(self._schema, field, run[0])
        return tantivy.Query.phrase_query(self._schema, field, list(run))


def _tells(little: str) -> bool:
    """Whether a stop word negates or has an antonym: not, up."""
    return negates(little) or has_antonym(little)


def majority_of(asked: Mapping[str, tantivy.Query]) -> list[Clause]:
    """Require more than half of some words, each with its query, and all negative ones: "closed"
    alone does not answer "not closed", nor "dockers" "unpaid dockers"."""
    must = [(Occur.Must, one) for word, one in asked.items() if is_negative_word(word)]
    others = [(Occur.Should, one) for word, one in asked.items() if not is_negative_word(word)]
    if not others:
        return must
    least = len(others) // 2 + 1
    most = tantivy.Query.boolean_query(others, minimum_number_should_match=least)
    return [*must, (Occur.Must, most)]


def _must(queries: Iterable[tantivy.Query]) -> Clause:
    """Require any of these, without effect on the score."""
    return Occur.Must, _unscored(any_of(queries))


def _common_word_claims(searcher: tantivy.Searcher) -> float:
    """How many claims may have a word before it is too common to be required."""
    return max(_COMMON_CLAIMS, searcher.num_docs * _COMMON_SHARE)


def _rarest(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda word: (counts[word], word))[:MAX_REQUIRED_WORDS]


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
