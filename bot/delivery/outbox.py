"""What is to be posted, once: when it is tried, how often, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from bot import store
from bot.delivery.backoff import back_off
from bot.delivery.transport import Draft, PostedMessage
from bot.errors import NotFoundError
from bot.store import MessageKey, OutboxMessage
from bot.store.delivery.payloads import TextPayload

LOOKUP_DELAY = timedelta(seconds=10)
"""How long after an answer was lost a message is looked for: what Slack took may be a moment late
in the channel's history, and a call that we gave up may still be on its way."""

MAX_RETRY_DELAY = timedelta(minutes=15)
"""Between two attempts."""

MAX_SEND_ATTEMPTS = 100
"""Of those that Slack leaves open and after which the message does not stand there; with these
waits, about a day. That Slack is out of reach or lets nobody in is no attempt."""

MAX_RENDER_ATTEMPTS = 5
"""To make a message of one that waits: a few minutes, in which all else in its channel waits too.
"""


class MessageOwner:
    """Callbacks for what happens to messages of one kind, also to those whose payload can't be
    read. Most kinds need none."""

    def on_drop(self, one: OutboxMessage) -> bool:
        """Drop a message that has nothing to say now, and keep for later what it was to tell; False
        where it is only to be dropped."""
        return False

    def on_render_failure(self, one: OutboxMessage, failure: str) -> bool:
        """React to a message that could not be built; False lets that be tried again a few times,
        while all else in its channel waits."""
        return False

    def on_failure(self, one: OutboxMessage, failure: str) -> bool:
        """React to a message that was given up; True if this tells its person, or it will be
        posted later."""
        return False

    def on_uncertain(self, one: OutboxMessage) -> bool:
        """React to a message whose outcome nobody can find out; False leaves it in the outbox."""
        return False

    def on_posted(self, connection: sa.Connection, one: OutboxMessage, message: MessageKey) -> None:
        """Add follow-up jobs for a posted message, in the transaction that records it."""


@dataclass(eq=False, repr=False, kw_only=True)
class Outbox:
    """Messages that are to be posted."""

    messages: store.Outbox
    channels: store.Channels
    dead_letters: store.DeadLetters
    owners: Mapping[str, MessageOwner]
    now: Callable[[], datetime]

    # -- sending

    def begin_sending(self, one: OutboxMessage, draft: Draft) -> OutboxMessage | datetime | None:
        """Note that a waiting message is asked for now. When the channel has its next turn, where
        that is later; None if another has it."""
        return self.messages.begin_sending(one, self.now(), draft.contents)

    def take_for_lookup(self, one: OutboxMessage) -> OutboxMessage | None:
        """Take a message whose outcome is open, to look for it; None if another does."""
        return self.messages.take_for_lookup(one, self.now())

    def mark_sent(self, one: OutboxMessage, stands: PostedMessage) -> None:
        """Note where a message stands."""
        owner = self._owner(one)

        def follow(connection: sa.Connection, message: MessageKey) -> None:
            owner.on_posted(connection, one, message)

        self.messages.mark_sent(
            one, channel=stands.channel, ts=stands.ts, now=self.now(), then=follow
        )

    # -- what becomes of it

    def postpone(self, one: OutboxMessage, failure: str, wait: timedelta) -> None:
        """Let a message wait that Slack has certainly not posted."""
        self.messages.retry_later(one, failure=failure, due_at=self.now() + wait)

    def mark_outcome_unknown(self, one: OutboxMessage, failure: str) -> None:
        """Note that Slack has been asked for a message and left open what came of it."""
        wait = LOOKUP_DELAY
        if one.attempts:
            wait += min(back_off(one.attempts, one.key), MAX_RETRY_DELAY)
        self.messages.record_attempt(one, failure=failure, due_at=self.now() + wait)

    def postpone_lookup(self, one: OutboxMessage, failure: str, wait: timedelta) -> None:
        """Note that what came of a message can't be seen at the moment."""
        self.messages.mark_outcome_unknown(one, failure=failure, due_at=self.now() + wait)

    def send_again(self, one: OutboxMessage) -> bool:
        """Let a message be sent again that does not stand in its channel; False where that has been
        so often enough."""
        if one.attempts >= MAX_SEND_ATTEMPTS:
            return False
        self.messages.retry_later(one, failure=one.failure, due_at=self.now())
        return True

    def record_render_failure(self, one: OutboxMessage, failure: str) -> bool:
        """Note that no message could be made of one that waits; False where that has been so often
        enough."""
        if self._owner(one).on_render_failure(one, failure):
            return True
        if one.attempts >= MAX_RENDER_ATTEMPTS:
            return False
        due_at = self.now() + back_off(one.attempts + 1, one.key)
        self.messages.record_attempt(one, failure=failure, due_at=due_at)
        return True

    def give_up(
        self,
        one: OutboxMessage,
        state: Literal["dead", "uncertain"],
        failure: str,
        notice: TextPayload | None,
    ) -> None:
        """Note that a message was not posted, or may have been and nobody will know; its person is
        `notice` so, by a message of that kind."""
        owner = self._owner(one)
        if state == "uncertain" and owner.on_uncertain(one):
            return
        if state == "dead" and owner.on_failure(one, failure):
            notice = None
        self.messages.give_up(one, state, failure=failure, notice=notice, now=self.now())

    def drop(self, one: OutboxMessage) -> None:
        """Forget a message that has nothing to say any more; what its owner was to tell waits."""
        if not self._owner(one).on_drop(one):
            self.messages.drop(one)

    def _owner(self, one: OutboxMessage) -> MessageOwner:
        return self.owners.get(one.kind, MessageOwner())

    # -- turns

    def next_slot(self, one: OutboxMessage) -> datetime | None:
        """When a message may next be posted in the channel of this one; None where it may now."""
        return self.channels.next_slot(one.team, one.channel, self.now())

    def pause(self, team: str, wait: timedelta, failure: str | None = None) -> bool:
        """Post nothing in a workspace for so long; with a `failure`, because somebody has to see to
        it: True where that is new."""
        return self.channels.pause(team, self.now() + wait, failure)

    def pause_reading(self, team: str, wait: timedelta) -> None:
        """Read no channel of a workspace for so long."""
        self.channels.pause_reading(team, self.now() + wait)

    def reading_pause(self, team: str) -> timedelta | None:
        """How long no channel of a workspace is to be read; None where they may be."""
        until = self.channels.reading_paused_until(team, now := self.now())
        return until - now if until else None

    # -- for people

    def retry_letters(self, ids: Collection[int], team: str | None = None) -> int:
        """Let messages that were given up be posted after all; returns how many. Raises
        NotFoundError for those that were not."""
        return _all_of(ids, self.dead_letters.retry(ids, team=team, now=self.now()))

    def drop_letters(self, ids: Collection[int], team: str | None = None) -> int:
        """Forget messages that were given up; returns how many. Raises NotFoundError for those
        that were not."""
        return _all_of(ids, self.dead_letters.drop(ids, team=team))


def _all_of(ids: Collection[int], seen_to: set[int]) -> int:
    if left := sorted(set(ids) - seen_to):
        raise NotFoundError(
            "these messages aren't in the outbox",
            subject=", ".join(map(str, left)),
            remedy="claimdesk outbox lists them all. Any others you named were dealt with.",
        )
    return len(seen_to)
