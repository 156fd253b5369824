"""Post digests by hand, as workers and Slack do it: asked for, sent, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from bot.delivery.transport import Draft, PostedMessage
from bot.model import Digest
from bot.newsroom import Assignment, Newsroom
from bot.store import DigestKey, OutboxMessage, schema

TEAM = "T1"


@dataclass(frozen=True)
class Sent:
    """A digest that Slack is being asked for."""

    assignment: Assignment
    message: OutboxMessage

    @property
    def key(self) -> DigestKey:
        return self.assignment.key

    @property
    def digest(self) -> Digest:
        return self.assignment.digest


def send_due(newsroom: Newsroom, team: str = TEAM, channel: str | None = None) -> Sent | None:
    """Send the next digest that is due in a channel, or in any, as their jobs do one after the
    other; None where none is."""
    for one in newsroom.store.ledger.subscriptions(team):
        if channel in (None, one.channel):
            newsroom.digests.ask_due(one.team, one.channel)
            if sent := _send(newsroom, one.team, one.channel):
                return sent
    return None


def _send(newsroom: Newsroom, team: str, channel: str) -> Sent | None:
    waiting = newsroom.store.outbox.next_in_channel(team, channel)
    if not waiting or waiting.kind != "digest" or waiting.state == "sending":
        return None
    if not (assignment := newsroom.digests.assignment(waiting)):
        newsroom.delivery.outbox.drop(waiting)
        return None
    draft = Draft(None, newsroom.digests.contents_of(assignment))
    # How fast messages come in a channel is not what is tried here.
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(schema.channels).values(free_at=None))
    begun = newsroom.delivery.outbox.begin(waiting, draft)
    return Sent(assignment, begun) if isinstance(begun, OutboxMessage) else None


def found_open(newsroom: Newsroom, team: str = TEAM, channel: str = "C1") -> OutboxMessage | None:
    """Take the digest of a channel of which nobody knows what came of it, to look for it."""
    one = newsroom.store.outbox.next_in_channel(team, channel)
    if one and one.state == "sending" and one.is_due(newsroom.now()):
        return newsroom.delivery.outbox.take_for_lookup(one)
    return None


def message_of(one: Sent | OutboxMessage) -> OutboxMessage:
    return one.message if isinstance(one, Sent) else one


def posted(newsroom: Newsroom, one: Sent | OutboxMessage, ts: str = "1") -> None:
    """Slack has posted it."""
    message = message_of(one)
    newsroom.delivery.outbox.mark_sent(message, PostedMessage(message.channel, ts))


def refused(newsroom: Newsroom, one: Sent | OutboxMessage) -> None:
    """Slack has refused it."""
    newsroom.digests.messages.on_failure(message_of(one), "not_in_channel")


def doubted(newsroom: Newsroom, one: Sent | OutboxMessage) -> None:
    """Nobody can look whether it stands there."""
    newsroom.delivery.outbox.give_up(message_of(one), "uncertain", "x", None)


def left_open(newsroom: Newsroom, one: Sent, until: datetime) -> None:
    """Slack's answer was lost."""
    newsroom.store.outbox.mark_open(one.message, failure="lost", due_at=until)


def not_there(newsroom: Newsroom, one: OutboxMessage) -> None:
    """It does not stand there."""
    assert newsroom.delivery.outbox.send_again(replace(one, attempts=0))
