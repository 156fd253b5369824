"""The steps that the archive takes: an article shown, a document kept from being shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.standing import VersionState
from bot.model import Article, Claim, Document, Spans

RELEASE = "release"
"""The kind of the job that files what was under an embargo; its key is the article's id."""


@dataclass(frozen=True, slots=True)
class Filed:
    """An article with the claims and paragraphs that an `extractor` found in it, to be shown with
    people's corrections laid over them; `is_known` where it replaces what is shown under its id.

    What it replaces is kept, unless it is the same `version`. `keys` are those by which it is
    known again from now on, `changed` the ids of claims that read differently than before. One
    that `lifts` may be shown though its text, or another version of it, was taken back. What was
    withheld until now has its number in `released`; where that is another `version`, a person
    released it: it is kept, so that what its publisher says of it is known when it comes again.
    """

    article: Article
    claims: Sequence[Claim]
    paragraphs: Spans = ()
    is_known: bool = False
    extractor: str | None = None
    keys: Collection[str] = ()
    changed: Collection[str] = ()
    lifts: bool = False
    released: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a document that is not to be shown.

    `document` becomes version `number` of its article in a `state`, if it is kept at all, in the
    place of one that is withheld under that number. What is shown of the article, or withheld under
    another, `gives_way` and goes into that state.
    """

    article_id: str
    keys: Collection[str] = ()
    document: Document | None = None
    number: int = 0
    state: VersionState = "earlier"
    release_at: datetime | None = None
    reason: str | None = None
    gives_way: VersionState | None = None
