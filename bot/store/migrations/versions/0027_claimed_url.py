"""Keep apart the addresses that articles only claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.articles.sites import Sites

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the column; move what is now there from articles that nothing supports."""
    op.add_column("articles", sa.Column("claimed_url", sa.Text))
    connection, sites = op.get_bind(), Sites()
    rows = connection.execute(
        sa.text(
            "SELECT id, origin, url FROM articles WHERE url IS NOT NULL"
            " AND (claimed_outlet IS NOT NULL OR outlet IS NULL)"
        )
    ).all()
    claims = [
        {"id": row.id, "url": row.url}
        for row in rows
        if not sites.are_same_site(row.origin, row.url)
    ]
    if claims:
        statement = "UPDATE articles SET claimed_url = :url, url = NULL WHERE id = :id"
        connection.execute(sa.text(statement), claims)
