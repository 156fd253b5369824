"""Keep how sure it is that a claim's speaker is the right one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the column; claims filed before have none."""
    op.add_column("claims", sa.Column("speaker_confidence", sa.Float(), nullable=True))
