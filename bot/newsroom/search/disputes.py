"""Find what disputes the claims that are shown."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import store
from bot.errors import BotError
from bot.model import Dispute, Hit
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.statements.disputes import can_dispute, describe_dispute
from bot.statements.sides import Side


@dataclass(eq=False, repr=False, kw_only=True)
class Disputes:
    """Finds the claims that deny or are denied by others, whatever query found these."""

    statements: store.Statements
    claims: ShownClaims

    def with_disputes(self, hits: Iterable[Hit]) -> list[Hit]:
        """Add to each hit what disputes its claim, sure denials first, one for each statement.

        It is given as the first of these hits that reports it says it, or else as its first
        report. What somebody has to review disputes nothing. If it cannot be read, nothing is
        added.
        """
        hits = list(hits)
        with contextlib.suppress(BotError):
            return self._add(hits)
        return hits

    def _add(self, hits: list[Hit]) -> list[Hit]:
        shown = {hit.statement: hit for hit in reversed(hits) if hit.statement is not None}
        related = {one for one, hit in shown.items() if hit.may_be_disputed}
        relations = self.statements.relations([*related]) if related else ()
        missing = {one.first_claim for one in relations if one.other not in shown}
        others = {hit.statement: hit for hit in self.claims.by_id([*missing]).values()}
        disputes = defaultdict[int | None, list[Dispute]](list)
        sides: dict[str, Side] = {}
        for own, other, kind, _, is_denial in relations:
            hit, other_hit = shown[own], shown.get(other) or others.get(other)
            if other_hit and can_dispute(hit.claim) and can_dispute(other_hit.claim):
                side = sides.setdefault(hit.claim.id, Side(hit))
                other_side = sides.setdefault(other_hit.claim.id, Side(other_hit))
                dispute = describe_dispute(side, other_side, kind, is_denial=is_denial)
                disputes[own].append(dispute)
        for found in disputes.values():
            found.sort(key=lambda one: (one.is_same_matter, not one.is_denial, one.hit.claim.id))
        return [
            replace(hit, disputes=tuple(disputes[hit.statement]))
            if hit.statement in disputes and can_dispute(hit.claim)
            else hit
            for hit in hits
        ]
