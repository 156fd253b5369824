"""The statements that claims report: what is filed, who denies it, and how many report it.

Only claims that everyone may see, and that nobody has to review, have a statement. Whoever writes
claims lets those of an article `leave` before, and `join` after, in the same transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import Claim, Hit, NameRuling, Spans
from bot.model.statement import StatementChanges, StatementRelation, StatementRules
from bot.store.articles.rows import claim_from_row, hit_from_row, spans_from_json
from bot.store.articles.shown import CLAIMS_WITH_CARD
from bot.store.articles.visibility import IS_ACCEPTED, IS_CLAIM
from bot.store.database import Database, batches, delete_in_batches, select_in_batches
from bot.store.schema import (
    articles,
    claims,
    statement_keys,
    statement_relations,
    statements,
    store_state,
)
from bot.store.speakers.ruling_rows import rulings_in_force

RESTATED = 5_000
"""How many claims are filed at once."""

ADD_KEY = "INSERT INTO statement_keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
RELATE = "INSERT INTO statement_relations VALUES (?, ?, ?) ON CONFLICT (statement, other) DO {}"

FILED = CLAIMS_WITH_CARD.where(claims.c.statement.is_not(None))
IS_TO_FILE = claims.c.statement.is_(None), IS_ACCEPTED, IS_CLAIM
TO_FILE = CLAIMS_WITH_CARD.where(*IS_TO_FILE)
# In order of publication, as statements.rows.publication_order has it, but for times of day in
# other zones.
FIRST = (
    articles.c.published_on.is_(None),
    articles.c.published_on,
    articles.c.published_at.is_(None),
    articles.c.published_at,
    articles.c.copy_of.is_not(None),
    claims.c.id,
)

GIVEN_STATEMENTS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_place = sa.func.row_number().over(partition_by=claims.c.statement, order_by=FIRST)
_in_order = (
    sa.select(claims.c.id, claims.c.statement, articles.c.outlet, articles.c.published_on)
    .add_columns(_place.label("place"))
    .join(articles, claims.c.article_id == articles.c.id)
    .where(claims.c.statement.in_(GIVEN_STATEMENTS))
    .subquery()
)
COUNTS = sa.select(
    _in_order.c.statement.label("id"),
    sa.func.max(sa.case((_in_order.c.place == 1, _in_order.c.id))).label("first_claim"),
    sa.func.count().label("claims"),
    sa.func.count(sa.distinct(_in_order.c.outlet)).label("outlets"),
    sa.func.min(_in_order.c.published_on).label("first_on"),
    sa.func.max(_in_order.c.published_on).label("last_on"),
).group_by(_in_order.c.statement)
COMPARED = 50
"""How many claims of a statement, the first ones, are compared with a claim that may report it."""
_IS_COMPARED = claims.c.id.in_(sa.select(_in_order.c.id).where(_in_order.c.place <= COMPARED))
MEMBERS = CLAIMS_WITH_CARD.where(_IS_COMPARED).order_by(*FIRST)


def _relations(own: str, other: str, *, is_denial: bool) -> sa.Select[Any]:
    ids: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
    pair = statement_relations.c[own], statement_relations.c[other]
    direction = sa.literal_column(str(int(is_denial)), sa.Boolean)
    columns = *pair, statement_relations.c.kind, statements.c.first_claim, direction
    return sa.select(*columns).join(statements, statements.c.id == pair[1]).where(pair[0].in_(ids))


# Built once: every answer runs it.
RELATIONS = sa.union_all(
    _relations("statement", "other", is_denial=False),
    _relations("other", "statement", is_denial=True),
)


class Relation(NamedTuple):
    """What another statement, with its first claim, has to do with one: it denies that
    (`is_denial`) or is denied by it, or both are about the same matter."""

    own: int
    other: int
    kind: StatementRelation
    first_claim: str
    is_denial: bool


class Left(NamedTuple):
    """Claims that have left their statements, with these and their relations."""

    claims: Collection[tuple[object, ...]] = ()
    relations: Collection[tuple[int, int, str]] = ()


class Statements:
    """Files claims under the statements that they report."""

    def __init__(self, database: Database, rules: StatementRules | None) -> None:
        self._db, self._rules = database, rules

    def leave(self, connection: sa.Connection, article_ids: Sequence[str]) -> Left:
        """Take the claims of articles out of their statements, before they are changed."""
        hits = _hits(select_in_batches(connection, FILED, claims.c.article_id, article_ids))
        if self._rules is None or not hits:
            return Left()
        for batch in batches(article_ids):
            update = sa.update(claims).where(claims.c.article_id.in_(batch))
            connection.execute(update.values(statement=None))
        ids = {hit.statement for hit in hits if hit.statement is not None}
        related = {
            tuple(row)
            for column in (statement_relations.c.statement, statement_relations.c.other)
            for row in select_in_batches(connection, sa.select(statement_relations), column, ids)
        }
        left = Left(set(map(_as_filed, hits)), related)
        removed = {(key, hits[n].statement or 0) for key, n, _ in self._rules.keys(hits).possible}
        self._run(connection, "DELETE FROM statement_keys WHERE key = ? AND statement = ?", removed)
        if kept := _hits(_of_statements(connection, MEMBERS, ids)):
            stored = self._rules.keys(kept).stored
            added = [(key, kept[n].statement or 0, sign) for key, n, sign in stored]
            self._run(connection, ADD_KEY, added)
        self._count(connection, ids)
        return left

    def join(
        self, connection: sa.Connection, article_ids: Sequence[str], left: Left | None = None
    ) -> None:
        """File the claims of articles that have no statement and that everyone may see.

        What claims that `left` and are as they were had to do with others, they have again.
        """
        self._file(
            connection,
            _hits(select_in_batches(connection, TO_FILE, claims.c.article_id, article_ids)),
        )
        if not left or not left.relations:
            return
        filed = _hits(select_in_batches(connection, FILED, claims.c.article_id, article_ids))
        unchanged = {claim[0] for claim in map(_as_filed, filed) if claim in left.claims}
        gone = {claim[0] for claim in left.claims} - unchanged
        again = filter(lambda one: gone.isdisjoint(one[:2]), left.relations)
        self._run(connection, RELATE.format("NOTHING"), list(again))

    def refile(self, connection: sa.Connection, speakers: Sequence[str]) -> list[str]:
        """File all claims of the articles that quote these speakers again; return the articles."""
        quoted = sa.select(claims.c.article_id)
        rows = select_in_batches(connection, quoted, claims.c.speaker, speakers)
        ids = sorted({row.article_id for row in rows})
        self.leave(connection, ids)
        self.join(connection, ids)
        return ids

    def relations(self, ids: Collection[int]) -> list[Relation]:
        """Return which statements deny these, or are denied by them."""
        with self._db.read() as connection:
            return [
                Relation(*row)
                for batch in batches(ids)
                for row in connection.execute(RELATIONS, {"ids": batch})
            ]

    def are_missing(self) -> bool:
        """Whether no claim has a statement, though some report one."""
        with self._db.read() as connection:
            if connection.execute(sa.select(statements.c.id).limit(1)).first():
                return False
            return connection.execute(TO_FILE.limit(1)).first() is not None

    def restate(self) -> int:
        """Find the statements of all claims again, in order of publication; return how many claims.

        It is one transaction, so that readers see the old statements or the new ones; nobody can
        file until its end.
        """
        with self._db.write() as connection:
            connection.execute(sa.select(store_state.c.seq).with_for_update())
            for table in (statements, statement_relations, statement_keys):
                connection.execute(sa.delete(table))
            is_filed = claims.c.statement.is_not(None)
            connection.execute(sa.update(claims).where(is_filed).values(statement=None))
            ids = sa.select(claims.c.id).join(articles).where(*IS_TO_FILE).order_by(*FIRST)
            ordered = list(connection.scalars(ids))
            for start in range(0, len(ordered), RESTATED):
                batch = claims.c.id, ordered[start : start + RESTATED]
                rows = select_in_batches(connection, CLAIMS_WITH_CARD, *batch)
                self._file(connection, _hits(rows))
        return len(ordered)

    def _file(self, connection: sa.Connection, hits: Sequence[Hit]) -> None:
        if self._rules is None or not hits:
            return
        changes = self._rules.file(hits, _Filed(self._db, connection))
        self._write(connection, changes)
        self._count(connection, set(changes.statements.values()))

    def _write(self, connection: sa.Connection, changes: StatementChanges) -> None:
        found = [(of, claim) for claim, of in changes.statements.items()]
        self._run(connection, "UPDATE claims SET statement = ? WHERE id = ?", found)
        self._run(connection, ADD_KEY, changes.keys)
        self._run(
            connection,
            RELATE.format("UPDATE SET kind = excluded.kind"),
            [(*pair, kind) for pair, kind in changes.relations.items()],
        )

    def _run(
        self, connection: sa.Connection, sql: str, rows: Collection[tuple[int | str, ...]]
    ) -> None:
        """Run a statement for many rows without SQLAlchemy, which would check every value."""
        if rows:
            sql = sql if self._db.is_sqlite else sql.replace("?", "%s")
            connection.exec_driver_sql(sql, sorted(rows))

    def _count(self, connection: sa.Connection, ids: Collection[int]) -> None:
        """Count the claims and outlets of statements again; those without claims go."""
        counts = [row._asdict() for row in _of_statements(connection, COUNTS, ids)]
        self._write_counts(connection, counts)
        if gone := set(ids) - {row["id"] for row in counts}:
            delete_in_batches(connection, statements.c.id, gone)
            for column in (statement_relations.c.statement, statement_relations.c.other):
                delete_in_batches(connection, column, gone)

    def _write_counts(self, connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            add = self._db.insert(statements)
            changed = {name: add.excluded[name] for name in rows[0] if name != "id"}
            add = add.on_conflict_do_update(index_elements=["id"], set_=changed)
            self._db.bulk_insert(connection, add, rows)


def _of_statements(
    connection: sa.Connection, query: sa.Select[Any], ids: Collection[int]
) -> Iterator[sa.Row[Any]]:
    for batch in batches(ids):
        yield from connection.execute(query, {"ids": batch}).all()


def _hits(rows: Iterable[sa.Row[Any]]) -> list[Hit]:
    return list(map(hit_from_row, rows))


def _as_filed(hit: Hit) -> tuple[object, ...]:
    """A claim's statement, and what decides with which others it is compared."""
    return hit.statement, hit.claim.id, hit.claim.text, hit.claim.speaker, hit.claim.stance


class _Filed:
    """What is filed already, read in a transaction (model/statement.py, FiledStatements)."""

    def __init__(self, database: Database, connection: sa.Connection) -> None:
        self._connection = connection
        self._is_sqlite = database.is_sqlite

    def with_keys(self, keys: Sequence[int]) -> Sequence[tuple[int, int, int]]:
        """The statements that have any of these keys, with signatures."""
        return self._given("key, statement, signature FROM statement_keys WHERE key", keys)

    def _given(self, query: str, numbers: Collection[int]) -> list[Any]:
        """Read the rows with any of these numbers; they are one parameter, as SQLite would bind a
        million."""
        where = "IN (SELECT value FROM json_each(?))" if self._is_sqlite else "= ANY(%s::bigint[])"
        given = json.dumps([*numbers]) if self._is_sqlite else [*numbers]
        found = self._connection.exec_driver_sql(f"SELECT {query} {where}", (given,)).cursor
        return list(found.fetchall())

    def existing(self, ids: Collection[int]) -> Collection[int]:
        """Return those of these statements that exist."""
        return {id_ for (id_,) in self._given("id FROM statements WHERE id", ids)}

    def members(self, ids: Collection[int]) -> Mapping[int, Sequence[Hit]]:
        """The claims that report these statements."""
        found = defaultdict[int, list[Hit]](list)
        for hit in _hits(_of_statements(self._connection, MEMBERS, ids)):
            found[hit.statement or 0].append(hit)
        return found

    def texts(self, article_ids: Collection[str]) -> Mapping[str, tuple[str, Spans]]:
        """The texts and paragraphs of articles."""
        columns = articles.c.id, articles.c.text, articles.c.paragraphs
        query = sa.select(*columns)
        rows = select_in_batches(self._connection, query, articles.c.id, article_ids)
        return {row.id: (row.text, spans_from_json(row.paragraphs)) for row in rows}

    def claims_in(self, article_ids: Collection[str]) -> Sequence[Claim]:
        """The claims of articles."""
        query = sa.select(claims).where(IS_CLAIM)
        rows = select_in_batches(self._connection, query, claims.c.article_id, article_ids)
        return list(map(claim_from_row, rows))

    def rulings(self) -> Sequence[NameRuling]:
        """The rulings on speakers' names, in order."""
        return rulings_in_force(self._connection)
