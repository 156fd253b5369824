"""The history of an article, with every version, for people at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Literal

from bot import store
from bot.articles.claim_matches import ClaimMatch, MatchKind, match_by_id
from bot.errors import NotFoundError
from bot.model import OPERATOR, Article, Claim
from bot.store import Version

ArticleState = Literal["shown", "withheld", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """One version of an article.

    `left_at` is when it stopped being shown; None if it is shown or never was. `changes` compare it
    with the previous version that was shown; empty for the first.
    """

    number: int
    state: Literal["shown", "earlier", "withheld", "withdrawn"]
    article: Article
    received_at: datetime | None
    left_at: datetime | None
    release_at: datetime | None
    reason: str | None
    claims: tuple[Claim, ...]
    changes: tuple[ClaimMatch, ...] = ()

    @property
    def was_shown(self) -> bool:
        """Whether it is or was ever shown."""
        return self.state == "shown" or self.left_at is not None

    @property
    def change_counts(self) -> Counter[MatchKind]:
        """The number of changed claims by kind of change."""
        return Counter(change.kind for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHistory:
    """An article with all its versions, oldest first.

    `read_to` is where the search of the shown version for claims stopped, None if at its end.
    """

    article: Article
    state: ArticleState
    reason: str | None
    release_at: datetime | None
    versions: tuple[ArticleVersion, ...]
    read_to: int | None = None


@dataclass(eq=False, repr=False, kw_only=True)
class Histories:
    """Loads the histories of articles."""

    archive: store.Archive
    history: store.History

    def load(self, article_id: str) -> ArticleHistory:
        """Return the history of an article, shown or not. Raises NotFoundError."""
        stored_versions = [
            _from_stored(article_id, row) for row in self.history.versions(article_id)
        ]
        shown_versions = self._find_shown_version(article_id, has_history=bool(stored_versions))
        versions = _with_changes(
            sorted([*stored_versions, *shown_versions], key=lambda version: version.number)
        )
        current_versions = [version for version in versions if version.state != "earlier"]
        latest = next(
            (version for version in reversed(current_versions) if version.article.text),
            (current_versions or versions)[-1],
        )
        return ArticleHistory(
            article=latest.article,
            state="withdrawn" if latest.state == "earlier" else latest.state,
            reason=latest.reason,
            release_at=latest.release_at,
            versions=tuple(versions),
            read_to=self.archive.card(article_id, OPERATOR).read_to
            if latest.state == "shown"
            else None,
        )

    def _find_shown_version(self, article_id: str, *, has_history: bool) -> list[ArticleVersion]:
        try:
            article = self.archive.article(article_id)
        except NotFoundError:
            if has_history:
                return []
            raise
        return [
            ArticleVersion(
                number=article.version,
                state="shown",
                article=article,
                received_at=self.history.arrival_time(article_id),
                left_at=None,
                release_at=None,
                reason=None,
                claims=tuple(self.archive.claims_in(article_id)),
            )
        ]


def _from_stored(article_id: str, version: Version) -> ArticleVersion:
    return ArticleVersion(
        number=version.number,
        state=version.state,
        article=Article(id=article_id, version=version.number, **asdict(version.document)),
        received_at=version.received_at,
        left_at=version.left_at,
        release_at=version.release_at,
        reason=version.reason,
        claims=version.claims,
    )


def _with_changes(versions: Sequence[ArticleVersion]) -> list[ArticleVersion]:
    """Add to each shown version its changes from the previous shown one."""
    result: list[ArticleVersion] = []
    previous: ArticleVersion | None = None
    for version in versions:
        if previous and version.was_shown:
            # The store records only the first arrival. Each later version ended the one before it.
            version = replace(
                version,
                changes=tuple(match_by_id(previous.claims, version.claims)),
                received_at=previous.left_at or version.received_at,
            )
        result.append(version)
        previous = version if version.was_shown else previous
    return result
