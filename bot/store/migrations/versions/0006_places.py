"""Where a claim's source and cue stand in its article, and what it stands inside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the places; of claims that are there they are looked for when these are shown."""
    for name in ("source_spans", "cue_spans"):
        op.add_column("claims", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
    op.add_column("claims", sa.Column("outer_cue", sa.Text(), nullable=True))
