"""Update the ledger when the outbox posts or drops the message of a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot import store
from bot.config import Settings
from bot.delivery.outbox import MessageOwner
from bot.digest import chart
from bot.newsroom.providers import Clock
from bot.store import MessageKey, OutboxMessage

RETRY_DELAY = timedelta(minutes=5)
"""How long after a failure the composing or posting of a digest is retried."""


@dataclass(eq=False, repr=False, kw_only=True)
class DigestMessages(MessageOwner):
    """Keeps the ledger consistent with the outbox.

    A digest that could not be posted waits in the ledger, where it does not block other messages
    of its channel.
    """

    ledger: store.Ledger
    settings: Settings
    now: Clock

    def on_drop(self, message: OutboxMessage) -> bool:
        """Record that a digest is no longer wanted or comes too late.

        The next check of the channel finds out which.
        """
        self.ledger.drop_unposted(message, failure=None, retry_at=None, now=self.now())
        return True

    def on_render_failure(self, message: OutboxMessage, failure: str) -> bool:
        """Record that a digest could not be composed, and retry it later."""
        return self.on_failure(message, failure)

    def on_failure(self, message: OutboxMessage, failure: str) -> bool:
        """Record that a digest could not be posted, and retry it later."""
        now = self.now()
        self.ledger.drop_unposted(message, failure=failure, retry_at=now + RETRY_DELAY, now=now)
        return True

    def on_uncertain(self, message: OutboxMessage) -> bool:
        """Record that a digest may have been posted; it is not retried, and the next one says
        so."""
        self.ledger.mark_uncertain(message, self.now())
        return True

    def on_posted(
        self, connection: sa.Connection, queued: OutboxMessage, posted: MessageKey
    ) -> None:
        """Queue the jobs that follow a posted digest: its thread and, if enabled, its chart."""
        kinds = ["detail"]
        kinds += ["chart"] if self.settings.digest.chart and chart.is_installed() else []
        self.ledger.add_follow_up_jobs(connection, queued, posted, kinds, self.now())
