"""The whole archive as rows that can be kept elsewhere, and put into an empty store again.

Rows are plain JSON values by column, as the schema has them; what is NULL is left out. Left behind
is what follows from the rest (bands, names) and what belongs to a workspace (shares, digests);
people's corrections belong to the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.articles.steps import RELEASE
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
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.schema import articles, claims, originals, removals, store_state

BATCH = 2_000
"""Rows that are read or written at once."""

ARTICLES = sa.select(articles).order_by(articles.c.seq).limit(BATCH // 10)
CLAIMS = sa.select(claims).order_by(claims.c.position, claims.c.id)


class Exchange:
    """Gives the archive away and takes one in."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def shown(self) -> Iterator[tuple[Article, Spans, Iterator[Claim]]]:
        """What may be shown now: the articles, each with its paragraphs and its claims, which must
        be taken before the next one. All of it is of one moment."""
        with self._snapshot() as connection:
            for row in _articles(connection):
                found = _stream(connection, CLAIMS.where(claims.c.article_id == row.id))
                yield (
                    article_from_row(row),
                    spans_from_json(row.paragraphs),
                    map(claim_from_row, found),
                )

    def rows(self) -> Iterator[ArchiveRow]:
        """Everything, also what is not shown: each article with its claims behind it, then the
        other tables. All of it is of one moment, and little of it in memory."""
        with self._snapshot() as connection:
            for article in _articles(connection):
                yield _row("article", article)
                for claim in _stream(connection, CLAIMS.where(claims.c.article_id == article.id)):
                    yield _row("claim", claim)
            for name, table in TABLES.items():
                if name in ("article", "claim"):
                    continue
                for row in _stream(connection, sa.select(table).order_by(*table.primary_key)):
                    yield _row(name, row)

    @contextmanager
    def _snapshot(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the store throughout: SQLite's always do."""
        with self._db.read() as connection:
            if not self._db.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def restore(self, rows: Iterable[ArchiveRow]) -> Iterator[int]:
        """Put rows into a store that holds nothing yet, all or none; yields now and then how many
        have been put in. They stay only if it is followed to its end.

        Raises StoreError where something is there already or what comes does not fit together,
        IngestError for a row that can't be one, by its place.
        """
        done = 0
        waiting = _Pending()
        with self._db.write() as connection:
            self._require_empty(connection)
            for done, row in enumerate(rows, start=1):
                waiting.add(row)
                if done % BATCH == 0:
                    self._insert(connection, waiting)
                    yield done
            self._insert(connection, waiting)
            _require_originals(connection)
            _require_places(connection)
            # The next change is to have the next number.
            last = [sa.select(sa.func.max(table.c.seq)) for table in (articles, removals)]
            seq = max([0, *(connection.execute(one).scalar() or 0 for one in last)])
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

    def _insert(self, connection: sa.Connection, waiting: _Pending) -> None:
        for name, rows in waiting.rows.items():
            if rows:
                _insert_all(connection, TABLES[name], rows)
        texts = [(row["id"], row["text"]) for _, row in waiting.rows["article"]]
        copies.add_bands(connection, texts)
        for _, row in waiting.rows["version"]:
            if row["release_at"]:
                due = row["release_at"]
                self._jobs.add(RELEASE, row["article_id"], due_at=due, connection=connection)
        for rows in waiting.rows.values():
            rows.clear()


_ValidRow = tuple[ArchiveRow, dict[str, Any]]
"""A row, and its values as the database takes them."""


class _Pending:
    """Rows that are to be put in together, by what they are called."""

    def __init__(self) -> None:
        self.rows: dict[str, list[_ValidRow]] = {name: [] for name in TABLES}
        self._article: Mapping[str, Any] = {}
        self._corrections: set[str] = set()

    def add(self, row: ArchiveRow) -> None:
        """Let a row wait. Raises IngestError for one that can't be put in."""
        values = validated_values(row)
        if row.name == "article":
            self._article = values
        elif row.name == "claim":
            require_article(row, self._article)
        elif row.name == "correction":
            self._corrections.add(values["id"])
        elif row.name == "ruling" and values["correction_id"] not in self._corrections:
            raise invalid(row, "correction_id", "is not that of a correction before it")
        self.rows[row.name].append((row, values))


def _insert_all(connection: sa.Connection, table: sa.Table, rows: Sequence[_ValidRow]) -> None:
    """Put rows into a table. Raises IngestError for the first that is there already."""
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
    """Raise IngestError where an article is a copy of none, or of a copy."""
    first = articles.alias()
    both = articles.outerjoin(first, articles.c.copy_of == first.c.id)
    is_none = first.c.id.is_(None) | first.c.copy_of.is_not(None)
    query = sa.select(articles.c.id).select_from(both)
    wrong = connection.execute(query.where(articles.c.copy_of.is_not(None), is_none)).scalar()
    if wrong is not None:
        row = ArchiveRow("article", {}, f"article {wrong}")
        raise invalid(row, "copy_of", "is not that of an article that is no copy")


def _require_places(connection: sa.Connection) -> None:
    """Raise IngestError where a claim as it was found has its words behind its article's end."""
    lengths = sa.select(originals.c.claim_id, originals.c.claim, sa.func.length(articles.c.text))
    query = lengths.join(articles, articles.c.id == originals.c.article_id)
    for claim_id, claim, length in connection.execute(query):
        spans = (span for name in SPAN_COLUMNS for span in claim.get(name) or ())
        if any(end > length for _, end in spans):
            row = ArchiveRow("original", {}, f"claim {claim_id}")
            raise invalid(row, "claim", "has no place in the article's text")


def _articles(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    """All articles, some at a time, so that others can be read in between."""
    after = -1
    while rows := connection.execute(ARTICLES.where(articles.c.seq > after)).all():
        yield from rows
        after = rows[-1].seq


def _stream(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    yield from connection.execute(query, execution_options={"yield_per": BATCH})


def _row(name: str, row: sa.Row[Any]) -> ArchiveRow:
    values = {
        column: value.isoformat() if isinstance(value, date) else value
        for column, value in row._mapping.items()
        if value is not None
    }
    return ArchiveRow(name, values)
