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

A sense is a word's stem, which all forms of an irregular verb share. People type headlines from
memory. Of many words, some may be wrong or in the opening only, but at least one is in the
headline.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.languages.table import negation, related_words
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
    IndexQuery,
    Nothing,
    Shared,
    Term,
    any_of,
    unscored,
)
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import name_words, normalise, words
from bot.search.language.query import Query
from bot.search.protocol import ArticleMatches
from bot.search.tokenized import STOP_WORDS, base_stem, tokenize
from bot.words.dates import long_date, short_date

MAX_WORDS = 24
"""A longer query is a pasted text."""
_UNTITLED_LENGTH = 100
"""How many characters of the text replace a missing title."""
_FIELD_WEIGHTS = {"headline": 1.0, "from": 0.6, "lead": 0.5}
_SYNONYM_WEIGHT = 0.7
_ALL_WORDS_BONUS = 0.5
"""Bonus for an article that has all words, as a share of a rare word's score."""
_MIN_WORD_SHARE = 2 / 3
"""Share of the words that is required if there are at least three."""
_MIN_SHARE_OF_BEST = 0.7
"""Minimum score of an article, as a share of the best one's."""
_CLAIM_FILTERS = ("speakers", "via", "mentions", "types", "acts", "stances", "source_kinds")
"""Filters that apply to claims only."""
_STOP_WORDS = STOP_WORDS - negation.NEGATION_WORDS | frozenset(
    (
        *("after", "against", "ago", "all", "amid", "among", "because", "before", "between"),
        *("down", "during", "how", "new", "off", "since", "still", "through", "under", "until"),
        *("while", "why", "within"),
    )
)
_SCORE_DIGITS = 4
"""Scores are rounded to this many decimals; the order of adding them changes further digits."""


def parts(text: str) -> list[str]:
    """Split a text into folded words; numbers have one form, and "isn't" is two words."""
    return [word for part in tokenize(text).parts for word in words(part)]


def senses(text: str) -> str:
    """The senses of a text in order."""
    return " ".join(map(base_stem, parts(text)))


@cache
def _synonym_senses() -> dict[str, list[str]]:
    synonyms_of: dict[str, list[str]] = {}
    for group in (*related_words.SYNONYM_GROUPS, *related_words.CONFUSED_GROUPS):
        group_senses = [base_stem(word) for word in group]
        for sense in group_senses:
            synonyms_of.setdefault(sense, []).extend(o for o in group_senses if o != sense)
    return synonyms_of


def field_texts(article: Headline) -> Iterator[tuple[str, str]]:
    """Yield the fields that are searched for an article, with their folded text."""
    if article.title:
        yield "title", normalise(article.title)
    headline = article.title or article.opening[:_UNTITLED_LENGTH]
    yield "headline", senses(headline)
    yield "lead", senses(article.opening)
    published_on = article.published_on
    date_text = f"{long_date(published_on)} {short_date(published_on)}" if published_on else None
    for text in filter(None, (article.outlet, article.byline, date_text)):
        yield "from", senses(text)
    if article.outlet:
        yield "outlet", normalise(article.outlet)
        yield "in", " ".join(name_words(article.outlet))
    if article.language:
        yield "tag", tag("lang", article.language.partition("-")[0].lower())
    for term in hidden_terms(article.seen_only_by):
        yield "hidden", term


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
        typed = dict.fromkeys(parts(" ".join(query.words)))
        words = [word for word in typed if word not in _STOP_WORDS]
        if any(getattr(query, part) for part in _CLAIM_FILTERS) or len(words) > MAX_WORDS:
            return []
        if not (words or query.phrases or query.alternatives or query.titles):
            return []
        word_clauses = self._word_clauses(words, exact=query.exact) if words else []
        if words and not word_clauses:
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
        for phrase in query.phrases:
            yield MUST, self._headline_query(phrase)
        for group in query.alternatives:
            yield MUST, any_of([self._headline_query(typed) for typed in group])
        for typed in (*query.not_words, *query.not_phrases):
            yield MUST_NOT, self._headline_query(typed)

    def _headline_query(self, typed: str) -> IndexQuery:
        return self._builder.sequence_query("headline", tuple(map(base_stem, parts(typed))))

    def _word_clauses(self, words: Sequence[str], *, exact: bool) -> list[Clause]:
        """Require most of the words, a negation if there is one, and one word in the headline; the
        others only add to the score. Returns an empty list if too few are in any article.
        """
        content = [word for word in words if word not in negation.NEGATION_WORDS]
        negations = sorted(set(map(base_stem, negation.NEGATION_WORDS)))
        searched = {word: self._senses(word, exact=exact) for word in content}
        self._searcher.load_doc_freqs(
            (field, sense)
            for sense in (*negations, *(sense for senses in searched.values() for sense in senses))
            for field in _FIELD_WEIGHTS
        )
        terms = [self._terms(senses) for senses in searched.values()]
        queries = [
            any_of(Boost(Shared(t), weight) for t, weight in found) for found in terms if found
        ]
        in_headline = [
            Shared(term) for found in terms for term, _ in found if term.field == "headline"
        ]
        min_words = len(content)
        if len(content) >= 3 and not exact:
            min_words = math.ceil(len(content) * _MIN_WORD_SHARE)
        if not in_headline or len(queries) < min_words:
            return []
        clauses: list[Clause] = [
            (MUST, Combination([(SHOULD, query) for query in queries], min_should=min_words)),
            (MUST, unscored(any_of(in_headline))),
        ]
        if len(content) < len(words):
            negating = [
                Boost(term, weight) for term, weight in self._terms(dict.fromkeys(negations, 1.0))
            ]
            clauses.append((MUST, any_of(negating) if negating else Nothing()))
        if len(queries) == len(content) > min_words:
            all_words = Combination([(MUST, query) for query in queries])
            bonus = _ALL_WORDS_BONUS * math.log1p(self._searcher.num_docs)
            clauses.append((SHOULD, Constant(all_words, bonus)))
        return clauses

    def _senses(self, word: str, *, exact: bool) -> dict[str, float]:
        """What may be printed for a word, each with its weight."""
        sense = base_stem(word)
        others = () if exact else _synonym_senses().get(sense, ())
        return dict.fromkeys(others, _SYNONYM_WEIGHT) | dict.fromkeys(
            self._builder.variants(sense), 1.0
        )

    def _terms(self, senses: Mapping[str, float]) -> list[tuple[Term, float]]:
        """The terms for these senses in each field that has them, with their weights."""
        return [
            (Term(field, sense), weight * field_weight)
            for sense, weight in senses.items()
            for field, field_weight in _FIELD_WEIGHTS.items()
            if self._searcher.doc_freq(field, sense)
        ]
