"""Find the article that each document belongs to, and the article's state."""

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
    are_different,
    authority_over,
    have_same_source,
    is_same_article,
    must_stay_hidden,
)
from bot.articles.sites import Sites
from bot.model import Article, Document
from bot.store.articles.ids import candidate_id, taken_ids, unused_id
from bot.store.articles.rows import article_as_found
from bot.store.articles.version_rows import document_from_json
from bot.store.schema import articles, identities, removals, store_state, versions


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was known, at change number `seq`, of the article of each document."""

    seq: int
    documents: Sequence[Document]
    known_articles: Sequence[KnownArticle]


def look_up(connection: sa.Connection, documents: Sequence[Document], sites: Sites) -> Lookup:
    """Find the articles of documents in the transaction of `connection`."""
    seq = connection.execute(sa.select(store_state.c.seq)).scalar_one()
    candidates = _Candidates(connection, documents, sites)
    return Lookup(seq, documents, [candidates.known_article(document) for document in documents])


@dataclass(slots=True)
class _StoredArticle:
    """One article in the store: its shown version and its hidden ones.

    `number` is that of its last version, `hidden_shas` are the hashes of its hidden texts, and
    `released` the versions that a person released.
    """

    article: Article | None = None
    seq: int | None = None
    hidden: HiddenVersion | None = None
    number: int = 0
    hidden_shas: set[str] = field(default_factory=set)
    released: list[Document] = field(default_factory=list)

    @property
    def hidden_current(self) -> Document | None:
        """The current version, if it is hidden."""
        return self.hidden.document if self.hidden and not self.article else None

    @property
    def current(self) -> Document | None:
        """The current version, shown or hidden."""
        return self.article or self.hidden_current


class _Candidates:
    """The stored articles that some documents may belong to, read at once."""

    def __init__(
        self, connection: sa.Connection, documents: Sequence[Document], sites: Sites
    ) -> None:
        self._connection, self._sites = connection, sites
        self._owners = self._read_owners(documents)
        shas = {document.text_sha for document in documents if document.text}
        self._stored: dict[str, _StoredArticle] = defaultdict(_StoredArticle)
        self._shown_ids_by_sha: dict[str, list[str]] = defaultdict(list)
        self._hidden_ids_by_sha: dict[str, list[str]] = defaultdict(list)
        ids = {*chain(*self._owners.values()), *self._read_hidden_ids(shas)}
        self._read_articles(shas, ids)
        self._read_versions(ids | set(self._stored))
        self._blocked_texts = self._read_blocked_texts(shas)
        self._taken_ids = taken_ids(connection, {candidate_id(document) for document in documents})

    def known_article(self, document: Document) -> KnownArticle:
        """What is known of a document's article."""
        match = self._find_match(document)
        article_id, matched_by, authority = match or (
            self._new_id(document),
            None,
            Authority.SAME_SOURCE,
        )
        stored = self._stored.get(article_id) or _StoredArticle()
        return KnownArticle(
            article_id=article_id,
            matched_by=matched_by,
            authority=authority,
            article=stored.article,
            seq=stored.seq,
            hidden=None if stored.article else stored.hidden,
            latest_number=stored.number,
            hidden_text_digests=frozenset(stored.hidden_shas),
            released_versions=tuple(stored.released),
            exclusion=self._exclusion(document, article_id, stored),
            new_keys=self._new_keys(document, article_id, authority),
        )

    def _new_keys(
        self, document: Document, article_id: str, authority: Authority
    ) -> frozenset[str]:
        """The keys of a document that are not stored for its article yet.

        If another article of the same source has a key, the key stays there. Only the key of a
        file can move, since the file may hold another article now.
        """
        keys = list(document_keys(document).values())
        files = file_keys(keys)
        if authority is Authority.ADDS_ONLY:
            article = self._stored[article_id].article
            is_copied_file = article is not None and has_stable_origin(article)
            keys = files if is_copied_file else []
        return frozenset(
            key
            for key in keys
            if article_id not in self._owners[key]
            and (
                key in files
                or not any(self._has_same_source(document, owner) for owner in self._owners[key])
            )
        )

    def _has_same_source(self, document: Document, article_id: str) -> bool:
        current = self._stored[article_id].current
        return current is not None and have_same_source(document, current, self._sites)

    # -- matching

    def _find_match(self, document: Document) -> tuple[str, MatchedBy, Authority] | None:
        """Find the article of a document: its id, how it was matched, and the document's authority.

        The most reliable key decides: if guid and URL lead to two articles, the guid wins.
        """
        matches: list[tuple[Authority, str, MatchedBy]] = []
        for kind, key in document_keys(document).items():
            for owner in self._owners[key]:
                stored = self._stored[owner]
                state = stored.hidden.state if stored.hidden and not stored.article else None
                authority: Authority | None = Authority.SAME_SOURCE
                if stored.current:
                    authority = authority_over(kind, document, stored.current, state, self._sites)
                    if self._is_no_obstacle(stored.current, document):
                        continue
                if authority is not None:
                    matches.append((authority, owner, kind))
        if matches:
            authority, owner, matched_by = min(matches, key=lambda match: match[0])
            return owner, matched_by, authority
        if id_ := document.text and self._find_by_text(document):
            current = self._stored[id_].current
            has_authority = current is None or speaks_for(document, current, self._sites)
            return id_, "text", Authority.SAME_SOURCE if has_authority else Authority.ADDS_ONLY
        return None

    def _is_no_obstacle(self, article: Document, document: Document) -> bool:
        """Tell whether an article that nobody has reviewed is passed over for a document of another
        source: that becomes an article of its own, which everyone sees."""
        if document.is_unreviewed or not article.is_unreviewed:
            return False
        return not speaks_for(document, article, self._sites)

    def _find_by_text(self, document: Document) -> str | None:
        shown_ids = self._shown_ids_by_sha[document.text_sha]
        for is_match in (_has_same_metadata, _has_same_origin, is_same_article):
            for article_id in shown_ids:
                article = self._stored[article_id].article
                if (
                    article
                    and is_match(document, article, self._sites)
                    and not self._is_no_obstacle(article, document)
                ):
                    return article_id
        hidden_ids = self._hidden_ids_by_sha[document.text_sha]
        earlier_ids = (id_ for id_ in hidden_ids if self._is_earlier_text(document, id_))
        return next(chain(self._blocking_ids(document), earlier_ids), None)

    def _blocking_ids(self, document: Document) -> list[str]:
        """The ids of hidden articles with this text that keep the document from being shown."""
        return [
            article_id
            for article_id in self._hidden_ids_by_sha[document.text_sha]
            if (current := self._stored[article_id].hidden_current)
            and must_stay_hidden(current, document, self._sites)
        ]

    def _is_earlier_text(self, document: Document, article_id: str) -> bool:
        """Tell whether a text is an earlier version of a shown article, which the same outlet has
        posted again under another guid."""
        article = self._stored[article_id].article
        if article is None or document.outlet is None or document.outlet != article.outlet:
            return False
        return not are_different(document.address, article.address) and speaks_for(
            document, article, self._sites
        )

    def _exclusion(
        self, document: Document, article_id: str, stored: _StoredArticle
    ) -> Exclusion | None:
        """Why a document's text must not be shown, or None."""
        is_shown = stored.article and stored.article.text_sha == document.text_sha
        if not document.text or is_shown:
            return None
        if document.text_sha in self._blocked_texts:
            return self._blocked_texts[document.text_sha]
        for other_id in self._blocking_ids(document):
            hidden = self._stored[other_id].hidden
            if other_id != article_id and hidden:
                reason = hidden.reason or ""
                return Exclusion(article_id=other_id, state=hidden.state, reason=reason)
        return None

    # -- reading

    def _read_owners(self, documents: Sequence[Document]) -> dict[str, list[str]]:
        """The ids of the articles that have each of the documents' keys."""
        keys = {key for document in documents for key in document_keys(document).values()}
        query = sa.select(identities).where(identities.c.key.in_(keys))
        owners: dict[str, list[str]] = defaultdict(list)
        for row in self._connection.execute(query.order_by(identities.c.article_id)):
            owners[row.key].append(row.article_id)
        return owners

    def _read_hidden_ids(self, shas: set[str]) -> list[str]:
        """The ids of the articles with a hidden version that has one of these texts."""
        query = sa.select(versions.c.article_id).where(versions.c.text_sha.in_(shas))
        return list(self._connection.scalars(query.distinct()))

    def _read_articles(self, shas: set[str], ids: set[str]) -> None:
        is_candidate = articles.c.id.in_(ids) | articles.c.text_sha.in_(shas)
        query = sa.select(articles).where(is_candidate).order_by(articles.c.seq)
        for row in self._connection.execute(query):
            stored = self._stored[row.id]
            stored.article, stored.seq, stored.number = article_as_found(row), row.seq, row.version
            self._shown_ids_by_sha[row.text_sha].append(row.id)

    def _read_versions(self, ids: set[str]) -> None:
        # Texts are read later, and only for the few versions that need them.
        names = ("article_id", "number", "state", "reason", "text_sha")
        query = sa.select(*(versions.c[name] for name in names))
        query = query.where(versions.c.article_id.in_(ids)).order_by(versions.c.number)
        hidden_numbers: dict[str, int] = {}
        for row in self._connection.execute(query):
            stored = self._stored[row.article_id]
            stored.number = max(stored.number, row.number)
            stored.hidden_shas.add(row.text_sha)
            self._hidden_ids_by_sha[row.text_sha].append(row.article_id)
            if row.state != "earlier":
                hidden_numbers[row.article_id] = row.number
            elif row.reason == RELEASED_BY_HAND:
                stored.released.append(self._read_version(row.article_id, row.number).document)
        for article_id, number in hidden_numbers.items():
            self._stored[article_id].hidden = self._read_version(article_id, number)

    def _read_version(self, article_id: str, number: int) -> HiddenVersion:
        query = sa.select(versions).where(
            versions.c.article_id == article_id, versions.c.number == number
        )
        return hidden_version_from_row(self._connection.execute(query).one())

    def _read_blocked_texts(self, shas: set[str]) -> dict[str, Exclusion]:
        query = sa.select(removals).where(removals.c.text_sha.in_(shas), removals.c.barred)
        return {
            row.text_sha: Exclusion(article_id=row.article_id, state="withdrawn", reason=row.reason)
            for row in self._connection.execute(query.order_by(removals.c.seq))
        }

    def _new_id(self, document: Document) -> str:
        """A deterministic id for a new article."""
        id_ = candidate_id(document)
        return unused_id(self._connection, document) if id_ in self._taken_ids else id_


def hidden_version_from_row(row: sa.Row[Any]) -> HiddenVersion:
    """The hidden version of a row of `versions`."""
    return HiddenVersion(
        number=row.number,
        state=row.state,
        document=document_from_json(row.document, row.text),
        arrival=row.arrival,
        release_at=row.release_at,
        reason=row.reason,
    )


def _has_same_metadata(document: Document, article: Article, _: Sites) -> bool:
    return all_metadata(document) == all_metadata(article)


def _has_same_origin(document: Document, article: Article, _: Sites) -> bool:
    return document.origin == article.origin
