"""Which articles are copies of which: found among all texts when one is filed.

An article is a copy of a first one, which is itself no copy: there are no chains. The order is that
in which texts came to be here, so that a text that an old article takes over is a copy.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.articles import copies
from bot.model import Article
from bot.store.database import batches
from bot.store.schema import articles, bands

MAX_COMPARED = 20
"""Texts that are compared whole: those that share the most bands. The hundredth weather report
shares a few with each before it."""

ONE_ID: sa.BindParameter[str] = sa.bindparam("article_id")
ANY_BAND: sa.BindParameter[int] = sa.bindparam("bands", expanding=True)
# Written with coalesce so that SQLite starts from the few articles with such a band instead of
# scanning the index of copy_of, in which most articles are.
IS_NOT_COPY = sa.func.coalesce(articles.c.copy_of, "") == ""
# The originals that share most bands with a text.
SIMILAR_IDS = (
    sa.select(bands.c.article_id)
    .join(articles, articles.c.id == bands.c.article_id)
    .where(bands.c.band.in_(ANY_BAND), articles.c.id != ONE_ID, IS_NOT_COPY)
    .group_by(bands.c.article_id)
    .order_by(sa.func.count().desc(), bands.c.article_id)
    .limit(MAX_COMPARED)
)


def record_copies(connection: sa.Connection, filed: Sequence[Article]) -> None:
    """Find what articles whose rows have just been written are copies of.

    One that was there before may have become another text: its copies are looked at again.
    """
    ids = [article.id for article in filed]
    for some in batches(ids):
        connection.execute(sa.delete(bands).where(bands.c.article_id.in_(some)))
        own = articles.c.id.in_(some), articles.c.copy_of.is_not(None)
        connection.execute(sa.update(articles).where(*own).values(copy_of=None))
    for article in filed:
        if found := add_bands(connection, [(article.id, article.text)]):
            _record_original(connection, article.id, article.text, found)
    recheck_copies(connection, ids)


def add_bands(connection: sa.Connection, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Let copies of texts, each with its article's id, be found from now on; returns their bands.

    Articles restored with what they are copies of need nothing else.
    """
    found = [(band, one) for one, text in texts for band in sorted(set(copies.bands(text)))]
    if found:
        rows = [{"band": band, "article_id": article_id} for band, article_id in found]
        connection.execute(sa.insert(bands), rows)
    return [band for band, _ in found]


def recheck_copies(connection: sa.Connection, first_ids: Sequence[str]) -> None:
    """Look again at the copies of articles that are gone or have changed: the one that came
    first takes their place, where no other text is much the same."""
    for some in batches(first_ids):
        query = sa.select(articles.c.id).where(articles.c.copy_of.in_(some))
        in_order = query.order_by(articles.c.arrived_at, articles.c.seq)
        for copy in list(connection.scalars(in_order)):
            text = sa.select(articles.c.text).where(articles.c.id == copy)
            own = sa.select(bands.c.band).where(bands.c.article_id == copy)
            found = list(connection.scalars(own))
            _record_original(connection, copy, connection.execute(text).scalar_one(), found)


def _record_original(
    connection: sa.Connection, article_id: str, text: str, found: Sequence[int]
) -> None:
    first = _original(connection, article_id, text, found)
    update = sa.update(articles).where(articles.c.id == article_id)
    connection.execute(update.values(copy_of=first))


def _original(
    connection: sa.Connection, article_id: str, text: str, found: Sequence[int]
) -> str | None:
    """The earliest article that is no copy and has much the same text."""
    asked = {"bands": list(found), "article_id": article_id}
    alike = list(connection.scalars(SIMILAR_IDS, asked))
    query = sa.select(articles.c.id, articles.c.text).where(articles.c.id.in_(alike))
    for row in connection.execute(query.order_by(articles.c.arrived_at, articles.c.seq)):
        if copies.is_near_duplicate(row.text, text):
            return str(row.id)
    return None
