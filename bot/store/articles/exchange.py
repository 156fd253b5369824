"""Export the whole archive as rows, and restore such rows into an empty store.

A row is a JSON object that maps column names to values, without NULL values. Derived data (bands,
names) and the data of workspaces (shares, digests) are left out. People's corrections are
included: they belong to the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.articles.archive_updates import RELEASE
from bot.errors import StoreError
from bot.model import Article, Claim, Spans
from bot.store.articles import copies
from bot.store.articles.imported_rows import (
    SPAN_COLUMNS,
    TABLES,
    ArchiveRow,
    invalid,
    require_article,
    validated_values,
)
from bot.store.articles.rows import article_from_row, claim_from_row, spans_from_json
from bot.store.articles.visibility import IS_ACCEPTED, IS_CLAIM
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.schema import articles, claims, originals, removals, store_state

BATCH_SIZE = 2_000
"""Rows that are read or written at once."""
ARTICLE_BATCH_SIZE = BATCH_SIZE // 10
"""Articles that are read at once, with their texts."""

CLAIMS = sa.select(claims).order_by(claims.c.position, claims.c.id)


class Exchange:
    """Exports the archive and restores it."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def shown(self) -> Iterator[tuple[Article, Spans, Iterator[Claim]]]:
        """Yield each article that nobody has to review, with its paragraphs and claims, from one
        snapshot.

        The claims must be consumed before the next article.
        """
        with self._snapshot() as connection:
            for row in _articles(connection, IS_ACCEPTED):
                found = CLAIMS.where(claims.c.article_id == row.id, IS_CLAIM)
                rows = _stream(connection, found)
                paragraphs = spans_from_json(row.paragraphs)
                yield article_from_row(row), paragraphs, map(claim_from_row, rows)

    def rows(self) -> Iterator[ArchiveRow]:
        """Yield all rows from one snapshot, including those that are not shown: each article,
        followed by its claims, then the other tables. Only a batch is in memory."""
        with self._snapshot() as connection:
            for article in _articles(connection):
                yield _archive_row("article", article)
                for claim in _stream(connection, CLAIMS.where(claims.c.article_id == article.id)):
                    yield _archive_row("claim", claim)
            for name, table in TABLES.items():
                if name not in ("article", "claim"):
                    query = sa.select(table).order_by(*table.primary_key)
                    for row in _stream(connection, query):
                        yield _archive_row(name, row)

    @contextmanager
    def _snapshot(self) -> Iterator[sa.Connection]:
        """Open a transaction that sees one state of the store, as SQLite's always do."""
        with self._db.read() as connection:
            if not self._db.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def restore(self, rows: Iterable[ArchiveRow]) -> Iterator[int]:
        """Insert rows into an empty store in one transaction; yields the count after each batch.

        The iterator must be consumed to its end, or nothing is stored. Raises StoreError if the
        store is not empty or the rows do not fit together, and IngestError, with the place, for an
        invalid row.
        """
        done = 0
        pending = _PendingRows()
        with self._db.write() as connection:
            self._require_empty(connection)
            for done, row in enumerate(rows, start=1):
                pending.add(row)
                if done % BATCH_SIZE == 0:
                    self._insert(connection, pending)
                    yield done
            self._insert(connection, pending)
            _require_originals(connection)
            _require_spans_in_text(connection)
            # Change numbers continue after the last one.
            max_seqs = [sa.select(sa.func.max(table.c.seq)) for table in (articles, removals)]
            seq = max(connection.execute(query).scalar() or 0 for query in max_seqs)
            connection.execute(sa.update(store_state).values(seq=seq))
        yield done

    def _require_empty(self, connection: sa.Connection) -> None:
        for table in TABLES.values():
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                raise StoreError(
                    "an archive can only be imported into an empty store",
                    cause=f"there are {table.name.replace('_', ' ')} in this one already",
                    remedy="Set CLAIMDESK_DATA, or DATABASE_URL, to a new store. Nothing was "
                    "imported.",
                )

    def _insert(self, connection: sa.Connection, pending: _PendingRows) -> None:
        for name, rows in pending.by_name.items():
            if rows:
                _insert_all(connection, TABLES[name], rows)
        texts = [
            (values["id"], values["text"])
            for _, values in pending.by_name["article"]
            if not values["review"]
        ]
        copies.add_bands(connection, texts)
        for _, values in pending.by_name["version"]:
            if due_at := values["release_at"]:
                self._jobs.add(RELEASE, values["article_id"], due_at=due_at, connection=connection)
        for rows in pending.by_name.values():
            rows.clear()


_ValidRow = tuple[ArchiveRow, dict[str, Any]]
"""A row, and its values as the database takes them."""


class _PendingRows:
    """Validated rows that are inserted together, by name."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[_ValidRow]] = {name: [] for name in TABLES}
        self._article: Mapping[str, Any] = {}
        self._correction_ids: set[str] = set()

    def add(self, row: ArchiveRow) -> None:
        """Validate a row and add it. Raises IngestError."""
        values = validated_values(row)
        if row.name == "article":
            self._article = values
        elif row.name == "claim":
            require_article(row, self._article)
        elif row.name == "correction":
            self._correction_ids.add(values["id"])
        elif row.name == "ruling" and values["correction_id"] not in self._correction_ids:
            raise invalid(row, "correction_id", "is not that of a correction before it")
        self.by_name[row.name].append((row, values))


def _insert_all(connection: sa.Connection, table: sa.Table, rows: Sequence[_ValidRow]) -> None:
    """Insert rows into a table. Raises IngestError for the first duplicate."""
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table), [values for _, values in rows])
    except IntegrityError:
        for row, values in rows:
            try:
                with connection.begin_nested():
                    connection.execute(sa.insert(table), [values])
            except IntegrityError as error:
                raise invalid(row, "key", "is that of another one") from error
        raise


def _require_originals(connection: sa.Connection) -> None:
    """Raise IngestError if the original of a copy is missing or is a copy itself."""
    original = articles.alias()
    joined = articles.outerjoin(original, articles.c.copy_of == original.c.id)
    is_invalid = original.c.id.is_(None) | original.c.copy_of.is_not(None)
    query = sa.select(articles.c.id).select_from(joined)
    article_id = connection.scalar(query.where(articles.c.copy_of.is_not(None), is_invalid))
    if article_id is not None:
        row = ArchiveRow("article", {}, f"article {article_id}")
        raise invalid(row, "copy_of", "is not that of an article that is no copy")


def _require_spans_in_text(connection: sa.Connection) -> None:
    """Raise IngestError if spans of an original claim end after its article's text."""
    query = sa.select(originals.c.claim_id, originals.c.claim, sa.func.length(articles.c.text))
    query = query.join(articles, articles.c.id == originals.c.article_id)
    for claim_id, claim, length in connection.execute(query):
        spans = (span for name in SPAN_COLUMNS for span in claim.get(name) or ())
        if any(end > length for _, end in spans):
            row = ArchiveRow("original", {}, f"claim {claim_id}")
            raise invalid(row, "claim", "has no place in the article's text")


def _articles(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool]
) -> Iterator[sa.Row[Any]]:
    """Yield all articles that meet conditions. Batches, not a cursor: the caller runs other queries
    in between."""
    query = sa.select(articles).where(*conditions)
    query = query.order_by(articles.c.seq).limit(ARTICLE_BATCH_SIZE)
    last_seq = -1
    while rows := connection.execute(query.where(articles.c.seq > last_seq)).all():
        yield from rows
        last_seq = rows[-1].seq


def _stream(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    yield from connection.execute(query, execution_options={"yield_per": BATCH_SIZE})


def _archive_row(name: str, row: sa.Row[Any]) -> ArchiveRow:
    values = {
        column: value.isoformat() if isinstance(value, date) else value
        for column, value in row._mapping.items()
        if value is not None
    }
    return ArchiveRow(name, values)
