"""The updates that the archive stores: an article to show, or an entry in an article's history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.known_article import VersionState
from bot.model import Article, Claim, Document, Spans

RELEASE = "release"
"""The kind of the job that shows an article when its embargo ends; its key is the article's id."""


@dataclass(frozen=True, slots=True)
class FiledArticle:
    """An article to show, with the claims and paragraphs that an `extractor` found in it.

    Corrections are applied before it is shown. `is_known` means that it replaces the article shown
    under its id; the old version is kept unless it is the same `version`. `keys` identify the
    article from now on. `changed_claim_ids` are the claims that differ from before. `reinstates`
    means that it may be shown although this text, or another version of it, was withdrawn.
    `released_number` is the number of a version that was withheld until now. If it differs from
    `version`, a person released it, and it is kept so that it is recognised if the publisher sends
    it again. `read_to` is the offset at which reading stopped, None if it was read to its end.
    """

    article: Article
    claims: Sequence[Claim]
    paragraphs: Spans = ()
    is_known: bool = False
    extractor: str | None = None
    keys: Collection[str] = ()
    changed_claim_ids: Collection[str] = ()
    reinstates: bool = False
    released_number: int = 0
    read_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryUpdate:
    """What to store about a document that is not shown.

    `document`, if present, becomes version `number` of its article, in `state`, and replaces a
    withheld version of that number. The version that is shown now, or withheld under another
    number, is `demoted_to` the given state, if any.
    """

    article_id: str
    keys: Collection[str] = ()
    document: Document | None = None
    number: int = 0
    state: VersionState = "earlier"
    release_at: datetime | None = None
    reason: str | None = None
    demoted_to: VersionState | None = None
