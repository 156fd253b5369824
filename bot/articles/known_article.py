"""What the store knows of the article that a document belongs to; decisions are made on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.articles.identity import KeyKind
from bot.articles.recognition import Authority
from bot.model import Article, Document

Arrival = Literal["single", "bulk", "import", "loose"]
"""How an article came in: by itself, in a bulk load, or with imported claims that name it. "loose"
is a placeholder article for imported claims that name none."""

VersionState = Literal["earlier", "withheld", "withdrawn"]
"""Why a version is not shown. "earlier": another version is shown or withheld in its place;
"withheld": it waits for its embargo to end, or for a version that may be shown; "withdrawn": its
publisher, or a person here, took it back."""

MatchedBy = KeyKind | Literal["text"]

RELEASED_BY_HAND = "released by hand"
"""The reason stored with a version that a person released before its publisher did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenVersion:
    """The current version of an article of which nothing is shown."""

    number: int
    state: VersionState
    document: Document
    arrival: Arrival
    release_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Why a text must stay out, whichever article it comes with: another article with this text was
    withdrawn, by its publisher or by hand, or is withheld until its embargo ends."""

    article_id: str
    state: VersionState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What is known of the article that a document belongs to.

    `matched_by` says how it was recognised; None for a new article. `article` is what is shown
    now; if nothing is, `hidden` is its current version, if there is one. `number` is that of the
    last version, `texts` are the SHA-256 digests of all versions that are not shown, `released`
    the versions that a person released. `exclusion` keeps the text out. `new_keys` are keys of the
    document that are not stored for the article yet. `authority` says whether the document may
    change the article, or only add to it.
    """

    article_id: str
    matched_by: MatchedBy | None = None
    authority: Authority = Authority.SAME_SOURCE
    article: Article | None = None
    seq: int | None = None
    hidden: HiddenVersion | None = None
    number: int = 0
    texts: frozenset[str] = frozenset()
    released: tuple[Document, ...] = ()
    exclusion: Exclusion | None = None
    new_keys: frozenset[str] = frozenset()
