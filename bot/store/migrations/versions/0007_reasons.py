"""Add reasons of rulings, corrections of articles, and corrections made in one press."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; earlier rulings have no reason."""
    op.add_column("rulings", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("articles", sa.Column("as_found", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("corrections", sa.Column("made_with", sa.String(length=16), nullable=True))
    op.create_index(op.f("ix_corrections_made_with"), "corrections", ["made_with"], unique=False)
