"""The use case of an article's history: for a person at the terminal, who may see all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Literal

from bot import store
from bot.articles.claim_matches import ClaimMatch, MatchKind, match_by_id
from bot.errors import NotFoundError
from bot.model import Article, Claim
from bot.store import Version

ShownState = Literal["shown", "withheld", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """One version of an article: `shown`, or why it is not.

    `received_at` is when it came, `left_at` when it ceased to be shown, None where it is or never
    was. `changes` are those from the version before that was shown; empty in the first.
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
        """Whether anybody could see it, now or then."""
        return self.state == "shown" or self.left_at is not None

    @property
    def change_counts(self) -> Counter[MatchKind]:
        """How many claims changed in which way."""
        return Counter(change.kind for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHistory:
    """An article with all of its versions, in the order in which they came."""

    article: Article
    state: ShownState
    reason: str | None
    release_at: datetime | None
    versions: tuple[ArticleVersion, ...]


@dataclass(eq=False, repr=False, kw_only=True)
class Histories:
    """Tell what became of articles."""

    archive: store.Archive
    history: store.History

    def load(self, article_id: str) -> ArticleHistory:
        """All that is known of an article, whether it is shown or not. Raises NotFoundError."""
        editions = [_edition(article_id, one) for one in self.history.versions(article_id)]
        shown = self._shown(article_id, is_known=bool(editions))
        in_order = sorted([*editions, *shown], key=lambda edition: edition.number)
        told = _compared(in_order)
        held = [one for one in told if one.state != "earlier"]
        last = next((one for one in reversed(held) if one.article.text), (held or told)[-1])
        return ArticleHistory(
            article=last.article,
            state="withdrawn" if last.state == "earlier" else last.state,
            reason=last.reason,
            release_at=last.release_at,
            versions=tuple(told),
        )

    def _shown(self, article_id: str, *, is_known: bool) -> list[ArticleVersion]:
        try:
            article = self.archive.article(article_id)
        except NotFoundError:
            if is_known:
                return []
            raise
        return [
            ArticleVersion(
                number=article.version,
                state="shown",
                article=article,
                received_at=self.archive.arrived_at(article_id),
                left_at=None,
                release_at=None,
                reason=None,
                claims=tuple(self.archive.claims_in(article_id)),
            )
        ]


def _edition(article_id: str, version: Version) -> ArticleVersion:
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


def _compared(editions: Sequence[ArticleVersion]) -> list[ArticleVersion]:
    """The same, each that was shown with what changed from the one before that was."""
    out: list[ArticleVersion] = []
    before: ArticleVersion | None = None
    for edition in editions:
        if before and edition.was_shown:
            changes = tuple(match_by_id(before.claims, edition.claims))
            # The store notes when the first came; each one ends the one before.
            came = before.left_at or edition.received_at
            out.append(replace(edition, changes=changes, received_at=came))
        else:
            out.append(edition)
        before = edition if edition.was_shown else before
    return out
