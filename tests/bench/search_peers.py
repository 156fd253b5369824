"""Run the same queries with SQLite's and PostgreSQL's full-text search, for the ten best row ids.

Each requires either all words or any word. Claimdesk requires all of up to twelve words and some of
the rarest of more, so "all" compares with the short classes and "any" with a pasted text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

import psycopg

from tests.bench.search_claims import BenchQuery, Row

LIMIT = 10


class Peer(Protocol):
    """Another search engine."""

    name: str

    def find(self, query: BenchQuery, *, all_words: bool) -> list[int]:
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

    def find(self, query: BenchQuery, *, all_words: bool) -> list[int]:
        """Find the numbers of the best claims by BM25."""
        words = [f'"{word}"' for word in query.words]
        match = (" AND " if all_words else " OR ").join(words)
        if query.kind == "phrase":
            match = f'"{" ".join(query.words)}"'
        if query.speaker:
            match = f'({match}) AND speaker : "{query.speaker}"'
        rows = self._connection.execute(
            "SELECT rowid FROM claims WHERE claims MATCH ? AND day BETWEEN ? AND ? "
            "ORDER BY rank LIMIT ?"
            if query.after
            else "SELECT rowid FROM claims WHERE claims MATCH ? ORDER BY rank LIMIT ?",
            (match, query.after, query.before, LIMIT) if query.after else (match, LIMIT),
        )
        return [number for (number,) in rows]


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

    def find(self, query: BenchQuery, *, all_words: bool) -> list[int]:
        """Find the numbers of the best claims by ts_rank."""
        match = (" & " if all_words else " | ").join(query.words)
        if query.kind == "phrase":
            match = " <-> ".join(query.words)
        where, values = "words @@ q", [match]
        if query.speaker:
            where, values = f"{where} AND speaker = %s", [*values, query.speaker]
        if query.after and query.before:
            where = f"{where} AND day BETWEEN %s AND %s"
            values += [query.after, query.before]
        rows = self._connection.execute(
            f"SELECT number FROM claims, to_tsquery('english', %s) q WHERE {where} "
            f"ORDER BY ts_rank(words, q) DESC LIMIT {LIMIT}",
            values,
        )
        return [number for (number,) in rows]
