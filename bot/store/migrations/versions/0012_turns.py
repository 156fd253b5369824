"""Jobs of one source take turns with those of others; how far an article was read is stored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns and the table of turns."""
    op.add_column("articles", sa.Column("read_to", sa.Integer(), nullable=True))
    op.add_column("jobs", sa.Column("source", sa.String(length=200), nullable=True))
    op.create_table(
        "job_turns",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_job_turns")),
    )
