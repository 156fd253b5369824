"""Answer queries: find claims, group them into rows, and highlight the query's words."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    Span,
    Spans,
)
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.disputes import Disputes
from bot.newsroom.search.empty_answers import EmptyAnswers
from bot.newsroom.search.matched_words import has_typed_word, with_missing_words
from bot.newsroom.search.meaning import ClaimVectors, Meaning
from bot.newsroom.search.printed_roles import PrintedRoles
from bot.newsroom.search.questions import Questions, RankedClaims, article_stems
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.questions import Question
from bot.search import ROUGH_SHARE, Query, SearchResult, narrow, parse
from bot.search.language import pasted_text
from bot.search.language.fields import Fields, from_query, to_query
from bot.search.meaning.fusion import DEPTH, fuse
from bot.speakers.slips import MAX_WORDS as MAX_NAME_WORDS
from bot.speakers.slips import surely_meant
from bot.speakers.spelling import fold_name
from bot.statements.rows import group_by_statement
from bot.wording.same_sentence import group_by_sentence, with_one_passage

MAX_SENTENCES = 50
"""The most sentences of a passage that are searched, from its start; each takes as long as a
query."""
CLAIMS_PER_SENTENCE = 3
MAX_ARTICLES = 3
"""The most articles shown above an answer."""
MAX_MERGED = 10
"""Of so many of an answer's best statements, those in one sentence are shown together."""


class _MatchedSentence(NamedTuple):
    """A sentence of a passage, and the claims that match it, by words or by meaning."""

    sentence: str
    result: SearchResult
    by_meaning: bool = False


class _Candidate(NamedTuple):
    """The id of a claim, its score, and whether only vectors found it."""

    id: str
    score: float
    by_meaning: bool = False


class _Request(NamedTuple):
    """A text to answer with `limit` hits from `offset` on; `start_time` is from perf_counter.

    The answer holds what `viewer` may see. Hits are claims or, `by_statement`, one for each.
    """

    text: str
    limit: int
    offset: int
    start_time: float
    viewer: str
    by_statement: bool = False


class _Found(NamedTuple):
    """What was found for a request, best first, and an answer that lacks only the claims.

    `total` is the number of hits, with those not asked for. `loaded` are hits that were loaded to
    rank them. A claim found by words matches one of the `readings`. `loose_query` is the query if
    claims need not have all its words, and `asks` what a question asks for.
    """

    answer: Answer
    hits: Sequence[_Candidate]
    total: int
    highlight_query: Query
    readings: Sequence[Query] = ()
    loaded: Mapping[str, Hit] = {}
    loose_query: Query | None = None
    asks: str = ""


@dataclass(eq=False, repr=False, kw_only=True)
class Search:
    """Answers queries from the index and the archive."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    disputes: Disputes
    printed_names: PrintedNames
    meaning: Meaning
    vectors: ClaimVectors
    questions: Questions
    roles: PrintedRoles
    empty_answers: EmptyAnswers
    now: Clock

    def find(self, text: str, *, limit: int = 10, offset: int = 0, viewer: str = ANYONE) -> Answer:
        """Answer a query in the query language with `limit` claims from `offset` on.

        For a passage of several sentences, `limit` and `offset` count the sentences that have
        similar claims, best first. `viewer` is the only person who will see the answer, if there
        is just one. Raises QueryError for an invalid query.
        """
        request = _Request(text, limit, offset, time.perf_counter(), viewer)
        with self.archive.one_read():
            return self._answer(request)

    def _answer(self, request: _Request) -> Answer:
        text, offset, viewer = request.text, request.offset, request.viewer
        question, sentences = self._parse(text)
        if len(sentences) > 1:
            return self._answer_passage(request, sentences)
        found = self._find(request, question, sentences)
        hits = self._load(found.hits, found.loaded, viewer)
        hits = self.roles.add(hits, found.highlight_query.speakers)
        answer = replace(found.answer, hits=hits, rows=group_by_statement(hits))
        return self._shown(found, answer, offset)

    def find_rows(self, text: str, *, limit: int, offset: int = 0, viewer: str = ANYONE) -> Answer:
        """Answer like `find`, but with `limit` and `offset` counting rows.

        A row has all claims that report one statement; the first of them that matches is shown. Of
        the best MAX_MERGED statements, those in one sentence share a row.
        """
        request = _Request(text, MAX_MERGED, 0, time.perf_counter(), viewer, by_statement=True)
        with self.archive.one_read():
            return self._answer_in_rows(request, offset, offset + limit)

    def _answer_in_rows(self, request: _Request, offset: int, end: int) -> Answer:
        """Answer with the rows from `offset` to `end`."""
        text, viewer = request.text, request.viewer
        question, sentences = self._parse(text)
        if len(sentences) > 1:
            answer = self._answer_passage(request, sentences)
            sections = answer.sections[offset:end]
            hits = tuple(hit for section in sections for hit in section.hits)
            return _as_page(replace(answer, sections=sections, hits=hits), offset)
        found = self._find(request, question, sentences)
        merged = self._merge(self._statements(found, viewer))
        page, rest = merged[offset:end], found.total - MAX_MERGED
        if end > len(merged) and rest > 0:
            start = max(offset, len(merged))
            request = request._replace(limit=end - start, offset=MAX_MERGED + start - len(merged))
            further = self._find(request, question, sentences)
            page += [Row(hits=reports) for reports in self._statements(further, viewer)]
        answer = replace(
            found.answer,
            hits=tuple(row.hits[0] for row in page),
            rows=tuple(page),
            row_count=len(merged) + max(0, rest),
        )
        return self._shown(found, _as_page(answer, offset), offset)

    def _parse(self, text: str) -> tuple[Question | None, Sequence[str]]:
        """Return the question in a text, if any, and the sentences of a pasted text."""
        question = self.questions.parse_question(text)
        is_clear = question and question.is_clear
        return question, () if is_clear else pasted_text.sentences(text)

    def _find(
        self, request: _Request, question: Question | None, sentences: Sequence[str]
    ) -> _Found:
        query = self.parse_text(request.text, sentences, request.viewer)
        ranked = None
        if question and question.is_clear:
            ranked = self.questions.answer_question(question, request.viewer)
            query = ranked.result.query
        elif query.is_rough:
            ranked = self.questions.find_closest(query, is_pasted=bool(sentences))
        if ranked and ranked.result.query.is_rough:
            return self._found(request, query, ranked.result, sentences, ranked, question)
        result = self._search(query, request)
        if question and not ranked and not _is_exact_match(result):
            answered = self.questions.answer_question(question, request.viewer)
            if answered.result.total and answered.result.query.is_rough:
                return self._found(request, query, answered.result, (), answered, question)
        return self._found(request, query, result, sentences, ranked)

    def _found(
        self,
        request: _Request,
        query: Query,
        result: SearchResult,
        sentences: Sequence[str],
        ranked: RankedClaims | None,
        question: Question | None = None,
    ) -> _Found:
        """Say what was found: the closest claims, which `ranked` holds, to a rough query
        (`Query.min_share`) or a question; or else those that match by words, then by meaning.

        `sentences` is the pasted sentence from which the query was made, if it was.
        """
        is_closest, is_question = result.query.is_rough, bool(ranked and ranked.is_question)
        by_words = result.total
        by_meaning: Sequence[tuple[str, float]] = ()
        if not is_closest:
            by_meaning = self.meaning.find_missed_by_words(result)
        if request.by_statement and not is_closest:
            by_words = result.statements
            by_meaning = by_meaning and self._not_reported(by_meaning, result)
        took_ms = _milliseconds_since(request.start_time)
        # A query made from a pasted sentence lacks repeated words.
        read_as = str(result.query) if result.corrections or not sentences else sentences[0]
        answer = self._bare_answer(request.text, read_as, took_ms)
        if not (request.offset or (is_closest and is_question)):
            answer = self._with_articles(answer, result.query if result.corrections else query)
        answer = replace(
            answer,
            total=result.total + len(by_meaning),
            corrections=result.corrections,
            undated_left_out=answer.searched.undated if result.query.has_dates else 0,
            suggestions=result.suggestions,
            replacements=result.did_you_mean,
            other_readings=tuple(map(str, result.other_readings)),
            is_partial_match=result.query.loose,
            is_question=is_question,
            is_nearest_only=is_closest and not is_question,
        )
        if not (answer.total or answer.is_index_rebuilding):
            answer = self.empty_answers.explain(answer, query, own_first=is_closest)
        loaded = {hit.claim.id: hit for hit in ranked.hits} if ranked else {}
        ids = result.ids[request.offset :][: request.limit] if is_closest else result.ids
        candidates = [
            _Candidate(*one, one[0] in loaded and loaded[one[0]].by_meaning) for one in ids
        ]
        start = max(0, request.offset - by_words)
        further = by_meaning[start : start + request.limit - len(ids)]
        return _Found(
            answer,
            candidates + [_Candidate(*one, True) for one in further],
            total=by_words + len(by_meaning),
            highlight_query=result.highlight_query,
            readings=() if is_closest else result.readings,
            loaded=loaded,
            loose_query=result.query if is_closest or answer.is_partial_match else None,
            asks=question.asks if question else "",
        )

    def _not_reported(
        self, neighbours: Sequence[tuple[str, float]], result: SearchResult
    ) -> Sequence[tuple[str, float]]:
        """Leave out claims found by meaning that report the same as each other, or as a claim that
        was found by words."""
        reports = self.claims.reports([id_ for id_, _ in neighbours])
        matching = self._matching(result.readings, [*reports])
        seen = {reports[id_].statement for id_ in matching} - {None}
        kept = []
        for id_, cosine in neighbours:
            statement = reports[id_].statement if id_ in reports else None
            if statement not in seen:
                kept.append((id_, cosine))
            seen |= {statement} - {None}
        return kept

    def _matching(self, readings: Iterable[Query], claim_ids: Sequence[str]) -> set[str]:
        """Return those of some claims that match any reading of a query."""
        index = self.index()
        return set[str]().union(*(index.filter_ids(reading, claim_ids) for reading in readings))

    def _statements(self, found: _Found, viewer: str) -> list[tuple[Hit, ...]]:
        """Load the reports of each statement that was found, best statement first; the first report
        that matches, with the score of the best, comes before the others."""
        ids = [one.id for one in found.hits]
        hits = self.claims.reports(ids, viewer)
        others = hits.keys() - ids
        matching = {*ids} | (self._matching(found.readings, sorted(others)) if others else set())
        rows = group_by_statement(hits.values())
        groups = {hit.claim.id: row.hits for row in rows for hit in row.hits}
        shown: dict[str, tuple[Hit, ...]] = {}
        for candidate in found.hits:
            reports = groups.get(candidate.id, ())  # the index may lag behind a removal
            if reports and reports[0].claim.id not in shown:
                first = next(hit for hit in reports if hit.claim.id in matching)
                best = replace(first, score=candidate.score, by_meaning=candidate.by_meaning)
                further = (hit for hit in reports if hit is not first)
                shown[reports[0].claim.id] = (best, *further)
        firsts = self.roles.add(
            (reports[0] for reports in shown.values()), found.highlight_query.speakers
        )
        return [(first, *rest) for first, (_, *rest) in zip(firsts, shown.values(), strict=True)]

    def _merge(self, statements: Sequence[tuple[Hit, ...]]) -> list[Row]:
        """Merge the statements whose first reports are in one sentence into rows, at the position
        of the best of them."""
        firsts = [reports[0] for reports in statements]
        places = Counter((hit.claim.article_id, hit.claim.paragraph) for hit in firsts)
        # Only claims of one paragraph can share a sentence, so only their passages are needed.
        beside = [hit for hit in firsts if places[hit.claim.article_id, hit.claim.paragraph] > 1]
        with_passage = {hit.claim.id: hit for hit in beside and self.claims.with_passages(beside)}
        groups = group_by_sentence([with_passage.get(hit.claim.id) for hit in firsts])
        rows = [[Row(hits=statements[index]) for index in group] for group in groups]
        return [replace(first, same_sentence=tuple(others)) for first, *others in rows]

    def _load(
        self, found: Iterable[_Candidate], loaded: Mapping[str, Hit], viewer: str
    ) -> tuple[Hit, ...]:
        candidates = {one.id: one for one in found}
        hits = {
            **loaded,
            **self.claims.by_id([id_ for id_ in candidates if id_ not in loaded], viewer),
        }
        return tuple(
            replace(hits[id_], score=one.score, by_meaning=one.by_meaning)
            for id_, one in candidates.items()
            if id_ in hits  # the index may lag behind a removal
        )

    def _shown(self, found: _Found, answer: Answer, offset: int) -> Answer:
        """Highlight the words of a query on a page of its answer, and say above the first page
        which of them its claims lack."""
        highlight = self.highlighter(found.highlight_query)
        answer = highlight_answer(answer, highlight, self._complete)
        if offset or not found.loose_query:
            return answer
        hits = [hit for row in answer.rows for hit in row.shown_hits] or answer.hits
        texts = self.archive.texts({hit.article.id for hit in hits})
        stems = {article_id: article_stems(text) for article_id, (text, _) in texts.items()}
        return with_missing_words(answer, hits, found.loose_query, stems, found.asks)

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
                if _is_within(span, hit.passage.content)
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
        query = replace(parse(text, self.now().astimezone().date()), viewer=viewer)
        aliases = self.printed_names.aliases_for
        return replace(query, speaker_aliases=aliases(query.speakers)) if query.speakers else query

    def _search(self, query: Query, request: _Request) -> SearchResult:
        """Search the index; if a speaker's name was corrected, include its aliases."""
        find = self.index().find_statements if request.by_statement else self.index().find
        result = find(query, request.limit, request.offset)
        if result.total and not (result.corrections or result.query.loose):
            return result
        named, names = self._correct_names(query)
        if named != query:
            result = find(named, request.limit, request.offset)
        if named.exact and not query.exact:
            return replace(result, query=query)
        if not result.total and (reading := self._read_as_name(query, result.did_you_mean)):
            pairs = (" ".join(query.words), " ".join(reading.words))
            return replace(find(reading, request.limit, request.offset), corrections=(pairs,))
        if names:
            return replace(result, corrections=(*names, *result.corrections))
        if result.query.speakers == query.speakers:
            return result
        if not (aliases := self.printed_names.aliases_for(result.query.speakers)):
            return result
        corrected = replace(result.query, speaker_aliases=aliases)
        with_aliases = find(corrected, request.limit, request.offset)
        return replace(with_aliases, corrections=result.corrections)

    def _correct_names(self, query: Query) -> tuple[Query, list[tuple[str, str]]]:
        """Correct each name after `by:` that nobody has, if one speaker is nearest. If several
        are as near, the query finds nothing, so that all are offered."""
        corrections: list[tuple[str, str]] = []
        for name in () if query.exact else query.speakers:
            typed = Query(speakers=(name,), exact=True, viewer=query.viewer)
            typed = replace(typed, speaker_aliases=self.printed_names.aliases_for([name]))
            if self.index().find(typed, 1).total or not (near := self.printed_names.near(name)):
                continue
            meant = surely_meant(name, near)
            if meant is None:
                return replace(query, exact=True), []
            corrections.append((name, meant))
        if corrections:
            meant_names = dict(corrections)
            speakers = tuple(meant_names.get(name, name) for name in query.speakers)
            aliases = self.printed_names.aliases_for(speakers)
            query = replace(query, speakers=speakers, speaker_aliases=aliases)
        return query, corrections

    def _read_as_name(self, query: Query, offers: Sequence[str]) -> Query | None:
        """Return the query that is offered for one of nothing but words, if it names the only
        speaker whom these words may mean."""
        typed = " ".join(query.words)
        if not offers or not 1 < len(query.words) <= MAX_NAME_WORDS:
            return None
        if not (meant := surely_meant(typed, self.printed_names.near(typed))):
            return None
        for offer in offers:
            reading = self.parse_text(offer, (), query.viewer)
            if {*fold_name(" ".join(reading.words))} <= {*fold_name(meant)}:
                return reading
        return None

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

    def _answer_passage(self, request: _Request, sentences: Sequence[str]) -> Answer:
        text, viewer = request.text, request.viewer
        searched_sentences = sentences[:MAX_SENTENCES]
        matched_sentences = self._match_sentences(searched_sentences, viewer)
        matched_texts = {entry.sentence for entry in matched_sentences}
        took_ms = _milliseconds_since(request.start_time)
        page = matched_sentences[request.offset :][: request.limit]
        sections = tuple(self._section(matched, viewer) for matched in page)
        hits: dict[str, Hit] = {}
        for section in sections:
            for hit in section.hits:
                hits.setdefault(hit.claim.id, hit)
        answer = self._bare_answer(text, " ".join(sentences), took_ms)
        headline_query = replace(pasted_text.sentence_query(text), viewer=viewer)
        answer = self._with_articles(answer, headline_query)
        return replace(
            answer,
            total=len(matched_sentences),
            hits=tuple(hits.values()),
            sections=sections,
            sentences_left_out=max(0, len(sentences) - MAX_SENTENCES),
            unmatched_sentences=tuple(
                sentence for sentence in searched_sentences if sentence not in matched_texts
            ),
        )

    def _section(self, matched: _MatchedSentence, viewer: str) -> Section:
        hits = self.claims.make_hits(
            matched.result.ids, by_meaning=matched.by_meaning, viewer=viewer
        )
        highlight = self.highlighter(matched.result.highlight_query)
        highlighted = map(highlight, self._complete(hits))
        return Section(sentence=matched.sentence, hits=tuple(highlighted))

    def _match_sentences(self, sentences: Sequence[str], viewer: str) -> list[_MatchedSentence]:
        """Return the sentences that claims match, by words or else by meaning, best first."""
        by_words: list[_MatchedSentence] = []
        unmatched: list[tuple[str, SearchResult]] = []
        for sentence in sentences:
            query = replace(pasted_text.sentence_query(sentence), viewer=viewer)
            result = self.index().find(query, CLAIMS_PER_SENTENCE)
            if result.ids:
                by_words.append(_MatchedSentence(sentence, result))
            else:
                unmatched.append((sentence, result))
        unmatched_texts = [sentence for sentence, _ in unmatched]
        neighbour_lists = self.meaning.find_for_sentences(unmatched_texts, CLAIMS_PER_SENTENCE)
        by_meaning = [
            _MatchedSentence(sentence, replace(result, ids=neighbours), by_meaning=True)
            for (sentence, result), neighbours in zip(unmatched, neighbour_lists, strict=True)
            if neighbours
        ]
        return sorted(
            [*by_words, *by_meaning],
            key=lambda entry: (entry.by_meaning, -_word_score(entry.result)),
        )

    def _bare_answer(self, text: str, read_as: str, took_ms: float) -> Answer:
        """Return an answer that only says what was asked and what was searched."""
        store_id, seq, coverage = self.archive.search_state()
        state = self.index().searched_state
        if state is None or state.store != store_id or state.seq < seq:
            state = self.index().state  # it may have caught up within the last second
        is_rebuilding = state is None or state.store != store_id
        return Answer(
            query=text,
            read_as=read_as,
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
        return to_query(fields, self.now().astimezone().date())

    def form_from_query(self, query: str, outlets: Sequence[str]) -> Fields:
        """Return the search form's fields for a query; the form offers these `outlets`."""
        return from_query(query, outlets, self.now().astimezone().date())


def highlight_answer(
    answer: Answer, highlight: Callable[[Hit], Hit], complete: Callable[[Iterable[Hit]], list[Hit]]
) -> Answer:
    """Highlight the query's words in the claims of an answer that are shown.

    Only these are completed, with their passages and disputes: that takes as long as the search.
    """
    merged = (hit for row in answer.rows if row.same_sentence for hit in row.shown_hits)
    by_id = {hit.claim.id: hit for hit in complete((*answer.hits, *merged))}
    for row in answer.rows:
        if row.same_sentence:
            same_sentence = with_one_passage([by_id[hit.claim.id] for hit in row.shown_hits])
            by_id |= {hit.claim.id: hit for hit in same_sentence}
    highlighted = {claim_id: highlight(hit) for claim_id, hit in by_id.items()}

    def highlight_row(row: Row) -> Row:
        return Row(
            hits=tuple(highlighted.get(hit.claim.id, hit) for hit in row.hits),
            same_sentence=tuple(map(highlight_row, row.same_sentence)),
        )

    return replace(
        answer,
        hits=tuple(highlighted[hit.claim.id] for hit in answer.hits),
        rows=tuple(map(highlight_row, answer.rows)),
    )


def _word_score(result: SearchResult) -> float:
    """Return how well the best claim covers a text's words, weighted by their informativeness."""
    return result.ids[0][1] * sum(result.weights.values())


def _as_page(answer: Answer, offset: int) -> Answer:
    """Return a page of an answer; only the first one shows articles."""
    return replace(answer, articles=(), has_more_articles=False) if offset else answer


def _is_within(span: Span, spans: Spans) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _milliseconds_since(start_time: float) -> float:
    return (time.perf_counter() - start_time) * 1000


def _ref_order_key(claim: Claim) -> tuple[float, str]:
    """Return the sort key among claims with equal scores: a numeric `ref`, then the id."""
    ref = str(claim.ref)
    return float(ref) if ref.isdecimal() else math.inf, claim.id


def _is_exact_match(result: SearchResult) -> bool:
    return bool(result.total) and not result.corrections and not result.query.loose
