"""Keep who a claim's speaker probably is, in place of whether the speaker is unsure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the column; claims filed before have no guess until they are extracted again."""
    with op.batch_alter_table("claims") as table:
        table.add_column(sa.Column("guess", sa.Text(), nullable=True))
        table.drop_column("unsure")
