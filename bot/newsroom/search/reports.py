"""Find all claims that report one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import QueryError
from bot.model import Hit, Row
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.answers import MAX_GROUPED_CLAIMS, Search
from bot.newsroom.search.shown import ShownClaims
from bot.search.language import pasted_text
from bot.statements.rows import group_into_rows


@dataclass(eq=False, repr=False, kw_only=True)
class Reports:
    """Finds the claims of other articles that report the same statement."""

    index: OpenIndex
    claims: ShownClaims
    search: Search

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
