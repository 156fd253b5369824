"""What the store knows of the articles that documents are: by which key, in which state."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.model import Article, Document
from bot.store.identities import KeyKind, keys_of
from bot.store.kept_rows import document_of
from bot.store.rows import article_of, metadata_of
from bot.store.schema import articles, identities, removals, store_state, versions

Arrival = Literal["single", "bulk", "import", "loose"]
"""How an article came in: by itself, in a bulk load, with imported claims that name it; "loose" is
no article at all but a place for imported claims that name none."""

VersionState = Literal["earlier", "withheld", "withdrawn"]
"""Of a version that is not shown: another one is shown or withheld in its place; it waits for its
hour, or for a version that may be shown; it was taken back, by its publisher or by hand."""

KnownBy = KeyKind | Literal["text"]

ALIKE = 0.5
"""The share of the words of the shorter of two texts, from which on they tell one story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """The version that stands for an article of which nothing is shown."""

    number: int
    state: VersionState
    document: Document
    arrival: Arrival
    release_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Why a text is to stay out, whatever article it comes with: another one's was taken back by
    its publisher or by hand ("withdrawn"), or waits for its hour ("withheld")."""

    article_id: str
    state: VersionState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the article that a document is; `known_by` is None where it is a new one.

    `article` is shown now; where none is, `hidden` stands for it, if anything does. `number` is
    that of the last version, `texts` are the digests of the texts of all that are not shown.
    `new_keys` are those of the document by which the article is not known yet.
    """

    article_id: str
    known_by: KnownBy | None = None
    article: Article | None = None
    seq: int | None = None
    hidden: Hidden | None = None
    number: int = 0
    texts: frozenset[str] = frozenset()
    bar: Bar | None = None
    new_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood when the store's change count was at `seq`, a standing for each document."""

    seq: int
    documents: Sequence[Document]
    standings: Sequence[Standing]


def look(connection: sa.Connection, documents: Sequence[Document]) -> Seen:
    """See which articles documents are, in the transaction that a connection is in."""
    seq = connection.execute(sa.select(store_state.c.seq)).scalar_one()
    there = _There(connection, documents)
    return Seen(seq, documents, [there.standing(document) for document in documents])


@dataclass(slots=True)
class _Story:
    """All that there is of one article."""

    article: Article | None = None
    seq: int | None = None
    hidden: Hidden | None = None
    number: int = 0
    texts: set[str] = field(default_factory=set)

    @property
    def hidden_head(self) -> Document | None:
        return self.hidden.document if self.hidden and not self.article else None

    @property
    def head(self) -> Document | None:
        return self.article or self.hidden_head


class _There:
    """Everything in the store that may concern some documents, read at once."""

    def __init__(self, connection: sa.Connection, documents: Sequence[Document]) -> None:
        self._connection = connection
        self._owners = self._read_owners(documents)
        shas = {document.text_sha for document in documents if document.text}
        self._stories: dict[str, _Story] = defaultdict(_Story)
        self._shown: dict[str, list[str]] = defaultdict(list)
        self._kept: dict[str, list[str]] = defaultdict(list)
        ids = {*self._owners.values(), *self._read_kept(shas)}
        self._read_articles(shas, ids)
        self._read_versions(ids | set(self._stories))
        self._bars = self._read_bars(shas)
        self._taken = _taken(connection, {_id(document) for document in documents})

    def standing(self, document: Document) -> Standing:
        """What is known of the article that a document is."""
        known = self._known(document)
        article_id, known_by = known or (self._new_id(document), None)
        story = self._stories.get(article_id) or _Story()
        keys = keys_of(document)
        return Standing(
            article_id=article_id,
            known_by=known_by,
            article=story.article,
            seq=story.seq,
            hidden=None if story.article else story.hidden,
            number=story.number,
            texts=frozenset(story.texts),
            bar=self._bar(document, article_id, story),
            new_keys=frozenset(
                key
                for kind, key in keys.items()
                if self._owners.get(key) != article_id
                # What others are known by already stays theirs; only files come to hold others.
                and (kind == "origin" or key not in self._owners)
            ),
        )

    # -- which article a document is

    def _known(self, document: Document) -> tuple[str, KnownBy] | None:
        """The surest key decides: where guid and address lead to two articles, the guid does."""
        for kind, key in keys_of(document).items():
            owner = self._owners.get(key)
            if owner and self._fits(kind, document, self._stories[owner].head):
                return owner, kind
        if not document.text:
            return None
        shown = [(one, self._stories[one].article) for one in self._shown[document.text_sha]]
        for same in (_is_all_the_same, _is_from_there, _does_not_contradict):
            for article_id, article in shown:
                if article and same(document, article):
                    return article_id, "text"
        earlier = [one for one in self._kept[document.text_sha] if self._had(document, one)]
        return next(((one, "text") for one in self._held_of(document) or earlier), None)

    def _fits(self, kind: KeyKind, document: Document, head: Document | None) -> bool:
        """Tell whether a key may be believed; of the texts themselves, one that is the same says
        more than any other."""
        if kind == "guid" or head is None or document.status == "canceled":
            return True
        if document.text_sha == head.text_sha:
            return True
        if kind == "url":
            # A feed may give all of its articles one address, or one article new guids.
            return not _differ(document.guid, head.guid) or _are_alike(document.text, head.text)
        return not (_differ(document.guid, head.guid) or _contradict(document, head))

    def _held_of(self, document: Document) -> list[str]:
        """The articles that have or had this text and of which nothing is shown, of the same outlet
        as far as is known: a publisher posts what it took back once more under another guid or
        address."""
        return [
            article_id
            for article_id in self._kept[document.text_sha]
            if (head := self._stories[article_id].hidden_head)
            and not _differ(head.outlet, document.outlet)
        ]

    def _had(self, document: Document, article_id: str) -> bool:
        """Tell whether a text is that of an earlier version of an article that is shown, posted
        again under another guid by the same outlet."""
        there = self._stories[article_id].article
        if there is None or document.outlet is None or document.outlet != there.outlet:
            return False
        return not _differ(document.url, there.url)

    def _bar(self, document: Document, article_id: str, story: _Story) -> Bar | None:
        if not document.text or (story.article and story.article.text_sha == document.text_sha):
            return None
        if (bar := self._bars.get(document.text_sha)) is not None:
            return bar
        for other in self._held_of(document):
            hidden = self._stories[other].hidden
            if other != article_id and hidden:
                return Bar(article_id=other, state=hidden.state, reason=hidden.reason or "")
        return None

    # -- reading

    def _read_owners(self, documents: Sequence[Document]) -> dict[str, str]:
        keys = {key for document in documents for key in keys_of(document).values()}
        query = sa.select(identities).where(identities.c.key.in_(keys))
        return {row.key: row.article_id for row in self._connection.execute(query)}

    def _read_kept(self, shas: set[str]) -> list[str]:
        """The articles that have a version with one of these texts which is not shown."""
        query = sa.select(versions.c.article_id).where(versions.c.text_sha.in_(shas))
        return list(self._connection.scalars(query.distinct()))

    def _read_articles(self, shas: set[str], ids: set[str]) -> None:
        mine = articles.c.id.in_(ids) | articles.c.text_sha.in_(shas)
        query = sa.select(articles).where(mine).order_by(articles.c.seq)
        for row in self._connection.execute(query):
            story = self._stories[row.id]
            story.article, story.seq, story.number = article_of(row), row.seq, row.version
            self._shown[row.text_sha].append(row.id)

    def _read_versions(self, ids: set[str]) -> None:
        short = [versions.c[name] for name in ("article_id", "number", "state", "text_sha")]
        query = sa.select(*short).where(versions.c.article_id.in_(ids))
        held: dict[str, int] = {}
        for row in self._connection.execute(query.order_by(versions.c.number)):
            story = self._stories[row.article_id]
            story.number = max(story.number, row.number)
            story.texts.add(row.text_sha)
            self._kept[row.text_sha].append(row.article_id)
            if row.state != "earlier":
                held[row.article_id] = row.number
        for article_id, number in held.items():
            self._stories[article_id].hidden = self._hidden(article_id, number)

    def _hidden(self, article_id: str, number: int) -> Hidden:
        query = sa.select(versions).where(
            versions.c.article_id == article_id, versions.c.number == number
        )
        return hidden_of(self._connection.execute(query).one())

    def _read_bars(self, shas: set[str]) -> dict[str, Bar]:
        query = sa.select(removals).where(removals.c.text_sha.in_(shas), removals.c.barred)
        return {
            row.text_sha: Bar(article_id=row.article_id, state="withdrawn", reason=row.reason)
            for row in self._connection.execute(query.order_by(removals.c.seq))
        }

    def _new_id(self, document: Document) -> str:
        """An id for a document, the same for the same document each time."""
        first = _id(document)
        return unused_id(self._connection, document) if first in self._taken else first


def unused_id(connection: sa.Connection, document: Document) -> str:
    """An id under which there is no article, nor ever was; the same for the same document."""
    number = 0
    while _taken(connection, [article_id := _id(document, number)]):
        number += 1
    return article_id


def hidden_of(row: sa.Row[Any]) -> Hidden:
    """The version of a row of its table."""
    return Hidden(
        number=row.number,
        state=row.state,
        document=document_of(row.document, row.text),
        arrival=row.arrival,
        release_at=row.release_at,
        reason=row.reason,
    )


def _id(document: Document, number: int = 0) -> str:
    key: tuple[object, ...] = (document.text_sha, document.outlet, document.url, number)
    if document.guid or not document.text:
        key = (*key, document.guid, None if document.text else document.origin)
    return hashlib.sha256(repr(key).encode()).hexdigest()[:12]


def _taken(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    chosen = list(ids)
    both = sa.union(
        sa.select(articles.c.id).where(articles.c.id.in_(chosen)),
        sa.select(versions.c.article_id).where(versions.c.article_id.in_(chosen)),
    )
    return set(connection.scalars(both))


def _is_all_the_same(document: Document, article: Article) -> bool:
    return metadata_of(document) == metadata_of(article)


def _is_from_there(document: Document, article: Article) -> bool:
    return document.origin == article.origin


def _does_not_contradict(document: Document, article: Article) -> bool:
    return not _contradict(document, article)


def _contradict(one: Document, other: Document) -> bool:
    return _differ(one.outlet, other.outlet) or _differ(one.url, other.url)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _are_alike(one: str, other: str) -> bool:
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) >= ALIKE * min(len(words), len(others))
