"""Add a hash of the sentences that print a claim, to claims and to posted messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the hash to claims, where it is set at the next extraction, and make room for it in the
    wording hashes of messages posted from now on."""
    op.add_column("claims", sa.Column("printed", sa.String(length=16), nullable=True))
    for table in ("digest_rows", "outbox_claims"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("wording", existing_type=sa.String(16), type_=sa.String(33))
