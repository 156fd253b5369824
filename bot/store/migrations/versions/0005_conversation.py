"""Add corrections, rulings on names, the outbox and watches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables and columns, and move shares and notices into the outbox."""
    op.create_table(
        "channels",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("unfurls", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name=op.f("pk_channels")),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("press", sa.String(length=64), nullable=False),
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("team", "press", name=op.f("uq_corrections_team_press")),
    )
    op.create_index(op.f("ix_corrections_article_id"), "corrections", ["article_id"], unique=False)
    op.create_index(op.f("ix_corrections_claim_id"), "corrections", ["claim_id"], unique=False)
    op.create_index(op.f("ix_corrections_state"), "corrections", ["state"], unique=False)
    op.create_table(
        "name_rulings",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("press", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=32), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_rulings")),
        sa.UniqueConstraint("team", "press", name=op.f("uq_name_rulings_team_press")),
    )
    op.create_table(
        "originals",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_originals")),
    )
    op.create_index(op.f("ix_originals_article_id"), "originals", ["article_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("team", "key", name=op.f("uq_outbox_team_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_outbox_state_team_channel"), "outbox", ["state", "team", "channel"], unique=False
    )
    op.create_index(op.f("ix_outbox_ts_channel"), "outbox", ["ts", "channel"], unique=False)
    op.create_index(op.f("ix_outbox_kind_asked_at"), "outbox", ["kind", "asked_at"], unique=False)
    op.create_table(
        "watches",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("pace", sa.String(length=8), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("team", "number", name=op.f("uq_watches_team_number")),
    )
    op.create_index(op.f("ix_watches_person"), "watches", ["person"], unique=False)
    op.create_index(op.f("ix_watches_state"), "watches", ["state"], unique=False)
    op.create_table(
        "news",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_news")),
    )
    op.create_table(
        "alerts",
        sa.Column("watch_id", sa.String(length=16), nullable=False),
        sa.Column("statement", sa.String(length=32), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outbox_key", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watches.id"], name=op.f("fk_alerts_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("watch_id", "statement", name=op.f("pk_alerts")),
    )
    op.create_index(
        op.f("ix_alerts_watch_id_outbox_key_found_at"),
        "alerts",
        ["watch_id", "outbox_key", "found_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_alerts_watch_id_found_at"), "alerts", ["watch_id", "found_at"], unique=False
    )
    op.create_table(
        "outbox_claims",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("wording", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["outbox_id"],
            ["outbox.id"],
            name=op.f("fk_outbox_claims_outbox_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("outbox_id", "position", name=op.f("pk_outbox_claims")),
    )
    op.create_index(op.f("ix_outbox_claims_claim_id"), "outbox_claims", ["claim_id"], unique=False)
    op.create_table(
        "rulings",
        sa.Column("correction_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["corrections.id"], name=op.f("fk_rulings_correction_id")
        ),
        sa.PrimaryKeyConstraint("correction_id", "number", name=op.f("pk_rulings")),
    )
    op.add_column("claims", sa.Column("corrected", sa.Boolean(), nullable=True))
    op.create_index(op.f("ix_claims_speaker"), "claims", ["speaker"], unique=False)
    with op.batch_alter_table("digest_rows") as batch:
        batch.alter_column("ts", existing_type=sa.String(length=32), nullable=True)
        batch.add_column(sa.Column("place", sa.JSON(none_as_null=True), nullable=True))
    op.add_column(
        "store_state",
        sa.Column("watching", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("subscriptions", sa.Column("wants", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("subscriptions", sa.Column("begun", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriptions", sa.Column("stopped", sa.String(length=64), nullable=True))
    _move_shares()
    _move_tidings()
    _doubt_digests()
    op.drop_table("shares")


MOMENT = sa.DateTime(timezone=True)
OUTBOX = sa.table(
    "outbox",
    *map(sa.column, ("id", "team", "key", "channel", "kind", "person", "state", "attempts", "ts")),
    sa.column("payload", sa.JSON),
    sa.column("asked_at", MOMENT),
    sa.column("due_at", MOMENT),
)
OUTBOX_CLAIMS = sa.table(
    "outbox_claims", *map(sa.column, ("outbox_id", "position", "claim_id", "wording"))
)


def _move_shares() -> None:
    """Move shares into the outbox as sent messages, so that they are still updated.

    A share without a `ts` is uncertain: Slack may have posted it or not.
    """
    connection = op.get_bind()
    shares = sa.text("SELECT * FROM shares ORDER BY pressed_at").columns(pressed_at=MOMENT)
    for one in connection.execute(shares).all():
        values = {
            **{name: getattr(one, name) for name in ("team", "channel", "person", "ts")},
            "key": f"share/{one.channel}/{one.press}/{one.claim_id}",
            "kind": "share",
            "payload": {"person": one.person},
            "state": "sent" if one.ts else "uncertain",
            "attempts": 1,
            "asked_at": one.pressed_at,
            "due_at": one.pressed_at,
        }
        added = connection.scalar(sa.insert(OUTBOX).values(**values).returning(OUTBOX.c.id))
        shown = {"outbox_id": added, "position": 0}
        shown |= {"claim_id": one.claim_id, "wording": one.wording}
        connection.execute(sa.insert(OUTBOX_CLAIMS).values(**shown))


def _move_tidings() -> None:
    """Move pending notices to the owners of feeds from the jobs into the outbox."""
    connection = op.get_bind()
    tell = sa.text("SELECT team, key, payload, due_at FROM jobs WHERE kind = 'tell'")
    for one in connection.execute(tell.columns(payload=sa.JSON, due_at=MOMENT)).all():
        values = {
            "team": one.team or "",
            "key": f"feed/{one.key}",
            "channel": one.payload["person"],
            "kind": "feed",
            "payload": one.payload,
            "state": "waiting",
            "attempts": 0,
            "asked_at": one.due_at,
            "due_at": one.due_at,
        }
        connection.execute(sa.insert(OUTBOX).values(**values))
    connection.execute(sa.text("DELETE FROM jobs WHERE kind = 'tell'"))


def _doubt_digests() -> None:
    """Mark digests as uncertain that an earlier version was posting when it stopped.

    They have no key by which they could be looked up in Slack, so they would be posted again.
    """
    op.execute(
        "UPDATE digests SET state = 'uncertain', lease_until = NULL, "
        "failure = 'Slack did not confirm that it was posted' WHERE state = 'posting'"
    )
