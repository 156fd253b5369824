"""Keep why articles have to be reviewed, who brought them, and what outlet they claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

JSON = sa.JSON(none_as_null=True)
IS_IN_REVIEW = sa.text("review IS NOT NULL")


def upgrade() -> None:
    """Add the columns; articles that are there already need no review."""
    op.add_column("articles", sa.Column("claimed_outlet", sa.Text))
    op.add_column("articles", sa.Column("review", JSON))
    op.add_column("articles", sa.Column("brought_by", JSON))
    op.create_index(
        "ix_articles_in_review",
        "articles",
        ["id"],
        sqlite_where=IS_IN_REVIEW,
        postgresql_where=IS_IN_REVIEW,
    )
