"""Find all claims that report one statement."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import store
from bot.errors import NotFoundError, QueryError
from bot.model import Answer, Hit, Row
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.answers import MAX_GROUPED_CLAIMS, Search
from bot.newsroom.search.shown import ShownClaims, unscored_hits
from bot.search.language import pasted_text
from bot.statements.rows import group_into_rows


@dataclass(eq=False, repr=False, kw_only=True)
class Reports:
    """Finds the claims of other articles that report the same statement."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    search: Search

    def find_row(self, claim_id: str) -> Row:
        """Return the row of a claim: the claims that report the same, and those that dispute it.

        Candidates are the claims found by its words and those of its article. Raises NotFoundError.
        """
        hit = self.claims.load_hit(claim_id)
        article_claims = self.claims.as_shown(self.archive.claims_in(hit.article.id))
        candidates = (
            hit,
            *self._find_by_words(hit),
            *unscored_hits((claim, hit.article) for claim in article_claims),
        )
        by_id = {candidate.claim.id: candidate for candidate in candidates}
        rows = self.claims.group_rows(list(by_id.values()))
        return _row_with(claim_id, rows) or Row(hits=(hit,))

    def with_disputes(self, answer: Answer) -> Answer:
        """Add to the rows of an answer the disputes with claims that it did not find.

        What somebody has to review disputes nothing.
        """
        shown_ids = {hit.claim.id for hit in answer.hits if not hit.article.review}

        def complete(row: Row) -> Row:
            same_sentence = tuple(map(complete, row.same_sentence))
            disputes = row.disputes
            if not disputes and not shown_ids.isdisjoint(hit.claim.id for hit in row.hits):
                with contextlib.suppress(NotFoundError):  # removed since it was found
                    disputes = self.find_row(row.hits[0].claim.id).disputes
            return replace(row, disputes=disputes, same_sentence=same_sentence)

        return replace(answer, rows=tuple(map(complete, answer.rows)))

    def find_reports(self, claim_id: str, query: str | None = None) -> list[Hit]:
        """Return a claim followed by those that report the same statement.

        These are the others of its row in the answer to `query`, or else claims found by its words.
        Raises NotFoundError.
        """
        hit = self.claims.load_hit(claim_id)
        row = self._row_in_answer(claim_id, query) if query else None
        hits = (row or self._row_by_words(hit)).hits
        others = [other for other in hits if other.claim.id != claim_id]
        return [hit, *self.claims.with_passages(others)]

    def _row_in_answer(self, claim_id: str, query: str) -> Row | None:
        try:
            rows = self.search.find_rows(query, limit=MAX_GROUPED_CLAIMS).rows
        except QueryError:  # the query was valid in an earlier version
            return None
        return _row_with(claim_id, [part for row in rows for part in (row, *row.same_sentence)])

    def _row_by_words(self, hit: Hit) -> Row:
        others = [other for other in self._find_by_words(hit) if other.claim.id != hit.claim.id]
        return _row_with(hit.claim.id, group_into_rows([hit, *others])) or Row(hits=(hit,))

    def _find_by_words(self, hit: Hit) -> tuple[Hit, ...]:
        query = pasted_text.sentence_query(hit.claim.text)
        return self.claims.make_hits(self.index().find(query, MAX_GROUPED_CLAIMS).ids)


def _row_with(claim_id: str, rows: Iterable[Row]) -> Row | None:
    return next((row for row in rows if any(hit.claim.id == claim_id for hit in row.hits)), None)
