"""Stores of earlier revisions, and rows for every table that they had.

The rows are made from the tables as the database describes them, so that a table or column of any
revision has values; those that the program reads as more than text are written down in VALUES.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.store import schema
from bot.store.database import Database
from bot.store.upgrade import MIGRATIONS
from tests.soak import SOAK
from tests.store import rows

ALL = sorted(file.stem[:4] for file in (MIGRATIONS / "versions").glob("*.py"))
REVISIONS = ALL if SOAK else ["0001", "0004", "0009", "0010", "0015", ALL[-1]]
"""The revisions that are tried, oldest first: in a soak all, else those before and after rows
move, and some of the rest. The last is the program's."""

Rows = dict[str, dict[Any, dict[str, Any]]]
"""Rows by table and primary key."""

TEXTS = (
    "The harbour stays shut until Thursday, said Ingrid Solvane, the harbour master.",
    "The ferry was sold on Monday, said Tomas Aldery, who owned the ferry for years.",
)
"""The text of each article. Its first words are what is said; SPEAKERS says it."""
SPEAKERS = ("Ingrid Solvane", "Tomas Aldery")
SAID = tuple(text.index(", said") for text in TEXTS)

# The values of the first and the second row, by table and column.
VALUES: Mapping[str, tuple[Any, Any]] = {
    "articles.text": TEXTS,
    "articles.arrival": ("single", "bulk"),
    "articles.published": ("2026-11-03", None),
    "articles.published_on": (date(2026, 11, 3), None),
    "articles.url": ("https://post.example/1", None),
    "articles.paragraphs": ([[0, len(TEXTS[0])]], None),
    "articles.language": ("en", None),
    "articles.copy_of": (None, None),
    "articles.read_to": (None, None),
    "articles.as_found": ({"title": "An old title"}, None),
    "articles.review": (None, ["unreviewed"]),
    "articles.brought_by": (None, ["T1/U1"]),
    "articles.doubt": ("thin", None),
    "versions.state": ("earlier", "withdrawn"),
    "versions.arrival": ("single", "bulk"),
    "versions.document": ({"origin": "one.txt"}, {"origin": "two.txt"}),
    "versions.release_at": (None, None),
    "versions.claims": (None, None),
    "gone_claims.reason": ("changed", "withdrawn"),
    "claims.position": (0, 0),
    "claims.kind": ("attribution", "attribution"),
    "claims.text": tuple(text[:end] for text, end in zip(TEXTS, SAID, strict=True)),
    "claims.spans": tuple([[0, end]] for end in SAID),
    "claims.paragraph": (1, None),
    "claims.ref": ({"id": "theirs"}, None),
    "claims.type": ("indirect", None),
    "claims.speaker": SPEAKERS,
    "claims.source": SPEAKERS,
    "claims.cue": ("said", "said"),
    "claims.source_kind": ("named", "named"),
    "claims.stance": ("said", None),
    "claims.negative": (False, False),
    "claims.via": (["The Post"], None),
    "claims.inside": (None, None),
    "claims.source_spans": ([[SAID[0] + 7, SAID[0] + 21]], None),
    "claims.cue_spans": ([[SAID[0] + 2, SAID[0] + 6]], None),
    "claims.act": ("speech", None),
    "claims.confidence": (0.5, 0.25),
    "roles.speaker": SPEAKERS,
    "roles.roles": (["harbour master"], ["owner"]),
    "names.name": SPEAKERS,
    "names.speaker": SPEAKERS,
    "feeds.added_by": ("slack", "config"),
    "feeds.state": ("active", "paused"),
    "jobs.kind": ("tell", "page"),
    "jobs.payload": ({"person": "U1", "feed": "1"}, None),
    "jobs.state": ("waiting", "waiting"),
    "jobs.worker": (None, None),
    "jobs.lease_until": (None, None),
    "jobs.failure": (None, None),
    "subscriptions.zone": ("UTC", "Asia/Tokyo"),
    "subscriptions.wants": ({"language": "en"}, None),
    "digests.state": ("posted", "missed"),
    "digests.heading": ({"zone": "UTC", "claims": 41}, None),
    "digest_rows.place": ({"section": "more"}, None),
    "corrections.changes": ({"speaker": "I. Solvane"}, {"rejected": True}),
    "corrections.before": ({"speaker": SPEAKERS[0]}, {}),
    "corrections.state": ("suggested", "declined"),
    "corrections.made_with": (None, None),
    "rulings.ruling": ("accepted", "declined"),
    "originals.claim_id": ("unknown 1", "unknown 2"),
    "originals.claim": ({"id": "unknown 1"}, {"id": "unknown 2"}),
    "name_rulings.kind": ("split", "split"),
    "name_rulings.sides": ([["Ann"], ["Anna"]], [["Ben"], ["Benno"]]),
    "outbox.kind": ("share", "share"),
    "outbox.payload": ({"person": "U1"}, {"person": "U2"}),
    "outbox.state": ("sent", "waiting"),
    "outbox_claims.place": ({"section": "more"}, None),
    "watches.pace": ("hourly", "daily"),
    "watches.zone": ("UTC", "Asia/Tokyo"),
    "watches.state": ("active", "ended"),
    "news.claims": (["1 id"], ["2 id"]),
    "alerts.claims": (["1 id"], ["2 id"]),
    "alerts.words": (["harbour"], ["ferry"]),
    "channels.failure": (None, None),
    "incidents.kind": ("unsigned", "clock"),
}


def tables_of(connection: sa.Connection) -> sa.MetaData:
    """Return the tables as the database has them, with the types that the program gives to
    columns of the same names."""
    found = sa.MetaData()
    found.reflect(connection)
    found.remove(found.tables["alembic_version"])
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.DateTime):
                column.type = schema.Instant()
            elif isinstance(column.type, sa.JSON):
                column.type = schema.NullableJSON
    return found


def fill(connection: sa.Connection, table: sa.Table, numbers: Sequence[int]) -> None:
    """Insert rows with these numbers into a table."""
    for number in numbers:
        row = {column.name: value_of(column, number) for column in table.columns}
        connection.execute(sa.insert(table).values(row))
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        connection.execute(sa.select(sa.func.setval(sequence, max(numbers))))


def value_of(column: sa.Column[Any], number: int) -> Any:
    """Make the value of a column in a row: that of VALUES, if it asks for one."""
    if not column.primary_key and (values := VALUES.get(f"{column.table.name}.{column.name}")):
        return values[(number - 1) % 2]
    return rows.value_of(column, number)


def walk(database: Database) -> Iterator[tuple[str, sa.MetaData]]:
    """Bring an empty database from each revision to the next; yields each with its tables."""
    for revision in REVISIONS:
        database.migrate(revision)
        with database.read() as connection:
            tables = tables_of(connection)
        yield revision, tables


def rows_of(database: Database, tables: sa.MetaData) -> Rows:
    """Return all rows of these tables."""
    with database.read() as connection:
        return {
            table.name: {
                tuple(row[column.name] for column in table.primary_key): dict(row)
                for row in connection.execute(sa.select(table)).mappings()
            }
            for table in tables.sorted_tables
        }
