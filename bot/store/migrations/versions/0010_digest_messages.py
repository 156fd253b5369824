"""Make digests messages of the outbox."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.delivery.payloads import UnreadablePayload, payload_from_json

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
OUTBOX = sa.table(
    "outbox",
    *map(sa.column, ("id", "team", "key", "channel", "kind", "state", "attempts", "ts")),
    sa.column("payload", sa.JSON),
    sa.column("asked_at", MOMENT),
    sa.column("due_at", MOMENT),
    sa.column("failure"),
)
JOBS = sa.table(
    "jobs",
    *map(sa.column, ("kind", "key", "team", "state", "attempts")),
    sa.column("payload", JSON),
    sa.column("due_at", MOMENT),
)
UNKNOWN_HEADING: dict[str, Any] = {
    **{"zone": "UTC", "language": "en", "claims": None, "articles": None, "left_out": None},
    **{"missed": [], "uncertain": [], "feeds": 0, "next_check": None},
    **{"topics": None, "outlets": [], "limit": None, "copies": {}, "language_wanted": None},
}
"""The values of a digest's heading that was not stored."""


def upgrade() -> None:
    """Move digests that were or may have been posted into the outbox, with their claims."""
    op.add_column("outbox_claims", sa.Column("place", JSON, nullable=True))
    _move_digests()
    op.execute("UPDATE digests SET state = 'planned' WHERE state IN ('posting', 'posted')")
    op.drop_table("digest_rows")
    with op.batch_alter_table("digests") as batch:
        for name in ("worker", "lease_until", "ts", "heading"):
            batch.drop_column(name)


def _move_digests() -> None:
    connection = op.get_bind()
    digests = sa.text(
        "SELECT * FROM digests WHERE state IN ('posting', 'posted') ORDER BY posting_time"
    ).columns(day=sa.Date, posting_time=MOMENT, lease_until=MOMENT, heading=JSON)
    rows = sa.text(
        "INSERT INTO outbox_claims (outbox_id, position, claim_id, wording, place) "
        "SELECT :added, position, claim_id, wording, place FROM digest_rows "
        "WHERE team = :team AND channel = :channel AND day = :day"
    ).bindparams(sa.bindparam("day", type_=sa.Date))
    for one in connection.execute(digests).all():
        added = connection.scalar(sa.insert(OUTBOX).values(_message(one)).returning(OUTBOX.c.id))
        where = {"team": one.team, "channel": one.channel, "day": one.day}
        connection.execute(rows, where | {"added": added})
        if one.state == "posting":
            _have_looked_for(connection, one)


def _message(one: sa.Row[Any]) -> dict[str, Any]:
    """The outbox row of a digest.

    Slack may or may not have posted a digest in the state `posting`, so it is looked up by its key
    before it is sent.
    """
    payload = {"version": 1, "day": one.day.isoformat(), "heading": _heading(one.heading)}
    if isinstance(payload_from_json("digest", payload), UnreadablePayload):
        payload["heading"] = None
    is_open = one.state == "posting"
    return {
        "team": one.team,
        "key": f"digest/{one.channel}/{one.day}",
        "channel": one.channel,
        "kind": "digest",
        "payload": payload,
        "state": "sending" if is_open else "sent",
        "asked_at": one.posting_time,
        "due_at": (is_open and one.lease_until) or one.posting_time,
        "attempts": 0,
        "ts": None if is_open else one.ts,
        "failure": one.failure if is_open else None,
    }


def _heading(kept: Any) -> dict[str, Any] | None:
    """Complete a stored heading; None if none was stored."""
    if not isinstance(kept, dict):
        return None
    return UNKNOWN_HEADING | {
        name: value for name, value in kept.items() if name in UNKNOWN_HEADING and value is not None
    }


def _have_looked_for(connection: sa.Connection, one: sa.Row[Any]) -> None:
    """Make sure that a job exists that looks up the channel's message with an unknown outcome."""
    key = f"{one.team}/{one.channel}"
    there = sa.select(JOBS.c.key).where(JOBS.c.kind == "send", JOBS.c.key == key)
    if connection.scalar(there) is None:
        payload = {"team": one.team, "channel": one.channel}
        job = {"kind": "send", "key": key, "payload": payload, "team": one.team}
        job |= {"state": "waiting", "attempts": 0}
        due_at = one.lease_until or one.posting_time
        connection.execute(sa.insert(JOBS).values(job | {"due_at": due_at}))
