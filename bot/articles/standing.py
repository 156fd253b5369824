"""What is known of the article that a document is, as the store reads it and decisions use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.articles.identity import KeyKind
from bot.articles.recognition import Bond
from bot.model import Article, Document

Arrival = Literal["single", "bulk", "import", "loose"]
"""How an article came in: by itself, in a bulk load, with imported claims that name it; "loose" is
no article at all but a place for imported claims that name none."""

VersionState = Literal["earlier", "withheld", "withdrawn"]
"""Of a version that is not shown: another one is shown or withheld in its place; it waits for its
hour, or for a version that may be shown; it was taken back, by its publisher or by hand."""

KnownBy = KeyKind | Literal["text"]

RELEASED = "released by hand"
"""Why a version is not withheld any more that a person has let out before its publisher did."""


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
    `released` are those that a person has let out. `new_keys` are those of the document by which
    the article is not known yet. `bond` says whether the document may change the article, or only
    add to it.
    """

    article_id: str
    known_by: KnownBy | None = None
    bond: Bond = Bond.OWN
    article: Article | None = None
    seq: int | None = None
    hidden: Hidden | None = None
    number: int = 0
    texts: frozenset[str] = frozenset()
    released: tuple[Document, ...] = ()
    bar: Bar | None = None
    new_keys: frozenset[str] = frozenset()
