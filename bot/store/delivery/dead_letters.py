"""The messages that were given up: what is `dead`, and what is `uncertain`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.outbox_message import (
    ANY_TEAM,
    OutboxMessage,
    message_from_row,
    schedule_send,
)
from bot.store.schema import Instant, outbox

GIVEN_UP = outbox.c.state.in_(("dead", "uncertain"))


class DeadLetters:
    """The messages of all workspaces that wait for a person to retry or to drop them."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def find(self, team: str | None = None) -> list[OutboxMessage]:
        """The messages that were given up, of one workspace or of all, oldest first."""
        query = sa.select(outbox).where(GIVEN_UP, _is_of(team))
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(outbox.c.id)).all()
            return [message_from_row(connection, row) for row in rows]

    def retry(self, ids: Collection[int], *, team: str | None, now: datetime) -> set[int]:
        """Let messages that were given up be sent after all; the ids of those that will be. One
        that is uncertain is looked for first."""
        is_dead = outbox.c.state == "dead"
        change = sa.update(outbox).where(*_chosen(ids, team))
        change = change.values(
            state=sa.case((is_dead, "waiting"), else_="sending"),
            # Where one is looked for, it is from the hour on at which it was asked for.
            asked_at=sa.case((is_dead, sa.literal(now, Instant)), else_=outbox.c.asked_at),
            due_at=now,
            attempts=0,
        )
        with self._db.write() as connection:
            rows = connection.execute(
                change.returning(outbox.c.id, outbox.c.team, outbox.c.channel)
            ).all()
            for row in rows:
                schedule_send(self._jobs, connection, row.team, row.channel, now)
        return {row.id for row in rows}

    def drop(self, ids: Collection[int], *, team: str | None) -> set[int]:
        """Drop messages that were given up; the ids of those that were there."""
        gone = sa.delete(outbox).where(*_chosen(ids, team)).returning(outbox.c.id)
        with self._db.write() as connection:
            return set(connection.scalars(gone))


def _chosen(ids: Collection[int], team: str | None) -> list[sa.ColumnElement[bool]]:
    return [outbox.c.id.in_(ids), GIVEN_UP, _is_of(team)]


def _is_of(team: str | None) -> sa.ColumnElement[bool]:
    """Whether a message is a workspace's; of None, all are."""
    return sa.true() if team is None else outbox.c.team.in_((team, ANY_TEAM))
