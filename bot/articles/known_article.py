"""What the store knows of the article that a document belongs to: the input of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.articles.identity import KeyKind
from bot.articles.recognition import Authority
from bot.model import Article, Document

Arrival = Literal["single", "bulk", "import", "loose"]
"""How an article arrived: alone, in a bulk load, or with imported claims that name it. A "loose"
article is a placeholder, for imported claims that name no article."""

VersionState = Literal["earlier", "withheld", "withdrawn"]
"""Why a version is not shown. "earlier": another version has replaced it. "withheld": its
embargo has not ended, or a newer version is awaited. "withdrawn": its publisher, or a person
here, withdrew it."""

MatchedBy = KeyKind | Literal["text"]

RELEASED_BY_HAND = "released by hand"
"""The reason stored with a version that a person released before its publisher did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenVersion:
    """The current version of an article that is not shown at all."""

    number: int
    state: VersionState
    document: Document
    arrival: Arrival
    release_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Why a text must not be shown, whichever article it arrives with: another article with this
    text was withdrawn, by its publisher or by hand, or is under embargo."""

    article_id: str
    state: VersionState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What is known of the article that a document belongs to.

    `matched_by` says how the article was recognised; None means that it is new. `authority` says
    whether the document may change the article or only add to it. `article` is the version shown,
    and `seq` the number of its latest change; if no version is shown, `hidden` is the current
    one, if any. `latest_number` is the number of the latest version, `hidden_text_digests` are the
    SHA-256 digests of all versions that are not shown. A person released the `released_versions`
    by hand. `exclusion` says why the text must not be shown. `new_keys` are keys of the document
    that are not stored for the article yet.
    """

    article_id: str
    matched_by: MatchedBy | None = None
    authority: Authority = Authority.SAME_SOURCE
    article: Article | None = None
    seq: int | None = None
    hidden: HiddenVersion | None = None
    latest_number: int = 0
    hidden_text_digests: frozenset[str] = frozenset()
    released_versions: tuple[Document, ...] = ()
    exclusion: Exclusion | None = None
    new_keys: frozenset[str] = frozenset()
