"""A hash of the sentences that print a claim, also with what was posted of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the hash, which claims have when they are read next, and room for it in what is posted
    from now on."""
    op.add_column("claims", sa.Column("printed", sa.String(length=16), nullable=True))
    for table in ("digest_rows", "outbox_claims"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("wording", existing_type=sa.String(16), type_=sa.String(33))
