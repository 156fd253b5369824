"""Keep why an article's text may have been read wrongly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"


def upgrade() -> None:
    """Add the column; nothing is known of articles that are there already."""
    op.add_column("articles", sa.Column("doubt", sa.Text))
