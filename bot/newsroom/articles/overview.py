"""What people see about an article: its claims, versions, copies and the people it quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from bot import store
from bot.articles.claim_matches import MatchKind
from bot.articles.outlets import one_per_outlet
from bot.model import ANYONE, FOREIGN_PARAGRAPH, ArticleCard, Claim, Hit, SourceKind
from bot.newsroom.articles.history import Histories
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.answers import Search
from bot.search.language import pasted_text

MAX_COMPARED = 60
"""Of so many claims that a text finds, the articles are offered."""
MAX_CHOICES = 5
"""The most articles offered for a text that may refer to several."""


class QuotedChain(NamedTuple):
    """A chain of sources, from the speaker to whoever told the article, and its claim count.

    The chain is empty if the speaker is uncertain. `source_kind` says how the speaker is named.
    """

    chain: tuple[str, ...]
    source_kind: SourceKind
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What people see about an article.

    `hits` are its claims in reading order, first the attributions, then the sentences in its own
    voice. `other_outlets` print much the same text. `versions` counts the versions that were ever
    shown. `change_counts` says how many claims the latest version changed, by kind of change.
    `received_at` is when that version arrived.
    """

    article: ArticleCard
    hits: tuple[Hit, ...]
    other_outlets: tuple[str, ...] = ()
    versions: int = 1
    change_counts: Counter[MatchKind] = field(default_factory=Counter)
    received_at: datetime | None = None

    @property
    def claims(self) -> tuple[Hit, ...]:
        """The claims, without paragraphs in languages that the extractor cannot read."""
        return tuple(hit for hit in self.hits if hit.claim.kind != FOREIGN_PARAGRAPH)

    @property
    def quoted_chains(self) -> tuple[QuotedChain, ...]:
        """The chains of sources that the article quotes, most quoted first."""
        return count_chains(hit.claim for hit in self.hits)


@dataclass(eq=False, repr=False, kw_only=True)
class Overviews:
    """Finds articles and loads their overviews."""

    archive: store.Archive
    index: OpenIndex
    claims: ShownClaims
    histories: Histories
    search: Search

    def load(self, article_id: str, viewer: str = ANYONE) -> Overview:
        """Return the overview of an article. Raises NotFoundError if the article is not shown to
        the viewer."""
        article = self.archive.card(article_id, viewer)
        claims = self.claims.as_shown(self.archive.claims_in(article_id))
        hits = self.claims.with_passages(
            Hit(claim=claim, article=article, score=0.0) for claim in claims
        )
        hits.sort(key=lambda hit: (hit.claim.kind != "attribution", hit.claim.spans))
        versions = [
            version for version in self.histories.load(article_id).versions if version.was_shown
        ]
        return Overview(
            article=article,
            hits=tuple(hits),
            other_outlets=tuple(
                other.outlet
                for other in one_per_outlet([article, *self.archive.family(article.family_id)])
                if other is not article and other.outlet
            ),
            versions=len(versions),
            change_counts=versions[-1].change_counts if versions else Counter(),
            received_at=versions[-1].received_at if versions else None,
        )

    def find_by_url(self, url: str, viewer: str = ANYONE) -> ArticleCard | None:
        """Return the article that has this URL or was fetched from it, and that is shown to the
        viewer."""
        return self.archive.card_at(url, viewer) or self.archive.card_fetched_from(url, viewer)

    def find_by_text(self, text: str, viewer: str = ANYONE) -> list[ArticleCard]:
        """Return the articles that a viewer's text may refer to, best first.

        These are the articles whose titles match, or else those whose claims match. Raises
        QueryError.
        """
        sentences = pasted_text.sentences(text)
        query = (
            replace(pasted_text.sentence_query(text), viewer=viewer)
            if sentences
            else self.search.parse_text(text, sentences, viewer)
        )
        if article_ids := self.index().find_articles(query, MAX_CHOICES).ids:
            return list(self.search.article_cards(article_ids, viewer))
        hits = self.search.find(text, limit=MAX_COMPARED, viewer=viewer).hits
        return list({hit.article.id: hit.article for hit in hits}.values())[:MAX_CHOICES]


def count_chains(claims: Iterable[Claim]) -> tuple[QuotedChain, ...]:
    """Count claims by chain of sources, most frequent first, those of uncertain speakers last.

    Claims about what somebody did not say are left out.
    """
    counts = Counter(
        _chain(claim) for claim in claims if claim.kind == "attribution" and not claim.negative
    )
    chains = (QuotedChain(*chain, count) for chain, count in counts.most_common())
    return tuple(sorted(chains, key=lambda quoted: not quoted.chain))


def _chain(claim: Claim) -> tuple[tuple[str, ...], SourceKind]:
    speaker = claim.known_as or claim.speaker
    if not speaker:
        return (), "none"
    return (speaker, *claim.via), claim.source_kind
