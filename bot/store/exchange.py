"""The whole archive as rows that can be kept elsewhere, and put into an empty store again.

Rows are plain JSON values by column, as the schema has them; what is NULL is left out. Left behind
is what follows from the rest (bands, names) and what belongs to a workspace (shares, digests).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.errors import IngestError, StoreError
from bot.model import Article, Claim
from bot.store import copies
from bot.store.database import Database
from bot.store.jobs import Jobs
from bot.store.rows import article_of, claim_of
from bot.store.schema import (
    Instant,
    articles,
    claims,
    gone_claims,
    identities,
    removals,
    store_state,
    versions,
)
from bot.store.steps import RELEASE

TABLES = {
    "article": articles,
    "claim": claims,
    "version": versions,
    "identity": identities,
    "gone_claim": gone_claims,
    "removal": removals,
}
"""What is kept, by what one row of it is called; a table stands behind those that it refers to."""

TOGETHER = 2_000
"""Rows that are read or written at once."""

ARTICLES = sa.select(articles).order_by(articles.c.seq).limit(TOGETHER // 10)
CLAIMS = sa.select(claims).order_by(claims.c.position, claims.c.id)


class Row(NamedTuple):
    """A row and what it is called; `place` says in errors where it stands."""

    name: str
    values: Mapping[str, Any]
    place: str = ""


class Exchange:
    """Gives the archive away and takes one in."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def shown(self) -> Iterator[tuple[Article, Iterator[Claim]]]:
        """What may be shown now: the articles, each with its claims, which must be taken before
        the next one."""
        with self._snapshot() as connection:
            for row in _articles(connection):
                found = _stream(connection, CLAIMS.where(claims.c.article_id == row.id))
                yield article_of(row), map(claim_of, found)

    def rows(self) -> Iterator[Row]:
        """Everything, also what is not shown: each article with its claims behind it, then the
        other tables. All of it is of one moment, and little of it in memory."""
        with self._snapshot() as connection:
            for article in _articles(connection):
                yield _row("article", article)
                for claim in _stream(connection, CLAIMS.where(claims.c.article_id == article.id)):
                    yield _row("claim", claim)
            for name in ("version", "identity", "gone_claim", "removal"):
                table = TABLES[name]
                for row in _stream(connection, sa.select(table).order_by(*table.primary_key)):
                    yield _row(name, row)

    @contextmanager
    def _snapshot(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the store throughout: SQLite's always do."""
        with self._db.read() as connection:
            if not self._db.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def restore(self, rows: Iterable[Row]) -> Iterator[int]:
        """Put rows into a store that holds nothing yet, all or none; yields now and then how many
        have been put in. They stay only if it is followed to its end.

        Raises StoreError where something is there already or what comes does not fit together,
        IngestError for a row that can't be one, by its place.
        """
        done = 0
        waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        with self._db.write() as connection:
            self._require_empty(connection)
            for done, row in enumerate(rows, start=1):
                if row.name not in TABLES:
                    raise _unfit(row, "kind", "is not known")
                waiting[row.name].append(_values(row))
                if done % TOGETHER == 0:
                    self._insert(connection, waiting)
                    yield done
            self._insert(connection, waiting)
            # The next change is to have the next number.
            last = [sa.select(sa.func.max(table.c.seq)) for table in (articles, removals)]
            seq = max([0, *(connection.execute(one).scalar() or 0 for one in last)])
            connection.execute(sa.update(store_state).values(seq=seq))
        yield done

    def _require_empty(self, connection: sa.Connection) -> None:
        for table in TABLES.values():
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                raise StoreError(
                    "an archive can be imported only where none is",
                    cause=f"there are {table.name.replace('_', ' ')} here already",
                    remedy="Set CLAIMDESK_DATA, or DATABASE_URL, to a new one. Nothing was "
                    "imported.",
                )

    def _insert(
        self, connection: sa.Connection, waiting: Mapping[str, list[dict[str, Any]]]
    ) -> None:
        for name, rows in waiting.items():
            if rows:
                connection.execute(sa.insert(TABLES[name]), rows)
        copies.remember(connection, [(row["id"], row["text"]) for row in waiting["article"]])
        for row in waiting["version"]:
            if row["release_at"]:
                due = row["release_at"]
                self._jobs.add(RELEASE, row["article_id"], due_at=due, connection=connection)
        for rows in waiting.values():
            rows.clear()


def _articles(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    """All articles, some at a time, so that others can be read in between."""
    after = -1
    while rows := connection.execute(ARTICLES.where(articles.c.seq > after)).all():
        yield from rows
        after = rows[-1].seq


def _stream(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    yield from connection.execute(query, execution_options={"yield_per": TOGETHER})


def _row(name: str, row: sa.Row[Any]) -> Row:
    values = {
        column: value.isoformat() if isinstance(value, date) else value
        for column, value in row._mapping.items()
        if value is not None
    }
    return Row(name, values)


def _values(row: Row) -> dict[str, Any]:
    """A row's values as the database takes them. Raises IngestError that names the column."""
    columns = {column.name: column for column in TABLES[row.name].columns}
    for name in row.values:
        if name not in columns:
            raise _unfit(row, name, "is not known")
    values = {name: _value(row, column) for name, column in columns.items()}
    if "text_sha" in values and values.get("text") is not None:
        _check_text(row, values["text"], values["text_sha"])
    return values


def _check_text(row: Row, text: str, text_sha: str) -> None:
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    if digest != text_sha:
        raise _unfit(row, "text", "is not the one that was exported")


def _value(row: Row, column: sa.Column[Any]) -> Any:
    value = row.values.get(column.name)
    if value is None:
        if not column.nullable:
            raise _unfit(row, column.name, "is missing")
        return None
    if isinstance(column.type, sa.JSON):
        return value
    if isinstance(column.type, Instant | sa.Date):
        try:
            return _day_or_moment(column, value)
        except (TypeError, ValueError) as error:
            raise _unfit(row, column.name, "is no date as it was exported") from error
    kinds = (int, float) if isinstance(column.type, sa.Float) else (column.type.python_type,)
    if type(value) not in kinds or (isinstance(value, str) and "\0" in value):
        raise _unfit(row, column.name, "is of another kind than what was exported")
    return value


def _day_or_moment(column: sa.Column[Any], value: str) -> date:
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("without a zone it is no moment")
    return moment


def _unfit(row: Row, column: str, why: str) -> IngestError:
    return IngestError(
        "cannot import the archive",
        subject=row.place,
        cause=f"the {column} of this {row.name.replace('_', ' ')} {why}",
        remedy="Export it again. Nothing was imported.",
    )
