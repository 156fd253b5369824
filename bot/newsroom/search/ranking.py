"""Find the claims that answer a query, by words and by meaning, best first."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot import store
from bot.model import Claim, Hit
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.meaning import MIN_COSINE, MIN_SENTENCE_COSINE, ClaimVectors
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.questions.answers import AnswerScorer, PrintedContext, nearby_stems
from bot.search import Query, SearchResult, parse
from bot.search.forms import Stems, stems_and_pairs
from bot.search.meaning.opposites import can_be_contradicted, contradicts
from bot.search.tokenized import negates
from bot.search.word_weights import is_keywords
from bot.speakers.slips import MAX_WORDS as MAX_NAME_WORDS
from bot.speakers.slips import surely_meant
from bot.speakers.spelling import fold_name

MAX_CANDIDATES = 50
"""The most claims that are scored: those with most of the words, and those nearest in meaning."""
MAX_ANSWERS = 15
"""The most claims that are shown if none needs all the words: the best few answer a question."""
MAX_NEIGHBOURS = 10
"""The most claims found by meaning alone that follow those found by words."""

_MIN_RELATIVE_COVERAGE = 0.5
"""The smallest coverage of an answer, as a fraction of the best answer's."""
_NEARLY_BEST_RATIO = 0.96
"""If answers are sorted by date, those with at least this fraction of the best score come first."""
_MEANING_WEIGHT = 0.15
"""The weight of meaning relative to words."""
_MIN_SCORED_COSINE = 0.3
"""A cosine up to this adds nothing to the score."""
_MIN_COVERAGE_OF_SPEAKER = 0.02
"""The smallest coverage of an answer if the query names the speaker. A cosine of
_MIN_SCORED_COSINE is then enough, too."""


class Page(NamedTuple):
    """The best `limit` claims after `offset`, or the best claim of each of so many statements."""

    limit: int
    offset: int = 0
    by_statement: bool = False


class Ranked(NamedTuple):
    """A page of the claims that answer a query, best first, as (id, score, found by meaning only).

    `total` counts all of them, `length` the claims or statements that are paged. `score` is about 1
    if the best has all that was asked for. `loaded` are claims that were read to rank them.
    """

    result: SearchResult
    page: Sequence[tuple[str, float, bool]]
    total: int
    length: int
    score: float
    loaded: Sequence[Hit] = ()


@dataclass(eq=False, repr=False, kw_only=True)
class Ranking:
    """Finds the claims that answer a query, and ranks them."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    vectors: ClaimVectors

    def rank(
        self, query: Query, page: Page, *, tokens: Sequence[str] = (), is_pasted: bool = False
    ) -> Ranked:
        """Return a page of the claims that answer a query.

        Those with all its words come before those with its meaning. If it requires no word
        (`Query.min_share`), all are ranked by what is printed around them, too; `tokens` are then
        the words of its question, if it is one, and a sentence that `is_pasted` says by its words
        which are near.
        """
        if query.is_rough:
            return self._rank_closest(query, page, tokens, is_pasted=is_pasted)
        result = self._search(query, page)
        further: Sequence[tuple[str, float]] = self._missed_by_words(result)
        by_words = result.total
        if page.by_statement:
            by_words, further = result.statements, further and self._not_reported(further, result)
        start = max(0, page.offset - by_words)
        by_meaning = further[start : start + page.limit - len(result.ids)]
        is_exact = result.total and not result.corrections and not result.query.loose
        return Ranked(
            result,
            [*((*one, False) for one in result.ids), *((*one, True) for one in by_meaning)],
            total=result.total + len(further),
            length=by_words + len(further),
            score=float(bool(is_exact)),
        )

    # -- claims that need not have all words

    def _rank_closest(
        self, query: Query, page: Page, tokens: Sequence[str], *, is_pasted: bool
    ) -> Ranked:
        if query.speakers:
            query = replace(query, speaker_aliases=self.printed_names.aliases_for(query.speakers))
        index = self.index()
        find = index.find_candidates if query.words else index.find
        result = find(query, MAX_CANDIDATES)
        if is_pasted and result.ids:
            best = result.ids[0][1]
            near = [one for one in result.ids if one[1] >= _MIN_RELATIVE_COVERAGE * best]
            result = replace(result, ids=tuple(near))
        if result.weights:
            scorer = AnswerScorer(result, tokens or query.words)
            hits = _sorted_hits(self._score(query, result, scorer), query.sort)[:MAX_ANSWERS]
        else:
            hits = [*self.claims.make_hits(result.ids, viewer=query.viewer)]
        shown = {hit.claim.id: hit for hit in hits}
        if page.by_statement:
            by_statement = {hit.statement or hit.claim.id: hit for hit in reversed(hits)}
            best_ids = {hit.claim.id for hit in by_statement.values()}
            shown = {id_: hit for id_, hit in shown.items() if id_ in best_ids}
        ids = tuple((hit.claim.id, hit.score) for hit in hits)
        return Ranked(
            replace(result, total=len(ids), ids=ids),
            [(id_, one.score, one.by_meaning) for id_, one in shown.items()][
                page.offset : page.offset + page.limit
            ],
            total=len(ids),
            length=len(shown),
            score=max((hit.score for hit in hits), default=0.0),
            loaded=hits,
        )

    def _score(self, query: Query, result: SearchResult, scorer: AnswerScorer) -> list[Hit]:
        """Score the claims that words or meaning find, leaving out those that match too little."""
        is_sentence = not is_keywords(query.words)
        min_coverage = result.min_share
        min_cosine = MIN_SENTENCE_COSINE if is_sentence else MIN_COSINE
        if query.speakers and not is_sentence:
            min_coverage, min_cosine = _MIN_COVERAGE_OF_SPEAKER, _MIN_SCORED_COSINE
        word_scores, words = dict(result.ids), " ".join(result.query.words)
        cosines = dict(
            self.vectors.find_nearest(words, replace(result.query, words=()), MAX_CANDIDATES)
        )
        claim_ids = [
            claim_id
            for claim_id in dict.fromkeys((*word_scores, *cosines))
            if not is_sentence
            or word_scores.get(claim_id, 0.0) >= result.min_share
            or cosines.get(claim_id, 0.0) >= min_cosine
        ]
        hits = list(self.claims.by_id(claim_ids, query.viewer).values())
        if query.not_stances:
            hits = [hit for hit in hits if not _is_opposite(words, hit.claim)]
        matches = []
        for hit, context in self._with_contexts(hits):
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

    # -- claims that match by meaning only

    def _missed_by_words(self, result: SearchResult) -> Sequence[tuple[str, float]]:
        """Return claims that match a query by meaning only, with their cosines, nearest first.

        Meaning replaces only the plain words of the query; claims must still match its phrases,
        names, dates and other filters, and must not say the opposite, whose vectors are as near.
        Empty for exact queries, results sorted by date, and single letters, which have no meaning.
        """
        query = result.query
        if query.exact or query.sort != "best" or all(len(word) == 1 for word in query.words):
            return ()
        text, filters = " ".join(query.words), replace(query, words=())
        near = self.vectors.find_nearest(text, filters, MAX_CANDIDATES, min_cosine=MIN_COSINE)
        found = self.matching(result.readings, [one.claim_id for one in near]) if near else set()
        near = [one for one in near if one.claim_id not in found]
        if near and can_be_contradicted(text):
            claims = self.archive.claims_by_id([one.claim_id for one in near])
            opposite = {id_ for id_, row in claims.items() if _is_opposite(text, row.claim)}
            near = [one for one in near if one.claim_id not in opposite]
        return near[:MAX_NEIGHBOURS]

    def _not_reported(
        self, near: Sequence[tuple[str, float]], result: SearchResult
    ) -> Sequence[tuple[str, float]]:
        """Leave out claims found by meaning that report the same as each other, or as a claim that
        was found by words."""
        reports = self.claims.reports([id_ for id_, _ in near])
        matching = self.matching(result.readings, [*reports])
        seen = {reports[id_].statement for id_ in matching} - {None}
        kept = []
        for id_, cosine in near:
            statement = reports[id_].statement if id_ in reports else None
            if statement not in seen:
                kept.append((id_, cosine))
            seen |= {statement} - {None}
        return kept

    def matching(self, readings: Iterable[Query], claim_ids: Sequence[str]) -> set[str]:
        """Return those of some claims that match any reading of a query."""
        index = self.index()
        return set[str]().union(*(index.filter_ids(reading, claim_ids) for reading in readings))

    # -- names that nobody has as typed

    def _search(self, query: Query, page: Page) -> SearchResult:
        """Search the index; if a speaker's name was corrected, include its aliases."""
        index = self.index()
        search = index.find_statements if page.by_statement else index.find

        def find(asked: Query) -> SearchResult:
            return search(asked, page.limit, page.offset)

        result = find(query)
        if result.total and not (result.corrections or result.query.loose):
            return result
        named, names = self._correct_names(query)
        if named != query:
            result = find(named)
        if named.exact and not query.exact:
            return replace(result, query=query)
        if not result.total and (reading := self._read_as_name(query, result.did_you_mean)):
            pairs = (" ".join(query.words), " ".join(reading.words))
            return replace(find(reading), corrections=(pairs,))
        if names:
            return replace(result, corrections=(*names, *result.corrections))
        if result.query.speakers == query.speakers:
            return result
        if not (aliases := self.printed_names.aliases_for(result.query.speakers)):
            return result
        with_aliases = find(replace(result.query, speaker_aliases=aliases))
        return replace(with_aliases, corrections=result.corrections)

    def _correct_names(self, query: Query) -> tuple[Query, list[tuple[str, str]]]:
        """Correct each name after `by:` that nobody has, if one speaker is nearest. If several
        are as near, the query finds nothing, so that all are offered."""
        meant_names: dict[str, str] = {}
        aliases = self.printed_names.aliases_for
        for name in () if query.exact else query.speakers:
            typed = Query(speakers=(name,), exact=True, viewer=query.viewer)
            typed = replace(typed, speaker_aliases=aliases([name]))
            if self.index().find(typed, 1).total or not (near := self.printed_names.near(name)):
                continue
            meant = surely_meant(name, near)
            if meant is None:
                return replace(query, exact=True), []
            meant_names[name] = meant
        if meant_names:
            speakers = tuple(meant_names.get(name, name) for name in query.speakers)
            query = replace(query, speakers=speakers, speaker_aliases=aliases(speakers))
        return query, [*meant_names.items()]

    def _read_as_name(self, query: Query, offers: Sequence[str]) -> Query | None:
        """Return the query that is offered for one of nothing but words, if it names the only
        speaker whom these words may mean."""
        typed = " ".join(query.words)
        if not offers or not 1 < len(query.words) <= MAX_NAME_WORDS:
            return None
        if not (meant := surely_meant(typed, self.printed_names.near(typed))):
            return None
        for offer in offers:
            reading = replace(parse(offer, date.max), viewer=query.viewer)
            if {*fold_name(" ".join(reading.words))} <= {*fold_name(meant)}:
                return reading
        return None


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
    is_denied = claim.stance == "denied" and not claim.negative
    return can_be_contradicted(words) and contradicts(words, text, is_denied=is_denied)


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
