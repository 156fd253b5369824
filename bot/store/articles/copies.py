"""Find which articles are copies of others, among all texts, whenever an article is written.

A copy points to its original, which is not a copy itself: there are no chains. The original is the
text that arrived here first, so an old article whose text changes to another's is a copy. An
article that somebody has to review has no bands, so it is never an original.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.articles import copies
from bot.model import Article
from bot.store.database import batches, delete_in_batches, insert_rows
from bot.store.schema import articles, bands

MAX_COMPARED = 20
"""At most this many texts are compared in full: those that share the most bands. Otherwise the
hundredth weather report would be compared with every report before it."""

ARTICLE_ID: sa.BindParameter[str] = sa.bindparam("article_id")
GIVEN_BANDS: sa.BindParameter[int] = sa.bindparam("bands", expanding=True)
# As NOT (… IS NOT NULL), SQLite starts from the few articles with such a band. Otherwise it would
# scan the index of copy_of, which has most articles under NULL. PostgreSQL knows how many that are.
IS_NOT_COPY = sa.not_(articles.c.copy_of.bool_op("IS NOT")(sa.null()))
# The originals that share the most bands with a text.
SIMILAR_IDS = (
    sa.select(bands.c.article_id)
    .join(articles, articles.c.id == bands.c.article_id)
    .where(bands.c.band.in_(GIVEN_BANDS), articles.c.id != ARTICLE_ID, IS_NOT_COPY)
    .group_by(bands.c.article_id)
    .order_by(sa.func.count().desc(), bands.c.article_id)
    .limit(MAX_COMPARED)
)


def record_copies(connection: sa.Connection, filed: Sequence[Article]) -> None:
    """Find the originals of articles whose rows have just been written.

    An article may have replaced another text, so its own copies are rechecked.
    """
    ids = [article.id for article in filed]
    delete_in_batches(connection, bands.c.article_id, ids)
    for batch in batches(ids):
        is_copy = articles.c.id.in_(batch), articles.c.copy_of.is_not(None)
        connection.execute(sa.update(articles).where(*is_copy).values(copy_of=None))
    for article in filed:
        article_bands = sorted(set(copies.bands(article.text)))
        if not article.review:
            insert_rows(connection, bands, _band_rows(article.id, article_bands))
        if article_bands:
            _record_original(connection, article.id, article.text, article_bands)
    recheck_copies(connection, ids)


def add_bands(connection: sa.Connection, texts: Sequence[tuple[str, str]]) -> None:
    """Store the bands of texts, given with their articles' ids.

    For restored articles, which have their `copy_of` already, this is all there is to do.
    """
    rows = [row for id_, text in texts for row in _band_rows(id_, sorted(set(copies.bands(text))))]
    insert_rows(connection, bands, rows)


def _band_rows(article_id: str, article_bands: Sequence[int]) -> list[dict[str, Any]]:
    return [{"band": band, "article_id": article_id} for band in article_bands]


def recheck_copies(connection: sa.Connection, original_ids: Sequence[str]) -> None:
    """Find new originals for the copies of articles that were removed or have changed.

    If no other text is nearly the same, the copy that arrived first becomes the original.
    """
    for batch in batches(original_ids):
        query = sa.select(articles.c.id).where(articles.c.copy_of.in_(batch))
        query = query.order_by(articles.c.arrived_at, articles.c.seq)
        for copy_id in list(connection.scalars(query)):
            text_query = sa.select(articles.c.text).where(articles.c.id == copy_id)
            text = connection.execute(text_query).scalar_one()
            bands_query = sa.select(bands.c.band).where(bands.c.article_id == copy_id)
            _record_original(connection, copy_id, text, list(connection.scalars(bands_query)))


def _record_original(
    connection: sa.Connection, article_id: str, text: str, article_bands: Sequence[int]
) -> None:
    original_id = _find_original(connection, article_id, text, article_bands)
    update = sa.update(articles).where(articles.c.id == article_id)
    connection.execute(update.values(copy_of=original_id))


def _find_original(
    connection: sa.Connection, article_id: str, text: str, article_bands: Sequence[int]
) -> str | None:
    """Find the earliest article with nearly the same text that is not a copy itself."""
    parameters = {"bands": list(article_bands), "article_id": article_id}
    similar_ids = list(connection.scalars(SIMILAR_IDS, parameters))
    query = sa.select(articles.c.id, articles.c.text).where(articles.c.id.in_(similar_ids))
    for row in connection.execute(query.order_by(articles.c.arrived_at, articles.c.seq)):
        if copies.is_near_duplicate(row.text, text):
            return str(row.id)
    return None
