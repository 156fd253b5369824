"""The use case of opening what several outlets report: all claims of one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot import store
from bot.errors import QueryError
from bot.model import Hit, Row
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.answers import MAX_GROUPED_CLAIMS, Search
from bot.newsroom.search.shown import ShownClaims
from bot.search.language import pasted_text
from bot.statements.rows import group_into_rows


@dataclass(eq=False, repr=False, kw_only=True)
class Reports:
    """Claims with those of other articles that report the same."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    search: Search

    def find_row(self, claim_id: str) -> Row:
        """A claim with those that report the same, and with what disputes it: among those that are
        found by its own words, and those of its article. Raises NotFoundError."""
        hit = self.claims.load_hit(claim_id)
        in_article = self.claims.as_shown(self.archive.claims_in(hit.article.id))
        near = [Hit(claim=claim, article=hit.article, score=0.0) for claim in in_article]
        by_id = {one.claim.id: one for one in (hit, *self._by_words(hit), *near)}
        return _row_of(claim_id, self.claims.group_rows(list(by_id.values()))) or Row(hits=(hit,))

    def find_reports(self, claim_id: str, query: str | None = None) -> list[Hit]:
        """A claim, and behind it those that report the same statement: those of its row in the
        answer to a query, or else those that are found by its own words. Raises NotFoundError."""
        claim = self.claims.load_hit(claim_id)
        row = self._row_in_answer(claim_id, query) if query else None
        found = (row or self._row_by_words(claim)).hits
        others = [hit for hit in found if hit.claim.id != claim_id]
        return [claim, *self.claims.with_passages(others)]

    def _row_in_answer(self, claim_id: str, query: str) -> Row | None:
        try:
            rows = self.search.find_rows(query, limit=MAX_GROUPED_CLAIMS).rows
        except QueryError:  # it could be read when it was asked
            return None
        return _row_of(claim_id, [one for row in rows for one in (row, *row.beside)])

    def _row_by_words(self, hit: Hit) -> Row:
        same = [one for one in self._by_words(hit) if one.claim.id != hit.claim.id]
        return _row_of(hit.claim.id, group_into_rows([hit, *same])) or Row(hits=(hit,))

    def _by_words(self, hit: Hit) -> tuple[Hit, ...]:
        found = self.index().find(pasted_text.sentence_query(hit.claim.text), MAX_GROUPED_CLAIMS)
        return self.claims.make_hits(found.ids)


def _row_of(claim_id: str, rows: Iterable[Row]) -> Row | None:
    return next((row for row in rows if any(h.claim.id == claim_id for h in row.hits)), None)
