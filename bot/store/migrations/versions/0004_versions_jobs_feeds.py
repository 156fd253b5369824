"""Add versions and copies of articles, jobs and feeds."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from bot.articles.identity import document_keys
from bot.model import Article, Document
from bot.store.articles import copies

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables and columns, and fill in the keys and copies of existing articles."""
    op.create_table(
        "feeds",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("added_as", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("full_text", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(length=8), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=True),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_out", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
    )
    op.create_table(
        "gone_claims",
        sa.Column("claim_id", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_gone_claims")),
    )
    op.create_index(op.f("ix_gone_claims_article_id"), "gone_claims", ["article_id"], unique=False)
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("robots", sa.Text(), nullable=True),
        sa.Column("robots_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_table(
        "identities",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_article_id"), "identities", ["article_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_jobs_kind_key")),
    )
    op.create_index(op.f("ix_jobs_state_due_at"), "jobs", ["state", "due_at"], unique=False)
    op.create_table(
        "versions",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("arrival", sa.String(length=8), nullable=False),
        sa.Column("text_sha", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_versions")),
    )
    op.create_index(op.f("ix_versions_release_at"), "versions", ["release_at"], unique=False)
    op.create_index(op.f("ix_versions_text_sha"), "versions", ["text_sha"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_bands_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "article_id", name=op.f("pk_bands")),
    )
    op.create_index(op.f("ix_bands_article_id"), "bands", ["article_id"], unique=False)
    op.create_table(
        "feed_entries",
        sa.Column("feed_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_feed_entries_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "key", name=op.f("pk_feed_entries")),
    )
    op.add_column("shares", sa.Column("wording", sa.String(length=16), nullable=True))
    op.add_column("digest_rows", sa.Column("wording", sa.String(length=16), nullable=True))
    op.add_column("digests", sa.Column("heading", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("articles", sa.Column("guid", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("revision", sa.Integer(), nullable=True))
    op.add_column("articles", sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "articles", sa.Column("excerpt", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("articles", sa.Column("note", sa.Text(), nullable=True))
    op.add_column(
        "articles", sa.Column("version", sa.Integer(), server_default="1", nullable=False)
    )
    op.add_column("articles", sa.Column("copy_of", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_articles_copy_of"), "articles", ["copy_of"], unique=False)
    op.create_index(
        "ix_claims_passages",
        "claims",
        ["article_id"],
        sqlite_where=sa.text("kind = 'passage'"),
        postgresql_where=sa.text("kind = 'passage'"),
    )
    _store_identity_keys()
    _find_copies()


def _find_copies() -> None:
    """Find the copies among the existing articles."""
    connection = op.get_bind()
    query = sa.text("SELECT id, text FROM articles WHERE id = :id")
    for rows in _articles(connection):
        for row in rows:
            one = connection.execute(query, {"id": row.id}).one()
            copies.record_copies(connection, [Article(id=one.id, origin="", text=one.text)])


def _store_identity_keys() -> None:
    """Store the keys of existing articles, so that they are recognised by their URLs and files.

    Earlier versions of Claimdesk stored a changed article as a new one with the same URL. The key
    belongs to the last of them, which is the current version.
    """
    connection = op.get_bind()
    forget = sa.text("DELETE FROM identities WHERE key = :key")
    insert = sa.text("INSERT INTO identities (key, article_id) VALUES (:key, :article_id)")
    for rows in _articles(connection):
        owners = {
            key: row.id
            for row in rows
            for key in document_keys(Document(origin=row.origin, text="", url=row.url)).values()
        }
        if owners:
            connection.execute(forget, [{"key": key} for key in owners])
            connection.execute(insert, [{"key": k, "article_id": a} for k, a in owners.items()])


def _articles(connection: sa.Connection) -> Iterator[list[sa.Row[tuple[int, str, str, str]]]]:
    """Yield the articles with a text, oldest first, in batches of a thousand."""
    after = -1
    query = sa.text(
        "SELECT seq, id, origin, url FROM articles "
        "WHERE seq > :after AND arrival IN ('single', 'bulk') ORDER BY seq LIMIT 1000"
    )
    while rows := list(connection.execute(query, {"after": after})):
        yield rows
        after = rows[-1].seq
