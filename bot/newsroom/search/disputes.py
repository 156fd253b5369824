"""Find what disputes the claims that are shown."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.errors import BotError
from bot.model import Dispute, Hit
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.shown import ShownClaims, unscored_hits
from bot.statements.back_references import MAX_POINTER_LENGTH, refers_back
from bot.statements.disputes import can_dispute, find_disputes

MIN_SCORE = 0.35
"""The least score of a candidate: the share of that of the best, which is the claim itself."""
MAX_CANDIDATES = 30
"""The number of claims, those that share most words with a claim, that may dispute it."""


@dataclass(eq=False, repr=False, kw_only=True)
class Disputes:
    """Finds the claims that deny or are denied by others, whatever query found these."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims

    def with_disputes(self, hits: Iterable[Hit]) -> list[Hit]:
        """Add to each hit what disputes its claim, for surfaces that show it.

        Candidates are the claims that share most words with it, and those of its article if a
        denial there refers back. What somebody has to review disputes nothing. If the search
        fails, nothing is added.
        """
        hits = list(hits)
        with contextlib.suppress(BotError):
            disputes = self._find(
                [hit for hit in hits if can_dispute(hit.claim) and not hit.article.review]
            )
            return [replace(hit, disputes=disputes.get(hit.claim.id, ())) for hit in hits]
        return hits

    def _find(self, hits: Sequence[Hit]) -> dict[str, tuple[Dispute, ...]]:
        if not hits:
            return {}
        index = self.index()
        similar_ids = {
            hit.claim.id: _close(index.find_by_shared_words(hit.claim.text, MAX_CANDIDATES))
            for hit in hits
        }
        others = {one for own, ids in similar_ids.items() for one in ids if one != own}
        loaded = {
            hit.claim.id: hit
            for hit in unscored_hits(self.claims.by_id(sorted(others)).values())
            if not hit.article.review
        }
        cards = {hit.article.id: hit.article for hit in hits if hit.claim.spans}
        short = self.archive.claims_in(*cards, max_length=MAX_POINTER_LENGTH) if cards else []
        referring = list(filter(refers_back, short))
        # A denial that does not say what it denies is understood from the sentences before it.
        texts = self.archive.texts({claim.article_id for claim in referring if claim.spans})
        around = {
            claim.id: passage.spans
            for claim in referring
            if claim.article_id in texts
            and (passage := passage_in(*texts[claim.article_id], claim, needs_previous=True))
        }
        in_article = {
            article_id: list(
                unscored_hits(
                    (claim, cards[article_id])
                    for claim in self.claims.as_shown(self.archive.claims_in(article_id))
                )
            )
            for article_id in texts
        }
        return {
            hit.claim.id: find_disputes(
                hit,
                [
                    *(
                        loaded[claim_id]
                        for claim_id in similar_ids[hit.claim.id]
                        if claim_id in loaded
                    ),
                    *in_article.get(hit.article.id, ()),
                ],
                around,
            )
            for hit in hits
        }


def _close(scored: Sequence[tuple[str, float]]) -> list[str]:
    least = MIN_SCORE * max((score for _, score in scored), default=0.0)
    return [claim_id for claim_id, score in scored if score >= least]
