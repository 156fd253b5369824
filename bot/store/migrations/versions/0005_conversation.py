"""Corrections, names, an outbox, watches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what the conversation in Slack and the watches need."""
    op.create_table(
        "channels",
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.Column("ruling", sa.String(length=8), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
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
    )
    op.create_index(
        op.f("ix_outbox_team_channel_state"), "outbox", ["team", "channel", "state"], unique=False
    )
    op.create_table(
        "watches",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("pace", sa.String(length=8), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint(
            "team", "channel", "person", "query", name=op.f("uq_watches_team_channel_person_query")
        ),
    )
    op.create_index(op.f("ix_watches_person"), "watches", ["person"], unique=False)
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
        op.f("ix_alerts_watch_id_outbox_key"), "alerts", ["watch_id", "outbox_key"], unique=False
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
    op.create_index(op.f("ix_claims_speaker"), "claims", ["speaker"], unique=False)
    op.add_column("digest_rows", sa.Column("place", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("store_state", sa.Column("watched", sa.BigInteger(), nullable=True))
    op.add_column("subscriptions", sa.Column("wants", sa.JSON(none_as_null=True), nullable=True))
