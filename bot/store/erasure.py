"""Erase the texts of articles, and whatever repeats them.

What recognises an article stays, so that it isn't added again: its publisher's id, its addresses,
its dates and the digests of its texts. Who corrected it stays as well, without the words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.store import audit
from bot.store.articles.archive import Archive
from bot.store.database import Database, delete_in_batches, select_in_batches
from bot.store.schema import (
    alerts,
    answers,
    articles,
    claims,
    corrections,
    gone_claims,
    metadata,
    originals,
    outbox_claims,
    rulings,
    versions,
)

RUN_LENGTH = 6
"""How many words in a row make a text a repetition of an article's."""

UNSPACED_RUN_LENGTH = 2 * RUN_LENGTH
"""The same in characters of the scripts without spaces between words; a word has about two."""

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    f"{{{UNSPACED_RUN_LENGTH},}}"
)
"""Thai and Lao, Burmese, Khmer, Japanese and Chinese."""

ERASED = "[…]"
"""What stands in place of a text that repeated an erased one."""

KEPT_METADATA = (
    *("origin", "outlet", "url", "claimed_url", "guid", "revision", "modified_at"),
    *("published", "published_on", "published_at", "language", "sample", "status", "review"),
)
"""The fields of a version by which its article is recognised; none holds words of the text."""

NOT_SEARCHED = (
    *("articles", "bands", "claims", "gone_claims", "identities", "names", "originals"),
)
"""The tables that are not searched for repetitions: they are erased article by article, or derived
from what is left."""

ONLY_COLUMNS = {"corrections": ("reason",), "rulings": ("reason",), "versions": ("reason",)}
"""What people wrote in tables that are erased article by article: it may repeat another's text."""


class ErasureCounts(NamedTuple):
    """What an erasure is about: `messages` show the articles' claims, `copies` are other articles
    with the same text, which stay."""

    articles: int
    claims: int
    corrections: int
    messages: int
    copies: int


class _Row(NamedTuple):
    """A row of a table, and the condition by which it is found."""

    table: sa.Table
    is_it: sa.ColumnElement[bool]


class Erasure:
    """Erases texts for good; afterwards the index must be rebuilt."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._db, self._archive = database, archive

    def known_ids(self, article_ids: Sequence[str]) -> set[str]:
        """The ids among `article_ids` that an article has or had."""
        with self._db.read() as connection:
            shown = select_in_batches(
                connection, sa.select(articles.c.id), articles.c.id, article_ids
            )
            hidden = sa.select(versions.c.article_id).distinct()
            rows = select_in_batches(connection, hidden, versions.c.article_id, article_ids)
            return {row[0] for row in (*shown, *rows)}

    def ids_from_before(self, moment: datetime) -> list[str]:
        """The ids of the articles with a text that were published before a day or, if it isn't
        known when, arrived before; in order of arrival."""
        shown = sa.select(articles.c.id, articles.c.published_on, articles.c.arrived_at)
        shown = shown.order_by(articles.c.seq)
        is_hidden = versions.c.text != "", versions.c.article_id.not_in(sa.select(articles.c.id))
        hidden = sa.select(versions.c.article_id, versions.c.document, versions.c.received_at)
        hidden = hidden.where(*is_hidden).order_by(versions.c.received_at)
        with self._db.read() as connection:
            ages = {
                row.id: row.published_on or row.arrived_at.date()
                for row in connection.execute(shown)
            }
            for row in connection.execute(hidden):
                published = row.document.get("published_on")
                ages[row.article_id] = published or row.received_at.date()
        return [id_ for id_, day in ages.items() if str(day) < str(moment.date())]

    def count(self, article_ids: Sequence[str]) -> ErasureCounts:
        """Count what the erasure of articles would erase and change."""
        with self._db.read() as connection:

            def count(counted: sa.Column[Any], column: sa.Column[Any], ids: Collection[str]) -> int:
                rows = select_in_batches(connection, sa.select(counted), column, ids)
                return len({row[0] for row in rows})

            claim_ids = _claim_ids(connection, article_ids)
            return ErasureCounts(
                articles=len(article_ids),
                claims=count(claims.c.id, claims.c.article_id, article_ids),
                corrections=count(corrections.c.id, corrections.c.article_id, article_ids),
                messages=count(outbox_claims.c.outbox_id, outbox_claims.c.claim_id, claim_ids),
                copies=len(_copies(connection, article_ids)),
            )

    def erase(
        self,
        article_ids: Sequence[str],
        *,
        reason: str,
        block_reimport: bool,
        purge: str | None = None,
        ordered_by: str,
        now: datetime,
    ) -> None:
        """Remove articles and erase their texts, in one transaction with a record of it.

        There is a record of each article or, if they are part of a `purge`, one that says which.
        """
        with self._db.read() as connection:
            # The scan of all messages and queries takes seconds, and need not block writers.
            runs = _runs_of_texts(connection, article_ids)
            repetitions = _find_repetitions(connection, runs)
        with self._db.write() as connection:
            claim_ids = _claim_ids(connection, article_ids)
            self._archive.remove(
                article_ids,
                reason=reason,
                block_reimport=block_reimport,
                removed_at=now,
                connection=connection,
            )
            _erase_versions(connection, article_ids, reason)
            _erase_corrections(connection, article_ids)
            _erase_alerts(connection, claim_ids)
            for row in repetitions:
                _erase_repetition(connection, row, runs)
            if purge:
                audit.record(connection, "purge", purge, ordered_by=ordered_by, now=now)
            for article_id in () if purge else article_ids:
                digest = audit.salted_digest(article_id)
                audit.record(connection, "erase", digest, ordered_by=ordered_by, now=now)

    def compact(self) -> None:
        """Take what was erased out of the database's files, if it is SQLite."""
        self._db.compact()


def _copies(connection: sa.Connection, article_ids: Sequence[str]) -> set[str]:
    """The ids of the other articles that print much the same text as these."""
    query = sa.select(articles.c.id, articles.c.text_sha, articles.c.copy_of)
    erased = [*select_in_batches(connection, query, articles.c.id, article_ids)]
    first_ids = {row.copy_of or row.id for row in erased}
    text_shas = {row.text_sha for row in erased}
    found = (
        *select_in_batches(connection, query, articles.c.copy_of, first_ids),
        *select_in_batches(connection, query, articles.c.id, first_ids),
        *select_in_batches(connection, query, articles.c.text_sha, text_shas),
    )
    return {row.id for row in found}.difference(article_ids)


def _claim_ids(connection: sa.Connection, article_ids: Sequence[str]) -> set[str]:
    """The ids of all claims that articles have or had."""
    shown = select_in_batches(connection, sa.select(claims.c.id), claims.c.article_id, article_ids)
    gone = select_in_batches(
        connection, sa.select(gone_claims.c.claim_id), gone_claims.c.article_id, article_ids
    )
    return {row[0] for row in (*shown, *gone)}


def _runs_of_texts(connection: sa.Connection, article_ids: Sequence[str]) -> set[str]:
    """The runs of words in all versions of articles, and in their titles."""
    shown = sa.select(articles.c.text, articles.c.title)
    hidden = sa.select(versions.c.text, versions.c.document)
    found: set[str] = set()
    for row in select_in_batches(connection, shown, articles.c.id, article_ids):
        found.update(_runs(row.text), _runs(row.title or ""))
    for row in select_in_batches(connection, hidden, versions.c.article_id, article_ids):
        found.update(_runs(row.text), _runs(row.document.get("title") or ""))
    return found


def _runs(text: str) -> Iterator[str]:
    if len(text) < 2 * RUN_LENGTH - 1:
        return
    words = re.findall(r"\w+", text.casefold())
    for start in range(len(words) - RUN_LENGTH + 1):
        yield " ".join(words[start : start + RUN_LENGTH])
    for characters in UNSPACED.findall("".join(words)):
        for start in range(len(characters) - UNSPACED_RUN_LENGTH + 1):
            yield characters[start : start + UNSPACED_RUN_LENGTH]


def _erase_versions(connection: sa.Connection, article_ids: Sequence[str], reason: str) -> None:
    query = sa.select(versions.c.article_id, versions.c.number, versions.c.document)
    for row in select_in_batches(connection, query, versions.c.article_id, article_ids):
        kept = {name: row.document[name] for name in KEPT_METADATA if name in row.document}
        is_it = versions.c.article_id == row.article_id, versions.c.number == row.number
        values = {"text": "", "claims": None, "document": kept, "reason": reason}
        connection.execute(sa.update(versions).where(*is_it).values(values))
    delete_in_batches(connection, originals.c.article_id, article_ids)


def _erase_corrections(connection: sa.Connection, article_ids: Sequence[str]) -> None:
    """Erase what was corrected, but not who did; "not a claim" has no words."""
    query = sa.select(corrections.c.id, corrections.c.changes)
    rows = select_in_batches(connection, query, corrections.c.article_id, article_ids)
    for row in list(rows):
        changes = {"rejected": True} if row.changes.get("rejected") else {}
        update = sa.update(corrections).where(corrections.c.id == row.id)
        connection.execute(update.values(changes=changes, before={}, reason=""))
        update = sa.update(rulings).where(rulings.c.correction_id == row.id)
        connection.execute(update.values(reason=None))


def _erase_alerts(connection: sa.Connection, claim_ids: Collection[str]) -> None:
    """Erase the words by which watches found what only these claims report."""
    query = sa.select(alerts.c.watch_id, alerts.c.statement, alerts.c.claims)
    for row in connection.execute(query).all():
        if set(row.claims) <= set(claim_ids):
            is_it = alerts.c.watch_id == row.watch_id, alerts.c.statement == row.statement
            connection.execute(sa.update(alerts).where(*is_it).values(words=[]))


def _find_repetitions(connection: sa.Connection, runs: Collection[str]) -> list[_Row]:
    """Find the rows with a text that has a run of an article's words."""
    found = []
    for table in metadata.sorted_tables:
        columns = _columns_that_may_repeat(table)
        if table.name in NOT_SEARCHED or not columns:
            continue
        keys = list(table.primary_key)
        query = sa.select(*keys, *columns).execution_options(yield_per=1000)
        for row in connection.execute(query).mappings():
            if any(_without(row[column], runs) != row[column] for column in columns):
                found.append(_Row(table, sa.and_(*(key == row[key] for key in keys))))
    return found


def _erase_repetition(connection: sa.Connection, row: _Row, runs: Collection[str]) -> None:
    """Erase the texts of a row that have such a run; a query is deleted."""
    if row.table is answers:
        connection.execute(sa.delete(answers).where(row.is_it))
        return
    columns = _columns_that_may_repeat(row.table)
    current = connection.execute(sa.select(*columns).where(row.is_it)).mappings().one_or_none()
    if current:
        values = {column.name: _without(current[column], runs) for column in columns}
        connection.execute(sa.update(row.table).where(row.is_it).values(values))


def _columns_that_may_repeat(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns with texts that people wrote or that were made of articles."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, sa.Text | sa.JSON)
        and not column.primary_key
        and column.name in ONLY_COLUMNS.get(table.name, (column.name,))
    ]


def _without(value: Any, runs: Collection[str]) -> Any:
    """Return a value of a column with the texts erased that have one of these runs."""
    if isinstance(value, str):
        return ERASED if any(run in runs for run in _runs(value)) else value
    if isinstance(value, Mapping):
        return {key: _without(one, runs) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, runs) for one in value]
    return value
