"""Share claims in channels."""

from __future__ import annotations

from dataclasses import dataclass

from bot import store
from bot.model import Share, viewer_key
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.newsroom.providers import Clock
from bot.store.delivery.payloads import CitePayload, SharePayload


@dataclass(eq=False, repr=False, kw_only=True)
class Shares:
    """Queues the messages that share or cite a claim."""

    outbox: store.Outbox
    claims: ShownClaims
    now: Clock

    def request(self, share: Share) -> str | None:
        """Queue the message of a share and return its key; None if this press did so before.

        Raises NotFoundError, also if only the person who shares it may see the claim.
        """
        self.claims.load_public_hit(share.claim_id, viewer_key(share.team, share.person))
        key = share_key(share)
        payload = SharePayload if share.kind == "share" else CitePayload
        added = self.outbox.add(
            None,
            team=share.team,
            channel=share.channel,
            key=key,
            payload=payload(share.person, share.shown),
            person=share.person,
            thread_ts=share.thread_ts,
            claims=[share.claim_id],
            now=self.now(),
        )
        return key if added else None


def share_key(share: Share) -> str:
    """Return the idempotency key of a share's message."""
    return f"{share.kind}/{share.channel}/{share.press}/{share.claim_id}"
