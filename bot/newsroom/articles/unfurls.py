"""Use cases of links in channels: which articles they lead to, and where these are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import store
from bot.errors import NotFoundError
from bot.newsroom.articles.overview import Overview, Overviews
from bot.newsroom.providers import Clock
from bot.store.delivery.payloads import UnfurlPayload


@dataclass(eq=False, repr=False, kw_only=True)
class Unfurls:
    """Show known articles below the links that lead to them, where a channel wants that."""

    archive: store.Archive
    outbox: store.Outbox
    overviews: Overviews
    now: Clock

    def articles_at(self, urls: list[str]) -> dict[str, Overview]:
        """The articles at some addresses, by address as it is given, each once: those that are
        shown and in which claims were found."""
        found: dict[str, Overview] = {}
        for url in dict.fromkeys(urls):
            card = self.archive.card_at(url)
            if card and card.id not in {one.article.id for one in found.values()}:
                found |= self._at(url, card.id)
        return found

    def record(self, team: str, channel: str, ts: str, shown: Mapping[str, Overview]) -> str:
        """Note below which message articles are shown, so that they are mended there; returns the
        key of what is noted."""
        key = f"{UnfurlPayload.kind}/{channel}/{ts}"
        # All of them: where one of the first goes, the next takes its place, and they are counted.
        claims = [hit.claim.id for one in shown.values() for hit in one.claims]
        self.outbox.record_claims(
            team=team,
            channel=channel,
            ts=ts,
            key=key,
            payload=UnfurlPayload({url: one.article.id for url, one in shown.items()}),
            claims=claims,
            now=self.now(),
        )
        return key

    def current_overviews(self, articles: Mapping[str, str]) -> dict[str, Overview | None]:
        """What there is to show by now of articles, by address; None of those that are gone."""
        return {url: self._at(url, one).get(url) for url, one in articles.items()}

    def _at(self, url: str, article_id: str) -> dict[str, Overview]:
        try:
            found = self.overviews.load(article_id)
        except NotFoundError:
            return {}
        return {url: found} if found.claims else {}
