"""Find who holds a role, and the role in which each claim was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.model import Claim, Hit, Holder, Role
from bot.newsroom.providers import OpenIndex
from bot.search import Query


@dataclass(eq=False, repr=False, kw_only=True)
class RoleHolders:
    """Finds the speakers who hold a role."""

    archive: store.Archive
    names: store.SpeakerNames
    index: OpenIndex

    def find_roles(self, query: Query) -> tuple[Role, ...]:
        """Return the roles among the values of a query's `by:`, each with its holders."""
        roles = (Role(typed, self.find_holders(query, typed)) for typed in query.speakers)
        return tuple(role for role in roles if role.holders)

    def find_holders(self, query: Query, typed: str) -> tuple[Holder, ...]:
        """Return the holders of a role, most claims first, each under the canonical name.

        Only claims that match the rest of the query count.
        """
        holders = self.index().holders(query, typed)
        canonical = (
            self.names.canonical_names([holder.name for holder in holders]) if holders else {}
        )
        merged: dict[str, Holder] = {}
        for holder in holders:
            name = canonical.get(holder.name, holder.name)
            existing = merged.get(name, Holder(name, 0))
            days = [
                day
                for day in (
                    holder.first_date,
                    holder.last_date,
                    existing.first_date,
                    existing.last_date,
                )
                if day
            ]
            period = (min(days), max(days)) if days else (None, None)
            merged[name] = Holder(name, holder.claims + existing.claims, *period)
        return tuple(sorted(merged.values(), key=lambda holder: -holder.claims))

    def with_roles(self, hits: Iterable[Hit], roles: Sequence[Role]) -> tuple[Hit, ...]:
        """Add to each hit the speaker's role in its article, if it is one of `roles`."""
        hits = tuple(hits)
        article_ids = [hit.claim.article_id for hit in hits if _has_speaker(hit.claim)]
        printed_roles = self.archive.roles(article_ids) if article_ids and roles else {}
        return tuple(
            replace(hit, role=role)
            if _has_speaker(hit.claim)
            and (
                roles_in_article := printed_roles.get(
                    (hit.claim.article_id, hit.claim.speaker or "")
                )
            )
            and (role := self._first_match(roles_in_article, roles))
            else hit
            for hit in hits
        )

    def _first_match(self, printed_roles: Iterable[str], roles: Sequence[Role]) -> str | None:
        is_same_role = self.index().is_same_role
        return next(
            (
                printed_role
                for printed_role in printed_roles
                for role in roles
                if is_same_role(printed_role, role.typed)
            ),
            None,
        )


def _has_speaker(claim: Claim) -> bool:
    return bool(claim.speaker)
