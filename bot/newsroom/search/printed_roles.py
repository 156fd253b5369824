"""The role that an article prints for its speaker, where a query asks for that role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.model import Claim, Hit
from bot.newsroom.providers import OpenIndex


@dataclass(eq=False, repr=False, kw_only=True)
class PrintedRoles:
    """Finds the roles that articles print for the speakers of claims."""

    archive: store.Archive
    index: OpenIndex

    def find(self, claims: Iterable[Claim], typed: Sequence[str]) -> dict[str, str]:
        """Return the printed role of each claim's speaker, by claim id, if it is one of those typed
        after `by:`."""
        claims = [claim for claim in claims if claim.speaker] if typed else []
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
