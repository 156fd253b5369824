"""The use case of sharing a claim in a channel."""

from __future__ import annotations

from dataclasses import dataclass

from bot import store
from bot.model import Share
from bot.newsroom.providers import Clock
from bot.newsroom.search.shown import ShownClaims
from bot.store.delivery.payloads import CitePayload, SharePayload


@dataclass(eq=False, repr=False, kw_only=True)
class Shares:
    """Claims that people share."""

    outbox: store.Outbox
    claims: ShownClaims
    now: Clock

    def request(self, share: Share) -> str | None:
        """Ask for a claim to be posted in a channel, shown or cited, on a press; returns the key of
        the message, None if this press has been noted already. Raises NotFoundError."""
        self.claims.load_hit(share.claim_id)
        key = share_key(share)
        payload = SharePayload if share.kind == "share" else CitePayload
        added = self.outbox.add(
            None,
            team=share.team,
            channel=share.channel,
            key=key,
            payload=payload(share.person),
            person=share.person,
            thread_ts=share.thread_ts,
            claims=[share.claim_id],
            now=self.now(),
        )
        return key if added else None


def share_key(share: Share) -> str:
    """The key of the message that a press asks for."""
    return f"{share.kind}/{share.channel}/{share.press}/{share.claim_id}"
