"""The conditions that say who may see an article, what reaches people by itself, and what is a
claim; queries are built from them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.model import ANYONE, OPERATOR
from bot.store.schema import articles, claims

# Literals, so that both databases use the small partial index of these articles.
IS_UNREVIEWED = articles.c.review.is_not(None) & sa.cast(articles.c.review, sa.Text).like(
    sa.literal_column("'%\"unreviewed\"%'")
)
IS_REVIEWED = articles.c.review.is_(None) | sa.cast(articles.c.review, sa.Text).not_like(
    sa.literal_column("'%\"unreviewed\"%'")
)
UNREVIEWED_IDS = sa.select(articles.c.id).where(IS_UNREVIEWED)
"""The ids of the articles that not everyone may see, for queries of claims alone."""
# A literal, so that both databases use the small partial index of events.
IS_EVENT = claims.c.act == sa.literal_column("'event'")
"""No claim: it is kept only for those who open it."""
IS_CLAIM = claims.c.act.is_(None) | (claims.c.act != sa.literal_column("'event'"))

IS_IN_REVIEW = articles.c.review.is_not(None)
IS_ACCEPTED = articles.c.review.is_(None)
"""What digests, watches and counts of speakers take in: whatever nobody has to review."""
_in_review = articles.alias()
# A subquery, since SQLite would otherwise scan all articles in their order.
IDS_IN_REVIEW = sa.select(_in_review.c.id).where(_in_review.c.review.is_not(None))
"""The ids of the articles that somebody has to review."""


def is_visible_to(viewer: str) -> sa.ColumnElement[bool]:
    """The condition that a viewer may see an article."""
    if viewer == OPERATOR:
        return sa.true()
    if viewer == ANYONE:
        return IS_REVIEWED
    brought_by = sa.cast(articles.c.brought_by, sa.Text)
    return IS_REVIEWED | brought_by.contains(f'"{viewer}"', autoescape=True)
