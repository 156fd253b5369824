"""Find all claims that report one statement."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Hit
from bot.newsroom.search.shown import ShownClaims
from bot.statements.rows import sort_reports


@dataclass(eq=False, repr=False, kw_only=True)
class Reports:
    """Finds the claims that report the same statement as another."""

    claims: ShownClaims

    def find_reports(self, claim_id: str) -> list[Hit]:
        """Return a claim followed by those that report the same statement, first report first.

        Raises NotFoundError.
        """
        hit = self.claims.load_hit(claim_id)
        reports = self.claims.reports([claim_id])
        reports.pop(claim_id, None)
        return [hit, *self.claims.with_passages(sort_reports(reports.values()))]
