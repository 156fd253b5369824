"""Answer questions: choose the reading that finds the best answer, and rank the claims it finds."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot import questions, store
from bot.model import ANYONE, Claim, Hit
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.meaning import MIN_COSINE, MIN_SENTENCE_COSINE, ClaimVectors
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.questions.answers import AnswerScorer, PrintedContext, nearby_stems
from bot.search import Query, SearchIndex, SearchResult
from bot.search.forms import Stems, stems_and_pairs
from bot.search.meaning.opposites import can_be_contradicted, contradicts
from bot.search.tokenized import negates
from bot.search.word_weights import is_keywords

MAX_CANDIDATES = 50
"""The most claims that are scored: those with most of the words, and those nearest in meaning."""
MAX_ANSWERS = 15
"""The most claims that are shown: the best few answer a question."""

_MIN_RELATIVE_COVERAGE = 0.5
"""The smallest coverage of an answer, as a fraction of the best answer's."""
_GOOD_SCORE = 1.0
"""If a reading reaches this score, later readings of the question are not tried."""
_READING_PENALTY = 0.15
"""The score that each reading of a question loses against the one before it."""
_DATE_AS_WORDS_PENALTY = 0.3
"""The score that a reading loses if it searches for a date's words: any "March" matches them."""
_NEARLY_BEST_RATIO = 0.96
"""If answers are sorted by date, those with at least this fraction of the best score come first."""
_MEANING_WEIGHT = 0.15
"""The weight of meaning relative to words."""
_MIN_SCORED_COSINE = 0.3
"""A cosine up to this adds nothing to the score."""
_MIN_COVERAGE_OF_SPEAKER = 0.02
"""The smallest coverage of an answer if the question names the speaker. A cosine of
_MIN_SCORED_COSINE is then enough, too."""


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


@dataclass(frozen=True)
class RankedClaims:
    """The claims that answer a question or a rough query, best first.

    `hits` are those of `result`, if they were loaded; some may be found by meaning alone.
    """

    result: SearchResult
    hits: Sequence[Hit] = ()
    is_question: bool = False

    @property
    def best_score(self) -> float:
        """The score of the best claim."""
        return max((score for _, score in self.result.ids), default=0.0)


@dataclass(eq=False, repr=False, kw_only=True)
class Questions:
    """Answers questions and rough queries."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    vectors: ClaimVectors
    now: Clock

    def parse_question(self, text: str) -> questions.Question | None:
        """Parse a question; None if the text is not one."""
        today = self.now().astimezone().date()
        return questions.parse_question(text, _IndexLookup(self.index()), today)

    def answer_question(self, question: questions.Question, viewer: str = ANYONE) -> RankedClaims:
        """Return the claims of the reading whose best claim scores highest.

        Earlier readings are preferred. If none finds anything, queries that do are suggested.
        """
        answers: list[RankedClaims] = []
        for reading in question.readings:
            ranked = self.find_closest(replace(reading, viewer=viewer), question.tokens)
            answers.append(replace(ranked, is_question=True))
            if ranked.best_score >= _GOOD_SCORE:
                break
        names_date = question.readings[0].has_dates
        scores = [
            (answer.best_score - _penalty(index, answer.result.query, names_date), answer)
            for index, answer in enumerate(answers)
            if answer.result.total
        ]
        if scores:
            return max(scores, key=lambda scored: scored[0])[1]
        first = answers[0]
        suggestions = dict.fromkeys(map(str, self._suggestions(answers[-1].result.query)))
        return replace(first, result=replace(first.result, suggestions=tuple(suggestions)))

    def find_closest(
        self, query: Query, tokens: Sequence[str] = (), *, is_pasted: bool = False
    ) -> RankedClaims:
        """Return the claims closest to a query, ranked by how well they answer it.

        `tokens` are the words of the question from which the query was made, if any; otherwise it
        may have been made from a sentence that `is_pasted`.
        """
        if query.speakers:
            query = replace(query, speaker_aliases=self.printed_names.aliases_for(query.speakers))
        if not query.is_rough or not query.words:
            return RankedClaims(self.index().find(query, MAX_CANDIDATES))
        result = self.index().find_candidates(query, MAX_CANDIDATES)
        if not result.weights:
            return RankedClaims(result)
        if is_pasted and result.ids:
            # The words of a sentence say which claims are near.
            best = result.ids[0][1]
            near = [one for one in result.ids if one[1] >= _MIN_RELATIVE_COVERAGE * best]
            result = replace(result, ids=tuple(near))
        hits = self._score(query, result, AnswerScorer(result, tokens or query.words))
        ranked = _sorted_hits(hits, query.sort)[:MAX_ANSWERS]
        ids = tuple((hit.claim.id, hit.score) for hit in ranked)
        return RankedClaims(replace(result, total=len(ids), ids=ids), ranked)

    def _score(self, query: Query, result: SearchResult, scorer: AnswerScorer) -> list[Hit]:
        """Score the claims that words or meaning find, leaving out those that match too little."""
        is_sentence = not is_keywords(query.words)
        min_coverage = result.min_share
        min_cosine = MIN_SENTENCE_COSINE if is_sentence else MIN_COSINE
        if query.speakers and not is_sentence:
            min_coverage, min_cosine = _MIN_COVERAGE_OF_SPEAKER, _MIN_SCORED_COSINE
        word_scores = dict(result.ids)
        cosines = dict(self._nearest_in_meaning(result.query))
        claim_ids = [
            claim_id
            for claim_id in dict.fromkeys((*word_scores, *cosines))
            if not is_sentence
            or word_scores.get(claim_id, 0.0) >= result.min_share
            or cosines.get(claim_id, 0.0) >= min_cosine
        ]
        matches = []
        for hit, context in self._with_contexts(self._without_opposites(result.query, claim_ids)):
            word_score = word_scores.get(hit.claim.id, 0.0)
            cosine = cosines.get(hit.claim.id, 0.0)
            coverage = scorer.coverage(context)
            meaning_score = _MEANING_WEIGHT * max(0.0, cosine - _MIN_SCORED_COSINE)
            matches_words = (
                word_score >= result.min_share if is_sentence else coverage >= min_coverage
            )
            if matches_words or cosine >= min_cosine:
                hit = replace(hit, by_meaning=not matches_words)
                matches.append((hit, context, coverage, word_score, meaning_score))
        # Compared by coverage, not by score: the score depends on the question's own words, and a
        # question and the query that it is read as must find the same claims.
        best = max((coverage + meaning for *_, coverage, _, meaning in matches), default=0.0)
        return [
            replace(hit, score=scorer.score(coverage, word, hit.claim, context) + meaning)
            for hit, context, coverage, word, meaning in matches
            if coverage + meaning >= _MIN_RELATIVE_COVERAGE * best
        ]

    def _without_opposites(self, query: Query, claim_ids: Sequence[str]) -> list[Hit]:
        hits = list(self.claims.by_id(claim_ids, query.viewer).values())
        if not query.not_stances:
            return hits
        words = " ".join(query.words)
        return [hit for hit in hits if not _is_opposite(words, hit.claim)]

    def _with_contexts(self, hits: Sequence[Hit]) -> Iterator[tuple[Hit, PrintedContext]]:
        """Yield each hit with its context in its article."""
        texts = self.archive.texts({hit.claim.article_id for hit in hits if hit.claim.spans})
        for hit in hits:
            claim = hit.claim
            sentences, paragraph, stems = "", "", frozenset[Stems]()
            if claim.spans and claim.article_id in texts:
                text, paragraphs = texts[claim.article_id]
                starts = [start for start, _ in paragraphs]
                index = bisect.bisect_right(starts, claim.spans[0][0]) - 1
                paragraph = text[paragraphs[max(0, index - 1)][0] : paragraphs[index][1]]
                if passage := passage_in(text, paragraphs, claim):
                    sentences = f"{passage.text} {passage.introduction or ''}"
                stems = article_stems(text)
            nearby = nearby_stems(hit, sentences, paragraph)
            yield hit, PrintedContext(sentences, paragraph, nearby, stems)

    def _nearest_in_meaning(self, query: Query) -> Iterator[tuple[str, float]]:
        """Yield the claims nearest in meaning to a query's words that match its other parts."""
        words, others = " ".join(query.words), replace(query, words=())
        yield from self.vectors.find_nearest(words, others, MAX_CANDIDATES)

    def _suggestions(self, query: Query) -> Iterator[Query]:
        same_speaker = replace(query, words=(), min_share=0.0, stances=(), sort="new")
        same_topic = replace(query, speakers=(), speaker_aliases=(), stances=())
        topic_only = replace(same_topic, features=(), not_stances=())
        for candidate in (same_speaker, same_topic, topic_only):
            is_new = candidate != query and (candidate.speakers or candidate.words)
            if is_new and self.find_closest(candidate).result.total:
                yield candidate


def _penalty(index: int, reading: Query, names_date: bool) -> float:
    """Return what a reading's score loses: for each reading before it, and for taking a date that
    the question names for words."""
    takes_date_for_words = names_date and not reading.has_dates
    return _READING_PENALTY * index + _DATE_AS_WORDS_PENALTY * takes_date_for_words


@lru_cache(maxsize=128)
def article_stems(text: str) -> frozenset[Stems]:
    """Return the stem sequences of an article, cached for the other readings of a question."""
    return stems_and_pairs(text)


def _is_opposite(words: str, claim: Claim) -> bool:
    """Whether a claim says the opposite of a query's words.

    The negation may concern the cue: "apologised" does not answer "who did not apologise".
    """
    has_negated_cue = any(map(negates, words.split())) and not claim.negative
    text = f"{claim.cue or ''} {claim.text}" if has_negated_cue else claim.text
    return can_be_contradicted(words) and contradicts(words, text)


def _sorted_hits(hits: list[Hit], sort: str) -> list[Hit]:
    """Sort hits, best first.

    If `sort` is by date, those that score nearly as well as the best come first, sorted by date.
    """
    best = sorted(hits, key=lambda hit: (-hit.score, hit.claim.id))
    if sort == "best" or not best:
        return best
    nearly_best = [hit for hit in best if hit.score >= best[0].score * _NEARLY_BEST_RATIO]
    dated_hits = [hit for hit in nearly_best if hit.article.published_on]
    dated_hits.sort(key=lambda hit: hit.article.published_on or date.min, reverse=sort == "new")
    undated_hits = [hit for hit in nearly_best if not hit.article.published_on]
    return [*dated_hits, *undated_hits, *best[len(nearly_best) :]]
