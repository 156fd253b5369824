"""Describe speakers in the words of the articles that quote them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot import store
from bot.model import ArticleCard, Claim
from bot.newsroom.search.shown import ShownClaims
from bot.speakers.introductions import introduction, speaker_description
from bot.speakers.spelling import fold_name
from bot.store import QuotingArticle

MAX_DESCRIPTIONS = 5


@dataclass(eq=False, repr=False, kw_only=True)
class Descriptions:
    """Finds how articles describe the speakers that they quote."""

    archive: store.Archive
    claims: ShownClaims

    def description(self, claim_id: str) -> str | None:
        """Return how a claim's article describes its speaker, as printed, or None.

        For example "director of the China Program at the Stimson Center".
        """
        text_and_claim = self._load(claim_id)
        description = speaker_description(*text_and_claim) if text_and_claim else None
        return description.text if description else None

    def introduction(self, claim_id: str) -> str | None:
        """Return a claim's speaker with the description, in the order of the article, or None.

        For example "Sun Yun, director of the China Program" or "Foreign Minister Wang Yi".
        """
        text_and_claim = self._load(claim_id)
        return introduction(*text_and_claim) if text_and_claim else None

    def _load(self, claim_id: str) -> tuple[str, Claim] | None:
        stored = self.archive.claim_in_text(claim_id)
        return (stored.text, self.claims.as_shown([stored.claim])[0]) if stored else None


def distinct_descriptions(
    articles: Iterable[QuotingArticle],
) -> tuple[tuple[str, ArticleCard], ...]:
    """Return the descriptions printed next to a speaker's names, each with its first article.

    A description whose words all occur in another is left out.
    """
    from bot.extract.speakers.descriptions import descriptions

    by_words: dict[tuple[str, ...], tuple[str, ArticleCard]] = {}
    for article in articles:
        for name in article.names:
            for description in descriptions(article.text, name):
                by_words.setdefault(fold_name(description.text), (description.text, article.card))
    distinct = [
        entry
        for words, entry in by_words.items()
        if not any(set(words) < set(other) for other in by_words)
    ]
    return tuple(distinct[:MAX_DESCRIPTIONS])
