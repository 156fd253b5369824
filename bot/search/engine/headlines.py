"""Find the articles that a query is about, by their headlines.

One document an article, whether it holds claims or not:

id        the article's id, by which it is removed again
title     the stems of its title, for title:
headline  the senses of its title; of an untitled one, of its first words
lead      the senses of how its text begins
from      the senses of its outlet, byline and date
outlet    the outlet's words, and `in` the same as one word, for in:
tag       its language, for lang:
day       the publication date's ordinal
order     newer first, then by a hash of the id: breaks ties

Senses are those of bot/search/senses.py. People type headlines from memory: of many words some may
be wrong, and some may stand in the lead only, but one at least stands in the headline.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import tantivy
from tantivy import Occur

from bot.languages.table import negation
from bot.languages.wordlist import is_word
from bot.model import Headline
from bot.search.engine.clauses import Clause, all_of, any_of
from bot.search.engine.documents import tag
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.words import name_words, normalise
from bot.search.language.query import Query
from bot.search.protocol import ArticleMatches
from bot.search.senses import (
    NEGATING,
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
_UNTITLED = 100
"""Characters of the text that replace a missing title."""
_FROM, _LEAD = 0.6, 0.5
"""Weight of a word there, relative to the headline."""
_SYNONYM, _SLIP = 0.7, 0.8
_EVERY = 0.5
"""Bonus for an article that has all words, as a share of a rare word's score."""
_MIN_WORD_SHARE = 2 / 3
"""Share of words required, of three words or more."""
_MIN_OF_BEST = 0.7
"""Minimum share of the best article's score."""
_SHORTEST_SLIP, _SHORT = 4, 5
_FIELDS = {"headline": 1.0, "from": _FROM, "lead": _LEAD}
_CLAIMS_ONLY = ("speakers", "via", "mentions", "types", "stances", "source_kinds")
"""Filters that apply to claims only."""
_OPTIONAL = frozenset(
    (
        *("articl", "stori", "piec", "headlin", "report", "news", "live", "blog", "explain"),
        *("analysi", "editori", "opinion", "column", "interview", "fact", "check", "say"),
    )
)
"""The senses of what people call the thing that they look for, and of what all of these do: they
need not stand there."""
_DIGITS = 4
"""Sums of the same scores in another order differ behind this decimal."""


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("title", tokenizer_name="stems")
    for name in ("headline", "lead", "from", "outlet"):
        fields.add_text_field(name, tokenizer_name="plain")
    fields.add_text_field("in", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("tag", tokenizer_name="raw", index_option="basic")
    fields.add_integer_field("day", fast=True)
    fields.add_integer_field("order", fast=True)
    return fields.build()


SCHEMA = _schema()


def document(article: Headline) -> tantivy.Document:
    """Make the index document of one article."""
    out = tantivy.Document()
    out.add_text("id", article.article_id)
    if article.title:
        out.add_text("title", normalise(article.title))
    out.add_text("headline", " ".join(senses(article.title or article.opening[:_UNTITLED])))
    out.add_text("lead", " ".join(senses(article.opening)))
    on = article.published_on
    day = f"{long_date(on)} {short_date(on)}" if on else None
    for known in filter(None, (article.outlet, article.byline, day)):
        out.add_text("from", " ".join(senses(known)))
    if article.outlet:
        out.add_text("outlet", normalise(article.outlet))
        out.add_text("in", " ".join(name_words(article.outlet)))
    if article.language:
        out.add_text("tag", tag("lang", article.language.partition("-")[0].lower()))
    ordinal = on.toordinal() if on else 0
    if ordinal:
        out.add_integer("day", ordinal)
    out.add_integer("order", ordinal << 32 | zlib.crc32(article.article_id.encode()))
    return out


class _WordQueries(NamedTuple):
    """A word that was typed: the questions for it in the headline, and anywhere."""

    headline: list[tantivy.Query]
    anywhere: list[tantivy.Query]


class Headlines:
    """Says which articles queries are about, at one commit of the index."""

    def __init__(self, searcher: tantivy.Searcher, builder: QueryBuilder) -> None:
        self._searcher, self._builder = searcher, builder.for_schema(SCHEMA)

    def about(self, query: Query, limit: int) -> ArticleMatches:
        """Find the `limit` articles that a query is about, the best first; of equals the newer."""
        clauses = self._asked(query)
        if not clauses:
            return ArticleMatches()
        if query.words or query.phrases or query.alternatives:
            hits = self._searcher.search(all_of(clauses), limit + 1, count=False).hits
        else:
            dated = self._searcher.search(
                all_of(clauses), limit + 1, count=False, order_by_field="order"
            )
            hits = [(0.0, address) for _, address in dated.hits]
        orders = self._searcher.fast_field_values("order", [address for _, address in hits])
        ranked = sorted(
            (
                (round(score, _DIGITS), int(order or 0), self._id(address))
                for (score, address), order in zip(hits, orders, strict=True)
            ),
            reverse=True,
        )
        ids = tuple(id_ for score, _, id_ in ranked if score >= ranked[0][0] * _MIN_OF_BEST)
        return ArticleMatches(ids[:limit], has_more=len(ids) > limit)

    def _id(self, address: tantivy.DocAddress) -> str:
        return str(self._searcher.doc(address)["id"][0])

    def _asked(self, query: Query) -> list[Clause]:
        """The clauses for the articles that a query is about; empty if it is about none."""
        cut = typed_parts(" ".join(query.words))
        told = [one for one in dict.fromkeys(cut) if not is_stop_word(one)]
        if any(getattr(query, part) for part in _CLAIMS_ONLY) or len(told) > MAX_WORDS:
            return []
        if not (told or query.phrases or query.alternatives or query.titles):
            return []
        said = self._said(cut, told, exact=query.exact) if told else []
        if said is None:
            return []
        return [*said, *self._printed(query), *self._builder.other_clauses(_filters(query))]

    def _printed(self, query: Query) -> Iterator[Clause]:
        """Ask for phrases and alternatives in the headline, and leave out what is not wanted."""
        for phrase in query.phrases:
            yield Occur.Must, self._run("headline", phrase)
        for group in query.alternatives:
            yield Occur.Must, any_of([self._run("headline", typed) for typed in group])
        for typed in (*query.not_words, *query.not_phrases):
            yield Occur.MustNot, self._run("headline", typed)

    def _run(self, field: str, typed: str) -> tantivy.Query:
        return self._builder.run(field, tuple(map(sense, parts(typed))))

    def _said(self, cut: Sequence[str], told: Sequence[str], *, exact: bool) -> list[Clause] | None:
        """Ask for most of the words that tell something, for all that negate, and for one in the
        headline; None where too few stand anywhere."""
        content = [one for one in told if one not in negation.NEGATIONS]
        optional = [one for one in content if sense(one) in _OPTIONAL] if len(content) > 1 else []
        asked, made = [one for one in content if one not in optional], compound_senses(cut)
        slots = [self._slot(one, made.get(one, ()), exact=exact) for one in asked]
        most = self._most(slots, exact=exact)
        negating = self._held(NEGATING, 1.0).anywhere if len(content) < len(told) else []
        if not most or (len(content) < len(told) and not negating):
            return None
        clauses = [*most, *((Occur.Must, any_of(negating)) for _ in negating[:1])]
        beside = dict.fromkeys((*map(sense, optional), *map(sense, filter(is_stop_word, cut))))
        return clauses + [(Occur.Should, one) for one in self._held(beside, 1.0).headline]

    def _most(self, slots: Sequence[_WordQueries], *, exact: bool) -> list[Clause]:
        """Ask for most of some words, and for one in the headline; of the rest each counts. Empty
        where too few stand anywhere."""
        found = [slot for slot in slots if slot.anywhere]
        titled = [one for slot in found for one in slot.headline]
        least = len(slots) if exact or len(slots) < 3 else math.ceil(len(slots) * _MIN_WORD_SHARE)
        if not titled or len(found) < least:
            return []
        each = [any_of(slot.anywhere) for slot in found]
        should = [(Occur.Should, one) for one in each]
        clauses: list[Clause] = [
            (Occur.Must, tantivy.Query.boolean_query(should, minimum_number_should_match=least)),
            (Occur.Must, tantivy.Query.const_score_query(any_of(titled), 0.0)),
        ]
        if len(found) == len(slots) > least:
            every = all_of([(Occur.Must, one) for one in each])
            bonus = _EVERY * self._rarest
            clauses.append((Occur.Should, tantivy.Query.const_score_query(every, bonus)))
        return clauses

    @property
    def _rarest(self) -> float:
        """What a word counts for, about, that one article holds."""
        return math.log1p(self._searcher.num_docs)

    def _slot(self, word: str, joined: Iterable[str], *, exact: bool) -> _WordQueries:
        found = self._held((*self._builder.variants(sense(word)), *joined), 1.0)
        if exact:
            return found
        if not found.anywhere and len(word) >= _SHORTEST_SLIP and not is_word(word):
            return self._slips(sense(word))
        synonyms = self._held(synonym_senses().get(sense(word), ()), _SYNONYM)
        return _WordQueries(found.headline + synonyms.headline, found.anywhere + synonyms.anywhere)

    def _held(self, several: Iterable[str], boost: float) -> _WordQueries:
        """Ask for any of some senses wherever one stands."""
        out = _WordQueries([], [])
        for one in several:
            for field, counts in _FIELDS.items():
                if self._searcher.doc_freq(field, one):
                    term = tantivy.Query.term_query(SCHEMA, field, one)
                    out.anywhere.append(tantivy.Query.boost_query(term, counts * boost))
                    if field == "headline":
                        out.headline.append(term)
        return out

    def _slips(self, typed: str) -> _WordQueries:
        distance = 1 if len(typed) <= _SHORT else 2
        # A fuzzy question gives every hit 1, where a rare word as typed would have much more.
        rare = _SLIP * self._rarest
        near = tantivy.Query.fuzzy_term_query(SCHEMA, "headline", typed, distance)
        return _WordQueries([near], [tantivy.Query.boost_query(near, rare)])


def _filters(query: Query) -> Query:
    """What a query asks of articles beside their words."""
    return Query(
        titles=query.titles,
        outlets=query.outlets,
        languages=query.languages,
        after=query.after,
        before=query.before,
    )
