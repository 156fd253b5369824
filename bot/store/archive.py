"""Articles and their claims: filed, changed, removed, read."""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import Article, ArticleCard, Claim, Coverage, Document, Near
from bot.store.database import Database
from bot.store.schema import articles, claims, removals, store_state

Arrival = Literal["single", "bulk", "import"]

OPENING_CHARACTERS = 60
"""How much of a text its opening shows, cut at a word."""

BATCH = 2_000

METADATA = (
    "title",
    "outlet",
    "byline",
    "published_on",
    "published_at",
    "url",
    "language",
    "sample",
)

CARD_COLUMNS = ("title", "outlet", "published_on", "published_at", "url", "sample")

CLAIM_COLUMNS = tuple(column.name for column in claims.columns)
CLAIM_FIELDS = tuple(
    name for name in CLAIM_COLUMNS if name != "position" and not name.startswith("near_")
)
# Imports bring claims by the hundred thousand: one call in C for each, instead of twenty.
claim_values = operator.attrgetter(*CLAIM_FIELDS)
metadata_values = operator.attrgetter(*METADATA)

# Every answer asks these: built once, since that takes longer than to run them.
LAST_CHANGE = sa.select(store_state.c.seq)
WITH_CARD = sa.select(
    claims,
    *(articles.c[name] for name in CARD_COLUMNS),
    sa.func.substr(articles.c.text, 1, OPENING_CHARACTERS + 1).label("opening"),
).join(articles, claims.c.article_id == articles.c.id)
BY_ID = WITH_CARD.where(claims.c.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in the archive already; `same` when its metadata says the same too."""

    id: str
    same: bool


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
        that five outlets print is five articles.
        """
        with self._db.read() as connection:
            rows = connection.execute(
                sa.select(articles).where(
                    articles.c.text_sha == document.text_sha, articles.c.arrival != "import"
                )
            ).all()
        for row in rows:
            if all(getattr(row, name) == value for name, value in _metadata(document).items()):
                return Known(row.id, same=True)
        for row in rows:
            if _is_same_article(row, document):
                return Known(row.id, same=False)
        return None

    def file(
        self,
        filed: Sequence[tuple[Article, Sequence[Claim]]],
        *,
        arrival: Arrival,
        arrived_at: datetime,
    ) -> None:
        """File articles with their claims, all or none; one that is there already is replaced
        and keeps its time and manner of arrival."""
        with self._db.write() as connection:
            seq = _take_numbers(connection, len(filed))
            there = _arrivals(connection, [article.id for article, _ in filed])
            connection.execute(sa.delete(articles).where(articles.c.id.in_(list(there))))
            rows, claim_rows = [], []
            for number, (article, its_claims) in enumerate(filed, start=seq):
                how, when = there.get(article.id, (arrival, arrived_at))
                rows.append(_article_row(article, number, how, when))
                claim_rows += [_claim_row(c, position) for position, c in enumerate(its_claims)]
            connection.execute(sa.insert(articles), rows)
            if claim_rows:
                connection.execute(sa.insert(claims), claim_rows)

    def add(
        self, added: Sequence[tuple[Article, Sequence[Claim]]], *, arrived_at: datetime
    ) -> None:
        """Add claims that were made elsewhere, each under the article that it is said to come
        from. What is there already stays as it is: an import may be repeated."""
        with self._db.write() as connection:
            seq = _take_numbers(connection, len(added))
            rows = [
                _article_row(article, number, "import", arrived_at)
                for number, (article, _) in enumerate(added, start=seq)
            ]
            insert = self._db.insert(articles)
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["id"], set_={"seq": insert.excluded.seq}
                ),
                rows,
            )
            claim_rows = [_claim_row(c, n) for _, found in added for n, c in enumerate(found)]
            connection.execute(
                self._db.insert(claims).on_conflict_do_nothing(index_elements=["id"]), claim_rows
            )

    def remove(self, article_ids: Sequence[str], *, reason: str, removed_at: datetime) -> None:
        """Take articles and their claims out, and keep a note of why."""
        with self._db.write() as connection:
            seq = _take_numbers(connection, len(article_ids))
            for number, article_id in enumerate(article_ids, start=seq):
                connection.execute(sa.delete(articles).where(articles.c.id == article_id))
                connection.execute(
                    sa.insert(removals).values(
                        seq=number, article_id=article_id, reason=reason, removed_at=removed_at
                    )
                )

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
        return _article(row)

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
                    out[row.id] = _claim(row), _card(row)
        return out

    def entries(self, article_ids: Sequence[str]) -> Iterator[tuple[Claim, ArticleCard]]:
        """All claims of these articles, in reading order, in one read transaction."""
        with self._db.read() as connection:
            for start in range(0, len(article_ids), BATCH):
                chosen = article_ids[start : start + BATCH]
                query = WITH_CARD.where(claims.c.article_id.in_(chosen))
                query = query.order_by(articles.c.seq, claims.c.position)
                for row in connection.execute(query, execution_options={"yield_per": BATCH}):
                    yield _claim(row), _card(row)

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
            (_claim(row), _card(row))
            for row in rows
            if row.published_on is None
            or (row.arrived_at.date() - row.published_on).days <= oldest_days
        ]

    def all_entries(self) -> Iterator[tuple[Claim, ArticleCard]]:
        """Every claim with its article's card, in one read transaction."""
        with self._db.read() as connection:
            query = WITH_CARD.order_by(articles.c.seq, claims.c.position)
            for row in connection.execute(query, execution_options={"yield_per": BATCH}):
                yield _claim(row), _card(row)

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
                )
            ).one()
            number = connection.execute(sa.select(sa.func.count()).select_from(claims)).scalar_one()
        coverage = Coverage(
            articles=row[0], claims=number, first=row[2], last=row[3], undated=row[0] - row[1]
        )
        self._coverage = seq, coverage
        return coverage


def article_id(document: Document) -> str:
    """The id under which a document that is not known yet is filed."""
    key = "\0".join((document.text_sha, document.outlet or "", document.url or ""))
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _metadata(document: Document) -> dict[str, Any]:
    return dict(zip(METADATA, metadata_values(document), strict=True))


def _is_same_article(row: sa.Row[Any], document: Document) -> bool:
    if row.origin == document.origin or (row.url and row.url == document.url):
        return True
    return all(
        one is None or other is None or one == other
        for one, other in ((row.outlet, document.outlet), (row.url, document.url))
    )


def _take_numbers(connection: sa.Connection, count: int) -> int:
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


def _article_row(article: Article, seq: int, arrival: str, when: datetime) -> dict[str, Any]:
    return {
        "id": article.id,
        "seq": seq,
        "arrival": arrival,
        "arrived_at": when,
        "origin": article.origin,
        "text_sha": article.text_sha,
        "text": article.text,
        **_metadata(article),
    }


def _claim_row(claim: Claim, position: int) -> dict[str, Any]:
    row = dict(zip(CLAIM_FIELDS, claim_values(claim), strict=True))
    near = claim.near
    return row | {
        "position": position,
        "spans": claim.spans or None,
        "via": claim.via or None,
        "near_speaker": near.speaker if near else None,
        "near_text": near.text if near else None,
        "near_report": near.report if near else None,
    }


def _claim(row: sa.Row[Any]) -> Claim:
    values = dict(zip(CLAIM_COLUMNS, row, strict=False))  # the card's columns follow
    del values["position"]
    speaker, text = values.pop("near_speaker"), values.pop("near_text")
    report = values.pop("near_report")
    return Claim(
        **values
        | {
            "near": Near(speaker=speaker, text=text, report=report) if speaker else None,
            "spans": tuple((start, end) for start, end in values["spans"] or ()),
            "via": tuple(values["via"] or ()),
        }
    )


def _card(row: sa.Row[Any]) -> ArticleCard:
    return ArticleCard(
        id=row.article_id,
        title=row.title,
        outlet=row.outlet,
        published=_printed(row.published_at or row.published_on),
        published_on=row.published_on,
        url=row.url,
        sample=row.sample,
        opening=_opening(row.opening),
    )


def _printed(when: date | datetime | None) -> str | None:
    return when.isoformat() if when else None


def _opening(start: str) -> str:
    words = " ".join(start.split())
    if len(start) <= OPENING_CHARACTERS:
        return words
    return words.rsplit(" ", 1)[0].rstrip(",;:") + "…" if " " in words else words + "…"


def _article(row: sa.Row[Any]) -> Article:
    return Article(
        id=row.id, origin=row.origin, text=row.text, **{n: getattr(row, n) for n in METADATA}
    )
