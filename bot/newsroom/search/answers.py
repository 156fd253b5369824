"""Answer queries: a text becomes queries, these find claims, and the claims become rows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from bot import store
from bot.model import (
    ANYONE,
    Answer,
    ArticleCard,
    Claim,
    Facets,
    Hit,
    Row,
    Section,
    Spans,
)
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.disputes import Disputes
from bot.newsroom.search.empty_answers import EmptyAnswers
from bot.newsroom.search.matched_words import has_typed_word, with_missing_words
from bot.newsroom.search.meaning import MIN_SENTENCE_COSINE, ClaimVectors
from bot.newsroom.search.printed_roles import PrintedRoles
from bot.newsroom.search.ranking import MAX_CANDIDATES, Page, Ranked, Ranking, article_stems
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.questions import Question, parse_question
from bot.search import ROUGH_SHARE, Query, SearchIndex, SearchResult, narrow, parse
from bot.search.language import pasted_text
from bot.search.language.fields import Fields, from_query, to_query
from bot.search.meaning.fusion import DEPTH, fuse
from bot.statements.rows import group_by_statement
from bot.wording.same_sentence import group_by_sentence, with_one_passage

MAX_SENTENCES = 50
"""The most sentences of a passage that are searched, from its start; each takes as long as a
query."""
CLAIMS_PER_SENTENCE = 3
MAX_ARTICLES = 3
"""The most articles shown above an answer."""

_GOOD_SCORE = 1.0
"""If a reading reaches this score, later readings are not tried."""
_READING_PENALTY = 0.15
"""The score that each reading of a question loses against the one before it."""
_DATE_AS_WORDS_PENALTY = 0.3
"""The score that a reading loses if it searches for a date's words: any "March" matches them."""


class _Reading(NamedTuple):
    """A query that a text may mean, and what it loses against the others; `question` is the
    question that it reads, and `sentence` the only one of a pasted text."""

    query: Query
    penalty: float = 0.0
    question: Question | None = None
    sentence: str = ""


@dataclass(frozen=True)
class _IndexLookup:
    index: SearchIndex

    def find_speaker(self, name: str, *, allow_typos: bool = False) -> str | None:
        """Return the value with which `by:` finds a speaker, or None; see `ArchiveLookup`."""
        result = self.index.find(Query(speakers=(name,), exact=not allow_typos), 1)
        return result.query.speakers[0] if result.total else None

    def has_word(self, word: str) -> bool:
        """Whether any claim contains a word."""
        return self.index.find(Query(words=(word,), exact=True), 1).total > 0


@dataclass(eq=False, repr=False, kw_only=True)
class Search:
    """Answers queries from the index and the archive."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    disputes: Disputes
    printed_names: PrintedNames
    vectors: ClaimVectors
    ranking: Ranking
    roles: PrintedRoles
    empty_answers: EmptyAnswers
    now: Clock

    def find(self, text: str, *, limit: int = 10, offset: int = 0, viewer: str = ANYONE) -> Answer:
        """Answer a query in the query language with `limit` claims from `offset` on.

        For a passage of several sentences, `limit` and `offset` count the sentences that have
        similar claims, best first. `viewer` is the only person who will see the answer, if there
        is just one. Raises QueryError for an invalid query.
        """
        with self.archive.one_read():
            return self._answer(text, Page(limit, offset), viewer)

    def find_rows(self, text: str, *, limit: int, offset: int = 0, viewer: str = ANYONE) -> Answer:
        """Answer like `find`, but with `limit` and `offset` counting statements.

        A row has all claims that report one statement; the first of them that matches is shown.
        Those of a page that are in one sentence share a row.
        """
        with self.archive.one_read():
            answer = self._answer(text, Page(limit, offset, by_statement=True), viewer)
        # Only the first page shows articles.
        return replace(answer, articles=(), has_more_articles=False) if offset else answer

    def _answer(self, text: str, page: Page, viewer: str) -> Answer:
        start_time = time.perf_counter()
        question = parse_question(text, _IndexLookup(self.index()), self._today())
        is_clear = bool(question and question.is_clear)
        sentences = () if is_clear else pasted_text.sentences(text)
        if len(sentences) > 1:
            return self._answer_passage(text, sentences, page, viewer, start_time)
        readings = [*self._readings(text, sentences, question, viewer)]
        reading, ranked = self._best(readings, page)
        result = ranked.result
        answer = self._bare_answer(text, _milliseconds_since(start_time))
        answer = self._with_result(answer, reading, ranked, page)
        rows = self._rows(ranked, page, viewer)
        speakers = result.highlight_query.speakers
        hits = self._complete(self.roles.add((row.hits[0] for row in rows), speakers))
        groups = group_by_sentence(hits) if page.by_statement else [[n] for n in range(len(hits))]
        highlight = self.highlighter(result.highlight_query)
        shown = list[Row]()
        for group in groups:
            one_passage = with_one_passage([hits[number] for number in group])
            first, *others = (
                replace(rows[number], hits=(highlight(hit), *rows[number].hits[1:]))
                for number, hit in zip(group, one_passage, strict=True)
            )
            shown.append(replace(first, same_sentence=tuple(others)))
        hits = [hit for row in shown for hit in row.shown_hits]
        answer = replace(
            answer,
            hits=tuple(hits),
            rows=tuple(shown) if page.by_statement else group_by_statement(hits),
            statements=ranked.length if page.by_statement else 0,
        )
        if page.offset or not (result.query.loose or result.query.is_rough):
            return answer
        texts = self.archive.texts({hit.article.id for hit in hits})
        stems = {article_id: article_stems(text) for article_id, (text, _) in texts.items()}
        asks = reading.question.asks if reading.question else ""
        return with_missing_words(answer, hits, result.query, stems, asks)

    def _readings(
        self, text: str, sentences: Sequence[str], question: Question | None, viewer: str
    ) -> Iterator[_Reading]:
        """Yield the queries that a text may mean, likeliest first: those of a question, after the
        words as typed unless it is clearly one."""
        if not (question and question.is_clear):
            yield _Reading(self.parse_text(text, sentences, viewer), sentence="".join(sentences))
        names_date = bool(question and question.readings[0].has_dates)
        for number, query in enumerate(question.readings if question else ()):
            penalty = _READING_PENALTY * number
            penalty += _DATE_AS_WORDS_PENALTY * (names_date and not query.has_dates)
            yield _Reading(replace(query, viewer=viewer), penalty, question)

    def _best(self, readings: Sequence[_Reading], page: Page) -> tuple[_Reading, Ranked]:
        """Return the reading whose best claim scores highest, with its claims; the first if none
        finds any, with suggestions that do."""
        tried: list[tuple[_Reading, Ranked]] = []
        for reading in readings:
            tokens = reading.question.tokens if reading.question else ()
            is_pasted = bool(reading.sentence)
            ranked = self.ranking.rank(reading.query, page, tokens=tokens, is_pasted=is_pasted)
            tried.append((reading, ranked))
            if ranked.score >= _GOOD_SCORE:
                break
        if found := [one for one in tried if one[1].total]:
            return max(found, key=lambda one: one[1].score - one[0].penalty)
        reading, ranked = tried[0]
        if not reading.question:
            return reading, ranked
        suggestions = dict.fromkeys(map(str, self._suggestions(tried[-1][1].result.query)))
        result = replace(ranked.result, suggestions=tuple(suggestions))
        return reading, ranked._replace(result=result)

    def _suggestions(self, query: Query) -> Iterator[Query]:
        """Yield queries like that of a question that find something."""
        same_speaker = replace(query, words=(), min_share=0.0, stances=(), sort="new")
        same_topic = replace(query, speakers=(), speaker_aliases=(), stances=())
        topic_only = replace(same_topic, features=(), not_stances=())
        for candidate in (same_speaker, same_topic, topic_only):
            is_new = candidate != query and (candidate.speakers or candidate.words)
            if is_new and self.ranking.rank(candidate, Page(1)).total:
                yield candidate

    def _with_result(self, answer: Answer, reading: _Reading, ranked: Ranked, page: Page) -> Answer:
        """Say in an answer how its text was read, and what was found."""
        result, is_question = ranked.result, bool(reading.question)
        is_rough = result.query.is_rough
        # A query made from a pasted sentence lacks repeated words.
        read_as = "" if result.corrections else reading.sentence
        if not (page.offset or (is_rough and is_question)):
            answer = self._with_articles(
                answer, result.query if result.corrections else reading.query
            )
        answer = replace(
            answer,
            read_as=read_as or str(result.query),
            total=ranked.total,
            corrections=result.corrections,
            undated_left_out=answer.searched.undated if result.query.has_dates else 0,
            suggestions=result.suggestions,
            replacements=result.did_you_mean,
            other_readings=tuple(map(str, result.other_readings)),
            is_partial_match=result.query.loose,
            is_question=is_question,
            is_nearest_only=is_rough and not is_question,
        )
        if answer.total or answer.is_index_rebuilding:
            return answer
        return self.empty_answers.explain(answer, reading.query, own_first=is_rough)

    def _rows(self, ranked: Ranked, page: Page, viewer: str) -> list[Row]:
        """Load the claims of a page, best first. If it is one of statements, each comes with the
        others that report it, and the first of them that matches is shown."""
        ids = [id_ for id_, _, _ in ranked.page]
        found = {hit.claim.id: hit for hit in ranked.loaded}
        matching = {*ids}
        if page.by_statement:
            found = self.claims.reports(ids, viewer)
            if further := sorted(found.keys() - matching):
                readings = () if ranked.result.query.is_rough else ranked.result.readings
                matching |= self.ranking.matching(readings, further)
            rows = group_by_statement(found.values())
            reports = {hit.claim.id: row.hits for row in rows for hit in row.hits}
        else:
            found |= self.claims.by_id([id_ for id_ in ids if id_ not in found], viewer)
            reports = {id_: (hit,) for id_, hit in found.items()}
        shown = []
        for id_, score, by_meaning in ranked.page:
            if id_ in reports:  # the index may lag behind a removal
                first = next(hit for hit in reports[id_] if hit.claim.id in matching)
                best = replace(first, score=score, by_meaning=by_meaning)
                others = (hit for hit in reports[id_] if hit is not first)
                shown.append(Row(hits=(best, *others)))
        return shown

    def _complete(self, hits: Iterable[Hit]) -> list[Hit]:
        """Add to hits that are shown what is read only for these: passages and disputes."""
        return self.disputes.with_disputes(self.claims.with_passages(hits))

    def highlighter(self, query: Query) -> Callable[[Hit], Hit]:
        """Return a function that marks a query's words in the claim and the passage of a hit."""
        without_words = replace(query, words=())
        spans: dict[str, Spans] = {}

        def highlight(hit: Hit) -> Hit:
            if hit.by_meaning:
                hit = replace(hit, by_meaning=not has_typed_word(hit, query.words))
            claim, own_query = hit.claim, without_words if hit.by_meaning else query
            if claim.id not in spans:
                spans[claim.id] = self.index().highlight(own_query, claim.text)
            if hit.passage is None:
                return replace(hit, text_matches=spans[claim.id])
            # Only within the content: elsewhere in the passage the words did not match.
            content_matches = tuple(
                span
                for span in self.index().highlight(own_query, hit.passage.text)
                if any(start <= span[0] and span[1] <= end for start, end in hit.passage.content)
            )
            return replace(hit, text_matches=spans[claim.id], passage_matches=content_matches)

        return highlight

    def facets(self, answer: Answer, viewer: str = ANYONE) -> Facets:
        """Count the claims that an answer's query finds by words for its viewer, per speaker,
        outlet, month and type.

        The query's other readings are included. Empty for passages, and for answers with only the
        nearest claims.
        """
        if answer.sections or answer.is_nearest_only or not answer.total:
            return Facets()
        queries = (
            replace(
                self._parse_interpretation(interpretation),
                loose=answer.is_partial_match,
                viewer=viewer,
            )
            for interpretation in (answer.read_as, *answer.other_readings)
        )
        return self.index().facets(*queries)

    def narrow(self, answer: Answer, facet: str, value: str) -> str:
        """Return the query for the claims of an answer that have a facet's value."""
        return str(narrow(self._parse_interpretation(answer.read_as), facet, value))

    def _parse_interpretation(self, interpretation: str) -> Query:
        return self.parse_text(interpretation, pasted_text.sentences(interpretation))

    def parse_text(self, text: str, sentences: Sequence[str], viewer: str = ANYONE) -> Query:
        """Parse a viewer's query; for a pasted text, given its only sentence, make a query from
        that."""
        if sentences:
            query = pasted_text.sentence_query(sentences[0])
            return replace(query, min_share=ROUGH_SHARE, viewer=viewer)
        query = replace(parse(text, self._today()), viewer=viewer)
        aliases = self.printed_names.aliases_for
        return replace(query, speaker_aliases=aliases(query.speakers)) if query.speakers else query

    def _with_articles(self, answer: Answer, query: Query) -> Answer:
        found = self.index().find_articles(query, MAX_ARTICLES)
        if not found.ids:
            return answer
        articles = self.article_cards(found.ids, query.viewer)
        return replace(answer, articles=articles, has_more_articles=found.has_more)

    def article_cards(
        self, article_ids: Sequence[str], viewer: str = ANYONE
    ) -> tuple[ArticleCard, ...]:
        """Return articles in this order, without those that are not shown to the viewer."""
        cards = self.archive.cards(article_ids, viewer)
        return tuple(cards[article_id] for article_id in article_ids if article_id in cards)

    def _answer_passage(
        self, text: str, sentences: Sequence[str], page: Page, viewer: str, start_time: float
    ) -> Answer:
        searched = sentences[:MAX_SENTENCES]
        matched = self._match_sentences(searched, viewer)
        matched_texts = {sentence for sentence, _, _ in matched}
        answer = self._bare_answer(text, _milliseconds_since(start_time))
        sections = []
        for sentence, result, by_meaning in matched[page.offset :][: page.limit]:
            hits = self.claims.make_hits(result.ids, by_meaning=by_meaning, viewer=viewer)
            highlighted = map(self.highlighter(result.highlight_query), self._complete(hits))
            sections.append(Section(sentence=sentence, hits=tuple(highlighted)))
        hits_by_id = {hit.claim.id: hit for section in sections for hit in section.hits}
        headline_query = replace(pasted_text.sentence_query(text), viewer=viewer)
        return replace(
            self._with_articles(answer, headline_query),
            read_as=" ".join(sentences),
            total=len(matched),
            hits=tuple(hits_by_id.values()),
            sections=tuple(sections),
            sentences_left_out=max(0, len(sentences) - MAX_SENTENCES),
            unmatched_sentences=tuple(one for one in searched if one not in matched_texts),
        )

    def _match_sentences(
        self, sentences: Sequence[str], viewer: str
    ) -> list[tuple[str, SearchResult, bool]]:
        """Return the sentences that claims match, with these: by words, best first, or else by
        meaning only."""
        results = {
            sentence: self.index().find(
                replace(pasted_text.sentence_query(sentence), viewer=viewer), CLAIMS_PER_SENTENCE
            )
            for sentence in sentences
        }
        by_words = [(sentence, result, False) for sentence, result in results.items() if result.ids]
        by_words.sort(key=lambda one: -_word_score(one[1]))
        unmatched = [sentence for sentence, result in results.items() if not result.ids]
        near = self.vectors.find_nearest_each(
            unmatched, Query(), MAX_CANDIDATES, min_cosine=MIN_SENTENCE_COSINE
        )
        return by_words + [
            (sentence, replace(results[sentence], ids=tuple(ids[:CLAIMS_PER_SENTENCE])), True)
            for sentence, ids in zip(unmatched, near, strict=True)
            if ids
        ]

    def _bare_answer(self, text: str, took_ms: float) -> Answer:
        """Return an answer that only says what was asked and what was searched."""
        store_id, seq, coverage = self.archive.search_state()
        state = self.index().searched_state
        if state is None or state.store != store_id or state.seq < seq:
            state = self.index().state  # it may have caught up within the last second
        is_rebuilding = state is None or state.store != store_id
        return Answer(
            query=text,
            read_as=text,
            total=0,
            hits=(),
            searched=coverage,
            took_ms=took_ms,
            is_index_rebuilding=is_rebuilding,
            is_index_behind=is_rebuilding
            or bool(state and state.seq < seq and self._has_changes(state.seq)),
        )

    def _has_changes(self, seq: int) -> bool:
        """Whether anything searchable has changed after change `seq`.

        A higher number alone is no proof: withheld articles and new keys of known articles get
        numbers, too.
        """
        return bool(self.archive.changes(after=seq, limit=1))

    def find_plain(self, text: str, *, limit: int = 10, viewer: str = ANYONE) -> Answer:
        """Return the claims that match a text best, by words and, if available, by meaning.

        There are no operators, corrections or groups, and not all words need to match. Claims with
        equal scores are ordered by their maker's own id (`ref`) if it is a number, then by id.
        """
        start_time = time.perf_counter()
        depth = max(DEPTH, limit)
        word_matches = self.index().find_by_shared_words(text, depth, viewer)
        meaning_matches = self.vectors.find_nearest(text, Query(), depth)
        ranked = fuse(word_matches, meaning_matches)[:limit]
        took_ms = _milliseconds_since(start_time)
        hits = self._complete(self.claims.make_hits(ranked, viewer=viewer))
        hits.sort(key=lambda hit: (-hit.score, *_ref_order_key(hit.claim)))
        return Answer(
            query=text,
            read_as=text,
            total=len(ranked),
            hits=tuple(hits),
            searched=self.archive.coverage(),
            took_ms=took_ms,
        )

    def query_from_form(self, fields: Fields) -> str:
        """Return the query for the fields of the search form. Raises QueryError."""
        return to_query(fields, self._today())

    def form_from_query(self, query: str, outlets: Sequence[str]) -> Fields:
        """Return the search form's fields for a query; the form offers these `outlets`."""
        return from_query(query, outlets, self._today())

    def _today(self) -> date:
        return self.now().astimezone().date()


def _word_score(result: SearchResult) -> float:
    """Return how well the best claim covers a text's words, weighted by their informativeness."""
    return result.ids[0][1] * sum(result.weights.values())


def _milliseconds_since(start_time: float) -> float:
    return (time.perf_counter() - start_time) * 1000


def _ref_order_key(claim: Claim) -> tuple[float, str]:
    """Return the sort key among claims with equal scores: a numeric `ref`, then the id."""
    ref = str(claim.ref)
    return float(ref) if ref.isdecimal() else math.inf, claim.id
