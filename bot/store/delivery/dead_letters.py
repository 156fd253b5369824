"""Dead letters: messages given up as `dead` or `uncertain`."""

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

IS_GIVEN_UP = outbox.c.state.in_(("dead", "uncertain"))


class DeadLetters:
    """The messages of all workspaces that wait for a person to retry or drop them.

    A `team` restricts a method to the messages of one workspace.
    """

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def find(self, team: str | None = None) -> list[OutboxMessage]:
        """Read the dead letters, oldest first."""
        query = sa.select(outbox).where(IS_GIVEN_UP, _is_of_team(team)).order_by(outbox.c.id)
        with self._db.read() as connection:
            rows = connection.execute(query).all()
            return [message_from_row(connection, row) for row in rows]

    def retry(self, ids: Collection[int], *, team: str | None, now: datetime) -> set[int]:
        """Queue dead letters again; returns the ids of those queued.

        An uncertain message is looked up in its channel before it is sent.
        """
        is_dead = outbox.c.state == "dead"
        update = sa.update(outbox).where(outbox.c.id.in_(ids), IS_GIVEN_UP, _is_of_team(team))
        update = update.values(
            state=sa.case((is_dead, "waiting"), else_="sending"),
            # A lookup starts from the time at which the message was first queued.
            asked_at=sa.case((is_dead, sa.literal(now, Instant)), else_=outbox.c.asked_at),
            due_at=now,
            attempts=0,
        ).returning(outbox.c.id, outbox.c.team, outbox.c.channel)
        with self._db.write() as connection:
            rows = connection.execute(update).all()
            for row in rows:
                schedule_send(self._jobs, connection, row.team, row.channel, now)
        return {row.id for row in rows}

    def drop(self, ids: Collection[int], *, team: str | None) -> set[int]:
        """Delete dead letters; returns the ids of those deleted."""
        delete = sa.delete(outbox).where(outbox.c.id.in_(ids), IS_GIVEN_UP, _is_of_team(team))
        with self._db.write() as connection:
            return set(connection.scalars(delete.returning(outbox.c.id)))


def _is_of_team(team: str | None) -> sa.ColumnElement[bool]:
    return sa.true() if team is None else outbox.c.team.in_((team, ANY_TEAM))
