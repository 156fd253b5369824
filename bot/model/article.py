"""Documents as they come in, and articles as they are stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal, NamedTuple

PubStatus = Literal["usable", "withheld", "canceled"]
"""IPTC's words (cv.iptc.org/newscodes/pubstatusg2): to be shown, not to be shown until further
notice, and never again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as it came in, with what is known of it; what is not known is None.

    `origin` says where it came from (a path or an address, and "#" with the place in it where it
    holds several), `text` is kept to the character. `published` is the
    date or date-time as the outlet printed it, in ISO 8601 and the outlet's own zone;
    `published_on` is its calendar day, `published_at` the instant, where one is known.
    `guid` is the publisher's own id of the story, the same in all of its versions; `revision` is
    the publisher's number of this version and `modified_at` when it was made. Before `embargo`
    the document may be found nowhere. `excerpt` says that the text is only what a feed gives of
    it, and `note` is what the publisher tells editors ("CORRECTS spelling of name").
    One that is `canceled` may come without a text.
    """

    origin: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    url: str | None = None
    language: str | None = None
    sample: bool = False
    guid: str | None = None
    revision: int | None = None
    modified_at: datetime | None = None
    status: PubStatus = "usable"
    embargo: datetime | None = None
    excerpt: bool = False
    note: str | None = None

    @property
    def text_sha(self) -> str:
        """SHA-256 of the text's UTF-8, in hex."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Document):
    """A document that has been filed under an id.

    `version` counts from 1 what its publisher has made of it, in the order in which it came;
    `copy_of` is the id of the article that printed much the same text first.
    """

    id: str
    version: int = 1
    copy_of: str | None = None


class Headline(NamedTuple):
    """The fields of an article that are indexed; `opening` is how its text begins."""

    article_id: str
    title: str | None = None
    opening: str = ""
    outlet: str | None = None
    byline: str | None = None
    published_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """An article without its text, as answers show it."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    published_on: date | None
    url: str | None
    sample: bool
    opening: str
    """The article's first words, by which an untitled one is shown."""
    language: str | None = None
    copy_of: str | None = None
    """The id of the article that printed much the same text first."""
    version: int = 1
    modified_at: datetime | None = None
    excerpt: bool = False
    corrected: bool = False
    """Whether people have corrected its title, outlet or date."""

    @property
    def family(self) -> str:
        """The id shared by an article and its copies: that of the first of them."""
        return self.copy_of or self.id

    @classmethod
    def of(cls, article: Article) -> ArticleCard:
        """Make the card of an article, without its first words."""
        names = (one.name for one in fields(cls) if one.name not in ("opening", "corrected"))
        return cls(opening="", **{name: getattr(article, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was searched: how many articles and claims, published from when to when."""

    articles: int
    claims: int
    first: date | None
    last: date | None
    undated: int = 0
    """Articles without a publication date; a date filter never matches them."""
