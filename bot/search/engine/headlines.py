"""Find the articles that a query is about, by their headlines.

One document for each article, even if it has no claims:

id        the article's id, by which it is removed
title     the stems of its title, for title:
headline  the senses of its title; if it has none, of its first words
lead      the senses of its opening
from      the senses of its outlet, byline and date
outlet    the outlet's words, for in:
in        the outlet as one term, for in: with a known name
tag       its language, for lang:
hidden    of an article that not everyone may see: HIDDEN, and each viewer who may see it
day       the publication date's ordinal
order     newer first, then by a hash of the id: breaks ties

For senses see bot/search/senses.py. People type headlines from memory. Of many words, some may be
wrong or in the opening only, but at least one is in the headline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.languages.table import negation
from bot.languages.wordlist import is_word
from bot.model import Headline
from bot.search.engine.documents import hidden_terms, tag
from bot.search.engine.queries import (
    MUST,
    MUST_NOT,
    SHOULD,
    Boost,
    Clause,
    Combination,
    Constant,
    Fuzzy,
    IndexQuery,
    Shared,
    Term,
    any_of,
    unscored,
)
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import name_words, normalise
from bot.search.language.query import Query
from bot.search.protocol import ArticleMatches
from bot.search.senses import (
    NEGATION_SENSES,
    compound_senses,
    is_stop_word,
    parts,
    sense,
    senses,
    synonym_senses,
    typed_parts,
)
from bot.words.dates import long_date, short_date

MAX_WORDS = 24
"""A longer query is a pasted text."""
_UNTITLED_LENGTH = 100
"""How many characters of the text replace a missing title."""
_FIELD_WEIGHTS = {"headline": 1.0, "from": 0.6, "lead": 0.5}
_SYNONYM_WEIGHT, _CORRECTION_WEIGHT = 0.7, 0.8
_ALL_WORDS_BONUS = 0.5
"""Bonus for an article that has all words, as a share of a rare word's score."""
_MIN_WORD_SHARE = 2 / 3
"""Share of the words that is required if there are at least three."""
_MIN_SHARE_OF_BEST = 0.7
"""Minimum score of an article, as a share of the best one's."""
_MIN_CORRECTABLE_LENGTH, _MAX_SHORT_LENGTH = 4, 5
"""Minimum length of a corrected word, and the length up to which only one edit is allowed."""
_CLAIM_FILTERS = ("speakers", "via", "mentions", "types", "acts", "stances", "source_kinds")
"""Filters that apply to claims only."""
_OPTIONAL_SENSES = frozenset(
    (
        *("articl", "stori", "piec", "headlin", "report", "news", "live", "blog", "explain"),
        *("analysi", "editori", "opinion", "column", "interview", "fact", "check", "say"),
    )
)
"""Senses of words that describe an article ("story", "interview") or what all articles do ("say"):
a headline need not have them."""
_SCORE_DIGITS = 4
"""Scores are rounded to this many decimals; the order of adding them changes further digits."""


def field_texts(article: Headline) -> Iterator[tuple[str, str]]:
    """Yield the fields that are searched for an article, with their folded text."""
    if article.title:
        yield "title", normalise(article.title)
    headline = article.title or article.opening[:_UNTITLED_LENGTH]
    yield "headline", " ".join(senses(headline))
    yield "lead", " ".join(senses(article.opening))
    published_on = article.published_on
    date_text = f"{long_date(published_on)} {short_date(published_on)}" if published_on else None
    for text in filter(None, (article.outlet, article.byline, date_text)):
        yield "from", " ".join(senses(text))
    if article.outlet:
        yield "outlet", normalise(article.outlet)
        yield "in", " ".join(name_words(article.outlet))
    if article.language:
        yield "tag", tag("lang", article.language.partition("-")[0].lower())
    for term in hidden_terms(article.seen_only_by):
        yield "hidden", term


class _WordQueries(NamedTuple):
    """The queries for a word: in the headline only, and in any field."""

    headline: list[IndexQuery]
    any_field: list[IndexQuery]


class Headlines:
    """Finds the articles that queries are about, at one commit of the index."""

    def __init__(self, searcher: Searcher, builder: QueryBuilder) -> None:
        self._searcher, self._builder = searcher, builder

    def find(self, query: Query, limit: int) -> ArticleMatches:
        """Find the `limit` articles that a query is about, best first; of equally good
        ones, the newer first."""
        clauses = self._clauses(query)
        if not clauses:
            return ArticleMatches()
        articles = Combination(clauses)
        if query.words or query.phrases or query.alternatives:
            hits = self._searcher.search(articles, limit + 1, count=False).hits
        else:
            hits = self._searcher.search(articles, limit + 1, count=False, order_by="order").hits
        orders = self._searcher.orders([address for _, address in hits])
        ranked_articles = sorted(
            (
                (round(score, _SCORE_DIGITS), order, self._searcher.id(address))
                for (score, address), order in zip(hits, orders, strict=True)
            ),
            reverse=True,
        )
        ids = tuple(
            id_
            for score, _, id_ in ranked_articles
            if score >= ranked_articles[0][0] * _MIN_SHARE_OF_BEST
        )
        return ArticleMatches(ids[:limit], has_more=len(ids) > limit)

    def _clauses(self, query: Query) -> list[Clause]:
        """The clauses for the articles that a query is about; empty if it is about none."""
        typed = typed_parts(" ".join(query.words))
        words = [word for word in dict.fromkeys(typed) if not is_stop_word(word)]
        if any(getattr(query, part) for part in _CLAIM_FILTERS) or len(words) > MAX_WORDS:
            return []
        if not (words or query.phrases or query.alternatives or query.titles):
            return []
        word_clauses = self._word_clauses(typed, words, exact=query.exact) if words else []
        if word_clauses is None:
            return []
        filters = Query(
            titles=query.titles,
            outlets=query.outlets,
            languages=query.languages,
            after=query.after,
            before=query.before,
            viewer=query.viewer,
        )
        return [
            *word_clauses,
            *self._phrase_clauses(query),
            *self._builder.other_clauses(filters),
        ]

    def _phrase_clauses(self, query: Query) -> Iterator[Clause]:
        """Require phrases and alternatives in the headline, and exclude unwanted words there."""
        for phrase in query.phrases:
            yield MUST, self._headline_query(phrase)
        for group in query.alternatives:
            yield MUST, any_of([self._headline_query(typed) for typed in group])
        for typed in (*query.not_words, *query.not_phrases):
            yield MUST_NOT, self._headline_query(typed)

    def _headline_query(self, typed: str) -> IndexQuery:
        return self._builder.sequence_query("headline", tuple(map(sense, parts(typed))))

    def _word_clauses(
        self, typed: Sequence[str], words: Sequence[str], *, exact: bool
    ) -> list[Clause] | None:
        """Require most of the words, a negation if there is one, and one word in the headline.

        `words` are the typed words without stop words. Returns None if too few are in any article.
        """
        content = [word for word in words if word not in negation.NEGATION_WORDS]
        is_negated = len(content) < len(words)
        can_omit = len(content) > 1
        optional_words = [word for word in content if can_omit and sense(word) in _OPTIONAL_SENSES]
        compounds = compound_senses(typed)
        self._load_counts(typed, compounds)
        queries = [
            self._queries(word, compounds.get(word, ()), exact=exact)
            for word in content
            if word not in optional_words
        ]
        majority_clauses = self._majority(queries, exact=exact)
        negations = self._indexed_queries(NEGATION_SENSES, 1.0).any_field if is_negated else []
        if not majority_clauses or (is_negated and not negations):
            return None
        clauses = [*majority_clauses]
        if negations:
            clauses.append((MUST, any_of(negations)))
        extra_senses = dict.fromkeys(
            (*map(sense, optional_words), *map(sense, filter(is_stop_word, typed)))
        )
        bonuses = self._indexed_queries(extra_senses, 1.0).headline
        return clauses + [(SHOULD, bonus) for bonus in bonuses]

    def _majority(self, words: Sequence[_WordQueries], *, exact: bool) -> list[Clause]:
        """Require most of these words, and one in the headline; the others only add to the score.

        Returns an empty list if too few are in any article.
        """
        indexed_words = [word for word in words if word.any_field]
        headline_queries = [query for word in indexed_words for query in word.headline]
        min_words = len(words)
        if len(words) >= 3 and not exact:
            min_words = math.ceil(len(words) * _MIN_WORD_SHARE)
        if not headline_queries or len(indexed_words) < min_words:
            return []
        word_queries = [any_of(word.any_field) for word in indexed_words]
        majority = Combination([(SHOULD, query) for query in word_queries], min_should=min_words)
        clauses: list[Clause] = [
            (MUST, majority),
            (MUST, unscored(any_of(headline_queries))),
        ]
        if len(indexed_words) == len(words) > min_words:
            all_words = Combination([(MUST, query) for query in word_queries])
            bonus = _ALL_WORDS_BONUS * self._rare_word_score
            clauses.append((SHOULD, Constant(all_words, bonus)))
        return clauses

    def _load_counts(self, typed: Sequence[str], compounds: Mapping[str, Iterable[str]]) -> None:
        """Prepare for counting the articles that have the senses of these words."""
        self._searcher.load_doc_freqs(
            (field, word_sense)
            for word in typed
            for word_sense in (
                *self._builder.variants(sense(word)),
                *compounds.get(word, ()),
                *synonym_senses().get(sense(word), ()),
                *NEGATION_SENSES,
            )
            for field in _FIELD_WEIGHTS
        )

    @property
    def _rare_word_score(self) -> float:
        """About the score of a word that only one article has."""
        return math.log1p(self._searcher.num_docs)

    def _queries(self, word: str, compounds: Iterable[str], *, exact: bool) -> _WordQueries:
        """The queries for a word, its spellings, its compounds with neighbours and its synonyms."""
        own_queries = self._indexed_queries((*self._builder.variants(sense(word)), *compounds), 1.0)
        if exact:
            return own_queries
        if not own_queries.any_field and len(word) >= _MIN_CORRECTABLE_LENGTH and not is_word(word):
            return self._fuzzy_queries(sense(word))
        synonyms = self._indexed_queries(synonym_senses().get(sense(word), ()), _SYNONYM_WEIGHT)
        return _WordQueries(
            own_queries.headline + synonyms.headline, own_queries.any_field + synonyms.any_field
        )

    def _indexed_queries(self, word_senses: Iterable[str], boost: float) -> _WordQueries:
        """The queries for each of these senses, in each field that has it."""
        queries = _WordQueries([], [])
        for word_sense in word_senses:
            for field, weight in _FIELD_WEIGHTS.items():
                if self._searcher.doc_freq(field, word_sense):
                    term = Shared(Term(field, word_sense))
                    queries.any_field.append(Boost(term, weight * boost))
                    if field == "headline":
                        queries.headline.append(term)
        return queries

    def _fuzzy_queries(self, typed: str) -> _WordQueries:
        max_edits = 1 if len(typed) <= _MAX_SHORT_LENGTH else 2
        fuzzy_query = Fuzzy("headline", typed, max_edits)
        # A fuzzy query scores every hit 1; a rare word would score much more.
        boost = _CORRECTION_WEIGHT * self._rare_word_score
        return _WordQueries([fuzzy_query], [Boost(fuzzy_query, boost)])
