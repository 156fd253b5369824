"""Post digests step by step, as the worker and Slack do, with each possible outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from bot.delivery.transport import PostedMessage
from bot.model import Digest
from bot.newsroom import Newsroom
from bot.newsroom.digests.digests import DueDigest
from bot.store import DigestKey, OutboxMessage, schema

TEAM = "T1"


@dataclass(frozen=True)
class SentDigest:
    """A digest that is being sent to Slack."""

    assignment: DueDigest
    message: OutboxMessage

    @property
    def key(self) -> DigestKey:
        return self.assignment.key

    @property
    def digest(self) -> Digest:
        return self.assignment.digest


def send_due(newsroom: Newsroom, team: str = TEAM, channel: str | None = None) -> SentDigest | None:
    """Start to send the next due digest of a channel, or of any; return None if none is due."""
    for one in newsroom.store.ledger.subscriptions(team):
        if channel in (None, one.channel):
            newsroom.digests.queue_due_message(one.team, one.channel)
            if sent := _send(newsroom, one.team, one.channel):
                return sent
    return None


def _send(newsroom: Newsroom, team: str, channel: str) -> SentDigest | None:
    waiting = newsroom.store.outbox.next_in_channel(team, channel)
    if not waiting or waiting.kind != "digest" or waiting.state == "sending":
        return None
    if not (assignment := newsroom.digests.due_digest(waiting)):
        newsroom.delivery.outbox.drop(waiting)
        return None
    contents = newsroom.digests.message_contents(assignment)
    # Ignore the channel's rate limit.
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(schema.channels).values(free_at=None))
    begun = newsroom.store.outbox.begin_sending(waiting, newsroom.now(), contents)
    return SentDigest(assignment, begun) if isinstance(begun, OutboxMessage) else None


def take_uncertain(
    newsroom: Newsroom, team: str = TEAM, channel: str = "C1"
) -> OutboxMessage | None:
    """Take a digest with an unknown outcome, to look it up in its channel."""
    one = newsroom.store.outbox.next_in_channel(team, channel)
    if one and one.state == "sending" and one.is_due(newsroom.now()):
        return newsroom.store.outbox.take_for_lookup(one, newsroom.now())
    return None


def message_of(digest: SentDigest | OutboxMessage) -> OutboxMessage:
    return digest.message if isinstance(digest, SentDigest) else digest


def mark_posted(newsroom: Newsroom, digest: SentDigest | OutboxMessage, ts: str = "1") -> None:
    """Record that Slack posted it."""
    message = message_of(digest)
    newsroom.delivery.outbox.mark_sent(message, PostedMessage(message.channel, ts))


def mark_refused(newsroom: Newsroom, digest: SentDigest | OutboxMessage) -> None:
    """Record that Slack refused it."""
    newsroom.digests.messages.on_failure(message_of(digest), "not_in_channel")


def mark_uncertain(newsroom: Newsroom, digest: SentDigest | OutboxMessage) -> None:
    """Record that nobody can tell whether Slack posted it."""
    newsroom.delivery.outbox.give_up(message_of(digest), "uncertain", "x", None)


def lose_answer(newsroom: Newsroom, one: SentDigest, until: datetime) -> None:
    """Record that Slack's response was lost."""
    newsroom.store.outbox.mark_outcome_unknown(one.message, failure="lost", due_at=until)


def mark_missing(newsroom: Newsroom, message: OutboxMessage) -> None:
    """Record that it was not found in the channel."""
    assert newsroom.delivery.outbox.send_again(replace(message, attempts=0))
