"""The policy of the outbox: when messages are retried, how often, and when they are given up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from bot import store
from bot.delivery.backoff import backoff_delay
from bot.delivery.transport import PostedMessage
from bot.errors import NotFoundError
from bot.store import MessageKey, OutboxMessage
from bot.store.delivery.payloads import TextPayload

LOOKUP_DELAY = timedelta(seconds=10)
"""How long to wait before looking up a message whose outcome is unknown: it may appear late in the
channel's history, and a call that we gave up may still be under way."""

MAX_RETRY_DELAY = timedelta(minutes=15)
"""The longest wait between two attempts."""

MAX_SEND_ATTEMPTS = 100
"""The most attempts with an unknown outcome; with the delays above, they take about a day. Attempts
do not count if Slack is unreachable or does not authorise us."""

MAX_RENDER_ATTEMPTS = 5
"""The most attempts to render a message or to check its recipient's access. They take a few
minutes, during which the whole channel waits."""


class MessageOwner:
    """Callbacks for the outcome of messages of one kind, including those with an unreadable
    payload. Most kinds need none."""

    def on_drop(self, message: OutboxMessage) -> bool:
        """Drop a message that has nothing to say now and keep its contents for later; False to
        delete it instead."""
        return False

    def on_render_failure(self, message: OutboxMessage, failure: str) -> bool:
        """React to a message that could not be rendered, or whose recipient's access could not be
        checked; False to retry it a few times."""
        return False

    def on_failure(self, message: OutboxMessage, failure: str) -> bool:
        """React to a message that was given up; True if the person needs no further notice, because
        the owner sends one or the message will be posted later."""
        return False

    def on_uncertain(self, message: OutboxMessage) -> bool:
        """React to a message whose outcome cannot be determined; False to keep it in the outbox."""
        return False

    def on_posted(
        self, connection: sa.Connection, message: OutboxMessage, message_key: MessageKey, /
    ) -> None:
        """Add follow-up jobs for a posted message, in the transaction that records it."""


@dataclass(eq=False, repr=False, kw_only=True)
class Outbox:
    """Messages to post, with their retries and their owners' callbacks."""

    messages: store.Outbox
    channels: store.Channels
    dead_letters: store.DeadLetters
    owners: Mapping[str, MessageOwner]
    now: Callable[[], datetime]

    # -- sending

    def mark_sent(self, message: OutboxMessage, posted: PostedMessage) -> None:
        """Record where a message was posted."""
        on_posted = self._owner(message).on_posted
        self.messages.mark_sent(
            message,
            channel=posted.channel,
            ts=posted.ts,
            now=self.now(),
            on_sent=lambda connection, message_key: on_posted(connection, message, message_key),
        )

    # -- failures

    def postpone(self, message: OutboxMessage, failure: str, wait: timedelta) -> None:
        """Retry a message after `wait`; it was certainly not posted."""
        self.messages.retry_later(message, failure=failure, due_at=self.now() + wait)

    def mark_outcome_unknown(self, message: OutboxMessage, failure: str) -> None:
        """Record an attempt to send a message, and schedule the lookup of its outcome."""
        wait = LOOKUP_DELAY
        if message.attempts:
            wait += min(backoff_delay(message.attempts, message.key), MAX_RETRY_DELAY)
        self.messages.record_attempt(message, failure=failure, due_at=self.now() + wait)

    def postpone_lookup(self, message: OutboxMessage, failure: str, wait: timedelta) -> None:
        """Look up the outcome of a message after `wait`."""
        self.messages.mark_outcome_unknown(message, failure=failure, due_at=self.now() + wait)

    def send_again(self, message: OutboxMessage) -> bool:
        """Queue a message again, since it was not posted; False after too many attempts."""
        if message.attempts >= MAX_SEND_ATTEMPTS:
            return False
        self.messages.retry_later(message, failure=message.failure, due_at=self.now())
        return True

    def record_preparation_failure(self, message: OutboxMessage, failure: str) -> bool:
        """Record that a message could not be rendered, or its recipient's access not be checked;
        False after too many attempts."""
        if self._owner(message).on_render_failure(message, failure):
            return True
        if message.attempts >= MAX_RENDER_ATTEMPTS:
            return False
        due_at = self.now() + backoff_delay(message.attempts + 1, message.key)
        self.messages.record_attempt(message, failure=failure, due_at=due_at)
        return True

    def give_up(
        self,
        message: OutboxMessage,
        state: Literal["dead", "uncertain"],
        failure: str,
        notice: TextPayload | None,
    ) -> None:
        """Give up on a message as dead or uncertain, and send `notice` to its person, unless its
        owner handles that."""
        owner = self._owner(message)
        if state == "uncertain" and owner.on_uncertain(message):
            return
        if state == "dead" and owner.on_failure(message, failure):
            notice = None
        self.messages.give_up(message, state, failure=failure, notice=notice, now=self.now())

    def drop(self, message: OutboxMessage) -> None:
        """Delete a message that is no longer needed; its owner may keep its contents for later."""
        if not self._owner(message).on_drop(message):
            self.messages.drop(message)

    def _owner(self, message: OutboxMessage) -> MessageOwner:
        return self.owners.get(message.kind, MessageOwner())

    # -- rate limits

    def pause(self, team: str, wait: timedelta, failure: str | None = None) -> bool:
        """Post nothing in a workspace for a while.

        A `failure` is a reason that somebody has to deal with; returns whether it is a new one.
        """
        return self.channels.pause(team, self.now() + wait, failure)

    def pause_reading(self, team: str, wait: timedelta) -> None:
        """Read no channel of a workspace for a while."""
        self.channels.pause_reading(team, self.now() + wait)

    def reading_pause(self, team: str) -> timedelta | None:
        """Return for how long no channel of a workspace may be read; None if they may be."""
        now = self.now()
        until = self.channels.reading_paused_until(team, now)
        return until - now if until else None

    # -- for people

    def retry_dead_letters(self, ids: Collection[int], team: str | None = None) -> int:
        """Queue dead letters again; returns how many. Raises NotFoundError if some are missing."""
        return _require_all(ids, self.dead_letters.retry(ids, team=team, now=self.now()))

    def drop_dead_letters(self, ids: Collection[int], team: str | None = None) -> int:
        """Delete dead letters; returns how many. Raises NotFoundError if some are missing."""
        return _require_all(ids, self.dead_letters.drop(ids, team=team))


def _require_all(ids: Collection[int], found_ids: set[int]) -> int:
    if missing := sorted(set(ids) - found_ids):
        raise NotFoundError(
            "these messages aren't in the outbox",
            subject=", ".join(map(str, missing)),
            remedy="claimdesk outbox lists them all. Any others you named were dealt with.",
        )
    return len(found_ids)
