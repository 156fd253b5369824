"""The role that an article prints for its speaker, where a query asks for that role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.model import Claim, Hit
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.shown import contains_any_run
from bot.speakers.spelling import fold_name


@dataclass(eq=False, repr=False, kw_only=True)
class PrintedRoles:
    """Finds the roles that articles print for the speakers of claims."""

    archive: store.Archive
    index: OpenIndex

    def find(self, claims: Iterable[Claim], typed: Sequence[str]) -> dict[str, str]:
        """Return the printed role of each claim's speaker, by claim id, if it is one of those typed
        after `by:`."""
        # Most people type a name, which is no role of those who have it.
        runs = [fold_name(one) for one in typed]
        claims = [
            claim
            for claim in claims
            if typed and claim.speaker and not contains_any_run(claim.speaker, runs)
        ]
        roles = self.archive.roles([claim.article_id for claim in claims]) if claims else {}
        is_same_role = self.index().is_same_role
        return {
            claim.id: role
            for claim in claims
            for role in reversed(roles.get((claim.article_id, claim.speaker or ""), ()))
            if any(is_same_role(role, one) for one in typed)
        }

    def add(self, hits: Iterable[Hit], typed: Sequence[str]) -> tuple[Hit, ...]:
        """Add these roles to hits."""
        hits = tuple(hits)
        if not (roles := self.find((hit.claim for hit in hits), typed)):
            return hits
        return tuple(replace(hit, role=roles.get(hit.claim.id, hit.role)) for hit in hits)
