"""Articles and their claims: filed, changed, removed, read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import Article, ArticleCard, Claim, Coverage, Document, Entry, Spans
from bot.store.database import Database
from bot.store.rows import (
    CARD_COLUMNS,
    OPENING_CHARACTERS,
    article_of,
    article_row,
    card_of,
    claim_of,
    claim_row,
    imported_row,
    metadata_of,
    metadata_values,
    said_of,
    spans_of,
)
from bot.store.schema import articles, claims, removals, store_state

Arrival = Literal["single", "bulk", "import", "loose"]
"""How an article came in: by itself, in a bulk load, with imported claims that name it; "loose" is
no article at all but a place for imported claims that name none."""

BATCH = 2_000

# Every answer asks these: built once, since that takes longer than to run them.
LAST_CHANGE = sa.select(store_state.c.seq)
WITH_CARD = sa.select(
    claims,
    *(articles.c[name] for name in CARD_COLUMNS),
    sa.func.substr(articles.c.text, 1, OPENING_CHARACTERS + 1).label("opening"),
).join(articles, claims.c.article_id == articles.c.id)
ENTRIES = sa.select(
    *(claims.c[name] for name in ("id", "article_id", "text", "speaker", "source", "cue")),
    *(articles.c[name] for name in ("outlet", "published_on")),
    *(claims.c[name] for name in ("kind", "type", "source_kind", "stance", "via")),
    *(articles.c[name] for name in ("language", "title")),
).join(articles, claims.c.article_id == articles.c.id)
BY_ID = WITH_CARD.where(claims.c.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in the archive, with what a document adds to it; `changed` if anything."""

    article: Article
    changed: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """An article with the claims and paragraphs that an `extractor` found in it, to be filed;
    `is_known` where it replaces what is there under its id."""

    article: Article
    claims: Sequence[Claim]
    paragraphs: Spans = ()
    is_known: bool = False
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An article that was filed, changed or removed as number `seq`."""

    seq: int
    article_id: str


class Archive:
    """The system of record for articles and claims."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._coverage: tuple[int, Coverage] | None = None

    # -- writing

    def known(self, document: Document) -> Known | None:
        """Find the article that this document is, if it was filed before.

        The same text is the same article, unless outlet or address tell them apart: a wire story
        that five outlets print is five articles. What comes from the same place may change or
        take away what was known; from elsewhere it can only add to it.
        """
        with self._db.read() as connection:
            query = sa.select(articles).where(articles.c.text_sha == document.text_sha)
            rows = connection.execute(query.order_by(articles.c.seq)).all()
        there = [article_of(row) for row in rows]
        for article in there:
            if metadata_of(article) == metadata_of(document):
                return Known(article, changed=False)
        for article in there:
            if (mended := _mended(article, document)) is not None:
                return Known(mended, changed=mended != article)
        return None

    def unused_id(self, document: Document) -> str:
        """An id under which no article is filed, the same for the same document each time."""
        number = 0
        with self._db.read() as connection:
            while True:
                key = (document.text_sha, document.outlet, document.url, number)
                article_id = hashlib.sha256(repr(key).encode()).hexdigest()[:12]
                query = sa.select(articles.c.id).where(articles.c.id == article_id)
                if connection.execute(query).first() is None:
                    return article_id
                number += 1

    def barred(self, document: Document) -> str | None:
        """The reason for which an article of this text was taken out and is to stay out."""
        query = sa.select(removals.c.reason).where(
            removals.c.text_sha == document.text_sha, removals.c.barred.is_(True)
        )
        with self._db.read() as connection:
            reason: str | None = connection.scalar(query.limit(1))
        return reason

    def file(
        self, filed: Sequence[Filed], *, arrival: Arrival, now: Callable[[], datetime]
    ) -> set[str]:
        """File articles with their claims, all or none; returns the ids of those that were left.

        A known one keeps its time and manner of arrival. One that another process has filed under
        the same id in the meantime is left as it is, and a known one that another has removed
        stays out. `now` is asked once no other writer can come
        between, so that arrivals are stamped in the order of their commits.
        """
        with self._db.write() as connection:
            seq = take_numbers(connection, len(filed))
            there = _arrivals(connection, [one.article.id for one in filed])
            kept = [one for one in filed if one.is_known == (one.article.id in there)]
            replaced = [one.article.id for one in kept if one.is_known]
            connection.execute(sa.delete(articles).where(articles.c.id.in_(replaced)))
            arrived, rows, claim_rows = (arrival, now()), [], []
            for number, one in enumerate(kept, start=seq):
                how, when = there.get(one.article.id, arrived)
                read = one.paragraphs, one.extractor
                rows.append(article_row(one.article, number, how, when, *read))
                claim_rows += [claim_row(c, position) for position, c in enumerate(one.claims)]
            for table, new in ((articles, rows), (claims, claim_rows)):
                if new:
                    connection.execute(sa.insert(table), new)
        return {one.article.id for one in filed} - {one.article.id for one in kept}

    def add(
        self, added: Sequence[tuple[Article, Sequence[Claim]]], *, arrived_at: datetime
    ) -> None:
        """Add claims that were made elsewhere, each under the article that it is said to come
        from. What is there already stays as it is: an import may be repeated."""
        with self._db.write() as connection:
            seq = take_numbers(connection, len(added))
            rows = [
                article_row(article, number, _import_kind(article), arrived_at)
                for number, (article, _) in enumerate(added, start=seq)
            ]
            insert = self._db.insert(articles)
            again = insert.on_conflict_do_update(
                index_elements=["id"], set_={"seq": insert.excluded.seq}
            )
            self._db.execute_plain(connection, again, rows)
            claim_rows = [imported_row(c, n) for _, found in added for n, c in enumerate(found)]
            once = self._db.insert(claims).on_conflict_do_nothing(index_elements=["id"])
            self._db.execute_plain(connection, once, claim_rows)

    def remove(
        self, article_ids: Sequence[str], *, reason: str, barred: bool, removed_at: datetime
    ) -> None:
        """Take articles and their claims out, and keep a note of why; those that are `barred` are
        not to come in again by themselves."""
        with self._db.write() as connection:
            seq = take_numbers(connection, len(article_ids))
            for number, article_id in enumerate(article_ids, start=seq):
                which = articles.c.id == article_id
                text_sha = connection.scalar(sa.select(articles.c.text_sha).where(which))
                connection.execute(sa.delete(articles).where(which))
                note = {"reason": reason, "barred": barred, "removed_at": removed_at}
                row = {"seq": number, "article_id": article_id, "text_sha": text_sha or ""}
                connection.execute(sa.insert(removals).values(**row, **note))

    # -- reading

    def state(self) -> tuple[str, int]:
        """The store's own id and the number of its last change."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(store_state)).one()
        return row.store_id, row.seq

    def article(self, article_id: str) -> Article:
        """Read one article. Raises NotFoundError."""
        with self._db.read() as connection:
            row = connection.execute(
                sa.select(articles).where(articles.c.id == article_id)
            ).one_or_none()
        if row is None:
            raise NotFoundError(
                "there is no such article",
                subject=article_id,
                remedy="It may have been removed; ids stand in claim --json under article.",
            )
        return article_of(row)

    def paragraphs(self, article_id: str) -> Spans:
        """The paragraphs of an article, as the extractor saw them."""
        with self._db.read() as connection:
            spans = connection.scalar(
                sa.select(articles.c.paragraphs).where(articles.c.id == article_id)
            )
        return spans_of(spans)

    def samples(self) -> list[str]:
        """The ids of all articles that are marked as samples."""
        with self._db.read() as connection:
            return list(
                connection.scalars(sa.select(articles.c.id).where(articles.c.sample.is_(True)))
            )

    def found(self, claim_ids: Sequence[str]) -> dict[str, tuple[Claim, ArticleCard]]:
        """Read claims by id, each with its article's card; ids that are gone are left out."""
        out: dict[str, tuple[Claim, ArticleCard]] = {}
        with self._db.read() as connection:
            for start in range(0, len(claim_ids), BATCH):
                chosen = list(claim_ids[start : start + BATCH])
                for row in connection.execute(BY_ID, {"ids": chosen}):
                    out[row.id] = claim_of(row), card_of(row)
        return out

    def entries(self, article_ids: Sequence[str]) -> Iterator[Entry]:
        """What the index needs of all claims of these articles, in one read transaction."""
        with self._db.read() as connection:
            for start in range(0, len(article_ids), BATCH):
                query = ENTRIES.where(claims.c.article_id.in_(article_ids[start : start + BATCH]))
                for row in connection.execute(query, execution_options={"yield_per": BATCH}):
                    yield Entry(*row)

    def arrived(
        self, since: datetime, until: datetime, *, oldest_days: int
    ) -> list[tuple[Claim, ArticleCard]]:
        """The claims of articles that arrived one by one in [since, until), in reading order.

        Articles published more than `oldest_days` days before they arrived are left out.
        """
        query = (
            WITH_CARD.add_columns(articles.c.arrived_at)
            .where(
                articles.c.arrival == "single",
                articles.c.arrived_at >= since,
                articles.c.arrived_at < until,
            )
            .order_by(articles.c.arrived_at, articles.c.seq, claims.c.position)
        )
        with self._db.read() as connection:
            rows = connection.execute(query).all()
        return [
            (claim_of(row), card_of(row))
            for row in rows
            if row.published_on is None
            or (row.arrived_at.date() - row.published_on).days <= oldest_days
        ]

    def all_entries(self) -> Iterator[Entry]:
        """What the index needs of every claim, in one read transaction."""
        with self._db.read() as connection:
            for row in connection.execute(ENTRIES, execution_options={"yield_per": BATCH}):
                yield Entry(*row)

    def changes(self, after: int, limit: int) -> list[Change]:
        """Up to `limit` changes after number `after`, oldest first."""
        changed = sa.select(articles.c.seq, articles.c.id.label("article_id"))
        removed = sa.select(removals.c.seq, removals.c.article_id)
        both = sa.union_all(changed, removed).subquery()
        query = sa.select(both).where(both.c.seq > after).order_by(both.c.seq).limit(limit)
        with self._db.read() as connection:
            return [Change(row.seq, row.article_id) for row in connection.execute(query)]

    def claim_ids(self) -> set[str]:
        """The ids of all claims."""
        with self._db.read() as connection:
            return set(connection.scalars(sa.select(claims.c.id)))

    def coverage(self) -> Coverage:
        """Count what can be searched; counted afresh only after a change."""
        with self._db.read() as connection:
            seq = connection.execute(LAST_CHANGE).scalar_one()
            if self._coverage and self._coverage[0] == seq:
                return self._coverage[1]
            row = connection.execute(
                sa.select(
                    sa.func.count(),
                    sa.func.count(articles.c.published_on),
                    sa.func.min(articles.c.published_on),
                    sa.func.max(articles.c.published_on),
                ).where(articles.c.arrival != "loose")
            ).one()
            number = connection.execute(sa.select(sa.func.count()).select_from(claims)).scalar_one()
        coverage = Coverage(
            articles=row[0], claims=number, first=row[2], last=row[3], undated=row[0] - row[1]
        )
        self._coverage = seq, coverage
        return coverage


def _mended(article: Article, document: Document) -> Article | None:
    """An article with what a document of the same text says of it; None if it is another one."""
    if article.origin == document.origin:
        return replace(article, **metadata_of(document))
    if article.url and article.url == document.url:
        return replace(article, **said_of(document))
    if not _contradict(article, document):
        return replace(article, **said_of(document) | said_of(article))
    return None


def _contradict(one: Document, other: Document) -> bool:
    pairs = ((one.outlet, other.outlet), (one.url, other.url))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _import_kind(article: Article) -> Arrival:
    return "import" if any(metadata_values(article)) else "loose"


def take_numbers(connection: sa.Connection, count: int) -> int:
    """Take the next `count` numbers of the change count and return the first; until the
    transaction ends every other writer waits here."""
    taken = sa.update(store_state).values(seq=store_state.c.seq + count)
    last: int = connection.execute(taken.returning(store_state.c.seq)).scalar_one()
    return last - count + 1


def _arrivals(connection: sa.Connection, ids: Sequence[str]) -> Mapping[str, tuple[str, datetime]]:
    query = sa.select(articles.c.id, articles.c.arrival, articles.c.arrived_at)
    out: dict[str, tuple[str, datetime]] = {}
    for start in range(0, len(ids), BATCH):
        chosen = query.where(articles.c.id.in_(ids[start : start + BATCH]))
        out |= {row.id: (row.arrival, row.arrived_at) for row in connection.execute(chosen)}
    return out
