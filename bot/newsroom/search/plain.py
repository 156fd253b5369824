"""The use case of programs that pass text on: one ranked list for the whole of it."""

from __future__ import annotations

import math
import time

from bot.model import Answer, Claim, Hit
from bot.newsroom.search.meaning import Meaning
from bot.newsroom.search.showing import Showing
from bot.search import Query
from bot.search.meaning.fusion import DEPTH, fused


class Plain(Meaning, Showing):
    """Answer with what matches a text best, without reading it as a query."""

    def find_plain(self, text: str, *, limit: int = 10) -> Answer:
        """The claims that match a text best, by its words and, with vectors, by its meaning.

        No operators, corrections or groups, and no word must be found. Of equal matches, those
        whose maker numbered them come in that order.
        """
        started = time.perf_counter()
        depth = max(DEPTH, limit)
        by_words = self.index.plain(text, depth)
        near = self.near(text, depth)
        there = self.index.among(Query(), [claim for claim, _ in near])
        ranked = fused(by_words, [one for one in near if one.claim_id in there])[:limit]
        took_ms = (time.perf_counter() - started) * 1000
        rows = self.claims_shown([claim for claim, _ in ranked])
        hits = [
            Hit(claim=rows[claim][0], article=rows[claim][1], score=score)
            for claim, score in ranked
            if claim in rows  # the index may be a moment behind a removal
        ]
        hits = self.with_passages(hits)
        hits.sort(key=lambda hit: (-hit.score, *_order(hit.claim)))
        return Answer(
            query=text,
            read_as=text,
            total=len(ranked),
            hits=tuple(hits),
            searched=self.store.archive.coverage(),
            took_ms=took_ms,
        )


def _order(claim: Claim) -> tuple[float, str]:
    """Where a claim stands among equal ones."""
    ref = str(claim.ref)
    return float(ref) if ref.isdecimal() else math.inf, claim.id
