"""The use case of showing one article to people: its claims, its versions, where else it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bot.model import ArticleCard, Hit
from bot.newsroom.history import Telling
from bot.newsroom.matching import MatchKind
from bot.newsroom.showing import Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What there is to say of an article that is shown, and nothing of what is not.

    `hits` are its claims: first those with who made them, then what it says in its own voice, both
    in reading order. `also_in` are the other outlets that print much the same; `versions` counts
    those that were ever shown, and `changes` how many claims the last of them changed in which way.
    """

    article: ArticleCard
    hits: tuple[Hit, ...]
    also_in: tuple[str, ...] = ()
    versions: int = 1
    changes: Counter[MatchKind] = field(default_factory=Counter)


class Presenting(Telling, Showing):
    """Show articles."""

    def overview(self, article_id: str) -> Overview:
        """What people may know of an article. Raises NotFoundError where it is not shown."""
        archive = self.store.archive
        card = archive.card(article_id)
        found = self.as_shown(archive.claims_in(article_id))
        hits = [Hit(claim=claim, article=card, score=0.0) for claim in found]
        hits.sort(key=lambda hit: (hit.claim.kind != "attribution", hit.claim.spans))
        editions = [one for one in self.tell(article_id).editions if one.was_shown]
        return Overview(
            article=card,
            hits=tuple(hits),
            also_in=tuple(name for name in archive.printed_in(card.family) if name != card.outlet),
            versions=len(editions),
            changes=editions[-1].counts if editions else Counter(),
        )
