"""The use case of saying who a speaker is, in an article's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot import store
from bot.model import ArticleCard, Claim
from bot.newsroom.search.shown import ShownClaims
from bot.speakers.introductions import introduction, speaker_description
from bot.speakers.spelling import fold_name
from bot.store import QuotingArticle

MOST_DESCRIPTIONS = 5


@dataclass(eq=False, repr=False, kw_only=True)
class Descriptions:
    """Tell how articles describe those whom they quote."""

    archive: store.Archive
    claims: ShownClaims

    def description(self, claim_id: str) -> str | None:
        """How a claim's article describes its speaker, as printed: "director of the China Program
        at the Stimson Center"; None where it does not, or names nobody."""
        found = self._speaker_of(claim_id)
        described = speaker_description(*found) if found else None
        return described.text if described else None

    def introduction(self, claim_id: str) -> str | None:
        """A claim's speaker with what its article says of them, in the article's order: "Sun Yun,
        director of the China Program", "Foreign Minister Wang Yi"; None as above."""
        found = self._speaker_of(claim_id)
        return introduction(*found) if found else None

    def _speaker_of(self, claim_id: str) -> tuple[str, Claim] | None:
        found = self.archive.claim_in_text(claim_id)
        return (found.text, self.claims.as_shown([found.claim])[0]) if found else None


def distinct_descriptions(quoting: Iterable[QuotingArticle]) -> tuple[tuple[str, ArticleCard], ...]:
    """The descriptions that articles print beside the names of one speaker, each with the first of
    the articles that does; one whose words are all in another's is left out."""
    from bot.extract.speakers.descriptions import descriptions

    found: dict[tuple[str, ...], tuple[str, ArticleCard]] = {}
    for article in quoting:
        for name in article.names:
            for one in descriptions(article.text, name):
                found.setdefault(fold_name(one.text), (one.text, article.card))
    kept = [
        described
        for mine, described in found.items()
        if not any(set(mine) < set(other) for other in found)
    ]
    return tuple(kept[:MOST_DESCRIPTIONS])
