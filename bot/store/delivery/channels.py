"""When the next message may be posted in a channel, over all processes, and why not before; and
whether links are unfurled there.

Slack lets an app post about one message a second in a channel
(docs.slack.dev/apis/web-api/rate-limits). Where it asks for more time, or lets nobody in, the whole
workspace waits: that is the row of the channel "". Where it asks for more time before channels are
read again, that is the row "reading".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import channels

MESSAGE_INTERVAL = timedelta(seconds=1)
"""Between two messages in a channel."""

MAX_PAUSE = timedelta(hours=1)
"""A wait that is longer comes from a clock that was wrong."""

WORKSPACE, READING = "", "reading"


class Channels:
    """The turns in which messages are posted, and what is set of channels."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def reserve_slot(
        self, team: str, channel: str, now: datetime, connection: sa.Connection | None = None
    ) -> datetime | None:
        """Take the next turn in a channel, over a `connection` as part of its transaction: None
        where it is now, otherwise when to ask again."""
        if connection is not None:
            return self._take_turn(connection, team, channel, now)
        with self._db.write() as own:
            return self._take_turn(own, team, channel, now)

    def _take_turn(
        self, connection: sa.Connection, team: str, channel: str, now: datetime
    ) -> datetime | None:
        if held := self._free_at(connection, team, WORKSPACE, now):
            return held
        insert = self._db.insert(channels).values(
            team=team, channel=channel, free_at=now + MESSAGE_INTERVAL
        )
        taken = insert.on_conflict_do_update(
            index_elements=["team", "channel"],
            set_={"free_at": insert.excluded.free_at},
            where=~_is_held(now),
        )
        if connection.execute(taken.returning(channels.c.team)).first():
            return None
        return self._free_at(connection, team, channel, now) or now

    def next_slot(self, team: str, channel: str, now: datetime) -> datetime | None:
        """When a message may next be posted in a channel; None where it may now."""
        with self._db.read() as connection:
            of_all = self._free_at(connection, team, WORKSPACE, now)
            return of_all or self._free_at(connection, team, channel, now)

    def pause(self, team: str, until: datetime, failure: str | None = None) -> bool:
        """Post nothing in a workspace until an hour; with a `failure`, because somebody has to see
        to it: True where that is new."""
        with self._db.write() as connection:
            before = connection.scalar(_failure(team))
            self._hold(connection, team, WORKSPACE, until, failure)
        return failure is not None and before != failure

    def pause_reading(self, team: str, until: datetime) -> None:
        """Read no channel of a workspace until an hour."""
        with self._db.write() as connection:
            self._hold(connection, team, READING, until)

    def reading_paused_until(self, team: str, now: datetime) -> datetime | None:
        """Until when no channel of a workspace is read; None where it may be."""
        with self._db.read() as connection:
            return self._free_at(connection, team, READING, now)

    def clear_failure(self, connection: sa.Connection, team: str) -> None:
        """Note that Slack lets us into a workspace (again)."""
        ill = channels.c.team == team, channels.c.failure.is_not(None)
        connection.execute(sa.update(channels).where(*ill).values(failure=None, free_at=None))

    def failures(self) -> dict[str, str]:
        """Why nothing is posted in whole workspaces, where that is so."""
        ill = channels.c.channel == WORKSPACE, channels.c.failure.is_not(None)
        query = sa.select(channels.c.team, channels.c.failure).where(*ill)
        with self._db.read() as connection:
            return {row.team: row.failure for row in connection.execute(query)}

    # -- what is shown there

    def unfurls(self, team: str, channel: str) -> bool:
        """Whether links to known articles are unfurled in a channel."""
        here = channels.c.team == team, channels.c.channel == channel
        with self._db.read() as connection:
            return bool(connection.scalar(sa.select(channels.c.unfurls).where(*here)))

    def set_unfurls(self, team: str, channel: str, *, on: bool) -> None:
        """Say whether links to known articles are unfurled in a channel."""
        insert = self._db.insert(channels).values(team=team, channel=channel, unfurls=on)
        with self._db.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["team", "channel"], set_={"unfurls": on}
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
        why = {"failure": failure} if failure else {}
        row = {"team": team, "channel": channel, "free_at": until}
        insert = self._db.insert(channels).values(row | why)
        # Of two that ask for time, who asks for more is heard, unless by a clock that was wrong.
        asked, before = insert.excluded.free_at, channels.c.free_at
        longer = before.between(asked, until + MAX_PAUSE)
        held = {"free_at": sa.case((longer, before), else_=asked)}
        connection.execute(
            insert.on_conflict_do_update(index_elements=["team", "channel"], set_=held | why)
        )

    def _free_at(
        self, connection: sa.Connection, team: str, channel: str, now: datetime
    ) -> datetime | None:
        at = channels.c.team == team, channels.c.channel == channel
        held: datetime | None = connection.scalar(
            sa.select(channels.c.free_at).where(*at, _is_held(now))
        )
        return held


def _is_held(now: datetime) -> sa.ColumnElement[bool]:
    later = channels.c.free_at > now, channels.c.free_at <= now + MAX_PAUSE
    # Never NULL, so that its opposite holds where no hour is set.
    return sa.func.coalesce(sa.and_(*later), sa.false())


def _failure(team: str) -> sa.Select[Any]:
    at = channels.c.team == team, channels.c.channel == WORKSPACE
    return sa.select(channels.c.failure).where(*at)
