"""The same queries on SQLite's and PostgreSQL's full text, ranked and timed to ten row ids.

Each takes words in two forms: all of them must be there, or any. Claimdesk wants all of up to
twelve words and some of the rarest of more, so that "all" is the like of the short classes and
"any" that of a pasted text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

import psycopg

from tests.bench.search_claims import Asked, Row

TOP = 10


class Peer(Protocol):
    """Something else that finds claims."""

    name: str

    def find(self, asked: Asked, *, all_words: bool) -> list[int]:
        """Find the numbers of the best claims."""


class Fts5:
    """SQLite FTS5 with the porter stemmer, in memory."""

    name = "FTS5"

    def __init__(self, rows: Sequence[Row]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE claims USING fts5"
            "(body, speaker, day UNINDEXED, tokenize='porter unicode61')"
        )
        self._connection.executemany(
            "INSERT INTO claims (rowid, body, speaker, day) VALUES (?, ?, ?, ?)",
            ((row.number, row.text, row.speaker, row.day) for row in rows),
        )
        self._connection.execute("INSERT INTO claims (claims) VALUES ('optimize')")

    def find(self, asked: Asked, *, all_words: bool) -> list[int]:
        """Find the numbers of the best claims by BM25."""
        words = [f'"{word}"' for word in asked.words]
        match = (" AND " if all_words else " OR ").join(words)
        if asked.kind == "phrase":
            match = f'"{" ".join(asked.words)}"'
        if asked.speaker:
            match = f'({match}) AND speaker : "{asked.speaker}"'
        found = self._connection.execute(
            "SELECT rowid FROM claims WHERE claims MATCH ? AND day BETWEEN ? AND ? "
            "ORDER BY rank LIMIT ?"
            if asked.after
            else "SELECT rowid FROM claims WHERE claims MATCH ? ORDER BY rank LIMIT ?",
            (match, asked.after, asked.before, TOP) if asked.after else (match, TOP),
        )
        return [number for (number,) in found]


class Postgres:
    """PostgreSQL full text with a GIN index, in the database at a URL."""

    name = "PostgreSQL"

    def __init__(self, rows: Sequence[Row], url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute(
            "CREATE TABLE claims (number int, body text, speaker text, day text, words tsvector "
            "GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)"
        )
        with self._connection.cursor().copy(
            "COPY claims (number, body, speaker, day) FROM STDIN"
        ) as copy:
            for row in rows:
                copy.write_row((row.number, row.text, row.speaker, row.day))
        self._connection.execute("CREATE INDEX ON claims USING gin (words)")
        self._connection.execute("CREATE INDEX ON claims (speaker)")
        self._connection.execute("ANALYZE claims")

    def find(self, asked: Asked, *, all_words: bool) -> list[int]:
        """Find the numbers of the best claims by ts_rank."""
        match = (" & " if all_words else " | ").join(asked.words)
        if asked.kind == "phrase":
            match = " <-> ".join(asked.words)
        where, values = "words @@ q", [match]
        if asked.speaker:
            where, values = f"{where} AND speaker = %s", [*values, asked.speaker]
        if asked.after and asked.before:
            where = f"{where} AND day BETWEEN %s AND %s"
            values += [asked.after, asked.before]
        found = self._connection.execute(
            f"SELECT number FROM claims, to_tsquery('english', %s) q WHERE {where} "
            f"ORDER BY ts_rank(words, q) DESC LIMIT {TOP}",
            values,
        )
        return [number for (number,) in found]
