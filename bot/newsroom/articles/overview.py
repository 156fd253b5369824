"""The use cases of showing articles to people: one with its claims, its versions, where else it is
and whom it quotes; and those that somebody may mean who asks for one in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot import store
from bot.articles.claim_matches import MatchKind
from bot.model import FOREIGN_PARAGRAPH, ArticleCard, Claim, Hit, SourceKind
from bot.newsroom.articles.history import Histories
from bot.newsroom.search.answers import MAX_GROUPED_CLAIMS, Search
from bot.newsroom.search.shown import ShownClaims
from bot.search.language import pasted_text

MAX_CHOICES = 5


class QuotedChain(NamedTuple):
    """Who told whom, from the speaker to whoever told the article, and how many of its claims came
    this way; how the speaker is given. An empty chain is for those of whom it is not sure."""

    chain: tuple[str, ...]
    source_kind: SourceKind
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What there is to say of an article that is shown, and nothing of what is not.

    `hits` are its claims: first those with who made them, then what it says in its own voice, both
    in reading order. `also_in` are the other outlets that print much the same; `versions` counts
    those that were ever shown, and `changes` how many claims the last of them changed in which way;
    it came at `received_at`.
    """

    article: ArticleCard
    hits: tuple[Hit, ...]
    other_outlets: tuple[str, ...] = ()
    versions: int = 1
    change_counts: Counter[MatchKind] = field(default_factory=Counter)
    received_at: datetime | None = None

    @property
    def claims(self) -> tuple[Hit, ...]:
        """Its claims, without the passages in which nobody has looked for any."""
        return tuple(hit for hit in self.hits if hit.claim.kind != FOREIGN_PARAGRAPH)

    @property
    def quoted_chains(self) -> tuple[QuotedChain, ...]:
        """Whom it quotes, the most quoted first."""
        return count_chains(hit.claim for hit in self.hits)


@dataclass(eq=False, repr=False, kw_only=True)
class Overviews:
    """Show articles."""

    archive: store.Archive
    claims: ShownClaims
    histories: Histories
    search: Search

    def load(self, article_id: str) -> Overview:
        """What people may know of an article. Raises NotFoundError where it is not shown."""
        archive = self.archive
        card = archive.card(article_id)
        found = self.claims.as_shown(archive.claims_in(article_id))
        hits = self.claims.with_passages(
            Hit(claim=claim, article=card, score=0.0) for claim in found
        )
        hits.sort(key=lambda hit: (hit.claim.kind != "attribution", hit.claim.spans))
        editions = [one for one in self.histories.load(article_id).versions if one.was_shown]
        return Overview(
            article=card,
            hits=tuple(hits),
            other_outlets=tuple(
                name for name in archive.outlets_printing(card.family) if name != card.outlet
            ),
            versions=len(editions),
            change_counts=editions[-1].change_counts if editions else Counter(),
            received_at=editions[-1].received_at if editions else None,
        )

    def find_by_url(self, url: str) -> ArticleCard | None:
        """The article that is shown and was read at an address, or gives it as its own."""
        return self.archive.card_at(url) or self.archive.card_fetched_from(url)

    def find_by_text(self, text: str) -> list[ArticleCard]:
        """The articles that somebody may mean by a text: those that it is about by their titles, or
        else those with the claims that it finds as a query, the best first. Raises QueryError.
        """
        sentences = pasted_text.sentences(text)
        query = (
            pasted_text.sentence_query(text)
            if sentences
            else self.search.parse_text(text, sentences)
        )
        if about := self.search.index().articles(query, MAX_CHOICES).ids:
            return list(self.search.article_cards(about))
        found = {
            hit.article.id: hit.article
            for hit in self.search.find(text, limit=MAX_GROUPED_CLAIMS).hits
        }
        return list(found.values())[:MAX_CHOICES]


def count_chains(claims: Iterable[Claim]) -> tuple[QuotedChain, ...]:
    """Count by whom, and through whom, claims were made, the most frequent first, and last those of
    whom it is not sure; what somebody did not say is left out."""
    said = (one for one in claims if one.kind == "attribution" and not one.negative)
    counts = Counter(map(_chain, said))
    quoted = (QuotedChain(*chain, number) for chain, number in counts.most_common())
    return tuple(sorted(quoted, key=lambda one: not one.chain))


def _chain(claim: Claim) -> tuple[tuple[str, ...], SourceKind]:
    speaker = claim.known_as or claim.speaker
    if not speaker or claim.unsure:
        return (), "none"
    return (speaker, *claim.via), claim.source_kind
