"""The names of speakers as articles print them, and which of them are one speaker's.

Everything here follows from the claims, and can be gathered again at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import claims, names, store_state

BATCH = 2_000

LONGEST_NAME = 200
"""Characters; what is longer is a sentence rather than a name, and meets no other."""

# Whom a claim names for certain, with the source where it is all capitals: perhaps an acronym.
NAMED = (
    sa.select(
        claims.c.speaker,
        sa.case((sa.func.upper(claims.c.source) == claims.c.source, claims.c.source)),
    )
    .where(
        claims.c.speaker.is_not(None),
        claims.c.source_kind == "named",
        claims.c.unsure.is_(False),
        sa.func.length(claims.c.speaker) <= LONGEST_NAME,
    )
    .distinct()
)


class Printed(NamedTuple):
    """A speaker whom claims name, and the capitals that they print for it, if any ("HWU")."""

    speaker: str
    capitals: str | None = None


class Naming(NamedTuple):
    """By which rules names meet.

    `blocks` gives what claims print as names, each with its block: names in different blocks never
    are one speaker's. `group` says of each name in a block which name stands for its speaker; it
    is handed all of them, in any order. `version` tells these rules from others.
    """

    blocks: Callable[[Iterable[Printed]], Mapping[str, str]]
    group: Callable[[Collection[str]], Mapping[str, str]]
    version: str


class SpeakerNames:
    """Keeps a row for each name: its block, and the name that stands for its speaker.

    A new name has its own block grouped anew and no other, so that an archive with a hundred
    thousand names takes no longer over it than a small one.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, article_ids: Sequence[str], naming: Naming) -> None:
        """Add the names that the claims of these articles print."""
        with self._db.read() as connection:
            new = _unknown(connection, naming.blocks(_printed(connection, article_ids)))
        if not new:
            return
        with self._db.write() as connection:
            _wait_for_writers(connection)
            new = _unknown(connection, new)
            blocks = _by_block(new)
            before = {row.name: row for row in _rows(connection, names.c.block, list(blocks))}
            for row in before.values():
                blocks[row.block].add(row.name)
            _write(connection, list(_grouped(blocks, naming)), before)

    def rebuild(self, naming: Naming) -> None:
        """Gather and group the names of all claims anew; those that are gone are forgotten."""
        with self._db.write() as connection:
            _wait_for_writers(connection)
            printed = (Printed(*row) for row in connection.execute(NAMED))
            rows = list(_grouped(_by_block(naming.blocks(printed)), naming))
            connection.execute(sa.delete(names))
            _write(connection, rows, {})
            connection.execute(sa.update(store_state).values(naming=naming.version))

    def version(self) -> str | None:
        """By which rules the names are grouped; None: they have not been gathered yet."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(store_state.c.naming))

    def speakers(self, printed: Sequence[str]) -> dict[str, str]:
        """The name that stands for the speaker of each of these names that are known."""
        with self._db.read() as connection:
            return {row.name: row.speaker for row in _rows(connection, names.c.name, printed)}

    def aliases_in(self, blocks: Sequence[str]) -> dict[str, str]:
        """The names in these blocks for which another one stands, each with that one."""
        return self._aliases(names.c.block, blocks)

    def aliases_of(self, speakers: Sequence[str]) -> dict[str, str]:
        """The names for which one of these stands, each with that one."""
        return self._aliases(names.c.speaker, speakers)

    def _aliases(self, column: sa.Column[Any], values: Sequence[str]) -> dict[str, str]:
        query = sa.select(names.c.name, names.c.speaker).where(
            column.in_(values), names.c.name != names.c.speaker
        )
        with self._db.read() as connection:
            return {row.name: row.speaker for row in connection.execute(query)}


def _printed(connection: sa.Connection, article_ids: Sequence[str]) -> set[Printed]:
    printed: set[Printed] = set()
    for start in range(0, len(article_ids), BATCH):
        mine = NAMED.where(claims.c.article_id.in_(article_ids[start : start + BATCH]))
        printed.update(Printed(*row) for row in connection.execute(mine))
    return printed


def _unknown(connection: sa.Connection, blocks: Mapping[str, str]) -> dict[str, str]:
    known = {row.name for row in _rows(connection, names.c.name, list(blocks))}
    return {name: block for name, block in blocks.items() if name not in known}


def _rows(
    connection: sa.Connection, column: sa.Column[Any], values: Sequence[str]
) -> Iterator[sa.Row[Any]]:
    for start in range(0, len(values), BATCH):
        chosen = column.in_(values[start : start + BATCH])
        yield from connection.execute(sa.select(names).where(chosen))


def _grouped(by_block: Mapping[str, Collection[str]], naming: Naming) -> Iterator[dict[str, str]]:
    for block, together in by_block.items():
        for name, speaker in naming.group(together).items():
            yield {"name": name, "block": block, "speaker": speaker}


def _by_block(names_: Mapping[str, str]) -> defaultdict[str, set[str]]:
    out: defaultdict[str, set[str]] = defaultdict(set)
    for name, block in names_.items():
        out[block].add(name)
    return out


def _write(
    connection: sa.Connection, rows: Sequence[dict[str, str]], before: Mapping[str, sa.Row[Any]]
) -> None:
    """Insert the rows of new names, and change those of names whose speaker is another now."""
    new = [row for row in rows if row["name"] not in before]
    moved = [
        {"of": row["name"], "to": row["speaker"]}
        for row in rows
        if row["name"] in before and before[row["name"]].speaker != row["speaker"]
    ]
    if new:
        connection.execute(sa.insert(names), new)
    if moved:
        change = sa.update(names).where(names.c.name == sa.bindparam("of"))
        connection.execute(change.values(speaker=sa.bindparam("to")), moved)


def _wait_for_writers(connection: sa.Connection) -> None:
    """Hold the row that every writer takes, so that two never group a block side by side; on
    SQLite there is only one writer in any case."""
    connection.execute(sa.select(store_state.c.seq).with_for_update())
