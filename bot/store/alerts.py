"""The statements that watches have found, and what tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Watch
from bot.store.schema import alerts

ALERT = "alert"
"""The kind of the messages that tell what a watch has found, and of the jobs, one for each watch,
that make one of what waits for its hour."""
PAUSED = "paused"
"""The kind of the messages that tell a person that a watch cannot tell any more."""


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
    grown: Sequence[Alert] = ()
    told_at: datetime | None = None


def told_together(connection: sa.Connection, watch: Watch, key: str | None) -> list[Alert]:
    """What one message of a watch tells, or none yet, the earliest first."""
    told = alerts.c.watch_id == watch.id, alerts.c.outbox_key.is_not_distinct_from(key)
    query = sa.select(alerts).where(*told).order_by(alerts.c.found_at, alerts.c.statement)
    return [alert_of(row) for row in connection.execute(query)]


def row_of(alert: Alert) -> dict[str, Any]:
    """The columns of a statement that is new."""
    return {
        "watch_id": alert.watch_id,
        "statement": alert.statement,
        "claims": list(alert.claims),
        "words": list(alert.words),
        "found_at": alert.found_at,
    }


def alert_of(row: sa.Row[Any]) -> Alert:
    """The statement of a row."""
    return Alert(
        watch_id=row.watch_id,
        statement=row.statement,
        claims=tuple(row.claims),
        words=tuple(row.words),
        found_at=row.found_at,
        key=row.outbox_key,
    )
