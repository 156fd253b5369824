"""Whether a speaker's name is printed by one article or by several."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a column to the names, and have them gathered when the store is next opened."""
    op.add_column("names", sa.Column("article", sa.String(length=32), nullable=True))
    op.execute("UPDATE store_state SET naming = NULL")
