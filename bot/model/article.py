"""Documents as they arrive, and articles as they are stored."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.model.review import Doubt, ReviewKind

PubStatus = Literal["usable", "withheld", "canceled"]
"""IPTC's terms (cv.iptc.org/newscodes/pubstatusg2): publish, do not publish until further notice,
and never publish again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as it arrived, with its metadata; None means unknown.

    `origin` is the path or address it came from, with "#" and its place in a file of several.
    `text` is unchanged. `published` is the date or date-time as the outlet printed it, in ISO 8601
    and the outlet's own time zone; `published_on` is its calendar day, and `published_at` the
    instant, if known. `guid` is the publisher's id of the story, shared by all its versions;
    `revision` is the publisher's number of this version, made at `modified_at`. Until `embargo` the
    document must not be found by anyone. `excerpt` says that the text is only a part.
    `note` is the publisher's message to editors ("CORRECTS spelling of name"). A canceled document
    may arrive without a text. `claimed_outlet` is the outlet's name that the document states, if
    nothing else supports that name, and `claimed_url` an address that it states and that nobody has
    fetched; such an address is not in `url`, so that nothing links to it. `review` says why it has
    to be reviewed, and `brought_by` who brought it (see `viewer_key`); both are empty for most.
    `doubt` says why its text may have been read wrongly; it stays when somebody has accepted the
    text.
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
    claimed_outlet: str | None = None
    claimed_url: str | None = None
    review: tuple[ReviewKind, ...] = ()
    brought_by: tuple[str, ...] = ()
    doubt: Doubt | None = None

    @property
    def is_unreviewed(self) -> bool:
        """Whether only those who brought it may see it."""
        return "unreviewed" in self.review

    @property
    def is_doubtful(self) -> bool:
        """Whether it may have been read wrongly, and nobody has accepted it."""
        return "doubtful" in self.review

    @property
    def open_doubt(self) -> Doubt | None:
        """Why it may have been read wrongly, unless somebody has accepted it."""
        return self.doubt if self.is_doubtful else None

    @property
    def address(self) -> str | None:
        """Its address, fetched or only claimed, by which it is recognised."""
        return self.url or self.claimed_url

    @property
    def text_sha(self) -> str:
        """The SHA-256 of the text in UTF-8, as hex digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Document):
    """A document that has been stored under an id.

    `version` numbers its versions from 1, in order of arrival. `copy_of` is the id of the article
    that printed much the same text first.
    """

    id: str
    version: int = 1
    copy_of: str | None = None


class Headline(NamedTuple):
    """The fields of an article that are indexed; `opening` is the beginning of its text."""

    article_id: str
    title: str | None = None
    opening: str = ""
    outlet: str | None = None
    byline: str | None = None
    published_on: date | None = None
    language: str | None = None
    seen_only_by: Sequence[str] | None = None
    """The only viewers who may see it; None if everyone may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """An article as answers show it, without its text.

    Its outlet and its address can be shown as they are: what only the article itself says of them
    is in `claimed_outlet` and `claimed_url`.
    """

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    published_on: date | None
    url: str | None
    sample: bool
    opening: str
    """The article's first words, shown if it has no title."""
    language: str | None = None
    copy_of: str | None = None
    """The id of the article that printed much the same text first."""
    version: int = 1
    modified_at: datetime | None = None
    excerpt: bool = False
    corrected: bool = False
    """Whether a person has corrected its title, outlet or date."""
    read_to: int | None = None
    """The offset at which searching it for claims stopped; None if it was searched to its end."""
    characters: int | None = None
    """The length of its text, if it was not searched to its end."""
    claimed_outlet: str | None = None
    """The outlet's name that it states, if nothing else supports that name."""
    claimed_url: str | None = None
    """The address that it states, if nobody has fetched it."""
    origin: str = ""
    """The path or address it came from."""
    review: tuple[ReviewKind, ...] = ()
    brought_by: tuple[str, ...] = ()
    doubt: Doubt | None = None

    @property
    def address(self) -> str | None:
        """Its address, fetched or only claimed."""
        return self.url or self.claimed_url

    def __post_init__(self) -> None:
        # A fetched page has an address beside the name that it states; a file has nothing.
        if self.claimed_outlet == self.outlet and "://" not in self.origin:
            object.__setattr__(self, "outlet", None)

    @property
    def is_unreviewed(self) -> bool:
        """Whether only those who brought it may see it."""
        return "unreviewed" in self.review

    @property
    def is_doubtful(self) -> bool:
        """Whether it may have been read wrongly, and nobody has accepted it."""
        return "doubtful" in self.review

    @property
    def open_doubt(self) -> Doubt | None:
        """Why it may have been read wrongly, unless somebody has accepted it."""
        return self.doubt if self.is_doubtful else None

    @property
    def family_id(self) -> str:
        """The id shared by an article and its copies: the id of the first of them."""
        return self.copy_of or self.id

    @classmethod
    def from_article(cls, article: Article) -> ArticleCard:
        """Make the card of an article, with an empty opening."""
        names = {field.name for field in fields(cls)} & {field.name for field in fields(article)}
        return cls(opening="", **{name: getattr(article, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was searched: the numbers of articles and claims, and the first and last publication
    dates."""

    articles: int
    claims: int
    first: date | None
    last: date | None
    undated: int = 0
    """Articles without a publication date; a date filter never matches them."""
