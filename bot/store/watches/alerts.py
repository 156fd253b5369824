"""Alerts: the statements that watches have found, and the messages that report them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Watch
from bot.store.database import Database
from bot.store.schema import alerts, outbox

ALERT = "alert"
"""The kind of the messages that report alerts, and of the jobs, one per watch, that send its
pending alerts."""

WATCH_ID = outbox.c.payload["watch"].as_string()
"""The watch of an outbox message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A statement that a watch has found.

    `statement` is the id of its first claim, `claims` are the ids of all claims that report it,
    and `words` the words of the query that matched. `key` is the outbox key of the message that
    reports it, or None while it is pending.
    """

    watch_id: str
    statement: str
    claims: tuple[str, ...]
    words: tuple[str, ...]
    found_at: datetime
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What new claims have triggered for one watch.

    `new_alerts` are sent at `due_at`, or at once if it is None. `extended_alerts` are earlier
    alerts with further claims; their messages are updated.
    """

    watch: Watch
    new_alerts: Sequence[Alert] = ()
    extended_alerts: Sequence[Alert] = ()
    due_at: datetime | None = None


def alerts_of_message(connection: sa.Connection, watch: Watch, key: str | None) -> list[Alert]:
    """The alerts in a watch's message, oldest first; the pending ones if `key` is None."""
    # SQLAlchemy compiles == None to IS NULL.
    query = sa.select(alerts).where(alerts.c.watch_id == watch.id, alerts.c.outbox_key == key)
    rows = connection.execute(query.order_by(alerts.c.found_at, alerts.c.statement))
    return [alert_from_row(row) for row in rows]


def recent_alerts(
    database: Database, watch_ids: Collection[str], since: datetime, limit: int
) -> dict[str, list[Alert]]:
    """The last `limit` alerts of each watch since a time, oldest first."""
    latest_first = alerts.c.found_at.desc(), alerts.c.statement
    rank = sa.func.row_number().over(partition_by=alerts.c.watch_id, order_by=latest_first)
    is_recent = alerts.c.watch_id.in_(watch_ids), alerts.c.found_at >= since
    ranked = sa.select(alerts, rank.label("rank")).where(*is_recent).subquery()
    by_watch: dict[str, list[Alert]] = {watch_id: [] for watch_id in watch_ids}
    query = sa.select(ranked).where(ranked.c.rank <= limit).order_by(ranked.c.rank.desc())
    for row in database.fetch_all(query):
        by_watch[row.watch_id].append(alert_from_row(row))
    return by_watch


def recent_message_times(
    database: Database, watch_ids: Collection[str], since: datetime
) -> dict[str, list[datetime]]:
    """The times at which each watch queued messages after `since`, oldest first.

    Reads the recent messages, which are few, rather than the alerts, whose number only grows.
    """
    is_recent = outbox.c.kind == ALERT, outbox.c.asked_at > since
    query = sa.select(WATCH_ID.label("watch_id"), outbox.c.asked_at)
    query = query.where(*is_recent, WATCH_ID.in_(watch_ids)).order_by(outbox.c.asked_at)
    times = defaultdict[str, list[datetime]](list)
    for row in database.fetch_all(query):
        times[row.watch_id].append(row.asked_at)
    return times


def alert_row(alert: Alert) -> dict[str, Any]:
    """The columns of a new alert, without the key of its message."""
    return {
        "watch_id": alert.watch_id,
        "statement": alert.statement,
        "claims": list(alert.claims),
        "words": list(alert.words),
        "found_at": alert.found_at,
    }


def alert_from_row(row: sa.Row[Any]) -> Alert:
    """The alert of a row."""
    return Alert(
        watch_id=row.watch_id,
        statement=row.statement,
        claims=tuple(row.claims),
        words=tuple(row.words),
        found_at=row.found_at,
        key=row.outbox_key,
    )
