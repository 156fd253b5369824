"""Add the articles' extractor versions, the claims' check-worthiness and the speakers' names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a column each to articles, claims and the store's state, and a table of names.

    The extractor version of existing articles is unknown, so `claimdesk reextract` extracts them
    again. The table of names is filled when the store is next opened.
    """
    op.add_column("articles", sa.Column("extractor", sa.String(length=16), nullable=True))
    op.add_column("claims", sa.Column("checkable", sa.Float(), nullable=True))
    op.add_column("store_state", sa.Column("naming", sa.String(length=16), nullable=True))
    op.create_table(
        "names",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_names")),
    )
    op.create_index(op.f("ix_names_block"), "names", ["block"], unique=False)
    op.create_index(op.f("ix_names_speaker"), "names", ["speaker"], unique=False)
