"""Add the statements that claims report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    """Add the statements that claims report; claimdesk restate finds those of older claims."""
    op.add_column("claims", sa.Column("statement", sa.BigInteger))
    op.create_index("ix_claims_statement", "claims", ["statement"])
    op.create_table(
        "statements",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("first_claim", sa.String(32), nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("outlets", sa.Integer, nullable=False),
        sa.Column("first_on", sa.Date),
        sa.Column("last_on", sa.Date),
    )
    op.create_table(
        "statement_relations",
        sa.Column("statement", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("other", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
    )
    op.create_table(
        "statement_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("statement", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("signature", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
