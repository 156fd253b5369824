"""Use cases that read: find claims, show one, show what stands around it."""

from __future__ import annotations

import bisect
import time

from bot.errors import NotFoundError
from bot.model import Answer, Context, Coverage, Hit, Spans
from bot.newsroom.rooms import Rooms
from bot.search import parse


class Finding(Rooms):
    """Answer queries from the index and the archive."""

    def find(self, text: str, *, limit: int = 10, offset: int = 0) -> Answer:
        """Answer a query in the query language with `limit` hits from `offset` on.

        Raises QueryError where the query cannot be read.
        """
        started = time.perf_counter()
        query = parse(text, self.now().astimezone().date())
        found = self.index.find(query, limit, offset)
        took_ms = (time.perf_counter() - started) * 1000
        rows = self.store.archive.found([claim_id for claim_id, _ in found.ids])
        hits = (
            Hit(
                claim=rows[claim_id][0],
                article=rows[claim_id][1],
                score=score,
                matched=self.index.highlight(found.read, rows[claim_id][0].text),
            )
            for claim_id, score in found.ids
            if claim_id in rows  # the index may be a moment behind a removal
        )
        searched = self.coverage()
        return Answer(
            query=text,
            read_as=str(found.read),
            total=found.total,
            hits=tuple(hits),
            searched=searched,
            took_ms=took_ms,
            corrections=found.corrections,
            undated_left_out=searched.undated if query.after or query.before else 0,
            suggestions=found.suggestions,
        )

    def coverage(self) -> Coverage:
        """What is searched: articles, claims, publication dates."""
        return self.store.archive.coverage()

    def hit(self, claim_id: str) -> Hit:
        """One claim by its id. Raises NotFoundError."""
        rows = self.store.archive.found([claim_id])
        if claim_id not in rows:
            raise NotFoundError(
                "this claim is not there any more",
                cause="its article was changed or removed",
                remedy="Search again with /claim.",
            )
        claim, card = rows[claim_id]
        return Hit(claim=claim, article=card, score=0.0)

    def context(self, claim_id: str) -> Context:
        """The paragraph that a claim stands in, and its neighbours. Raises NotFoundError.

        Of a claim that runs over several paragraphs these are all one; an imported claim, whose
        article is not here, is its own paragraph.
        """
        hit = self.hit(claim_id)
        spans = hit.claim.spans
        if not spans:
            return Context(hit=hit, paragraph=hit.claim.text, marked=((0, len(hit.claim.text)),))
        archive, article_id = self.store.archive, hit.claim.article_id
        text, lines = archive.article(article_id).text, archive.paragraphs(article_id)
        starts = [start for start, _ in lines]
        first = bisect.bisect_right(starts, spans[0][0]) - 1
        last = bisect.bisect_right(starts, spans[-1][1] - 1) - 1
        start, end = lines[first][0], lines[last][1]
        marked: Spans = tuple((s - start, e - start) for s, e in spans)
        return Context(
            hit=hit,
            paragraph=text[start:end],
            marked=marked,
            before=text[slice(*lines[first - 1])] if first else None,
            after=text[slice(*lines[last + 1])] if last + 1 < len(lines) else None,
        )
