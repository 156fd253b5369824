"""Read from a streaming replica of the PostgreSQL server, as long as it has every change.

The primary is asked for its numbers first, which costs it a lookup of a row. The replica is read
only if it has these numbers, so nothing it returns is older than what the primary would have: no
withdrawn article, no version before a correction, nothing of which a review was undone.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc

from bot.config import StoreSettings
from bot.log_limit import LogLimit
from bot.store import postgres
from bot.store.schema import name_rulings, store_state

log = logging.getLogger(__name__)

T = TypeVar("T")

CONNECT_SECONDS = 2
SILENT_MILLISECONDS = 3_000
ANSWER_SECONDS = 2
"""How long a replica has to say how far it is, and how long a search waits for a connection."""
AWAY_SECONDS = 30.0
"""How long a replica is not tried again after it failed."""

_RULINGS = sa.select(
    sa.func.count(name_rulings.c.id).label("rulings"),
    sa.func.count(name_rulings.c.undone_at).label("undone"),
).subquery()
_NUMBERS = sa.select(store_state.c.store_id, store_state.c.seq, *_RULINGS.c).join(
    _RULINGS, sa.true()
)


class Numbers(NamedTuple):
    """How far a server is: its last change, and how often people have ruled on names, and undone
    that. None of them ever decreases."""

    store_id: str
    seq: int
    rulings: int
    undone: int

    def has_all_of(self, other: Numbers) -> bool:
        """Whether nothing of another server's is missing."""
        return (
            self.store_id == other.store_id
            and self.seq >= other.seq
            and self.rulings >= other.rulings
            and self.undone >= other.undone
        )

    def count_more_than(self, other: Numbers) -> int:
        """How many changes, rulings and undone rulings another server lacks."""
        pairs = zip(self[1:], other[1:], strict=True)
        return sum(max(0, own - others) for own, others in pairs)


def read_numbers(connection: sa.Connection) -> Numbers:
    """Read how far the server of a connection is."""
    return Numbers(*connection.execute(_NUMBERS).one())


class ReplicaUnusableError(Exception):
    """The replica is away, or behind. It is logged; read from the primary."""


class Replica:
    """A read-only copy of the store's server."""

    def __init__(self, url: str, settings: StoreSettings) -> None:
        self._engine = postgres.create_engine(
            sa.make_url(url),
            settings,
            connect_seconds=CONNECT_SECONDS,
            silent_milliseconds=SILENT_MILLISECONDS,
            free_seconds=ANSWER_SECONDS,
        )
        postgres.limit_answers(self._engine, ANSWER_SECONDS)
        self._seconds = settings.statement_seconds
        self._away_until = 0.0
        self._failures, self._delays = LogLimit(log), LogLimit(log)

    def read(self, read: Callable[[sa.Connection], T], primary: Numbers) -> T:
        """Return what a function reads. Raises ReplicaUnusableError."""
        if time.monotonic() < self._away_until:
            raise ReplicaUnusableError
        if self._away_until:
            # This search tries it again; no other one waits with it.
            self._away_until = time.monotonic() + AWAY_SECONDS
        try:
            with self._engine.connect() as connection:
                postgres.begin(connection, seconds=self._seconds)
                numbers = read_numbers(connection)
                self._away_until = 0.0
                if numbers.has_all_of(primary):
                    with postgres.answering_within(connection, self._seconds):
                        return read(connection)
        except (exc.SQLAlchemyError, OSError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            cause = str(getattr(error, "orig", None) or error).partition("\n")[0]
            message = "the replica cannot be read, so searches read from the primary: %s"
            self._failures.warning(message, cause)
            raise ReplicaUnusableError from error
        if numbers.store_id != primary.store_id:
            self._delays.warning("DATABASE_REPLICA_URL leads to a copy of another store")
        else:
            message = "the replica is %d changes behind, so a search read from the primary"
            self._delays.warning(message, primary.count_more_than(numbers))
        raise ReplicaUnusableError

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
