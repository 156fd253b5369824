"""Watches and their alerts: each watch reports a statement once, however many outlets print it."""

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
    WATCH_ID,
    Alert,
    Trigger,
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

    # -- settings

    def add(self, watch: Watch) -> Watch:
        """Store a watch under the next number of its workspace.

        If its owner has a watch for the same query and channel already, that one is resumed with
        its own settings; if it has ended, it is restarted with the new ones.
        """
        names = ("team", "channel", "person", "query")
        is_same = [watches.c[name] == getattr(watch, name) for name in names]
        with self._db.write() as connection:
            self._lock_and_count_change(connection)
            query = sa.select(watches).where(*is_same).order_by(watches.c.number.desc()).limit(1)
            if row := connection.execute(query).first():
                return self._resume_or_restart(connection, _watch_from_row(row), watch)
            max_number = sa.select(sa.func.max(watches.c.number)).where(
                watches.c.team == watch.team
            )
            number = (connection.scalar(max_number) or 0) + 1
            new = replace(watch, id=secrets.token_hex(8), number=number)
            connection.execute(sa.insert(watches).values(**_all_columns(new)))
        return new

    def update_settings(self, watch: Watch, now: datetime) -> Watch:
        """Store a watch's changed settings; its pending alerts follow the new schedule.

        Raises NotFoundError if it has ended.
        """
        with self._db.write() as connection:
            self._lock_and_count_change(connection)
            if not (updated := self._update(connection, watch.id, _setting_columns(watch))):
                raise _not_found(watch.number)
            self._jobs.add(ALERT, watch.id, due_at=now, connection=connection)
        return updated

    def set_state(self, watch: Watch, state: WatchState, now: datetime) -> None:
        """Pause, resume or end a watch; a resumed one sends its pending alerts. One that has ended
        stays so."""
        with self._db.write() as connection:
            self._lock_and_count_change(connection)
            if self._update(connection, watch.id, {"state": state}) and state == "active":
                self._jobs.add(ALERT, watch.id, due_at=now, connection=connection)

    def pause(
        self, watch: Watch, notice: WatchPausedPayload | InvalidWatchPayload, *, now: datetime
    ) -> bool:
        """Pause a watch that cannot go on and send its owner a notice; False if it was not
        active."""
        is_active = watches.c.id == watch.id, watches.c.state == "active"
        with self._db.write() as connection:
            self._lock_and_count_change(connection)
            update = sa.update(watches).where(*is_active).values(state="paused")
            if not connection.execute(update).rowcount:
                return False
            self._outbox.add(
                connection,
                team=watch.team,
                channel=watch.person,
                key=f"{notice.kind}/{watch.id}/{now:%Y%m%d%H%M%S%f}",
                payload=notice,
                now=now,
            )
        return True

    def by_number(self, team: str, number: int) -> Watch:
        """Read a workspace's watch by number. Raises NotFoundError, including if it has ended."""
        return self._find_one(number, watches.c.team == team, watches.c.number == number)

    def by_id(self, team: str, watch_id: str) -> Watch:
        """Read a workspace's watch by id. Raises NotFoundError, including if it has ended."""
        return self._find_one(watch_id, watches.c.team == team, watches.c.id == watch_id)

    def get(self, watch_id: str) -> Watch | None:
        """Read a watch by id, whether it has ended or not."""
        row = self._db.fetch_first(sa.select(watches).where(watches.c.id == watch_id))
        return _watch_from_row(row) if row else None

    def for_person(self, team: str, *, person: str, channel: str | None = None) -> list[Watch]:
        """A person's watches and, if given, those of a channel, by number, without ended ones."""
        is_visible = watches.c.person == person
        if channel is not None:
            is_visible = sa.or_(is_visible, watches.c.channel == channel)
        return self._find(watches.c.team == team, is_visible)

    def all(self) -> list[Watch]:
        """The watches of all workspaces that have not ended."""
        return self._find()

    def active(self) -> tuple[int, dict[str, Watch]]:
        """The change count, and the active watches at that count, by id."""
        query = sa.select(watches).where(watches.c.state == "active")
        with self._db.read() as connection:
            count = connection.scalar(sa.select(store_state.c.watching)) or 0
            return count, {row.id: _watch_from_row(row) for row in connection.execute(query)}

    def change_count(self) -> int:
        """How often watches have changed."""
        return self._db.fetch_value(sa.select(store_state.c.watching)) or 0

    # -- alerts

    def new_claims(self, limit: int) -> list[NewClaims]:
        """The claims of up to `limit` articles that watches have not been matched with."""
        with self._db.read() as connection:
            return new_claims.load(connection, limit)

    def recent_alerts(
        self, watch_ids: Collection[str], *, since: datetime, limit: int
    ) -> dict[str, list[Alert]]:
        """The last `limit` alerts of each watch since a time, oldest first."""
        return recent_alerts(self._db, watch_ids, since, limit)

    def message_times(
        self, watch_ids: Collection[str], since: datetime
    ) -> dict[str, list[datetime]]:
        """The times at which each watch queued messages after `since`, oldest first; watches
        without messages are left out."""
        return recent_message_times(self._db, watch_ids, since)

    def pending_alerts(self, watch: Watch) -> list[Alert]:
        """A watch's alerts that are not in a message yet, oldest first."""
        with self._db.read() as connection:
            return alerts_of_message(connection, watch, None)

    def alerts_in(self, watch: Watch, key: str) -> list[Alert]:
        """The alerts in a watch's message, oldest first."""
        with self._db.read() as connection:
            return alerts_of_message(connection, watch, key)

    def dead_letter_ids(self, watch: Watch) -> set[int]:
        """The outbox ids of a watch's messages that could not be posted."""
        is_dead = outbox.c.state == "dead", outbox.c.team == watch.team
        query = sa.select(outbox.c.id).where(*is_dead, WATCH_ID.in_([watch.id]))
        return set(self._db.fetch_values(query))

    def record_triggers(
        self, matched_claims: Sequence[NewClaims], triggers: Iterable[Trigger], now: datetime
    ) -> bool:
        """Record in one transaction what new claims have triggered, and queue the messages.

        False if another process has matched any of the claims already.
        """
        try:
            with self._db.write() as connection:
                new_claims.take(connection, [claims.seq for claims in matched_claims])
                for trigger in triggers:
                    self._record_trigger(connection, trigger, now)
        except new_claims.AlreadyTaken:
            return False
        return True

    def send_alerts(self, watch: Watch, requested: Sequence[Alert], now: datetime) -> bool:
        """Queue one message with pending alerts; False if none of them is pending any more."""
        is_pending = alerts.c.watch_id == watch.id, alerts.c.outbox_key.is_(None)
        key = _message_key(watch, requested)
        update = sa.update(alerts).where(
            *is_pending, alerts.c.statement.in_([alert.statement for alert in requested])
        )
        with self._db.write() as connection:
            rows = connection.execute(update.values(outbox_key=key).returning(alerts))
            # As they are now: claims may have been added since `requested` was read.
            current = {row.statement: alert_from_row(row) for row in rows}
            pending = [
                current[alert.statement] for alert in requested if alert.statement in current
            ]
            if pending:
                self._queue_message(connection, watch, key, pending, now)
        return bool(pending)

    def requeue(self, message: OutboxMessage, now: datetime) -> None:
        """Drop a queued message, unless another process has changed it; its alerts become pending
        again."""
        watch_id = message.payload_as(AlertPayload).watch
        is_in_message = alerts.c.watch_id == watch_id, alerts.c.outbox_key == message.key
        with self._db.write() as connection:
            # Extending a message locks its alerts first, too.
            connection.execute(
                sa.select(alerts.c.statement).where(*is_in_message).with_for_update()
            )
            if not self._outbox.drop(message, connection):
                return
            connection.execute(sa.update(alerts).where(*is_in_message).values(outbox_key=None))
            self._jobs.add(ALERT, watch_id, due_at=now, connection=connection)

    def _record_trigger(self, connection: sa.Connection, trigger: Trigger, now: datetime) -> None:
        watch, new_alerts = trigger.watch, trigger.new_alerts
        if new_alerts:
            key = _message_key(watch, new_alerts) if trigger.due_at is None else None
            rows = [alert_row(alert) | {"outbox_key": key} for alert in new_alerts]
            connection.execute(self._db.insert(alerts).on_conflict_do_nothing(), rows)
            counts = {"fired": watches.c.fired + len(new_alerts), "fired_at": now}
            connection.execute(sa.update(watches).where(watches.c.id == watch.id).values(**counts))
            if key:
                self._queue_message(connection, watch, key, new_alerts, now)
            else:
                due_at = trigger.due_at or now
                self._jobs.add(ALERT, watch.id, due_at=due_at, connection=connection)
        for alert in trigger.extended_alerts:
            is_same = alerts.c.watch_id == watch.id, alerts.c.statement == alert.statement
            update = sa.update(alerts).where(*is_same).values(claims=list(alert.claims))
            if key := connection.scalar(update.returning(alerts.c.outbox_key)):
                self._extend_message(connection, watch, key, now)

    def _queue_message(
        self,
        connection: sa.Connection,
        watch: Watch,
        key: str,
        reported: Sequence[Alert],
        now: datetime,
    ) -> None:
        """Queue a message with alerts; if one with this key exists, extend it instead."""
        is_new = self._outbox.add(
            connection,
            team=watch.team,
            channel=watch.channel,
            key=key,
            payload=AlertPayload(watch.id),
            now=now,
            person=watch.person,
            claims=[claim_id for alert in reported for claim_id in alert.claims],
        )
        if not is_new:
            self._extend_message(connection, watch, key, now)

    def _extend_message(
        self, connection: sa.Connection, watch: Watch, key: str, now: datetime
    ) -> None:
        """Add to a message the further claims that report its statements."""
        in_message = alerts_of_message(connection, watch, key)
        claim_ids = [claim_id for alert in in_message for claim_id in alert.claims]
        payload = AlertPayload(watch.id)
        self._outbox.change_payload(
            connection, team=watch.team, key=key, payload=payload, claims=claim_ids, now=now
        )

    # -- helpers

    def _lock_and_count_change(self, connection: sa.Connection) -> None:
        """Increment the change count, which locks out other changes until the transaction ends."""
        increment = sa.update(store_state).values(watching=store_state.c.watching + 1)
        connection.execute(increment)

    def _resume_or_restart(
        self, connection: sa.Connection, existing: Watch, requested: Watch
    ) -> Watch:
        """Resume a watch, or restart it if it has ended."""
        if existing.state != "ended":
            self._update(connection, existing.id, {"state": "active"})
            self._jobs.add(ALERT, existing.id, due_at=requested.made_at, connection=connection)
            return replace(existing, state="active")
        # Its pending alerts are out of date.
        is_pending = alerts.c.watch_id == existing.id, alerts.c.outbox_key.is_(None)
        connection.execute(sa.delete(alerts).where(*is_pending))
        names = ("id", "number", "fired", "fired_at")
        restarted = replace(requested, **{name: getattr(existing, name) for name in names})
        update = sa.update(watches).where(watches.c.id == existing.id)
        connection.execute(update.values(**_all_columns(restarted)))
        return restarted

    def _update(
        self, connection: sa.Connection, watch_id: str, values: Mapping[str, Any]
    ) -> Watch | None:
        """Update a watch; None if it has ended."""
        update = sa.update(watches).where(watches.c.id == watch_id, watches.c.state != "ended")
        row = connection.execute(update.values(**values).returning(watches)).first()
        return _watch_from_row(row) if row else None

    def _find_one(self, label: object, *conditions: sa.ColumnElement[bool]) -> Watch:
        """Find the watch that meets the conditions; `label` names it in the NotFoundError."""
        matches = self._find(*conditions)
        if not matches:
            raise _not_found(label)
        return matches[0]

    def _find(self, *conditions: sa.ColumnElement[bool]) -> list[Watch]:
        query = sa.select(watches).where(*conditions, watches.c.state != "ended")
        query = query.order_by(watches.c.team, watches.c.number)
        return [_watch_from_row(row) for row in self._db.fetch_all(query)]


def _message_key(watch: Watch, reported: Sequence[Alert]) -> str:
    """The outbox key of a message; each statement is in only one message, so the first identifies
    it."""
    return f"{ALERT}/{watch.id}/{reported[0].statement}"


def _not_found(label: object) -> NotFoundError:
    return NotFoundError(say("watches.no_such"), subject=str(label), remedy=say("watches.see_list"))


def _all_columns(watch: Watch) -> dict[str, Any]:
    names = ("id", "number", "team", "person", "made_at", "state", "fired", "fired_at")
    return {name: getattr(watch, name) for name in names} | _setting_columns(watch)


def _setting_columns(watch: Watch) -> dict[str, Any]:
    """The columns that people set."""
    values = {name: getattr(watch, name) for name in ("channel", "query", "zone", "pace", "at")}
    quiet_from, quiet_until = watch.quiet or (None, None)
    return values | {"quiet_from": quiet_from, "quiet_until": quiet_until}


def _watch_from_row(row: sa.Row[Any]) -> Watch:
    values = dict(row._mapping)
    quiet = values.pop("quiet_from"), values.pop("quiet_until")
    return Watch(**values, quiet=quiet if all(time is not None for time in quiet) else None)
