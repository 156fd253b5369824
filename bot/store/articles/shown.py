"""What is shown of the archive: articles, claims, changes, and how many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.articles.identity import canonical, page_address, page_keys
from bot.errors import NotFoundError
from bot.model import Article, ArticleCard, Claim, ClaimEntry, Coverage, Spans
from bot.store.articles.applied_corrections import extracted_claims
from bot.store.articles.rows import (
    CARD_COLUMNS,
    OPENING_CHARACTERS,
    article_from_row,
    card_from_row,
    claim_from_row,
    spans_from_json,
)
from bot.store.database import Database
from bot.store.schema import articles, claims, identities, names, removals, roles, store_state

BATCH = 2_000

# Every answer asks these: built once, since that takes longer than to run them.
STATE = sa.select(store_state.c.store_id, store_state.c.seq)
CARD = (
    *(articles.c[name] for name in CARD_COLUMNS),
    sa.func.substr(articles.c.text, 1, OPENING_CHARACTERS + 1).label("opening"),
)
WITH_CARD = sa.select(claims, *CARD).join(articles, claims.c.article_id == articles.c.id)
ENTRIES = sa.select(
    *(claims.c[name] for name in ("id", "article_id", "text", "speaker", "source", "cue")),
    *(articles.c[name] for name in ("outlet", "published_on")),
    *(claims.c[name] for name in ("kind", "type", "source_kind", "stance", "via")),
    *(articles.c[name] for name in ("language", "title")),
    *(claims.c.negative, roles.c.roles),
).select_from(
    claims.join(articles, claims.c.article_id == articles.c.id).outerjoin(
        roles,
        # Of a speaker who is only guessed, it is not known what they are.
        sa.and_(
            roles.c.article_id == claims.c.article_id,
            roles.c.speaker == claims.c.speaker,
            claims.c.unsure.is_(False),
        ),
    )
)
CARDS = sa.select(articles.c.id.label("article_id"), *CARD).where(
    articles.c.id.in_(sa.bindparam("ids", expanding=True))
)
# Written out, so that SQLite sees that the small index of such paragraphs answers it.
IS_FOREIGN = claims.c.kind == sa.literal_column("'passage'")
BY_ID = (
    WITH_CARD.add_columns(names.c.speaker.label("stands"))
    .join(names, claims.c.speaker == names.c.name, isouter=True)
    .where(claims.c.id.in_(sa.bindparam("ids", expanding=True)))
)

TEXTS = sa.select(articles.c.id, articles.c.text, articles.c.paragraphs).where(
    articles.c.id.in_(sa.bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Change:
    """An article that was filed, changed or removed as number `seq`."""

    seq: int
    article_id: str


class FoundClaim(NamedTuple):
    """A claim, its article's card, and the name that stands for its speaker, if that is known."""

    claim: Claim
    card: ArticleCard
    speaker_name: str | None


class SearchState(NamedTuple):
    """The store's own id, the number of its last change, and what can be searched."""

    store_id: str
    seq: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ClaimInText:
    """A claim, with its article's card, text and paragraphs (as the extractor saw them) of the
    same moment."""

    claim: Claim
    card: ArticleCard
    text: str
    paragraphs: Spans


class ShownArticles:
    """Reads what may be shown; the archive's other half writes it."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._searched: SearchState | None = None

    def state(self) -> tuple[str, int]:
        """The store's own id and the number of its last change."""
        with self._db.read() as connection:
            store_id, seq = connection.execute(STATE).one()
        return store_id, seq

    def article(self, article_id: str) -> Article:
        """Read one article. Raises NotFoundError."""
        with self._db.read() as connection:
            row = connection.execute(
                sa.select(articles).where(articles.c.id == article_id)
            ).one_or_none()
        if row is None:
            raise _no_such(article_id)
        return article_from_row(row)

    def texts(self, article_ids: Collection[str]) -> dict[str, tuple[str, Spans]]:
        """The texts and paragraphs of articles, by id; those that are gone are left out."""
        if not article_ids:
            return {}
        with self._db.read() as connection:
            rows = connection.execute(TEXTS, {"ids": sorted(article_ids)}).all()
        return {row.id: (row.text, spans_from_json(row.paragraphs)) for row in rows}

    def card(self, article_id: str) -> ArticleCard:
        """What an answer shows of one article. Raises NotFoundError."""
        query = sa.select(articles.c.id.label("article_id"), *CARD)
        with self._db.read() as connection:
            row = connection.execute(query.where(articles.c.id == article_id)).one_or_none()
        if row is None:
            raise _no_such(article_id)
        return card_from_row(row)

    def cards(self, article_ids: Collection[str]) -> dict[str, ArticleCard]:
        """What an answer shows of articles, by id; those that are gone are left out."""
        with self._db.read() as connection:
            rows = connection.execute(CARDS, {"ids": list(article_ids)}).all()
        return {row.article_id: card_from_row(row) for row in rows}

    def card_at(self, url: str) -> ArticleCard | None:
        """What an answer shows of the article at an address, however it is linked to; None where
        none that is shown has this address. Of several, the one with the very address, or else the
        last that came."""
        known = sa.select(identities.c.article_id).where(identities.c.key.in_(page_keys(url)))
        # One may be known by an address that is not its own any more.
        here = [card for card in self._cards(articles.c.id.in_(known)) if _is_at(card.url, url)]
        here.sort(key=lambda card: canonical(card.url or "") == canonical(url))
        return here[-1] if here else None

    def card_fetched_from(self, url: str) -> ArticleCard | None:
        """What an answer shows of the last article that was read at an address, whatever its page
        gives as its own; None where none that is shown was. It looks at all articles."""
        address = page_address(url)
        if address is None:
            return None
        path = address.partition("?")[0][2:]
        near = sa.select(articles.c.id, articles.c.origin, articles.c.url).where(
            articles.c.origin.contains(path, autoescape=True)
            | articles.c.url.contains(path, autoescape=True)
        )
        with self._db.read() as connection:
            rows = connection.execute(near).all()
        ids = [row.id for row in rows if _is_at(row.origin, url) or _is_at(row.url, url)]
        cards = self._cards(articles.c.id.in_(ids)) if ids else []
        return cards[-1] if cards else None

    def _cards(self, which: sa.ColumnElement[bool]) -> list[ArticleCard]:
        """The cards of some articles, in the order in which they came."""
        query = sa.select(articles.c.id.label("article_id"), *CARD).where(which)
        with self._db.read() as connection:
            return [
                card_from_row(row) for row in connection.execute(query.order_by(articles.c.seq))
            ]

    def outlets_printing(self, family: str) -> list[str]:
        """The outlets of the article `family` and of its copies, in the order of arrival."""
        mine = (articles.c.id == family) | (articles.c.copy_of == family)
        query = sa.select(articles.c.outlet).where(mine, articles.c.outlet.is_not(None))
        with self._db.read() as connection:
            outlets = connection.scalars(query.order_by(articles.c.arrived_at, articles.c.seq))
            return list(dict.fromkeys(outlets))

    def arrival_time(self, article_id: str) -> datetime | None:
        """When an article first came, None where it is not shown."""
        query = sa.select(articles.c.arrived_at).where(articles.c.id == article_id)
        with self._db.read() as connection:
            at: datetime | None = connection.scalar(query)
        return at

    def sample_ids(self) -> list[str]:
        """The ids of all articles that are marked as samples."""
        with self._db.read() as connection:
            return list(
                connection.scalars(sa.select(articles.c.id).where(articles.c.sample.is_(True)))
            )

    def claims_by_id(self, claim_ids: Sequence[str]) -> dict[str, FoundClaim]:
        """Read claims by id; ids that are gone are left out."""
        out: dict[str, FoundClaim] = {}
        with self._db.read() as connection:
            for start in range(0, len(claim_ids), BATCH):
                chosen = list(claim_ids[start : start + BATCH])
                for row in connection.execute(BY_ID, {"ids": chosen}).all():
                    out[row.id] = FoundClaim(claim_from_row(row), card_from_row(row), row.stands)
        return out

    def roles(self, article_ids: Collection[str]) -> dict[tuple[str, str], list[str]]:
        """What articles say that their speakers are, by article and speaker."""
        out: dict[tuple[str, str], list[str]] = {}
        ids = sorted(set(article_ids))
        with self._db.read() as connection:
            for start in range(0, len(ids), BATCH):
                some = roles.c.article_id.in_(ids[start : start + BATCH])
                for row in connection.execute(sa.select(roles).where(some)):
                    out[row.article_id, row.speaker] = row.roles
        return out

    def claim_in_text(self, claim_id: str) -> ClaimInText | None:
        """Read a claim with all that stands around it; None where it is gone."""
        around = articles.c.text.label("around"), articles.c.paragraphs
        query = WITH_CARD.add_columns(*around).where(claims.c.id == claim_id)
        with self._db.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return ClaimInText(
            claim_from_row(row), card_from_row(row), row.around, spans_from_json(row.paragraphs)
        )

    def claims_in(self, article_id: str) -> list[Claim]:
        """The claims of an article in reading order."""
        query = sa.select(claims).where(claims.c.article_id == article_id)
        with self._db.read() as connection:
            return [
                claim_from_row(row) for row in connection.execute(query.order_by(claims.c.position))
            ]

    def uncorrected_claims(self, article_id: str) -> list[Claim]:
        """The claims of an article as they were found, before people corrected any, in reading
        order."""
        with self._db.read() as connection:
            return [claim for _, claim in extracted_claims(connection, article_id)]

    def entries(self, article_ids: Sequence[str]) -> Iterator[ClaimEntry]:
        """What the index needs of all claims of these articles, in one read transaction."""
        with self._db.read() as connection:
            for start in range(0, len(article_ids), BATCH):
                query = ENTRIES.where(claims.c.article_id.in_(article_ids[start : start + BATCH]))
                for row in connection.execute(query, execution_options={"yield_per": BATCH}):
                    yield ClaimEntry(*row)

    def all_entries(self) -> Iterator[ClaimEntry]:
        """What the index needs of every claim, in one read transaction."""
        with self._db.read() as connection:
            for row in connection.execute(ENTRIES, execution_options={"yield_per": BATCH}):
                yield ClaimEntry(*row)

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

    def search_state(self) -> SearchState:
        """Say how far the store has come, and count what can be searched, but not foreign
        paragraphs; counted afresh only after a change."""
        with self._db.read() as connection:
            store_id, seq = connection.execute(STATE).one()
            last = self._searched
            if last is None or (last.store_id, last.seq) != (store_id, seq):
                last = self._searched = SearchState(store_id, seq, _coverage(connection))
            return last

    def coverage(self) -> Coverage:
        """Count what can be searched, as `searched` does."""
        return self.search_state().coverage


def _coverage(connection: sa.Connection) -> Coverage:
    row = connection.execute(
        sa.select(
            sa.func.count(),
            sa.func.count(articles.c.published_on),
            sa.func.min(articles.c.published_on),
            sa.func.max(articles.c.published_on),
        ).where(articles.c.arrival != "loose")
    ).one()
    every = sa.select(sa.func.count()).select_from(claims)
    number = connection.execute(every).scalar_one()
    number -= connection.execute(every.where(IS_FOREIGN)).scalar_one()
    return Coverage(
        articles=row[0], claims=number, first=row[2], last=row[3], undated=row[0] - row[1]
    )


def _is_at(address: str | None, url: str) -> bool:
    """Whether an address is that of the page at another one."""
    return bool(address) and page_address(address or "") == page_address(url)


def _no_such(article_id: str) -> NotFoundError:
    return NotFoundError(
        "there is no such article",
        subject=article_id,
        remedy="It may have been removed. claimdesk articles lists ids.",
    )
