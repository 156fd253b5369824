"""When the next message may be posted in each channel, for all processes, and whether links are
unfurled there.

Slack lets an app post about one message per second in a channel
(docs.slack.dev/apis/web-api/rate-limits). If it asks for more time, or does not authorise us, the
whole workspace waits: that is the row of the channel "". If it rate-limits reading channels, that
is the row "reading".
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import channels

MESSAGE_INTERVAL = timedelta(seconds=1)
"""The minimum time between two messages in a channel."""

MAX_PAUSE = timedelta(hours=1)
"""A longer wait is ignored: it was set by a wrong clock."""

WORKSPACE, READING = "", "reading"
"""Stand in for a channel's id in the rows about a whole workspace and about reading channels."""


class Channels:
    """Rate limits and settings of channels."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def reserve_slot(
        self, team: str, channel: str, now: datetime, connection: sa.Connection | None = None
    ) -> datetime | None:
        """Reserve the current slot of a channel, in the transaction of `connection` if given.

        Returns None, or the time of the next slot if the channel must wait.
        """
        with self._db.write_in(connection) as transaction:
            if paused_until := self._free_at(transaction, team, WORKSPACE, now):
                return paused_until
            insert = self._db.insert(channels).values(
                team=team, channel=channel, free_at=now + MESSAGE_INTERVAL
            )
            reserve = insert.on_conflict_do_update(
                index_elements=["team", "channel"],
                set_={"free_at": insert.excluded.free_at},
                where=~_must_wait(now),
            )
            if transaction.execute(reserve.returning(channels.c.team)).first():
                return None
            return self._free_at(transaction, team, channel, now) or now

    def next_slot(self, team: str, channel: str, now: datetime) -> datetime | None:
        """The time of a channel's next slot, or None if it is now."""
        with self._db.read() as connection:
            paused_until = self._free_at(connection, team, WORKSPACE, now)
            return paused_until or self._free_at(connection, team, channel, now)

    def pause(self, team: str, until: datetime, failure: str | None = None) -> bool:
        """Post nothing in a workspace until a time.

        A `failure` is a reason that somebody has to deal with; returns whether it is a new one.
        """
        is_workspace = channels.c.team == team, channels.c.channel == WORKSPACE
        with self._db.write() as connection:
            old_failure = connection.scalar(sa.select(channels.c.failure).where(*is_workspace))
            self._hold(connection, team, WORKSPACE, until, failure)
        return failure is not None and old_failure != failure

    def pause_reading(self, team: str, until: datetime) -> None:
        """Read no channel of a workspace until a time."""
        with self._db.write() as connection:
            self._hold(connection, team, READING, until)

    def reading_paused_until(self, team: str, now: datetime) -> datetime | None:
        """When the channels of a workspace may be read again, or None if they may be read now."""
        with self._db.read() as connection:
            return self._free_at(connection, team, READING, now)

    def clear_failure(self, connection: sa.Connection, team: str) -> None:
        """Record that Slack authorises us in a workspace, which ends its pause."""
        update = sa.update(channels).where(channels.c.team == team, channels.c.failure.is_not(None))
        connection.execute(update.values(failure=None, free_at=None))

    def failures(self) -> dict[str, str]:
        """The failures of workspaces in which nothing can be posted, by workspace."""
        has_failure = channels.c.channel == WORKSPACE, channels.c.failure.is_not(None)
        query = sa.select(channels.c.team, channels.c.failure).where(*has_failure)
        return {row.team: row.failure for row in self._db.fetch_all(query)}

    # -- unfurling

    def unfurls(self, team: str, channel: str) -> bool:
        """Tell whether links to known articles are unfurled in a channel."""
        is_channel = channels.c.team == team, channels.c.channel == channel
        return bool(self._db.fetch_value(sa.select(channels.c.unfurls).where(*is_channel)))

    def set_unfurls(self, team: str, channel: str, *, enabled: bool) -> None:
        """Set whether links to known articles are unfurled in a channel."""
        insert = self._db.insert(channels).values(team=team, channel=channel, unfurls=enabled)
        self._db.execute(
            insert.on_conflict_do_update(
                index_elements=["team", "channel"], set_={"unfurls": enabled}
            )
        )

    def _hold(
        self,
        connection: sa.Connection,
        team: str,
        channel: str,
        until: datetime,
        failure: str | None = None,
    ) -> None:
        values = {"failure": failure} if failure else {}
        row = {"team": team, "channel": channel, "free_at": until}
        insert = self._db.insert(channels).values(row | values)
        # Of two pauses the longer one counts, unless a wrong clock has set it.
        requested, current = insert.excluded.free_at, channels.c.free_at
        is_longer = current.between(requested, until + MAX_PAUSE)
        free_at = sa.case((is_longer, current), else_=requested)
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=["team", "channel"], set_={"free_at": free_at} | values
            )
        )

    def _free_at(
        self, connection: sa.Connection, team: str, channel: str, now: datetime
    ) -> datetime | None:
        """When a row's wait ends, or None if it has none."""
        is_row = channels.c.team == team, channels.c.channel == channel
        return connection.scalar(sa.select(channels.c.free_at).where(*is_row, _must_wait(now)))


def _must_wait(now: datetime) -> sa.ColumnElement[bool]:
    is_in_future = channels.c.free_at > now, channels.c.free_at <= now + MAX_PAUSE
    # Never NULL, so that it can be negated.
    return sa.func.coalesce(sa.and_(*is_in_future), sa.false())
