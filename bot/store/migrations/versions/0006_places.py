"""Record where a claim's source and cue are in its article, and the cue of its outer claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; for existing claims, the spans are searched for when a claim is shown."""
    for name in ("source_spans", "cue_spans"):
        op.add_column("claims", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
    op.add_column("claims", sa.Column("outer_cue", sa.Text(), nullable=True))
