"""Record whether one article prints a speaker's name or several do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a column to the names, and let them be rebuilt when the store is next opened."""
    op.add_column("names", sa.Column("article", sa.String(length=32), nullable=True))
    op.execute("UPDATE store_state SET naming = NULL")
