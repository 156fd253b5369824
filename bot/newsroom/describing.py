"""The use case of saying who a speaker is, in an article's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.model import ArticleCard
from bot.newsroom.showing import Showing
from bot.newsroom.spelling import folded
from bot.store import Quoting

if TYPE_CHECKING:
    from bot.extract.descriptions import Described

MOST_DESCRIPTIONS = 5


class Describing(Showing):
    """Tell how articles describe those whom they quote."""

    def description(self, claim_id: str) -> str | None:
        """How a claim's article describes its speaker, as printed: "director of the China Program
        at the Stimson Center"; None where it does not, or names nobody."""
        found = self._introduced(claim_id)
        return found[1].text if found else None

    def introduction(self, claim_id: str) -> str | None:
        """A claim's speaker with what its article says of them, in the article's order: "Sun Yun,
        director of the China Program", "Foreign Minister Wang Yi"; None as above."""
        found = self._introduced(claim_id)
        if found is None:
            return None
        name, how = found
        return f"{how.text} {name}" if how.leads else f"{name}, {how.text}"

    def _introduced(self, claim_id: str) -> tuple[str, Described] | None:
        """Whom a claim's article names as its speaker, and its description nearest before the
        claim's end, or else the first one behind it."""
        from bot.extract.descriptions import descriptions

        found = self.store.archive.within(claim_id)
        if found is None:
            return None
        (claim,) = self.as_shown([found.claim])
        if claim.unsure or claim.source_kind != "named" or not claim.speaker:
            return None
        described = list(descriptions(found.text, claim.speaker))
        end = claim.spans[-1][1] if claim.spans else 0
        before = [one for one in described if one.name[0] < end]
        # An article introduces somebody at length, and later calls them by a title alone.
        best = max(before, key=lambda one: (not one.leads, one.name), default=None)
        best = best or next(iter(described), None)
        return (claim.speaker, best) if best else None


def told_apart(quoting: Iterable[Quoting]) -> tuple[tuple[str, ArticleCard], ...]:
    """The descriptions that articles print beside the names of one speaker, each with the first of
    the articles that does; one whose words are all in another's is left out."""
    from bot.extract.descriptions import descriptions

    found: dict[tuple[str, ...], tuple[str, ArticleCard]] = {}
    for article in quoting:
        for name in article.names:
            for one in descriptions(article.text, name):
                found.setdefault(folded(one.text), (one.text, article.card))
    kept = [
        described
        for mine, described in found.items()
        if not any(set(mine) < set(other) for other in found)
    ]
    return tuple(kept[:MOST_DESCRIPTIONS])
