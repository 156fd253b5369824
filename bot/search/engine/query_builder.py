"""Translate a Query into a query of the index."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.config import KnownName
from bot.errors import SettingsError
from bot.languages import wordlist
from bot.model import ANYONE, OPERATOR
from bot.search.engine.documents import HIDDEN, tag, viewer_term
from bot.search.engine.queries import (
    MUST,
    MUST_NOT,
    SHOULD,
    Boost,
    Clause,
    Combination,
    DayRange,
    IndexQuery,
    Nothing,
    Phrase,
    Shared,
    Term,
    any_of,
    unscored,
)
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import name_words, stem, words
from bot.search.forms import Stems
from bot.search.language.query import FILTERS, Query
from bot.search.meaning.opposites import has_antonym, is_negative_word
from bot.search.roles import typed_role_sequences
from bot.search.tokenized import STOP_WORDS, negates
from bot.search.word_weights import significant_words

MAX_TYPED_WORDS = 8
"""A query of at most this many words is assumed to be typed with care. A longer one is taken for a
headline: if no claim has all its words, half the content words are enough."""
MAX_REQUIRED_WORDS = 12
"""In a longer query, not all words are required; claims are ranked by how well they match."""
_MAX_REQUIRED_SHARE, _MIN_COMMON_CLAIMS = 0.1, 10
"""A word is too common to be required if it is in more claims than this share and this number."""
_CACHE_SIZE = 4_096
"""Number of words whose queries are cached."""
_MAX_SPELLINGS = 16
"""Maximum number of spellings of a phrase, made of all combinations of its words' spellings."""
_MIN_CORRECTABLE_LENGTH = 4
"""Minimum length of a name that is corrected to a known name."""
_MAX_SHORT_NAME_LENGTH = 5
"""In a name of at most this length, only one edit is corrected; in a longer name, two."""
_WHO_WEIGHT, _TITLE_WEIGHT = 0.5, 0.5
"""Weight of a word in the speaker or cue, and in the title, relative to the content."""
_NEEDS_TITLE_FACTOR = 0.3
"""Factor for a claim that has some words only in its title. It ranks below nearly all claims that
have every word themselves."""
# A query has up to hundreds of terms, and this makes one twice as fast as calling `Term`.
_new_tuple = tuple.__new__


class QueryBuilder:
    """Builds queries of the index.

    It knows equivalent spellings (`spelling`), the aliases of known names (`names`), and which
    nouns are a person's role, such as "governor" (`is_noun`). Raises SettingsError for a spelling
    that is not exactly one word.
    """

    def __init__(
        self,
        spelling: Sequence[Sequence[str]],
        names: Iterable[KnownName],
        is_noun: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._is_noun = is_noun
        self.configured_spellings = {word for group in spelling for word in _single_words(group)}
        self._variants: dict[str, tuple[str, ...]] = {}
        for group in (*map(_single_words, spelling), *wordlist.spelling_pairs()):
            stems = {variant for word in group for variant in self.variants(stem(word))}
            self._variants |= dict.fromkeys(stems, tuple(sorted(stems)))
        self._known_names: dict[Stems, set[Stems]] = {}
        for name in names:
            forms = set(map(name_words, (name.name, *name.aliases, *name.domains))) - {()}
            for form in forms:
                self._known_names.setdefault(form, set()).update(forms)
        # A query uses each word several times, and people search for the same words.
        self.stem_sequences = lru_cache(maxsize=_CACHE_SIZE)(self._stem_sequences)
        self.text_query = lru_cache(maxsize=_CACHE_SIZE)(self._text_query)

    def variants(self, word_stem: str) -> tuple[str, ...]:
        """The stems equivalent to a stem, including itself."""
        return self._variants.get(word_stem, (word_stem,))

    def _stem_sequences(self, typed: str) -> tuple[Stems, ...]:
        variants = [self.variants(stem(word)) for word in words(typed)]
        return tuple(islice(product(*variants), _MAX_SPELLINGS))

    def clauses(self, query: Query, searcher: Searcher) -> list[Clause]:
        """Require everything in a query."""
        self.load_counts(query.words, searcher)
        return [*self._word_clauses(query, searcher), *self.other_clauses(query)]

    def required_words(self, query: Query, searcher: Searcher) -> tuple[str, ...]:
        """The words that a claim must have, or most of them if the query is `loose`.

        Of many words, the very common ones are not required unless the query is exact. In a loose
        query of few words, stop words are not required unless they negate. If that leaves none, all
        are required.
        """
        typed = query.words
        if len(typed) <= MAX_TYPED_WORDS and query.loose:
            stop_words = {word for word in typed if STOP_WORDS.issuperset(words(word))}
            required_words = tuple(
                word for word in typed if word not in stop_words or _changes_meaning(word)
            )
            return typed if stop_words.issuperset(required_words) else required_words
        if len(typed) <= MAX_TYPED_WORDS or query.exact:
            return typed
        limit = _common_word_limit(searcher)
        return tuple(word for word in typed if self.claim_count(word, searcher) <= limit) or typed

    def load_counts(self, typed: Iterable[str], searcher: Searcher) -> None:
        """Prepare for counting the claims that have these words."""
        searcher.load_doc_freqs(
            (field, word_stem)
            for word in typed
            for sequence in self.stem_sequences(word)
            for word_stem in sequence
            for field in ("text", "who", "title")
        )

    def claim_count(self, typed: str, searcher: Searcher) -> int:
        """About how many claims have a typed word, or the rarest part of a compound."""
        return min((self._count(word, searcher) for word in words(typed)), default=0)

    def other_clauses(self, query: Query) -> list[Clause]:
        """Require everything in a query except its words."""
        clauses = [(MUST, self.text_query(phrase)) for phrase in query.phrases]
        for group in query.alternatives:
            clauses.append((MUST, any_of([self.text_query(typed) for typed in group])))
        clauses += [(MUST, self._mention_query(name)) for name in query.mentions]
        if query.speakers:
            clauses.append(self._speaker_clause(query))
        if query.via:
            clauses.append(self._via_clause(query.via))
        if query.outlets:
            outlets = self._name_queries(query.outlets, word_field="outlet", whole_field="in")
            clauses.append(_filter_clause(outlets))
        if query.titles:
            titles = (
                self.sequence_query("title", stems)
                for title in query.titles
                for stems in self.stem_sequences(title)
            )
            clauses.append(_filter_clause(titles))
        clauses += self._tag_clauses(query)
        if query.has_dates:
            clauses.append(_filter_clause([self._date_query(query)]))
        excluded_queries = [
            self.text_query(typed) for typed in (*query.not_words, *query.not_phrases)
        ]
        excluded_queries += [self._tag_query("stance", stance) for stance in query.not_stances]
        excluded_queries += self.hidden_queries(query.viewer)
        return clauses + [(MUST_NOT, clause) for clause in excluded_queries]

    def hidden_queries(self, viewer: str) -> list[IndexQuery]:
        """Match what a viewer may not see. Few claims are hidden, so leaving them out costs
        little."""
        if viewer == OPERATOR:
            return []
        hidden = Term("hidden", HIDDEN)
        if viewer == ANYONE:
            return [hidden]
        shown = Term("hidden", viewer_term(viewer))
        return [Combination([(MUST, hidden), (MUST_NOT, shown)])]

    def _text_query(self, typed: str) -> IndexQuery:
        """Match a word or phrase in the content or, scored lower, in speaker or source."""
        sequences = self.stem_sequences(typed)
        who = any_of([self.sequence_query("who", sequence) for sequence in sequences])
        text = [self.sequence_query("text", sequence) for sequence in sequences]
        return Shared(any_of([*text, Boost(who, _WHO_WEIGHT)]))

    def exact_word_query(self, word: str, fields: Sequence[str]) -> IndexQuery:
        """Match a folded word unstemmed, in the content (surface) or, scored lower, in speaker or
        source (name)."""
        queries = {field: self.sequence_query(field, (word,)) for field in fields}
        if "name" in queries:
            queries["name"] = Boost(queries["name"], _WHO_WEIGHT)
        return any_of(queries.values())

    def is_known_name(self, name: str) -> bool:
        """Whether a name is in config/outlets.yml."""
        return name_words(name) in self._known_names

    def nearest_known_name(self, name: str) -> str | None:
        """The known name nearest to an unknown one: at most two edits away, with all of its
        correctly spelled words."""
        typed = " ".join(name_words(name))
        if self.is_known_name(name) or len(typed) < _MIN_CORRECTABLE_LENGTH:
            return None
        correct = set(filter(wordlist.is_word, name_words(name)))
        candidates = [" ".join(form) for form in self._known_names if correct.issubset(form)]
        max_edits = 1 if len(typed) <= _MAX_SHORT_NAME_LENGTH else 2
        match = extractOne(typed, candidates, scorer=OSA.distance, score_cutoff=max_edits)
        return match[0] if match else None

    def known_forms(self, name: str) -> Sequence[Stems]:
        """All names in config/outlets.yml of the outlet or speaker with this name, split into
        words."""
        return sorted(self._known_names.get(name_words(name), ()))

    def role_terms(self, typed: str) -> list[str]:
        """The index terms for a typed role; empty for a known name."""
        if self.is_known_name(typed):
            return []
        forms = (" ".join(sequence) for sequence in typed_role_sequences(typed))
        return list(
            dict.fromkeys(" ".join(stems) for form in forms for stems in self.stem_sequences(form))
        )

    def is_role(self, typed: str) -> bool:
        """Whether a value typed after `by:` is a role, not a name or an organisation."""
        parts = name_words(typed)
        return bool(parts) and not self.is_known_name(typed) and self._is_noun(parts[-1])

    def mention_sequences(self, name: str) -> list[Stems]:
        """All stem sequences for a name in the content, aliases included."""
        forms = self.known_forms(name) or [name_words(name)]
        return [tuple(map(stem, form)) for form in forms]

    def _word_clauses(self, query: Query, searcher: Searcher) -> list[Clause]:
        if query.is_rough and query.words:
            majority_words = significant_words(query.words)
            return [(MUST, self._at_least(majority_words, len(majority_words) // 2 + 1))]
        if len(query.words) > MAX_REQUIRED_WORDS:
            return [(MUST, self._quarter_query(query.words, searcher))]
        if query.loose and len(query.words) > MAX_TYPED_WORDS:
            return [(MUST, self._half_query(query.words, searcher))]
        required_words = self.required_words(query, searcher)
        if query.loose and required_words:
            optional_words = [word for word in query.words if word not in required_words]
            return [
                *majority_of({word: self.text_query(word) for word in required_words}),
                *((SHOULD, self.text_query(word)) for word in optional_words),
            ]
        return self._claim_or_title_clauses(query.words, required_words, searcher)

    def _claim_or_title_clauses(
        self, typed: Sequence[str], required_words: Sequence[str], searcher: Searcher
    ) -> list[Clause]:
        """Require all words in `required_words`, in claims or in the titles of their articles; the
        other words only score.

        Such a title counts, with a lower score, if the claim itself has a content word of the
        query. A claim that has all words itself scores as if titles were not searched.
        """
        own_queries = {
            word: any_of(queries) if queries else Nothing()
            for word in typed
            for queries in [
                self._in_field("text", word, 1.0, searcher)
                + self._in_field("who", word, _WHO_WEIGHT, searcher)
            ]
        }
        clauses = [
            (MUST if word in required_words else SHOULD, own) for word, own in own_queries.items()
        ]
        content = [word for word in required_words if not STOP_WORDS.issuperset(words(word))]
        titles = {
            word: any_of(queries)
            for word in (required_words if content else ())
            if not is_negative_word(word)
            and (queries := self._in_field("title", word, _TITLE_WEIGHT, searcher))
        }
        if not titles:
            return clauses
        either = own_queries | {
            word: _sum_of(own_queries[word], title) for word, title in titles.items()
        }
        requirements = [(MUST, either[word]) for word in required_words]
        if all(word in titles for word in content):
            claim_query = _sum_of(*(own_queries[word] for word in content))
            requirements.append((MUST, unscored(claim_query)))
        title_match = Boost(Combination(requirements), _NEEDS_TITLE_FACTOR)
        return [(MUST, any_of([Combination(clauses), title_match]))]

    def _in_field(
        self, field: str, word: str, weight: float, searcher: Searcher
    ) -> list[IndexQuery]:
        """Match a word in a field, unless it has none of its forms, to save time."""
        queries = [
            self.sequence_query(field, sequence)
            for sequence in self.stem_sequences(word)
            if all(searcher.doc_freq(field, word_stem) for word_stem in sequence)
        ]
        return queries if weight == 1.0 else [Boost(query, weight) for query in queries]

    def _mention_query(self, name: str) -> IndexQuery:
        return any_of(
            [self.sequence_query("text", stems) for stems in self.mention_sequences(name)]
        )

    def _quarter_query(self, typed: Iterable[str], searcher: Searcher) -> IndexQuery:
        """Require at least a quarter of the rarest words that the index has.

        The commonest words say least about a pasted paragraph and cost most to look up.
        """
        counts = self._counts(typed, searcher)
        rarest_words = _rarest_words({word: count for word, count in counts.items() if count})
        return self._at_least(rarest_words, math.ceil(len(rarest_words) / 4))

    def _half_query(self, typed: Iterable[str], searcher: Searcher) -> IndexQuery:
        limit, counts = _common_word_limit(searcher), self._counts(typed, searcher)
        rarest_words = _rarest_words(
            {word: count for word, count in counts.items() if count <= limit}
        )
        indexed_words = [word for word in rarest_words if counts[word]]
        return self._at_least(indexed_words, math.ceil(len(rarest_words) / 2))

    def _at_least(self, typed: Sequence[str], minimum: int) -> IndexQuery:
        if len(typed) < max(1, minimum):
            return Nothing()
        return Combination(
            [(SHOULD, self.text_query(word)) for word in typed],
            min_should=minimum,
        )

    def _counts(self, typed: Iterable[str], searcher: Searcher) -> dict[str, int]:
        word_by_stem = {stem(word): word for text in typed for word in words(text)}
        return {word: self._count(word, searcher) for word in word_by_stem.values()}

    def _count(self, word: str, searcher: Searcher) -> int:
        return sum(
            searcher.doc_freq(field, sequence[0])
            for sequence in self.stem_sequences(word)
            for field in ("text", "who")
        )

    def _speaker_clause(self, query: Query) -> Clause:
        queries: list[IndexQuery] = [Term("by_speaker", name) for name in query.speaker_aliases]
        for name in query.speakers:
            queries += [*self._role_queries(name), *self._speaker_name_queries(name)]
        return _filter_clause(queries)

    def role_clause(self, typed: str) -> Clause:
        """Match claims whose speaker has a role according to their article."""
        return _filter_clause(self._role_queries(typed))

    def _role_queries(self, typed: str) -> list[IndexQuery]:
        return [self.sequence_query("role", (term,)) for term in self.role_terms(typed)]

    def _speaker_name_queries(self, name: str) -> Iterator[IndexQuery]:
        """Match claims by speakers with a name.

        A role in a source must be the source's own: a spokesman for the governor is not a
        governor.
        """
        queries = self._name_queries([name], word_field="name", whole_field="called")
        if not self.is_role(name):
            yield from queries
            return
        others = [self.sequence_query("another", (term,)) for term in self.role_terms(name)]
        must_not = [(MUST_NOT, other) for other in others]
        must = [(MUST, query) for query in queries]
        yield Combination([*must, *must_not])

    def _name_queries(
        self, values: Iterable[str], *, word_field: str, whole_field: str
    ) -> Iterator[IndexQuery]:
        """Match any of these names: by words in one field, or as a whole in another.

        Known names match only as a whole: the CCP is not CCP policy advisers, and Reuters is not
        reuters.rogue.example.
        """
        for name in {name_words(value) for value in values}:
            if forms := self._known_names.get(name):
                for form in sorted(forms):
                    yield self.sequence_query(whole_field, (" ".join(form),))
            else:
                yield self.sequence_query(word_field, name)

    def _via_clause(self, values: Iterable[str]) -> Clause:
        names = {name_words(value) for value in values}
        forms = names.union(*(self._known_names.get(name, ()) for name in names))
        return _filter_clause(self.sequence_query("via", form) for form in sorted(forms))

    def _tag_clauses(self, query: Query) -> Iterator[Clause]:
        for part in ("types", "acts", "stances", "source_kinds", "languages"):
            if values := getattr(query, part):
                yield _filter_clause(self._tag_query(FILTERS[part], value) for value in values)
        for feature in query.features:
            yield _filter_clause([self._tag_query(FILTERS["features"], feature)])

    def _tag_query(self, operator: str, value: str) -> IndexQuery:
        return Term("tag", tag(operator, value))

    def _date_query(self, query: Query) -> IndexQuery:
        return DayRange(
            query.after.toordinal() if query.after else None,
            query.before.toordinal() if query.before else None,
        )

    def sequence_query(self, field: str, sequence: Stems) -> IndexQuery:
        """Match consecutive words or stems in a field."""
        if len(sequence) == 1:
            return _new_tuple(Term, (field, sequence[0]))
        return Phrase(field, sequence)


def _changes_meaning(stop_word: str) -> bool:
    """Whether a stop word negates or has an antonym: not, up."""
    return negates(stop_word) or has_antonym(stop_word)


def majority_of(queries: Mapping[str, IndexQuery]) -> list[Clause]:
    """Require more than half of these words, each with its query, and all negative ones.

    "Closed" alone does not answer "not closed", and "dockers" does not answer "unpaid dockers".
    """
    negative_clauses = [(MUST, query) for word, query in queries.items() if is_negative_word(word)]
    others = [(SHOULD, query) for word, query in queries.items() if not is_negative_word(word)]
    if not others:
        return negative_clauses
    majority = Combination(others, min_should=len(others) // 2 + 1)
    return [*negative_clauses, (MUST, majority)]


def _sum_of(*queries: IndexQuery) -> IndexQuery:
    """Match any of these, adding their scores: twice as fast as taking the best."""
    return Combination([(SHOULD, query) for query in queries])


def _filter_clause(queries: Iterable[IndexQuery]) -> Clause:
    return MUST, unscored(any_of(queries))


def _common_word_limit(searcher: Searcher) -> float:
    """How many claims may have a word before it is too common to be required."""
    return max(_MIN_COMMON_CLAIMS, searcher.num_docs * _MAX_REQUIRED_SHARE)


def _rarest_words(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda word: (counts[word], word))[:MAX_REQUIRED_WORDS]


def _single_words(group: Sequence[str]) -> list[str]:
    single_words = []
    for spelling in group:
        parts = words(spelling)
        if len(parts) != 1:
            raise SettingsError(
                "cannot use a spelling",
                subject=f"search.spelling in bot.yml: {spelling!r}",
                cause="it is not one word",
                remedy="Write one word for each spelling.",
            )
        single_words += parts
    return single_words
