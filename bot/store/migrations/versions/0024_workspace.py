"""Keep which workspace an article belongs to, and find the newest articles without sorting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the columns, which rewrites no row, and the index."""
    for table in ("articles", "versions"):
        op.add_column(
            table, sa.Column("workspace", sa.String(32), nullable=False, server_default="")
        )
    op.create_index(
        "ix_articles_newest",
        "articles",
        [sa.text("(published_on IS NULL)"), sa.text("published_on DESC"), sa.text("seq DESC")],
    )
