"""What follows from what becomes of digests' messages in the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa

from bot import store
from bot.config import Settings
from bot.delivery.outbox import MessageOwner
from bot.digest import chart
from bot.model import DigestPreferences
from bot.newsroom.providers import Clock
from bot.store import MessageKey, OutboxMessage
from bot.words import LANGUAGE
from bot.words.dates import has_dates

RETRY_DELAY = timedelta(minutes=5)
"""How long after a digest could not be composed, or Slack has refused it, it is tried again."""


@dataclass(eq=False, repr=False, kw_only=True)
class DigestMessages(MessageOwner):
    """Keeps the ledger in step with the outbox. One that is not posted waits in the ledger, where
    it holds up nothing else in its channel."""

    ledger: store.Ledger
    settings: Settings
    now: Clock

    def on_drop(self, one: OutboxMessage) -> bool:
        """Drop one that is not wanted any more, or comes too late: the ledger says which."""
        self.ledger.retry_later(one, failure=None, retry_at=None, now=self.now())
        return True

    def on_render_failure(self, one: OutboxMessage, failure: str) -> bool:
        """Note that one could not be composed, to be tried again a little later."""
        return self.on_failure(one, failure)

    def on_failure(self, one: OutboxMessage, failure: str) -> bool:
        """Note that one was not posted, to be tried again a little later."""
        now = self.now()
        self.ledger.retry_later(one, failure=failure, retry_at=now + RETRY_DELAY, now=now)
        return True

    def on_uncertain(self, one: OutboxMessage) -> bool:
        """Never post one again of which nobody will know whether it stands: the next says so."""
        self.ledger.mark_uncertain(one, self.now())
        return True

    def on_posted(self, connection: sa.Connection, one: OutboxMessage, message: MessageKey) -> None:
        """Have what belongs to one follow: its thread, and where they are set its chart and the
        same as e-mail."""
        then = ["detail"]
        then += ["chart"] if self.settings.digest.chart and chart.is_installed() else []
        then += ["mail"] if self.settings.mail.host else []
        # Whoever sets a digest locks it before its job, too.
        self.ledger.change_wants(connection, one.team, one.channel, _with_dates)
        self.ledger.add_follow_up_jobs(connection, one, message, then, self.now())


def _with_dates(wants: DigestPreferences) -> DigestPreferences:
    """What is wanted, in English where a language has no dates any more: the digest has said so."""
    return wants if has_dates(wants.language) else replace(wants, language=LANGUAGE)
