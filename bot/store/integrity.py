"""Check that the database is whole and can be written to."""

from __future__ import annotations

import sqlalchemy as sa

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.schema import metadata, store_state

MAX_PROBLEMS = 5
TEST_WRITE_SECONDS = 5.0
"""How long the test write waits for another writer."""
CHECK_INDEXES = sa.text(
    "SELECT bt_index_check(pg_class.oid) FROM pg_class "
    "JOIN pg_am ON pg_am.oid = pg_class.relam AND pg_am.amname = 'btree' "
    "JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace "
    "WHERE pg_class.relkind = 'i' AND pg_namespace.nspname = current_schema()"
)


class Integrity:
    """Checks the database itself, not what is in it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def require_whole(self) -> None:
        """Read the whole database. Raises StoreError, which says what is damaged."""
        problems = self._sqlite_problems() if self._db.is_sqlite else self._postgres_problems()
        if problems:
            raise StoreError(
                "the store is damaged",
                cause="; ".join(problems),
                remedy="Stop Claimdesk, keep a copy of the database, and restore an export "
                "(docs/run/deploy.md). Check the disk.",
            )

    def require_writable(self, *, light: bool = False) -> None:
        """Write a row that changes nothing. Raises StoreError.

        A `light` write does not wait for the disk.
        """
        with self._db.write(light=light, max_wait=TEST_WRITE_SECONDS) as connection:
            connection.execute(sa.update(store_state).values(seq=store_state.c.seq))

    def _sqlite_problems(self) -> list[str]:
        with self._db.read() as connection:
            rows = connection.exec_driver_sql(f"PRAGMA quick_check({MAX_PROBLEMS})").all()
        return [] if [tuple(row) for row in rows] == [("ok",)] else [str(row[0]) for row in rows]

    def _postgres_problems(self) -> list[str]:
        """Read every table, and check the indexes if the extension amcheck is installed."""
        problems: list[str] = []
        for table in metadata.sorted_tables:
            try:
                with self._db.read() as connection:
                    # As text, so that values that are stored out of line are read too.
                    connection.exec_driver_sql(
                        f"SELECT sum(length(whole::text)) FROM {table.name} AS whole"  # noqa: S608
                    )
            except StoreError as error:
                problems.append(f"table {table.name}: {error.cause}")
        try:
            with self._db.read() as connection:
                if connection.scalar(sa.text("SELECT to_regproc('bt_index_check')")):
                    connection.execute(CHECK_INDEXES)
        except StoreError as error:
            problems.append(f"index: {error.cause}")
        return problems[:MAX_PROBLEMS]
