"""Review the articles that people brought, and those that may have been read wrongly."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import get_args

from bot import store
from bot.errors import NotFoundError
from bot.model import OPERATOR, Article, ArticleCard, ReviewKind
from bot.newsroom.articles.article_intake import ArticleIntake
from bot.newsroom.articles.overview import Overview, Overviews
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.store import ArticleInReview
from bot.words import say

ALL_KINDS: tuple[ReviewKind, ...] = get_args(ReviewKind)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReviewedArticle:
    """What somebody who reviews an article looks at: its text and claims as they are stored, and
    the number of its last change."""

    article: Article
    overview: Overview
    seq: int


@dataclass(eq=False, repr=False, kw_only=True)
class Reviews:
    """Lists the articles that have to be reviewed, shows, accepts and removes them.

    `overviews` is called for the first article that somebody looks at, since it needs the index.
    """

    reviews: store.Reviews
    overviews: Callable[[], Overviews]
    articles: ArticleIntake
    updates: IndexUpdates
    now: Clock

    def pending(self, limit: int | None = None) -> list[ArticleInReview]:
        """Return the articles that have to be reviewed, the first to arrive first."""
        return self.reviews.pending(limit)

    def count(self) -> int:
        """Return the number of articles that have to be reviewed."""
        return self.reviews.count()

    def load(self, article_id: str) -> ReviewedArticle:
        """Return an article that has to be reviewed. Raises NotFoundError."""
        # The number first: if the article changes meanwhile, it is not accepted.
        found = self.reviews.read(article_id)
        if found is None:
            raise _not_in_review(article_id)
        article, seq = found
        return ReviewedArticle(article, self.overviews().load(article_id, OPERATOR), seq)

    def accept(
        self,
        article_id: str,
        *,
        by: str,
        kinds: Collection[ReviewKind] = ALL_KINDS,
        seen_seq: int | None = None,
    ) -> ArticleCard:
        """Take these kinds from an article's review and return its card as it was.

        `seen_seq` is the number of its last change when the person looked at it. Raises
        ChangedError if it has changed since, NotFoundError if it has none of the kinds.
        """
        card = self._find(article_id)
        if not self.reviews.accept(article_id, kinds, self.now(), seen_seq):
            raise _not_in_review(article_id)
        log.info("article %s (%s) was accepted by %s", article_id, ", ".join(kinds), by)
        self.updates.catch_up_if_free()
        return card

    def remove(self, article_id: str, *, by: str, reason: str) -> ArticleCard:
        """Remove an article that has to be reviewed, with the reason, and return its card.

        Raises NotFoundError if it needs no review.
        """
        card = self._find(article_id)
        self.articles.remove([article_id], reason=f"{reason} – {by}")
        log.info("article %s was removed in review by %s", article_id, by)
        return card

    def _find(self, article_id: str) -> ArticleCard:
        card = self.reviews.find(article_id)
        if card is None:
            raise _not_in_review(article_id)
        return card


def _not_in_review(article_id: str) -> NotFoundError:
    return NotFoundError(
        say("review.none_there"),
        subject=article_id,
        cause=say("review.none_there_why"),
        remedy=say("refusals.nothing_changed"),
    )
