"""Read the shown part of the archive: articles, claims, changes and counts."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.articles.identity import canonical_url, page_address, page_keys
from bot.errors import NotFoundError
from bot.model import ANYONE, Article, ArticleCard, Claim, ClaimEntry, Coverage, Spans
from bot.store.articles.applied_corrections import extracted_claims
from bot.store.articles.rows import (
    CARD_COLUMNS,
    OPENING_CHARACTERS,
    article_from_row,
    card_from_row,
    claim_from_row,
    spans_from_json,
)
from bot.store.articles.visibility import (
    IS_CLAIM,
    IS_EVENT,
    IS_REVIEWED,
    IS_UNREVIEWED,
    UNREVIEWED_IDS,
    is_visible_to,
)
from bot.store.database import Database, batches, select_in_batches
from bot.store.schema import (
    articles,
    claims,
    identities,
    names,
    removals,
    statement_relations,
    store_state,
)

FETCH_SIZE = 2_000
"""How many rows a long result holds in memory at once."""
MANY_CLAIMS, RECOUNT_SECONDS = 500_000, 60.0
"""From so many claims on, counting them takes a tenth of a second and more, and new ones come all
the time."""

# The queries that every answer runs are built once: building one takes longer than running it.
STATE = sa.select(store_state.c.store_id, store_state.c.seq)
GIVEN_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
CARD = (
    *(articles.c[name] for name in CARD_COLUMNS),
    sa.func.substr(articles.c.text, 1, OPENING_CHARACTERS + 1).label("opening"),
    # Counting characters means reading the text, so it is done only where the number is shown.
    sa.case((articles.c.read_to.is_not(None), sa.func.length(articles.c.text))).label("characters"),
)
CARDS = sa.select(articles.c.id.label("article_id"), *CARD)
CARDS_BY_ID = CARDS.where(articles.c.id.in_(GIVEN_IDS))
TEXTS_BY_ID = sa.select(articles.c.id, articles.c.text, articles.c.paragraphs).where(
    articles.c.id.in_(GIVEN_IDS)
)
CLAIMS_OF_ARTICLES = (
    sa.select(claims)
    .where(claims.c.article_id.in_(GIVEN_IDS), IS_CLAIM)
    .order_by(claims.c.article_id, claims.c.position)
)
CLAIMS_WITH_CARD = sa.select(claims, *CARD).join(articles, claims.c.article_id == articles.c.id)
IS_RELATED = sa.exists().where(statement_relations.c.statement == claims.c.statement) | (
    sa.exists().where(statement_relations.c.other == claims.c.statement)
)
CLAIMS_WITH_NAME = CLAIMS_WITH_CARD.add_columns(
    names.c.speaker.label("speaker_name"), IS_RELATED.label("is_related")
).join(names, claims.c.speaker == names.c.name, isouter=True)
CLAIMS_BY_ID = CLAIMS_WITH_NAME.where(claims.c.id.in_(GIVEN_IDS))
_given = claims.alias()
REPORTS = CLAIMS_WITH_NAME.where(
    claims.c.id.in_(GIVEN_IDS)
    | claims.c.statement.in_(sa.select(_given.c.statement).where(_given.c.id.in_(GIVEN_IDS)))
)
# NULL for an article that everyone may see.
SEEN_ONLY_BY = sa.case((IS_UNREVIEWED, articles.c.brought_by)).label("seen_only_by")
ENTRIES = (
    sa.select(
        *(claims.c[name] for name in ("id", "article_id", "text", "speaker", "source", "cue")),
        *(articles.c[name] for name in ("outlet", "published_on")),
        *(claims.c[name] for name in ("kind", "type", "source_kind", "stance", "via")),
        *(articles.c[name] for name in ("language", "title")),
        *(claims.c.negative, claims.c.roles, claims.c.act, SEEN_ONLY_BY, claims.c.guess),
        claims.c.statement,
    )
    .select_from(claims.join(articles, claims.c.article_id == articles.c.id))
    .where(IS_CLAIM)
)
# A literal, so that SQLite uses the small partial index of these paragraphs.
IS_FOREIGN = claims.c.kind == sa.literal_column("'passage'")
# Placeholders hold imported claims that name no title, address or outlet.
IS_PLACEHOLDER = articles.c.arrival == "loose"


@dataclass(frozen=True, slots=True)
class Change:
    """An article that was added, changed or removed as change number `seq`."""

    seq: int
    article_id: str


class FoundClaim(NamedTuple):
    """A claim, its article's card, its speaker's canonical name, if known, and its statement, and
    whether that denies another or is denied."""

    claim: Claim
    card: ArticleCard
    speaker_name: str | None
    statement: int | None
    is_related: bool


class SearchState(NamedTuple):
    """The store's id, the number of its last change, and what can be searched."""

    store_id: str
    seq: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class ClaimInText:
    """A claim with its article's card, text and paragraphs, read in one transaction."""

    claim: Claim
    card: ArticleCard
    text: str
    paragraphs: Spans
    statement: int | None = None


class ShownArticles:
    """Reads what may be shown; Archive adds the writing methods."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._search_state: SearchState | None = None
        self._recount_at = 0.0

    def one_read(self) -> AbstractContextManager[None]:
        """Let whatever this thread reads within share one transaction."""
        return self._db.one_read()

    def state(self) -> tuple[str, int]:
        """The store's id and the number of its last change."""
        with self._db.read() as connection:
            store_id, seq = connection.execute(STATE).one()
        return store_id, seq

    def article(self, article_id: str) -> Article:
        """Read an article. Raises NotFoundError."""
        row = self._db.fetch_first(sa.select(articles).where(articles.c.id == article_id))
        if row is None:
            raise _not_found(article_id)
        return article_from_row(row)

    def texts(self, article_ids: Collection[str]) -> dict[str, tuple[str, Spans]]:
        """The texts and paragraphs of articles, by id; removed articles are left out."""
        if not article_ids:
            return {}
        ids = {"ids": sorted(article_ids)}
        with self._db.read() as connection:
            rows = connection.execute(TEXTS_BY_ID, ids).all()
        return {row.id: (row.text, spans_from_json(row.paragraphs)) for row in rows}

    def card(self, article_id: str, viewer: str = ANYONE) -> ArticleCard:
        """Read the card of an article that a viewer may see. Raises NotFoundError."""
        query = CARDS.where(articles.c.id == article_id, is_visible_to(viewer))
        row = self._db.fetch_first(query)
        if row is None:
            raise _not_found(article_id)
        return card_from_row(row)

    def cards(self, article_ids: Collection[str], viewer: str = ANYONE) -> dict[str, ArticleCard]:
        """The cards of articles, by id; those that a viewer may not see are left out."""
        query, ids = visible(CARDS_BY_ID, viewer), {"ids": list(article_ids)}
        with self._db.read() as connection:
            rows = connection.execute(query, ids).all()
        return {row.article_id: card_from_row(row) for row in rows}

    def card_at(self, url: str, viewer: str = ANYONE) -> ArticleCard | None:
        """The card of the article with a URL, in any of its spellings, that a viewer may see, or
        None.

        If several articles have it, one with exactly this spelling is preferred, then the one that
        changed last.
        """
        known_by_url = sa.select(identities.c.article_id).where(
            identities.c.key.in_(page_keys(url))
        )
        # An article is also known by URLs that it no longer has.
        cards = self._cards(articles.c.id.in_(known_by_url), viewer)
        cards = [card for card in cards if _is_same_page(card.address, url)]
        cards.sort(key=lambda card: canonical_url(card.address or "") == canonical_url(url))
        return cards[-1] if cards else None

    def card_fetched_from(self, url: str, viewer: str = ANYONE) -> ArticleCard | None:
        """The card of the last article that was fetched from a URL, whatever URL its page states,
        and that a viewer may see, or None. Scans all articles."""
        address = page_address(url)
        if address is None:
            return None
        path = address.partition("?")[0][2:]
        places = (articles.c.origin, articles.c.url, articles.c.claimed_url)
        candidates = sa.select(articles.c.id, *places).where(
            sa.or_(*(place.contains(path, autoescape=True) for place in places))
        )
        ids = [
            row.id
            for row in self._db.fetch_all(candidates)
            if any(_is_same_page(place, url) for place in row[1:])
        ]
        cards = self._cards(articles.c.id.in_(ids), viewer) if ids else []
        return cards[-1] if cards else None

    def _cards(self, condition: sa.ColumnElement[bool], viewer: str) -> list[ArticleCard]:
        """The cards of the articles that meet a condition, in order of change."""
        query = CARDS.where(condition, is_visible_to(viewer)).order_by(articles.c.seq)
        return [card_from_row(row) for row in self._db.fetch_all(query)]

    def family(self, original_id: str) -> list[ArticleCard]:
        """The cards of an original and of its copies, in order of arrival."""
        is_in_family = (articles.c.id == original_id) | (articles.c.copy_of == original_id)
        query = CARDS.where(is_in_family, IS_REVIEWED)
        rows = self._db.fetch_all(query.order_by(articles.c.arrived_at, articles.c.seq))
        return [card_from_row(row) for row in rows]

    def sample_ids(self) -> list[str]:
        """The ids of all articles that are marked as samples."""
        return self._db.fetch_values(sa.select(articles.c.id).where(articles.c.sample.is_(True)))

    def claims_by_id(self, claim_ids: Sequence[str], viewer: str = ANYONE) -> dict[str, FoundClaim]:
        """Read claims by id; claims that are gone, or that a viewer may not see, are left out."""
        return self._found_claims(visible(CLAIMS_BY_ID, viewer), claim_ids)

    def reports(self, claim_ids: Sequence[str], viewer: str = ANYONE) -> dict[str, FoundClaim]:
        """Read claims, like `claims_by_id`, and all others that report the same statements."""
        return self._found_claims(visible(REPORTS, viewer), claim_ids)

    def _found_claims(self, query: sa.Select[Any], given: Sequence[str]) -> dict[str, FoundClaim]:
        with self._db.read() as connection:
            return {
                row.id: FoundClaim(
                    claim_from_row(row),
                    card_from_row(row),
                    row.speaker_name,
                    row.statement,
                    bool(row.is_related),
                )
                for ids in batches(given)
                for row in connection.execute(query, {"ids": ids})
            }

    def roles(self, article_ids: Collection[str]) -> dict[tuple[str, str], list[str]]:
        """The roles that articles state for their speakers, by article and speaker."""
        columns = claims.c.article_id, claims.c.speaker, claims.c.roles
        query = sa.select(*columns).where(claims.c.roles.is_not(None))
        ids = sorted(set(article_ids))
        with self._db.read() as connection:
            rows = select_in_batches(connection, query, claims.c.article_id, ids)
            return {(row.article_id, row.speaker): row.roles for row in rows}

    def claim_in_text(self, claim_id: str, viewer: str = ANYONE) -> ClaimInText | None:
        """Read a claim with its article's text, or None if it is gone, or the viewer may not see
        it."""
        # `text` is the claim's own column.
        columns = articles.c.text.label("article_text"), articles.c.paragraphs
        query = CLAIMS_WITH_CARD.add_columns(*columns)
        row = self._db.fetch_first(query.where(claims.c.id == claim_id, is_visible_to(viewer)))
        if row is None:
            return None
        text, paragraphs = row.article_text, spans_from_json(row.paragraphs)
        return ClaimInText(claim_from_row(row), card_from_row(row), text, paragraphs, row.statement)

    def claims_in(self, *article_ids: str, max_length: int | None = None) -> list[Claim]:
        """The claims of articles in reading order, if wanted only those with a content of at most
        `max_length` characters."""
        query = CLAIMS_OF_ARTICLES
        if max_length is not None:
            query = query.where(sa.func.length(claims.c.text) <= max_length)
        with self._db.read() as connection:
            rows = connection.execute(query, {"ids": sorted(article_ids)}).all()
        return list(map(claim_from_row, rows))

    def uncorrected_claims(self, article_id: str) -> list[Claim]:
        """The claims of an article as extracted, in reading order."""
        with self._db.read() as connection:
            return [claim for _, claim in extracted_claims(connection, article_id)]

    def entries(self, article_ids: Sequence[str] | None = None) -> Iterator[ClaimEntry]:
        """Yield what the index needs of the claims of articles, or of every claim, in one read
        transaction."""
        queries = [ENTRIES]
        if article_ids is not None:
            queries = [ENTRIES.where(claims.c.article_id.in_(ids)) for ids in batches(article_ids)]
        with self._db.read() as connection:
            for query in queries:
                for row in connection.execute(query, execution_options={"yield_per": FETCH_SIZE}):
                    yield ClaimEntry(*row)

    def changes(self, after: int, limit: int) -> list[Change]:
        """Up to `limit` changes after number `after`, oldest first."""
        changed = sa.select(articles.c.seq, articles.c.id.label("article_id"))
        removed = sa.select(removals.c.seq, removals.c.article_id)
        union = sa.union_all(changed, removed).subquery()
        query = sa.select(union).where(union.c.seq > after).order_by(union.c.seq).limit(limit)
        return [Change(row.seq, row.article_id) for row in self._db.fetch_all(query)]

    def claim_ids(self) -> Iterator[str]:
        """Yield the ids of all claims, in one read transaction: there may be millions."""
        query = sa.select(claims.c.id).where(IS_CLAIM)
        with self._db.read() as connection:
            yield from connection.scalars(query, execution_options={"yield_per": FETCH_SIZE})

    def search_state(self) -> SearchState:
        """The store's state and what can be searched.

        This is recounted only after a change, and for many claims only every RECOUNT_SECONDS.
        """
        store_id, seq = self.state()
        cached = self._search_state
        if cached is None or cached.store_id != store_id:
            is_due = True
        elif cached.coverage.claims < MANY_CLAIMS:
            is_due = cached.seq != seq
        else:
            is_due = cached.seq != seq and time.monotonic() >= self._recount_at
        if cached is None or is_due:
            # First, so that not all threads count at once.
            self._recount_at = time.monotonic() + RECOUNT_SECONDS
            with self._db.read() as connection:
                cached = SearchState(store_id, seq, _coverage(connection))
            self._search_state = cached
        return cached._replace(seq=seq)

    def coverage(self) -> Coverage:
        """Count what can be searched; foreign paragraphs are not counted as claims."""
        return self.search_state().coverage


def _coverage(connection: sa.Connection) -> Coverage:
    day = articles.c.published_on
    article_count, dated_count, first_day, last_day = connection.execute(
        sa.select(sa.func.count(), sa.func.count(day), sa.func.min(day), sa.func.max(day)).where(
            ~IS_PLACEHOLDER, IS_REVIEWED
        )
    ).one()
    # Few articles have no review yet, so their claims are counted apart.
    count = sa.select(sa.func.count()).select_from(claims)
    unreviewed_count = count.where(claims.c.article_id.in_(UNREVIEWED_IDS), ~IS_FOREIGN, IS_CLAIM)
    claim_count = connection.execute(count).scalar_one()
    claim_count -= connection.execute(count.where(IS_FOREIGN)).scalar_one()
    claim_count -= connection.execute(count.where(IS_EVENT)).scalar_one()
    claim_count -= connection.execute(unreviewed_count).scalar_one()
    return Coverage(
        articles=article_count,
        claims=claim_count,
        first=first_day,
        last=last_day,
        undated=article_count - dated_count,
    )


@cache
def _visible_to_anyone(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.where(IS_REVIEWED)


def visible(query: sa.Select[Any], viewer: str) -> sa.Select[Any]:
    """Restrict a query of every answer to what a viewer may see."""
    return _visible_to_anyone(query) if viewer == ANYONE else query.where(is_visible_to(viewer))


def _is_same_page(address: str | None, url: str) -> bool:
    return bool(address) and page_address(address or "") == page_address(url)


def _not_found(article_id: str) -> NotFoundError:
    return NotFoundError(
        "there is no such article",
        subject=article_id,
        remedy="It may have been removed. claimdesk articles lists ids.",
    )
