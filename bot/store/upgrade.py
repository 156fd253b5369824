"""Bring a database's tables up to date while other processes use them.

All revisions that are missing are one transaction: it leaves the new tables or the old ones. On
PostgreSQL it locks each table that it changes until its end. If another process has been reading
such a table for longer than LOCK_TIMEOUT, everybody else would have to wait behind the migration.
So it gives up all its locks, and tries again after a pause, in which the others go on.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc

from bot.errors import StoreBusyError, StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7236110
"""An arbitrary number that no other program is likely to lock."""
LOCK_TIMEOUT = "500ms"
"""Less than the second after which PostgreSQL looks for a deadlock, and might end the other one."""
LOCK_PAUSE = 2.0
LOCK_ATTEMPTS = 120
"""With the pauses, five minutes: an export of a large store may take as long."""
POSTGRES_LOCK_TIMEOUT = "55P03"
"""The SQLSTATE of a statement that waited for a lock longer than lock_timeout."""

log = logging.getLogger(__name__)


def revision_of(connection: sa.Connection) -> str | None:
    """Return the revision of the tables; None if there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def require_known(
    revision: str | None,
    message: str = "the store can't be used by this version",
    subject: str = "",
) -> None:
    """Raise StoreError for tables of a newer version, or from before the first migration."""
    known = {file.stem.partition("_")[0] for file in MIGRATIONS.glob("versions/*.py")}
    if not revision or revision in known:
        return
    cause, remedy = f"a newer Claimdesk made it (revision {revision})", "Use that version."
    if revision.isdigit():
        cause = f"a Claimdesk from before 0.1.0 made it (revision {revision})"
        remedy = (
            "Name an empty one in CLAIMDESK_DATA or DATABASE_URL, and read the articles again with "
            "claimdesk ingest."
        )
    raise StoreError(message, subject=subject, cause=cause, remedy=remedy)


def upgrade(engine: sa.Engine, revision: str) -> None:
    """Run the migrations up to a revision.

    Another process that does so at the same time waits. Raises StoreBusyError if another process
    does not stop reading a table, StoreError for the tables of a newer version, and SQLAlchemy's
    errors.
    """
    for attempt in range(LOCK_ATTEMPTS):
        try:
            with engine.begin() as connection:
                _run_migrations(connection, revision)
        except exc.OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != POSTGRES_LOCK_TIMEOUT:
                raise
            if attempt == 0:
                log.warning("another program is using a table that has to be changed; waiting")
            pause(LOCK_PAUSE)
        else:
            return
    raise StoreBusyError(
        "the store's tables cannot be brought up to date",
        cause="another program has been using one of them all the time",
        remedy="They are as they were. Run claimdesk migrate again when it has finished: it may be "
        "an export.",
    )


def pause(seconds: float) -> None:
    """Let other processes have the tables."""
    time.sleep(seconds)


def _run_migrations(connection: sa.Connection, revision: str) -> None:
    # It logs each of its plugins when it is imported.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Importing Alembic takes a quarter of a second, which a search need not wait for.
    import alembic.command
    import alembic.config

    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        # Only from here on: the lock before is held as long as another migration takes.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    require_known(revision_of(connection))  # a newer version may have had its turn before
    config.attributes["connection"] = connection
    alembic.command.upgrade(config, revision)
