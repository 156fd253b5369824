"""Look up which articles documents are: by which key, in which state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import sqlalchemy as sa

from bot.articles.authority import speaks_for
from bot.articles.identity import document_keys, file_keys, has_stable_origin
from bot.articles.known_article import (
    RELEASED_BY_HAND,
    Exclusion,
    HiddenVersion,
    KnownArticle,
    MatchedBy,
)
from bot.articles.metadata import all_metadata
from bot.articles.recognition import (
    Authority,
    authority_over,
    differ,
    have_same_source,
    hidden_text_blocks,
    is_same_article,
)
from bot.articles.sites import Sites
from bot.model import Article, Document
from bot.store.articles.ids import candidate_id, taken_ids, unused_id
from bot.store.articles.rows import article_as_found
from bot.store.articles.version_rows import document_from_json
from bot.store.schema import articles, identities, removals, store_state, versions


@dataclass(frozen=True, slots=True)
class Lookup:
    """What stood when the store's change count was at `seq`, a standing for each document."""

    seq: int
    documents: Sequence[Document]
    known_articles: Sequence[KnownArticle]


def look_up(connection: sa.Connection, documents: Sequence[Document], sites: Sites) -> Lookup:
    """See which articles documents are, in the transaction that a connection is in."""
    seq = connection.execute(sa.select(store_state.c.seq)).scalar_one()
    there = _Candidates(connection, documents, sites)
    return Lookup(seq, documents, [there.standing(document) for document in documents])


@dataclass(slots=True)
class _StoredArticle:
    """All that there is of one article."""

    article: Article | None = None
    seq: int | None = None
    hidden: HiddenVersion | None = None
    number: int = 0
    texts: set[str] = field(default_factory=set)
    released: list[Document] = field(default_factory=list)

    @property
    def hidden_head(self) -> Document | None:
        return self.hidden.document if self.hidden and not self.article else None

    @property
    def head(self) -> Document | None:
        return self.article or self.hidden_head


class _Candidates:
    """Everything in the store that may concern some documents, read at once."""

    def __init__(
        self, connection: sa.Connection, documents: Sequence[Document], sites: Sites
    ) -> None:
        self._connection, self._sites = connection, sites
        self._owners = self._read_owners(documents)
        shas = {document.text_sha for document in documents if document.text}
        self._stories: dict[str, _StoredArticle] = defaultdict(_StoredArticle)
        self._shown: dict[str, list[str]] = defaultdict(list)
        self._kept: dict[str, list[str]] = defaultdict(list)
        ids = {*chain(*self._owners.values()), *self._read_kept(shas)}
        self._read_articles(shas, ids)
        self._read_versions(ids | set(self._stories))
        self._bars = self._read_bars(shas)
        self._taken = taken_ids(connection, {candidate_id(document) for document in documents})

    def standing(self, document: Document) -> KnownArticle:
        """What is known of the article that a document is."""
        known = self._known(document)
        article_id, known_by, how = known or (self._new_id(document), None, Authority.SAME_SOURCE)
        story = self._stories.get(article_id) or _StoredArticle()
        return KnownArticle(
            article_id=article_id,
            matched_by=known_by,
            authority=how,
            article=story.article,
            seq=story.seq,
            hidden=None if story.article else story.hidden,
            number=story.number,
            texts=frozenset(story.texts),
            released=tuple(story.released),
            exclusion=self._bar(document, article_id, story),
            new_keys=self._new_keys(document, article_id, how),
        )

    def _new_keys(self, document: Document, article_id: str, how: Authority) -> frozenset[str]:
        """The keys of a document by which its article is not known yet. What another of the same
        place is known by stays that one's; only files come to hold others."""
        keys = list(document_keys(document).values())
        files = file_keys(keys)
        if how is Authority.ADDS_ONLY:
            head = self._stories[article_id].article
            keys = files if head and has_stable_origin(head) else []  # a copy of it
        return frozenset(
            key
            for key in keys
            if article_id not in self._owners[key]
            and (key in files or not any(self._is_near(document, o) for o in self._owners[key]))
        )

    def _is_near(self, document: Document, article_id: str) -> bool:
        head = self._stories[article_id].head
        return head is not None and have_same_source(document, head, self._sites)

    # -- which article a document is

    def _known(self, document: Document) -> tuple[str, MatchedBy, Authority] | None:
        """The article that a document is, by what it is known, and how it is that one.

        The surest key decides: where guid and address lead to two articles, the guid does.
        """
        bonds: list[tuple[Authority, str, MatchedBy]] = []
        for kind, key in document_keys(document).items():
            for owner in self._owners[key]:
                story = self._stories[owner]
                state = story.hidden.state if story.hidden and not story.article else None
                how: Authority | None = Authority.SAME_SOURCE
                if story.head:
                    how = authority_over(kind, document, story.head, state, self._sites)
                if how is not None:
                    bonds.append((how, owner, kind))
        if bonds:
            how, owner, known_by = min(bonds, key=lambda one: one[0])
            return owner, known_by, how
        if by_text := document.text and self._known_by_text(document):
            head = self._stories[by_text].head
            is_heard = head is None or speaks_for(document, head, self._sites)
            return by_text, "text", Authority.SAME_SOURCE if is_heard else Authority.ADDS_ONLY
        return None

    def _known_by_text(self, document: Document) -> str | None:
        shown = [(one, self._stories[one].article) for one in self._shown[document.text_sha]]
        for same in (_is_all_the_same, _is_from_there, is_same_article):
            for article_id, article in shown:
                if article and same(document, article, self._sites):
                    return article_id
        earlier = [
            one for one in self._kept[document.text_sha] if self._is_earlier_text(document, one)
        ]
        return next(iter(self._held_of(document) or earlier), None)

    def _held_of(self, document: Document) -> list[str]:
        """The articles that have or had this text, of which nothing is shown, and for whose sake
        a document stays out."""
        return [
            article_id
            for article_id in self._kept[document.text_sha]
            if (head := self._stories[article_id].hidden_head)
            and hidden_text_blocks(head, document, self._sites)
        ]

    def _is_earlier_text(self, document: Document, article_id: str) -> bool:
        """Tell whether a text is that of an earlier version of an article that is shown, posted
        again under another guid by the same outlet."""
        there = self._stories[article_id].article
        if there is None or document.outlet is None or document.outlet != there.outlet:
            return False
        return not differ(document.url, there.url) and speaks_for(document, there, self._sites)

    def _bar(self, document: Document, article_id: str, story: _StoredArticle) -> Exclusion | None:
        if not document.text or (story.article and story.article.text_sha == document.text_sha):
            return None
        if (bar := self._bars.get(document.text_sha)) is not None:
            return bar
        for other in self._held_of(document):
            hidden = self._stories[other].hidden
            if other != article_id and hidden:
                return Exclusion(article_id=other, state=hidden.state, reason=hidden.reason or "")
        return None

    # -- reading

    def _read_owners(self, documents: Sequence[Document]) -> dict[str, list[str]]:
        keys = {key for document in documents for key in document_keys(document).values()}
        query = sa.select(identities).where(identities.c.key.in_(keys))
        owners: dict[str, list[str]] = defaultdict(list)
        for row in self._connection.execute(query.order_by(identities.c.article_id)):
            owners[row.key].append(row.article_id)
        return owners

    def _read_kept(self, shas: set[str]) -> list[str]:
        """The articles that have a version with one of these texts which is not shown."""
        query = sa.select(versions.c.article_id).where(versions.c.text_sha.in_(shas))
        return list(self._connection.scalars(query.distinct()))

    def _read_articles(self, shas: set[str], ids: set[str]) -> None:
        mine = articles.c.id.in_(ids) | articles.c.text_sha.in_(shas)
        query = sa.select(articles).where(mine).order_by(articles.c.seq)
        for row in self._connection.execute(query):
            story = self._stories[row.id]
            story.article, story.seq, story.number = article_as_found(row), row.seq, row.version
            self._shown[row.text_sha].append(row.id)

    def _read_versions(self, ids: set[str]) -> None:
        names = ("article_id", "number", "state", "reason", "text_sha")
        short = [versions.c[name] for name in names]
        query = sa.select(*short).where(versions.c.article_id.in_(ids))
        held: dict[str, int] = {}
        for row in self._connection.execute(query.order_by(versions.c.number)):
            story = self._stories[row.article_id]
            story.number = max(story.number, row.number)
            story.texts.add(row.text_sha)
            self._kept[row.text_sha].append(row.article_id)
            if row.state != "earlier":
                held[row.article_id] = row.number
            elif row.reason == RELEASED_BY_HAND:
                story.released.append(self._hidden(row.article_id, row.number).document)
        for article_id, number in held.items():
            self._stories[article_id].hidden = self._hidden(article_id, number)

    def _hidden(self, article_id: str, number: int) -> HiddenVersion:
        query = sa.select(versions).where(
            versions.c.article_id == article_id, versions.c.number == number
        )
        return hidden_version_from_row(self._connection.execute(query).one())

    def _read_bars(self, shas: set[str]) -> dict[str, Exclusion]:
        query = sa.select(removals).where(removals.c.text_sha.in_(shas), removals.c.barred)
        return {
            row.text_sha: Exclusion(article_id=row.article_id, state="withdrawn", reason=row.reason)
            for row in self._connection.execute(query.order_by(removals.c.seq))
        }

    def _new_id(self, document: Document) -> str:
        """An id for a document, the same for the same document each time."""
        first = candidate_id(document)
        return unused_id(self._connection, document) if first in self._taken else first


def hidden_version_from_row(row: sa.Row[Any]) -> HiddenVersion:
    """The version of a row of its table."""
    return HiddenVersion(
        number=row.number,
        state=row.state,
        document=document_from_json(row.document, row.text),
        arrival=row.arrival,
        release_at=row.release_at,
        reason=row.reason,
    )


def _is_all_the_same(document: Document, article: Article, _: Sites) -> bool:
    return all_metadata(document) == all_metadata(article)


def _is_from_there(document: Document, article: Article, _: Sites) -> bool:
    return document.origin == article.origin
