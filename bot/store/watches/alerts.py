"""The statements that watches have found, and what tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Watch
from bot.store.schema import alerts, outbox

ALERT = "alert"
"""The kind of the messages that tell what a watch has found, and of the jobs, one for each watch,
that make one of what waits for its hour."""

BY_WATCH = outbox.c.payload["watch"].as_string()
"""Which watch's a message is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A statement that a watch has found: the id of its first claim, those of all `claims` that
    report it, and which `words` of the query fired. `key` is that of the message that tells it,
    None while it waits for its hour."""

    watch_id: str
    statement: str
    claims: tuple[str, ...]
    words: tuple[str, ...]
    found_at: datetime
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """What a watch has found at one time: statements, and those of before that further claims
    report, as they are now. They are told at once, or at `told_at`."""

    watch: Watch
    found: Sequence[Alert] = ()
    extended: Sequence[Alert] = ()
    due_at: datetime | None = None


def alerts_of_message(connection: sa.Connection, watch: Watch, key: str | None) -> list[Alert]:
    """What one message of a watch tells, or none yet, the earliest first."""
    # With None, SQLAlchemy makes IS NULL of it.
    told = alerts.c.watch_id == watch.id, alerts.c.outbox_key == key
    query = sa.select(alerts).where(*told).order_by(alerts.c.found_at, alerts.c.statement)
    return [alert_from_row(row) for row in connection.execute(query)]


def recent_alerts(
    connection: sa.Connection, watch_ids: Collection[str], since: datetime, limit: int
) -> dict[str, list[Alert]]:
    """The statements of each of these watches since then, up to the last `most`, the earliest
    first."""
    latest_first = alerts.c.found_at.desc(), alerts.c.statement
    place = sa.func.row_number().over(partition_by=alerts.c.watch_id, order_by=latest_first)
    theirs = alerts.c.watch_id.in_(watch_ids), alerts.c.found_at >= since
    ranked = sa.select(alerts, place.label("place")).where(*theirs).subquery()
    out: dict[str, list[Alert]] = {watch_id: [] for watch_id in watch_ids}
    query = sa.select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.place.desc())
    for row in connection.execute(query):
        out[row.watch_id].append(alert_from_row(row))
    return out


def recent_message_times(
    connection: sa.Connection, watch_ids: Collection[str], since: datetime
) -> dict[str, list[datetime]]:
    """When each of these watches has asked for its messages after that moment, the earliest first.

    Looked for among the messages of that time, of which a watch has few: those that it has found
    grow as long as it lives.
    """
    lately = outbox.c.kind == ALERT, outbox.c.asked_at > since
    query = sa.select(BY_WATCH.label("watch_id"), outbox.c.asked_at)
    query = query.where(*lately, BY_WATCH.in_(watch_ids)).order_by(outbox.c.asked_at)
    out = defaultdict[str, list[datetime]](list)
    for row in connection.execute(query):
        out[row.watch_id].append(row.asked_at)
    return out


def alert_row(alert: Alert) -> dict[str, Any]:
    """The columns of a statement that is new."""
    return {
        "watch_id": alert.watch_id,
        "statement": alert.statement,
        "claims": list(alert.claims),
        "words": list(alert.words),
        "found_at": alert.found_at,
    }


def alert_from_row(row: sa.Row[Any]) -> Alert:
    """The statement of a row."""
    return Alert(
        watch_id=row.watch_id,
        statement=row.statement,
        claims=tuple(row.claims),
        words=tuple(row.words),
        found_at=row.found_at,
        key=row.outbox_key,
    )
