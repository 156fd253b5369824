"""Describe speakers in the words of the articles that quote them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import ArticleCard
from bot.speakers.spelling import fold_name
from bot.store import QuotingArticle

MAX_DESCRIPTIONS = 5


def distinct_descriptions(
    articles: Iterable[QuotingArticle],
) -> tuple[tuple[str, ArticleCard], ...]:
    """Return the descriptions printed next to a speaker's names, each with its first article.

    A description whose words all occur in another is left out.
    """
    from bot.speakers.descriptions import descriptions

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
