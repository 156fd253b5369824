"""Create the tables, and give the store an id."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None


def upgrade() -> None:
    """Create the tables, and give the store an id."""
    op.create_table(
        "store_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("store_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("naming", sa.String(16)),
        sa.Column("watching", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("clock_confirmed_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
        sa.Column("arrival", sa.String(8), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("text_sha", sa.String(64), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("paragraphs", sa.JSON()),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("published", sa.String(40)),
        sa.Column("published_on", sa.Date, index=True),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("extractor", sa.String(16)),
        sa.Column("guid", sa.Text),
        sa.Column("revision", sa.Integer),
        sa.Column("modified_at", sa.DateTime(timezone=True)),
        sa.Column("excerpt", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("note", sa.Text),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("copy_of", sa.String(32), index=True),
        sa.Column("as_found", sa.JSON()),
        sa.Column("read_to", sa.Integer),
        sa.Column("claimed_outlet", sa.Text),
        sa.Column("claimed_url", sa.Text),
        sa.Column("review", sa.JSON()),
        sa.Column("brought_by", sa.JSON()),
        sa.Column("doubt", sa.Text),
        sa.Index(
            "ix_articles_newest",
            sa.text("(published_on IS NULL)"),
            sa.text("published_on DESC"),
            sa.text("seq DESC"),
        ),
        sa.Index(
            "ix_articles_in_review",
            "id",
            sqlite_where=sa.text("review IS NOT NULL"),
            postgresql_where=sa.text("review IS NOT NULL"),
        ),
    )
    op.create_table(
        "identities",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("article_id", sa.String(32), primary_key=True, index=True),
    )
    op.create_table(
        "versions",
        sa.Column("article_id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True)),
        sa.Column("release_at", sa.DateTime(timezone=True), index=True),
        sa.Column("reason", sa.Text),
        sa.Column("arrival", sa.String(8), nullable=False),
        sa.Column("text_sha", sa.String(64), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON()),
    )
    op.create_table(
        "gone_claims",
        sa.Column("claim_id", sa.String(32), primary_key=True),
        sa.Column("article_id", sa.String(32), nullable=False, index=True),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("payload", sa.JSON()),
        sa.Column("source", sa.String(200)),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True)),
        sa.Column("team", sa.String(32)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True)),
        sa.Column("worker", sa.Text),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text),
        sa.UniqueConstraint("kind", "key"),
        sa.Index(None, "state", "due_at"),
    )
    op.create_table(
        "job_turns",
        sa.Column("source", sa.String(200), primary_key=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("added_as", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("full_text", sa.Boolean, nullable=False),
        sa.Column("added_by", sa.String(8), nullable=False),
        sa.Column("team", sa.String(32)),
        sa.Column("person", sa.String(32)),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("interval_seconds", sa.Integer, nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True)),
        sa.Column("fresh_at", sa.DateTime(timezone=True)),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("kept_out", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "feed_entries",
        sa.Column(
            "feed_id",
            sa.String(16),
            sa.ForeignKey("feeds.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("content", sa.String(40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(255), primary_key=True),
        sa.Column("free_at", sa.DateTime(timezone=True)),
        sa.Column("robots", sa.Text),
        sa.Column("robots_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("spans", sa.JSON()),
        sa.Column("paragraph", sa.Integer),
        sa.Column("ref", sa.JSON()),
        sa.Column("type", sa.String(16)),
        sa.Column("speaker", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("cue", sa.Text),
        sa.Column("source_kind", sa.String(16), nullable=False),
        sa.Column("stance", sa.String(16)),
        sa.Column("negative", sa.Boolean, nullable=False),
        sa.Column("via", sa.JSON()),
        sa.Column("inside", sa.String(32)),
        sa.Column("near_speaker", sa.Text),
        sa.Column("near_text", sa.Text),
        sa.Column("near_report", sa.Text),
        sa.Column("said_on", sa.Date),
        sa.Column("said_on_inferred", sa.Boolean, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("checkable", sa.Float),
        sa.Column("corrected", sa.Boolean),
        sa.Column("source_spans", sa.JSON()),
        sa.Column("cue_spans", sa.JSON()),
        sa.Column("outer_cue", sa.Text),
        sa.Column("printed", sa.String(16)),
        sa.Column("act", sa.String(16)),
        sa.Column("speaker_confidence", sa.Float),
        sa.Column("guess", sa.Text),
        sa.Column("roles", sa.JSON()),
        sa.Index(None, "speaker"),
        sa.Index(
            "ix_claims_passages",
            "article_id",
            sqlite_where=sa.text("kind = 'passage'"),
            postgresql_where=sa.text("kind = 'passage'"),
        ),
        sa.Index(
            "ix_claims_events",
            "article_id",
            sqlite_where=sa.text("act = 'event'"),
            postgresql_where=sa.text("act = 'event'"),
        ),
    )
    op.create_table(
        "names",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("block", sa.Text, nullable=False, index=True),
        sa.Column("speaker", sa.Text, nullable=False, index=True),
        sa.Column("article", sa.String(32)),
    )
    op.create_table(
        "removals",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.String(32), nullable=False, index=True),
        sa.Column("text_sha", sa.String(64), nullable=False, index=True),
        sa.Column("barred", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "subscriptions",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("at", sa.Time, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wants", sa.JSON()),
        sa.Column("begun", sa.DateTime(timezone=True)),
        sa.Column("stopped", sa.String(64)),
    )
    op.create_table(
        "digests",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posting_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("press", sa.String(64), nullable=False),
        sa.Column("claim_id", sa.String(32), nullable=False, index=True),
        sa.Column("article_id", sa.String(32), nullable=False, index=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("number", sa.BigInteger),
        sa.Column("made_with", sa.String(16), index=True),
        sa.UniqueConstraint("team", "press"),
    )
    op.create_table(
        "rulings",
        sa.Column(
            "correction_id", sa.String(16), sa.ForeignKey("corrections.id"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("ruling", sa.String(16), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "originals",
        sa.Column("claim_id", sa.String(32), primary_key=True),
        sa.Column("article_id", sa.String(32), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("claim", sa.JSON(), nullable=False),
    )
    op.create_table(
        "name_rulings",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("press", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(32)),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("team", "press"),
    )
    op.create_table(
        "channels",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(32), primary_key=True),
        sa.Column("free_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text),
        sa.Column("unfurls", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread_ts", sa.String(32)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(32)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True)),
        sa.Column("ts", sa.String(32)),
        sa.Column("failure", sa.Text),
        sa.UniqueConstraint("team", "key"),
        sa.Index(None, "state", "team", "channel"),
        sa.Index(None, "ts", "channel"),
        sa.Index(None, "kind", "asked_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox_claims",
        sa.Column(
            "outbox_id",
            sa.Integer,
            sa.ForeignKey("outbox.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("claim_id", sa.String(32), nullable=False, index=True),
        sa.Column("wording", sa.String(33)),
        sa.Column("place", sa.JSON()),
    )
    op.create_table(
        "watches",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("person", sa.String(32), nullable=False, index=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("pace", sa.String(8), nullable=False),
        sa.Column("at", sa.Time),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("quiet_from", sa.Time),
        sa.Column("quiet_until", sa.Time),
        sa.Column("state", sa.String(8), nullable=False, index=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fired", sa.Integer, nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("team", "number"),
    )
    op.create_table(
        "news",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.String(32), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "alerts",
        sa.Column(
            "watch_id",
            sa.String(16),
            sa.ForeignKey("watches.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("statement", sa.String(32), primary_key=True),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outbox_key", sa.String(200)),
        sa.Index(None, "watch_id", "outbox_key", "found_at"),
        sa.Index(None, "watch_id", "found_at"),
    )
    op.create_table(
        "incidents",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
    )
    op.execute(
        sa.text("INSERT INTO store_state (id, store_id, seq) VALUES (1, :id, 0)").bindparams(
            id=uuid.uuid4().hex
        )
    )
    if op.get_bind().dialect.name == "postgresql":
        # Its sample of a large table takes whole pages, on which the claims of an article stand
        # together, so it would believe in eight times as many per article and read whole tables.
        for table in ("claims", "bands"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN article_id SET (n_distinct = -0.03)")
