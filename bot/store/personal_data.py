"""Find and erase what is stored about a person in Slack.

Their queries, watches, private messages and jobs are deleted. What others rely on stays: articles,
corrections, decisions, digests of channels, feeds and posted messages. It then names nobody: an id
that begins with FORGOTTEN, another for each person, since some tables need different ones.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import FORGOTTEN, FORGOTTEN_NAME
from bot.store import audit
from bot.store.database import Database
from bot.store.schema import (
    answers,
    channels,
    job_turns,
    jobs,
    metadata,
    outbox,
    subscriptions,
    watches,
)

ONLY_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "articles": ("brought_by",),
    "versions": ("document", "reason"),
    "claims": (),
    "originals": (),
}
"""The columns of articles and claims that may name a person in Slack; the others are what was
printed. All columns of all other tables may."""


class PersonalData:
    """What the store has about people in Slack, by their ids."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def count(self, person: str) -> dict[str, int]:
        """Count the rows that name a person, by table; tables without any are left out."""
        with self._db.read() as connection:
            found = {
                table.name: sum(1 for _ in _renamed_rows(connection, table, person, FORGOTTEN))
                for table in metadata.sorted_tables
            }
        return {name: number for name, number in found.items() if number}

    def forget(self, person: str, *, ordered_by: str, now: datetime) -> None:
        """Erase a person everywhere, and record who ordered it, and when."""
        nobody = f"{FORGOTTEN}{secrets.token_hex(4).upper()}"
        subject = audit.salted_digest(person)
        with self._db.write() as connection:
            _delete_own(connection, person)
            for table in metadata.sorted_tables:
                for is_row, values in list(_renamed_rows(connection, table, person, nobody)):
                    connection.execute(sa.update(table).where(is_row).values(values))
            audit.record(connection, "forget", subject, ordered_by=ordered_by, now=now)
        self.compact()

    def compact(self) -> None:
        """Erase what was deleted from the files, where the database can."""
        self._db.compact()

    def was_forgotten(self, person: str) -> bool:
        """Tell whether there is a record that a person was forgotten."""
        return audit.has_record(self._db, "forget", person)


def _delete_own(connection: sa.Connection, person: str) -> None:
    """Delete what nobody else relies on."""
    # A conversation with the bot has an id of its own, by which its messages are kept.
    is_conversation = sa.and_(outbox.c.person == person, outbox.c.channel.startswith("D"))
    conversations = set(connection.scalars(sa.select(outbox.c.channel).where(is_conversation)))
    payload = sa.cast(outbox.c.payload, sa.Text)
    for watch in connection.scalars(sa.select(watches.c.id).where(watches.c.person == person)):
        # Its alerts stay in Slack, but without the watch they can't be updated.
        connection.execute(sa.delete(outbox).where(payload.contains(f'"{watch}"')))
    for table in (watches, answers):
        connection.execute(sa.delete(table).where(table.c.person == person))
    for table in (outbox, channels, subscriptions):
        connection.execute(sa.delete(table).where(table.c.channel.in_({person, *conversations})))
    # An article that they asked for, or a message to them: also if it failed for good.
    for table in (jobs, job_turns):
        for is_row, _ in list(_renamed_rows(connection, table, person, FORGOTTEN)):
            connection.execute(sa.delete(table).where(is_row))


def _renamed_rows(
    connection: sa.Connection, table: sa.Table, person: str, nobody: str
) -> Iterator[tuple[sa.ColumnElement[bool], Mapping[str, Any]]]:
    """Yield the rows that name a person, each as its condition and its values with `nobody`."""
    columns = [
        column
        for column in table.columns
        if isinstance(column.type, sa.String | sa.JSON)
        and column.name in ONLY_COLUMNS.get(table.name, (column.name,))
    ]
    if not columns:
        return
    keys = list(table.primary_key)
    texts = [sa.cast(column, sa.Text) for column in columns]
    may_name = sa.or_(*(text.contains(person, autoescape=True) for text in texts))
    id_ = re.compile(rf"(?<![A-Z0-9]){re.escape(person)}(?![A-Z0-9])")
    # As in "removed in review – ada.lind (U024BE7LH) in Slack".
    name = re.compile(rf'[^\s"]+(?= \({re.escape(person)}\))')
    for row in connection.execute(sa.select(*keys, *columns).where(may_name)).mappings():
        values = {
            column.name: json.loads(
                id_.sub(nobody, name.sub(FORGOTTEN_NAME, json.dumps(row[column])))
            )
            for column in columns
        }
        if values == {column.name: row[column] for column in columns}:
            continue  # the id is part of another's
        if row.get("person") == person and "person_name" in values:
            values["person_name"] = FORGOTTEN_NAME
        yield sa.and_(*(key == row[key] for key in keys)), values
