"""Watches, and the statements that each has found: once each, in however many outlets."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import Watch, WatchState
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.outbox_message import OutboxMessage
from bot.store.delivery.payloads import AlertPayload, InvalidWatchPayload, WatchPausedPayload
from bot.store.schema import alerts, outbox, store_state, watches
from bot.store.watches import new_claims
from bot.store.watches.alerts import (
    ALERT,
    BY_WATCH,
    Alert,
    Firing,
    alert_from_row,
    alert_row,
    alerts_of_message,
    recent_alerts,
    recent_message_times,
)
from bot.store.watches.new_claims import NewClaims
from bot.words import say


class Watches:
    """The watches of all workspaces."""

    def __init__(self, database: Database, jobs: Jobs, outbox: Outbox) -> None:
        self._db, self._jobs, self._outbox = database, jobs, outbox

    # -- what people set

    def add(self, watch: Watch) -> Watch:
        """Keep a watch under the next number of its workspace. One that its person has for the same
        query in the same channel goes on as it is set; one that has ended begins anew."""
        same = [watches.c[name] == getattr(watch, name) for name in ("team", "channel", "person")]
        with self._db.write() as connection:
            self._count(connection)
            there = sa.select(watches).where(*same, watches.c.query == watch.query)
            if row := connection.execute(there.order_by(watches.c.number.desc()).limit(1)).first():
                return self._again(connection, _watch(row), watch)
            last = sa.select(sa.func.max(watches.c.number)).where(watches.c.team == watch.team)
            number = (connection.scalar(last) or 0) + 1
            new = replace(watch, id=secrets.token_hex(8), number=number)
            connection.execute(sa.insert(watches).values(**_values(new)))
        return new

    def update_settings(self, watch: Watch, now: datetime) -> Watch:
        """Keep what has been set anew of a watch; what waits is told when it says now. Raises
        NotFoundError for one that has ended."""
        with self._db.write() as connection:
            self._count(connection)
            if not (changed := self._put(connection, watch.id, _set(watch))):
                raise _no_such(watch.number)
            self._jobs.add(ALERT, watch.id, due_at=now, connection=connection)
        return changed

    def set_state(self, watch: Watch, state: WatchState, now: datetime) -> None:
        """Pause, resume or end a watch; one that goes on tells what has waited meanwhile, and one
        that has ended stays so."""
        with self._db.write() as connection:
            self._count(connection)
            if self._put(connection, watch.id, {"state": state}) and state == "active":
                self._jobs.add(ALERT, watch.id, due_at=now, connection=connection)

    def pause(
        self, watch: Watch, why: WatchPausedPayload | InvalidWatchPayload, *, now: datetime
    ) -> bool:
        """Pause a watch that cannot go on, and have its person told why; False where it does not go
        on already."""
        goes_on = watches.c.id == watch.id, watches.c.state == "active"
        with self._db.write() as connection:
            self._count(connection)
            paused = sa.update(watches).where(*goes_on).values(state="paused")
            if not connection.execute(paused).rowcount:
                return False
            self._outbox.add(
                connection,
                team=watch.team,
                channel=watch.person,
                key=f"{why.kind}/{watch.id}/{now:%Y%m%d%H%M%S%f}",
                payload=why,
                now=now,
            )
        return True

    def by_number(self, team: str, number: int) -> Watch:
        """A watch of a workspace by its number. Raises NotFoundError, also for one that has
        ended."""
        return self._one(str(number), watches.c.team == team, watches.c.number == number)

    def by_id(self, team: str, watch_id: str) -> Watch:
        """The same by its id."""
        return self._one(watch_id, watches.c.team == team, watches.c.id == watch_id)

    def get(self, watch_id: str) -> Watch | None:
        """A watch by its id, ended or not."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(watches).where(watches.c.id == watch_id)).first()
        return _watch(row) if row else None

    def for_person(self, team: str, *, person: str, channel: str | None = None) -> list[Watch]:
        """A person's watches, and those that tell in a channel, by number; none that has ended."""
        mine = watches.c.person == person
        if channel is not None:
            mine = sa.or_(mine, watches.c.channel == channel)
        return self._list(watches.c.team == team, mine)

    def all(self) -> list[Watch]:
        """The watches of all workspaces that have not ended."""
        return self._list()

    def active(self) -> tuple[int, dict[str, Watch]]:
        """The watches that look at what comes, by id, and how often watches had changed then."""
        query = sa.select(watches).where(watches.c.state == "active")
        with self._db.read() as connection:
            count = connection.scalar(sa.select(store_state.c.watching)) or 0
            return count, {row.id: _watch(row) for row in connection.execute(query)}

    def change_count(self) -> int:
        """How often watches have changed."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(store_state.c.watching)) or 0

    # -- what they find

    def new_claims(self, limit: int) -> list[NewClaims]:
        """The claims of up to `limit` articles that no watch has seen."""
        with self._db.read() as connection:
            return new_claims.read(connection, limit)

    def recent_alerts(
        self, watch_ids: Collection[str], *, since: datetime, limit: int
    ) -> dict[str, list[Alert]]:
        """The statements of each of these watches since then, up to the last `limit`, the earliest
        first."""
        with self._db.read() as connection:
            return recent_alerts(connection, watch_ids, since, limit)

    def message_times(
        self, watch_ids: Collection[str], since: datetime
    ) -> dict[str, list[datetime]]:
        """When each of these watches has asked for its messages after that moment, the earliest
        first; none for those that have asked for none."""
        with self._db.read() as connection:
            return recent_message_times(connection, watch_ids, since)

    def pending_alerts(self, watch: Watch) -> list[Alert]:
        """What a watch has found that waits for its hour, the earliest first."""
        with self._db.read() as connection:
            return alerts_of_message(connection, watch, None)

    def alerts_in(self, watch: Watch, key: str) -> list[Alert]:
        """The statements that a message of a watch tells, the earliest first."""
        with self._db.read() as connection:
            return alerts_of_message(connection, watch, key)

    def dead_letter_ids(self, watch: Watch) -> set[int]:
        """The messages of a watch that could not be posted, by their ids in the outbox."""
        dead = outbox.c.state == "dead", outbox.c.team == watch.team
        query = sa.select(outbox.c.id).where(*dead, BY_WATCH.in_([watch.id]))
        with self._db.read() as connection:
            return set(connection.scalars(query))

    def record_firings(
        self, seen: Sequence[NewClaims], firings: Iterable[Firing], now: datetime
    ) -> bool:
        """Note what some news has fired, with the messages that are to tell it, all or nothing;
        False where another process has matched any of it already."""
        try:
            with self._db.write() as connection:
                new_claims.take(connection, [one.seq for one in seen])
                for firing in firings:
                    self._fire(connection, firing, now)
        except new_claims.AlreadyTaken:
            return False
        return True

    def send_alerts(self, watch: Watch, found: Sequence[Alert], now: datetime) -> bool:
        """Have what has waited told by one message; False where nothing of it waits any more."""
        waits = alerts.c.watch_id == watch.id, alerts.c.outbox_key.is_(None)
        key = _key(watch, found)
        change = sa.update(alerts).where(
            *waits, alerts.c.statement.in_([one.statement for one in found])
        )
        with self._db.write() as connection:
            rows = connection.execute(change.values(outbox_key=key).returning(alerts))
            # As they stand by now: they may have grown since they were found.
            told = {row.statement: alert_from_row(row) for row in rows}
            if left := [told[one.statement] for one in found if one.statement in told]:
                self._ask(connection, watch, key, left, now)
        return bool(left)

    def requeue(self, one: OutboxMessage, now: datetime) -> None:
        """Drop a message of a watch, unless another has changed it; what it was to tell waits
        again."""
        watch_id = one.payload_as(AlertPayload).watch
        mine = alerts.c.watch_id == watch_id, alerts.c.outbox_key == one.key
        with self._db.write() as connection:
            # Whoever lets a message grow locks its statements first, too.
            connection.execute(sa.select(alerts.c.statement).where(*mine).with_for_update())
            if not self._outbox.drop(one, connection):
                return
            connection.execute(sa.update(alerts).where(*mine).values(outbox_key=None))
            self._jobs.add(ALERT, watch_id, due_at=now, connection=connection)

    def _fire(self, connection: sa.Connection, firing: Firing, now: datetime) -> None:
        watch, found = firing.watch, firing.found
        if found:
            key = _key(watch, found) if firing.due_at is None else None
            rows = [alert_row(one) | {"outbox_key": key} for one in found]
            connection.execute(self._db.insert(alerts).on_conflict_do_nothing(), rows)
            fired = {"fired": watches.c.fired + len(found), "fired_at": now}
            mine = sa.update(watches).where(watches.c.id == watch.id)
            connection.execute(mine.values(**fired))
            if key:
                self._ask(connection, watch, key, found, now)
            else:
                at = firing.due_at or now
                self._jobs.add(ALERT, watch.id, due_at=at, connection=connection)
        for one in firing.extended:
            this = alerts.c.watch_id == watch.id, alerts.c.statement == one.statement
            grown = sa.update(alerts).where(*this).values(claims=list(one.claims))
            if key := connection.scalar(grown.returning(alerts.c.outbox_key)):
                self._extend(connection, watch, key, now)

    def _ask(
        self,
        connection: sa.Connection,
        watch: Watch,
        key: str,
        found: Sequence[Alert],
        now: datetime,
    ) -> None:
        """Ask for a message that tells what was found; the one that has its key already tells that
        too."""
        is_new = self._outbox.add(
            connection,
            team=watch.team,
            channel=watch.channel,
            key=key,
            payload=AlertPayload(watch.id),
            now=now,
            person=watch.person,
            claims=[claim for one in found for claim in one.claims],
        )
        if not is_new:
            self._extend(connection, watch, key, now)

    def _extend(self, connection: sa.Connection, watch: Watch, key: str, now: datetime) -> None:
        """Let a message show what further claims report that it tells."""
        told = alerts_of_message(connection, watch, key)
        shown = [claim for alert in told for claim in alert.claims]
        payload, team = AlertPayload(watch.id), watch.team
        self._outbox.change_payload(
            connection, team=team, key=key, payload=payload, claims=shown, now=now
        )

    # -- the rest

    def _count(self, connection: sa.Connection) -> None:
        """Count a change of watches, and keep others from making one meanwhile."""
        one_more = store_state.c.watching + 1
        connection.execute(sa.update(store_state).values(watching=one_more))

    def _again(self, connection: sa.Connection, before: Watch, anew: Watch) -> Watch:
        """Let a watch go on, or begin anew where it had ended."""
        if before.state != "ended":
            self._put(connection, before.id, {"state": "active"})
            self._jobs.add(ALERT, before.id, due_at=anew.made_at, connection=connection)
            return replace(before, state="active")
        # What it never told is no news any more.
        untold = alerts.c.watch_id == before.id, alerts.c.outbox_key.is_(None)
        connection.execute(sa.delete(alerts).where(*untold))
        kept = {name: getattr(before, name) for name in ("id", "number", "fired", "fired_at")}
        begun = replace(anew, **kept)
        change = sa.update(watches).where(watches.c.id == before.id)
        connection.execute(change.values(**_values(begun)))
        return begun

    def _put(
        self, connection: sa.Connection, watch_id: str, values: Mapping[str, Any]
    ) -> Watch | None:
        """Change a watch; None where it has ended."""
        change = sa.update(watches).where(watches.c.id == watch_id, watches.c.state != "ended")
        row = connection.execute(change.values(**values).returning(watches)).first()
        return _watch(row) if row else None

    def _one(self, called: str, *where: sa.ColumnElement[bool]) -> Watch:
        there = self._list(*where)
        if not there:
            raise _no_such(called)
        return there[0]

    def _list(self, *where: sa.ColumnElement[bool]) -> list[Watch]:
        query = sa.select(watches).where(*where, watches.c.state != "ended")
        query = query.order_by(watches.c.team, watches.c.number)
        with self._db.read() as connection:
            return [_watch(row) for row in connection.execute(query)]


def _key(watch: Watch, found: Sequence[Alert]) -> str:
    """What makes a message one: each statement of a watch is told by one, so its first does."""
    return f"{ALERT}/{watch.id}/{found[0].statement}"


def _no_such(called: object) -> NotFoundError:
    return NotFoundError(
        say("watches.no_such"), subject=str(called), remedy=say("watches.see_list")
    )


def _values(watch: Watch) -> dict[str, Any]:
    names = ("id", "number", "team", "person", "made_at", "state", "fired", "fired_at")
    return {name: getattr(watch, name) for name in names} | _set(watch)


def _set(watch: Watch) -> dict[str, Any]:
    """What people set of a watch."""
    values = {name: getattr(watch, name) for name in ("channel", "query", "zone", "pace", "at")}
    since, until = watch.quiet or (None, None)
    return values | {"quiet_from": since, "quiet_until": until}


def _watch(row: sa.Row[Any]) -> Watch:
    values = dict(row._mapping)
    since, until = values.pop("quiet_from"), values.pop("quiet_until")
    return Watch(**values, quiet=(since, until) if since and until else None)
