"""Questions: which reading of one finds the best answer, and the claims that answer it."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot import questions, store
from bot.model import Claim, Hit
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.meaning import MIN_COSINE, MIN_SENTENCE_COSINE, ClaimVectors
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.questions.answers import AnswerScorer, PrintedContext, WordShare, denies, stem_runs
from bot.search import Query, SearchIndex, SearchResult
from bot.search.forms import Run
from bot.search.meaning.opposites import contradicts, has_antonym
from bot.search.tokenized import negates
from bot.search.word_weights import is_keywords

MAX_CANDIDATES, MAX_ANSWERS = 50, 15
"""Claims that hold most of a question's words, or are nearest in meaning, and how many of these are
shown at most: what a person asks the best ones answer."""
_HALF = 0.5
"""Of the most that a claim tells of the words, which the others do at least."""
_GOOD = 1.0
"""A score from which no further reading of a question is tried."""

_FLOOR_BY = 0.02
"""The least share of a question's words that an answer has, where it is known by whom."""
_NEARLY = 0.96
"""Of the best answer's score; where the newest are asked for, they are those among the nearly as
good."""
_LATER = 0.15
"""How much less each further reading of a question counts than the one before it."""
_IN_ARTICLE = 0.2
"""The part of itself that a word counts which stands elsewhere in the article."""
_MEANT, _NEAR = 0.15, 0.3
"""How much meaning counts beside words, and the least cosine that counts: enough by itself where it
is known by whom."""


@dataclass(frozen=True)
class _Archive:
    """What the index knows of a question's words."""

    index: SearchIndex

    def speaker(self, name: str, *, forgiving: bool = False) -> str | None:
        """The name by which claims are by whom a question names so, or nothing."""
        if forgiving:
            found = self.index.find(Query(by=(name,)), 1)
        else:
            found = self.index.find(Query(by=(name,), exact=True), 1)
        return found.read.by[0] if found.total else None

    def named(self, by: str) -> tuple[str, ...]:
        """The names of the people and bodies whose claims are by whom a name or role means."""
        return tuple(one.value for one in self.index.facets(Query(by=(by,), exact=True)).speaker)

    def is_held(self, word: str) -> bool:
        """Whether any claim holds a word."""
        return self.index.find(Query(words=(word,), exact=True), 1).total > 0


class _Weighed(NamedTuple):
    """A claim with its score, how much of the words' telling it has, and whether it is close by its
    meaning alone."""

    hit: Hit
    told: float
    is_meant: bool


@dataclass(frozen=True)
class RankedClaims:
    """A query of whose words most will do, the claims that answer it, best first, and those of
    them that were found by their meaning alone."""

    found: SearchResult
    found_by_meaning: frozenset[str] = frozenset()
    is_question: bool = False

    @property
    def best_score(self) -> float:
        """The score of the best claim."""
        return max((score for _, score in self.found.ids), default=0.0)


@dataclass(eq=False, repr=False, kw_only=True)
class Questions:
    """Answer questions, and queries of whose words most will do."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    vectors: ClaimVectors

    def parse_question(self, text: str) -> questions.Question | None:
        """Read a question; None where a text is none."""
        return questions.read(text, _Archive(self.index()))

    def answer_question(self, question: questions.Question) -> RankedClaims:
        """The reading whose best claim answers best; an earlier one is likelier to be meant."""
        read: list[RankedClaims] = []
        for one in question.readings:
            read.append(replace(self.find_closest(one, question.tokens), is_question=True))
            if read[-1].best_score >= _GOOD:
                break
        found = [ranked for ranked in enumerate(read) if ranked[1].found.total]
        best = (
            min(found, key=lambda one: _LATER * one[0] - one[1].best_score)[1] if found else read[0]
        )
        if best.found.total:
            return best
        nearer = tuple(dict.fromkeys(map(str, self._nearer(read[-1].found.read))))
        return replace(best, found=replace(best.found, suggestions=nearer))

    def find_closest(self, query: Query, tokens: Sequence[str] = ()) -> RankedClaims:
        """The claims that come closest to a query, of those that hold anything of it: by how well
        they answer it, or the question of which these are the words."""
        if query.by:
            query = replace(query, also_by=self.printed_names.aliases_for(query.by))
        if not query.roughly or not query.words:
            return RankedClaims(self.index().find(query, MAX_CANDIDATES))
        found = self.index().candidates(query, MAX_CANDIDATES)
        if not found.weights:
            return RankedClaims(found)
        near = dict(self._near_in_meaning(found.read))
        hits = self._asserting(found, near)
        is_message = not is_keywords(query.words)
        floor, closest = found.floor, MIN_SENTENCE_COSINE if is_message else MIN_COSINE
        if query.by and not is_message:
            floor, closest = _FLOOR_BY, _NEAR
        by_words = dict(found.ids)
        asked = AnswerScorer(found, tokens or query.words)
        answers: list[_Weighed] = []
        for hit, printed in self._printed(hits):
            claim = hit.claim.id
            said, share = by_words.get(claim, 0.0), asked.share(hit, printed)
            cosine = near.get(claim, 0.0)
            meant = _MEANT * max(0.0, cosine - _NEAR)
            told = _told(share)
            is_close = said >= found.floor if is_message else told >= floor
            if is_close or cosine >= closest:
                score = asked.score(share, said, hit, printed) + meant
                answers.append(_Weighed(replace(hit, score=score), told + meant, not is_close))
        # The same claims for a question and for the query that it is read as, in whatever order.
        least = max((one.told for one in answers), default=0.0) * _HALF
        good = [one.hit for one in answers if one.told >= least]
        ranked = _in_order(good, query.sort)[:MAX_ANSWERS]
        ids = tuple((hit.claim.id, hit.score) for hit in ranked)
        by_meaning = frozenset(one.hit.claim.id for one in answers if one.is_meant)
        return RankedClaims(replace(found, total=len(ids), ids=ids), by_meaning)

    def _asserting(self, found: SearchResult, near: Mapping[str, float]) -> list[Hit]:
        """The claims that words or meaning found, without those that say the opposite where no
        denial is asked for."""
        rows = self.claims.by_id([*dict.fromkeys((*dict(found.ids), *near))])
        hits = [Hit(claim=claim, article=card, score=0.0) for claim, card in rows.values()]
        if not found.read.not_stances:
            return hits
        asked = " ".join(found.read.words)
        return [hit for hit in hits if not _is_opposite(asked, hit.claim)]

    def _printed(self, hits: Sequence[Hit]) -> Iterator[tuple[Hit, PrintedContext]]:
        """Hits with what their articles print of them."""
        texts = self.archive.texts({hit.claim.article_id for hit in hits if hit.claim.spans})
        articles = {article: _article_runs(text) for article, (text, _) in texts.items()}
        for hit in hits:
            article = hit.claim.article_id
            if not hit.claim.spans or article not in texts:
                yield hit, PrintedContext("", "", frozenset())
                continue
            text, lines = texts[article]
            at = bisect.bisect_right([start for start, _ in lines], hit.claim.spans[0][0]) - 1
            paragraph = text[lines[max(0, at - 1)][0] : lines[at][1]]
            passage = passage_in(text, lines, hit.claim)
            sentences = f"{passage.text} {passage.introduction or ''}" if passage else ""
            yield hit, PrintedContext(sentences, paragraph, articles[article])

    def _near_in_meaning(self, query: Query) -> Iterator[tuple[str, float]]:
        """The claims nearest in meaning to the words of a query that meet the rest of it."""
        near = self.vectors.find_nearest(" ".join(query.words), MAX_CANDIDATES)
        there = self.index().among(replace(query, words=()), [one.claim_id for one in near])
        yield from ((claim, cosine) for claim, cosine in near if claim in there)

    def _nearer(self, query: Query) -> Iterator[Query]:
        """Where a question has no answer, what there is of who is asked about, and of what."""
        by_anybody = replace(query, by=(), also_by=(), stances=())
        anything = replace(query, words=(), roughly=0.0, stances=(), sort="new")
        for one in (anything, by_anybody, replace(by_anybody, holding=(), not_stances=())):
            if one != query and (one.by or one.words) and self.find_closest(one).found.total:
                yield one


@lru_cache(maxsize=128)
def _article_runs(text: str) -> frozenset[Run]:
    """The runs of a whole article, which each reading of a question needs again."""
    return stem_runs(text)


def _told(share: WordShare) -> float:
    """The share of a question's words that an answer is taken to have."""
    return share.near + _IN_ARTICLE * share.elsewhere


def _is_opposite(asked: str, claim: Claim) -> bool:
    """Whether a claim says the opposite of what it is asked who says: by its clauses, or by a word
    that is the opposite of one that was asked for. What was not done may be in the cue: who
    "apologised" is no answer to who did not."""
    is_negated = any(map(negates, asked.split()))
    by_a_word = any(map(has_antonym, asked.split())) and not is_negated
    if (by_a_word and contradicts(asked, claim.text)) or denies(asked, claim.text):
        return True
    return is_negated and not claim.negative and denies(asked, f"{claim.cue} {claim.text}")


def _in_order(hits: list[Hit], sort: str) -> list[Hit]:
    """The best first; where the newest are asked for, those of them that are nearly as good."""
    best = sorted(hits, key=lambda hit: (-hit.score, hit.claim.id))
    if sort == "best" or not best:
        return best
    nearly = [hit for hit in best if hit.score >= best[0].score * _NEARLY]
    dated = [hit for hit in nearly if hit.article.published_on]
    dated.sort(key=lambda hit: hit.article.published_on or date.min, reverse=sort == "new")
    undated = [hit for hit in nearly if not hit.article.published_on]
    return [*dated, *undated, *best[len(nearly) :]]
