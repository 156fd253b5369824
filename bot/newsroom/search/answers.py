"""Use cases that read: find claims, show one, show what stands around it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot import store
from bot.model import (
    Answer,
    ArticleCard,
    Claim,
    Facets,
    Hit,
    Row,
    Section,
    Span,
    Spans,
)
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.empty_answers import EmptyAnswers
from bot.newsroom.search.holders import RoleHolders
from bot.newsroom.search.meaning import ClaimVectors, Meaning
from bot.newsroom.search.questions import Questions, RankedClaims
from bot.newsroom.search.rows import highlight_answer, merge_by_sentence
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.questions import Question
from bot.search import CLOSE_SHARE, Query, SearchResult, foreign, narrowed, parse
from bot.search.language import pasted_text
from bot.search.language.fields import Fields, from_query, to_query
from bot.search.language.query import ANY_SHARE
from bot.search.meaning.fusion import DEPTH, fused
from bot.wording.same_sentence import deduplicate

MOST_SENTENCES = 50
"""Of a passage, from its beginning on; each takes as long as a query."""
CLAIMS_A_SENTENCE = 3
MOST_ARTICLES = 3
"""Shown above an answer."""
MOST_CLOSE = 10
"""Claims that come close to a text in some way: further down they only share a word or two."""
MAX_GROUPED_CLAIMS = 60
"""Of an answer's claims, best first, those that report one statement are found among so many."""


class _RepeatedSentence(NamedTuple):
    """A sentence of a passage, and the claims that say the same."""

    sentence: str
    found: SearchResult
    by_meaning: bool = False


class _Request(NamedTuple):
    """A text that is answered with `limit` hits after `offset`, and when that began."""

    text: str
    limit: int
    offset: int
    started: float

    @property
    def start(self) -> int:
        """From which claim on the index is asked: rows are made of the best MAX_GROUPED_CLAIMS."""
        return 0 if self.offset < MAX_GROUPED_CLAIMS else self.offset

    @property
    def many(self) -> int:
        """How many claims the index is asked for."""
        return self.limit if self.start else max(self.offset + self.limit, MAX_GROUPED_CLAIMS)


@dataclass(eq=False, repr=False, kw_only=True)
class Search:
    """Answer queries from the index and the archive."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    meaning: Meaning
    vectors: ClaimVectors
    questions: Questions
    roles: RoleHolders
    empty_answers: EmptyAnswers
    now: Clock

    def find(self, text: str, *, limit: int = 10, offset: int = 0) -> Answer:
        """Answer a query in the query language with `limit` hits from `offset` on.

        Which claims report one statement is found among the best MAX_GROUPED_CLAIMS, however many are asked
        for. Of a passage of several sentences, `limit` and `offset` count the sentences that claims
        come close to, the best first. Raises QueryError where the query cannot be read.
        """
        started = time.perf_counter()
        question = self.questions.parse_question(text)
        sentences = () if question and question.is_clear else pasted_text.sentences(text)
        if len(sentences) > 1:
            return self._passage(text, sentences, limit, offset, started)
        answer, marks = self._best(_Request(text, limit, offset, started), question, sentences)
        return highlight_answer(answer, self.highlighter(marks), self.claims.with_passages)

    def _best(
        self, asked: _Request, question: Question | None, sentences: Sequence[str]
    ) -> tuple[Answer, Query]:
        """The answer to a query, in which nothing is highlight_answer yet, and what is to be highlight_answer."""
        query = self.parse_text(asked.text, sentences)
        language = self._foreign(query)
        question = None if language else question
        answered = (
            self.questions.answer_question(question) if question and question.is_clear else None
        )
        query = answered.found.read if answered else query
        if language:
            words = foreign.without_function_words(query.words, language)
            query = replace(query, words=words, roughly=ANY_SHARE, exact=True)
        elif not answered and query.roughly:
            answered = self.questions.find_closest(query)
        if answered and answered.found.read.roughly:
            return self._answered_roughly(asked, answered, query, sentences[:1])
        found = self._found(query, MOST_CLOSE if language else asked.many, asked.start)
        if question and not answered and not _is_as_typed(found):
            answered = self.questions.answer_question(question)
            if answered.found.total and answered.found.read.roughly:
                return self._answered_roughly(asked, answered, query)
            answered = None
        answer = self._by_words(asked, query, found, sentences[:1], language)
        answer = replace(answer, is_question=answered is not None)
        explained = answer if answer.total else self.empty_answers.explain(answer, query)
        return explained, found.highlight_query

    def _by_words(
        self,
        asked: _Request,
        query: Query,
        found: SearchResult,
        typed: Sequence[str],
        language: str | None,
    ) -> Answer:
        """The answer of the claims that the words of a query found, and behind them of those that
        mean it; `typed` is the sentence that it was made of, if it was."""
        meant = () if language else self.meaning.find_missed_by_words(found)
        took_ms = _milliseconds_since(asked.started)
        # A query leaves out words that come again: of a sentence, that would not be what was typed.
        read = typed[0] if typed and not found.corrections else found.read
        answer = self._answer(asked.text, read, took_ms)
        if not asked.offset:
            answer = self._with_articles(answer, found.read if found.corrections else query)
        # Claims found by meaning alone stand behind all that are found by words.
        first = max(0, asked.start - found.total)
        shown = meant[first : first + asked.many - len(found.ids)]
        by_meaning = self.claims.make_hits(shown, by_meaning=True)
        roles = self.roles.find_roles(found.read) if found.total else ()
        hits = (*self.roles.with_roles(self.claims.make_hits(found.ids), roles), *by_meaning)
        return replace(
            answer,
            total=found.total + len(meant),
            hits=hits[asked.offset - asked.start :][: asked.limit],
            rows=self.claims.group_rows(
                deduplicate(hits[: max(0, MAX_GROUPED_CLAIMS - asked.start)])
            ),
            corrections=found.corrections,
            undated_left_out=answer.searched.undated if query.after or query.before else 0,
            suggestions=found.suggestions,
            offers=found.offers,
            also_read=tuple(map(str, found.also_read)),
            loose=found.read.loose,
            roles=roles,
            close=language is not None,
            language=language,
        )

    def _answered_roughly(
        self, asked: _Request, answered: RankedClaims, query: Query, typed: Sequence[str] = ()
    ) -> tuple[Answer, Query]:
        """The answer of what comes closest to a query, or to a question as it was read, and what is
        to be highlight_answer."""
        found = answered.found
        read = typed[0] if typed and not found.corrections else found.read
        took_ms = _milliseconds_since(asked.started)
        hits = tuple(
            replace(hit, by_meaning=hit.claim.id in answered.found_by_meaning)
            for hit in self.claims.make_hits(found.ids)
        )
        answer = self._answer(asked.text, read, took_ms)
        if not (asked.offset or answered.is_question):
            answer = self._with_articles(answer, query)
        is_dated = found.read.after or found.read.before
        answer = replace(
            answer,
            total=found.total,
            hits=hits[asked.offset :][: asked.limit],
            rows=self.claims.group_rows(deduplicate(hits)),
            corrections=found.corrections,
            undated_left_out=answer.searched.undated if is_dated else 0,
            suggestions=found.suggestions,
            is_question=answered.is_question,
            close=not answered.is_question,
        )
        if not answer.total:
            explained = self.empty_answers.explain(answer, query)
            offered = dict.fromkeys((*answer.suggestions, *explained.suggestions))
            answer = replace(explained, suggestions=tuple(offered))
        return answer, found.highlight_query

    def _foreign(self, query: Query) -> str | None:
        """The language of a query that is in another one than all articles."""
        if query.exact or not query.words:
            return None
        code = foreign.language_of(query.words)
        is_here = code and self.index().find(Query(languages=(code,)), 1).total
        return None if is_here else code

    def highlighter(self, marks: Query) -> Callable[[Hit], Hit]:
        """What marks in a hit what a query asks for, in its claim and in its passage."""
        meant = replace(marks, words=())  # no word has found what is found by its meaning
        spans: dict[str, Spans] = {}

        def mark(hit: Hit) -> Hit:
            claim, asked = hit.claim, meant if hit.by_meaning else marks
            if claim.id not in spans:
                spans[claim.id] = self.index().highlight(asked, claim.text)
            if hit.passage is None:
                return replace(hit, matched=spans[claim.id])
            found = self.index().highlight(asked, hit.passage.text)
            # What was asked for stands in the content; around it, the same words say nothing.
            printed = tuple(one for one in found if _is_within(one, hit.passage.content))
            return replace(hit, matched=spans[claim.id], matched_in_passage=printed)

        return mark

    def find_rows(self, text: str, *, limit: int, offset: int = 0) -> Answer:
        """Answer like `find`, but let `limit` and `offset` count rows: claims that report one
        statement are one, and so are those that stand in one sentence.

        Behind an answer's best claims, of which rows are made, each claim is a row of its own.
        """
        started, end = time.perf_counter(), offset + limit
        question = self.questions.parse_question(text)
        sentences = () if question and question.is_clear else pasted_text.sentences(text)
        if len(sentences) > 1:
            answer = self._passage(text, sentences, MAX_GROUPED_CLAIMS, 0, started)
            sections = answer.sections[offset:end]
            hits = tuple(hit for section in sections for hit in section.hits)
            return _paged(replace(answer, sections=sections, hits=hits), offset)
        answer, marks = self._best(
            _Request(text, MAX_GROUPED_CLAIMS, 0, started), question, sentences
        )
        grouped_rows = merge_by_sentence(answer.rows, self.claims.with_passages)
        behind, rows = len(grouped_rows), grouped_rows[offset:end]
        if end > behind and answer.total > MAX_GROUPED_CLAIMS:
            start = max(offset, behind)
            rest = self.find(text, limit=end - start, offset=MAX_GROUPED_CLAIMS + start - behind)
            rows += tuple(Row(hits=(hit,)) for hit in rest.hits)
        answer = replace(
            answer,
            hits=tuple(row.hits[0] for row in rows),
            rows=rows,
            row_count=behind + max(0, answer.total - MAX_GROUPED_CLAIMS),
        )
        return highlight_answer(
            _paged(answer, offset), self.highlighter(marks), self.claims.with_passages
        )

    def facets(self, answer: Answer) -> Facets:
        """Count what an answer's query finds by words, as it was read and also read: by speaker,
        outlet, month and type.

        A passage has none, and neither has what only comes close to a text.
        """
        if answer.sections or answer.close or not answer.total:
            return Facets()
        read = (answer.read_as, *answer.also_read)
        queries = (self.parse_text(text, pasted_text.sentences(text)) for text in read)
        return self.index().facets(*(replace(query, loose=answer.loose) for query in queries))

    def narrow(self, answer: Answer, facet: str, value: str) -> str:
        """The query, in the query language, that finds of an answer only what has one value."""
        read_as = answer.read_as
        query = self.parse_text(read_as, pasted_text.sentences(read_as))
        return str(narrowed(query, facet, value))

    def parse_text(self, text: str, sentences: Sequence[str]) -> Query:
        """What a text asks for that is a query, or a passage of one sentence."""
        if sentences:
            return replace(pasted_text.sentence_query(sentences[0]), roughly=CLOSE_SHARE)
        query = parse(text, self.now().astimezone().date())
        also = self.printed_names.aliases_for
        return replace(query, also_by=also(query.by)) if query.by else query

    def _found(self, query: Query, limit: int, offset: int) -> SearchResult:
        """Ask the index; of a speaker whose name was mistyped, the other names count as well."""
        found = self.index().find(query, limit, offset)
        if found.read.by == query.by:
            return found
        if not (also := self.printed_names.aliases_for(found.read.by)):
            return found
        whole = self.index().find(replace(found.read, also_by=also), limit, offset)
        return replace(whole, corrections=found.corrections)

    def _with_articles(self, answer: Answer, query: Query) -> Answer:
        """An answer with the articles that a query is about."""
        about = self.index().articles(query, MOST_ARTICLES)
        if not about.ids:
            return answer
        return replace(
            answer, articles=self.article_cards(about.ids), has_more_articles=about.has_more
        )

    def article_cards(self, article_ids: Sequence[str]) -> tuple[ArticleCard, ...]:
        """The cards of articles in this order, without those that are not shown any more."""
        cards = self.archive.cards(article_ids)
        return tuple(cards[one] for one in article_ids if one in cards)

    def _passage(
        self, text: str, sentences: Sequence[str], limit: int, offset: int, started: float
    ) -> Answer:
        searched = sentences[:MOST_SENTENCES]
        again = self._said_again(searched)
        close = {one.sentence for one in again}
        took_ms = _milliseconds_since(started)
        sections = tuple(map(self._section, again[offset : offset + limit]))
        hits: dict[str, Hit] = {}
        for hit in (hit for section in sections for hit in section.hits):
            hits.setdefault(hit.claim.id, hit)
        answer = self._answer(text, " ".join(sentences), took_ms)
        answer = self._with_articles(answer, pasted_text.sentence_query(text))
        return replace(
            answer,
            total=len(again),
            hits=tuple(hits.values()),
            sections=sections,
            sentences_left_out=max(0, len(sentences) - MOST_SENTENCES),
            unfound=tuple(sentence for sentence in searched if sentence not in close),
        )

    def _section(self, again: _RepeatedSentence) -> Section:
        hits = self.claims.make_hits(again.found.ids, by_meaning=again.by_meaning)
        mark, printed = (
            self.highlighter(again.found.highlight_query),
            self.claims.with_passages(hits),
        )
        return Section(sentence=again.sentence, hits=tuple(map(mark, printed)))

    def _said_again(self, sentences: Sequence[str]) -> list[_RepeatedSentence]:
        """The sentences that are found again, the best first: by words, and where these find
        nothing, by meaning."""
        again: list[_RepeatedSentence] = []
        missed: list[_RepeatedSentence] = []
        for sentence in sentences:
            query = pasted_text.sentence_query(sentence)
            found = self.index().find(query, CLAIMS_A_SENTENCE)
            (again if found.ids else missed).append(_RepeatedSentence(sentence, found))
        meant = self.meaning.find_for_sentences([one.sentence for one in missed], CLAIMS_A_SENTENCE)
        for one, near in zip(missed, meant, strict=True):
            if near:
                again.append(
                    _RepeatedSentence(one.sentence, replace(one.found, ids=near), by_meaning=True)
                )
        return sorted(again, key=lambda one: (one.by_meaning, -_told(one.found)))

    def _answer(self, text: str, read: Query | str, took_ms: float) -> Answer:
        """An answer with nothing in it yet but what was asked and what is searched."""
        store_id, seq, coverage = self.archive.search_state()
        state = self.index().state
        rebuilding = state is None or state.store != store_id
        return Answer(
            query=text,
            read_as=str(read),
            total=0,
            hits=(),
            searched=coverage,
            took_ms=took_ms,
            rebuilding=rebuilding,
            behind=rebuilding or bool(state and state.seq < seq and self._has_missed(state.seq)),
        )

    def _has_missed(self, seq: int) -> bool:
        """Whether anything has come after change `seq` that is searched: what is withheld, or only
        known by another key, takes a number too."""
        return bool(self.archive.changes(after=seq, limit=1))

    def find_plain(self, text: str, *, limit: int = 10) -> Answer:
        """The claims that match a text best, by its words and, with vectors, by its meaning.

        No operators, corrections or groups, and no word must be found. Of equal matches, those
        whose maker numbered them come in that order.
        """
        started = time.perf_counter()
        depth = max(DEPTH, limit)
        by_words = self.index().plain(text, depth)
        near = self.vectors.find_nearest(text, depth)
        there = self.index().among(Query(), [claim for claim, _ in near])
        ranked = fused(by_words, [one for one in near if one.claim_id in there])[:limit]
        took_ms = (time.perf_counter() - started) * 1000
        hits = self.claims.with_passages(self.claims.make_hits(ranked))
        hits.sort(key=lambda hit: (-hit.score, *_order(hit.claim)))
        return Answer(
            query=text,
            read_as=text,
            total=len(ranked),
            hits=tuple(hits),
            searched=self.archive.coverage(),
            took_ms=took_ms,
        )

    def query_from_form(self, fields: Fields) -> str:
        """The query, in the query language, of a form's fields. Raises QueryError."""
        return to_query(fields, self.now().astimezone().date())

    def form_from_query(self, query: str, outlets: Sequence[str]) -> Fields:
        """What a form is filled in with to ask for a query; `outlets` can be chosen in it."""
        return from_query(query, outlets, self.now().astimezone().date())


def _told(found: SearchResult) -> float:
    """How much the best claim tells of what a text's words do."""
    return found.ids[0][1] * sum(found.weights.values())


def _paged(answer: Answer, offset: int) -> Answer:
    """A page of an answer: articles stand on the first one only."""
    return replace(answer, articles=(), has_more_articles=False) if offset else answer


def _is_within(span: Span, spans: Spans) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _order(claim: Claim) -> tuple[float, str]:
    """Where a claim stands among equal ones."""
    ref = str(claim.ref)
    return float(ref) if ref.isdecimal() else math.inf, claim.id


def _is_as_typed(found: SearchResult) -> bool:
    """Whether words found something just as they were typed."""
    return bool(found.total) and not found.corrections and not found.read.loose
