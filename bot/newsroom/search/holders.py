"""Who has a role that is asked for, and the role in which each claim was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.model import Claim, Hit, Holder, Role
from bot.newsroom.providers import OpenIndex
from bot.search import Query


@dataclass(eq=False, repr=False, kw_only=True)
class RoleHolders:
    """Say of roles whose they are."""

    archive: store.Archive
    names: store.SpeakerNames
    index: OpenIndex

    def find_roles(self, query: Query) -> tuple[Role, ...]:
        """The roles that a query asks for after by:, each with those who have it."""
        roles = (Role(typed, self.find_holders(query, typed)) for typed in query.by)
        return tuple(role for role in roles if role.holders)

    def find_holders(self, query: Query, typed: str) -> tuple[Holder, ...]:
        """Who has a role, of the claims that a query finds by anybody; names of one speaker
        together, under the one that stands for them all."""
        found = self.index().holders(query, typed)
        stands = self.names.speakers([one.name for one in found]) if found else {}
        together: dict[str, Holder] = {}
        for one in found:
            name = stands.get(one.name, one.name)
            other = together.get(name, Holder(name, 0))
            days = [day for day in (one.first, one.last, other.first, other.last) if day]
            span = (min(days), max(days)) if days else (None, None)
            together[name] = Holder(name, one.claims + other.claims, *span)
        return tuple(sorted(together.values(), key=lambda one: -one.claims))

    def with_roles(self, hits: Iterable[Hit], asked: Sequence[Role]) -> tuple[Hit, ...]:
        """Hits, each with what its article says that the speaker is, where that was asked for."""
        hits = tuple(hits)
        named = [hit.claim.article_id for hit in hits if _has_speaker(hit.claim)]
        filed = self.archive.roles(named) if named and asked else {}
        return tuple(
            replace(hit, role=role)
            if _has_speaker(hit.claim)
            and (several := filed.get((hit.claim.article_id, hit.claim.speaker or "")))
            and (role := self._asked(several, asked))
            else hit
            for hit in hits
        )

    def _asked(self, roles: Iterable[str], asked: Sequence[Role]) -> str | None:
        is_called = self.index().is_called
        return next((one for one in roles for role in asked if is_called(one, role.typed)), None)


def _has_speaker(claim: Claim) -> bool:
    return bool(claim.speaker) and not claim.unsure
