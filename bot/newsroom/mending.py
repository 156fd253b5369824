"""Use cases around messages that stand in channels: what they should show by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.model import Digest, Hit, Restated
from bot.newsroom.showing import Showing
from bot.store import MessageKey, PostedDigest, PostedShare, Shown, wording_of


@dataclass(frozen=True, slots=True)
class MendedShare:
    """A claim that `person` has shared, as it stands by now."""

    person: str
    claim: Restated


@dataclass(frozen=True, slots=True)
class MendedDigest:
    """A digest as it was posted, without its sections, and its claims as they stand by now."""

    digest: Digest
    claims: tuple[Restated, ...]


class Mending(Showing):
    """Messages that have been posted."""

    def mended(self, key: MessageKey) -> MendedShare | MendedDigest | None:
        """What a message should show by now; None where it is none of ours."""
        posted = self.store.posted.message(key)
        if isinstance(posted, PostedShare):
            (claim,) = self._restated([posted.shown])
            return MendedShare(posted.person, claim)
        if isinstance(posted, PostedDigest):
            claims = tuple(self._restated(posted.shown))
            return MendedDigest(_as_posted(posted, claims), claims)
        return None

    def _restated(self, shown: Sequence[Shown]) -> list[Restated]:
        ids = [one.claim_id for one in shown]
        present, gone = self.claims_shown(ids), self.store.posted.gone(ids)
        out = []
        for one in shown:
            if one.claim_id in present:
                claim, article = present[one.claim_id]
                hit = Hit(claim=claim, article=article, score=0.0)
                out.append(Restated(hit=hit, changed=wording_of(claim) != one.wording))
            else:
                out.append(Restated(gone=gone.get(one.claim_id)))
        return out


def _as_posted(posted: PostedDigest, claims: Sequence[Restated]) -> Digest:
    # Of digests from before headings were kept, the claims that they show are all that is known.
    articles = {one.hit.article.id for one in claims if one.hit}
    heading: Mapping[str, Any] = posted.heading or {}
    return Digest(
        day=posted.day,
        since=posted.since,
        until=posted.until,
        zone=heading.get("zone", "UTC"),
        sections=(),
        claims=heading.get("claims", len(claims)),
        articles=heading.get("articles", len(articles)),
        missed=_moments(heading.get("missed", ())),
        uncertain=_moments(heading.get("uncertain", ())),
        copies={
            article: {copy: name for copy, name in names.items() if copy in posted.copies}
            for article, names in heading.get("copies", {}).items()
        },
    )


def _moments(kept: Sequence[str]) -> tuple[datetime, ...]:
    return tuple(map(datetime.fromisoformat, kept))
