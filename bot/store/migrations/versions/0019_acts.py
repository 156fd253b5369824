"""Remember the act of each claim: speech or a thought, or an event that is kept openable."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    """Add the column; without an act, a claim counts as speech."""
    op.add_column("claims", sa.Column("act", sa.String(length=16), nullable=True))
    op.create_index(
        "ix_claims_events",
        "claims",
        ["article_id"],
        sqlite_where=sa.text("act = 'event'"),
        postgresql_where=sa.text("act = 'event'"),
    )
