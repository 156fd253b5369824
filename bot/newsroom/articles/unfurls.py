"""Unfurl links in channels: find the articles at their URLs and record where these are shown."""

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
    """Shows known articles below the links to them, in channels that have this enabled."""

    archive: store.Archive
    outbox: store.Outbox
    overviews: Overviews
    now: Clock

    def articles_at(self, urls: list[str]) -> dict[str, Overview]:
        """Return the articles at these URLs that are shown and have claims, by URL as given.

        Those that somebody has to review are left out, and those that only claim such a URL: below
        a link to Reuters they would look like Reuters's. An article that several URLs lead to is
        listed once, under the first.
        """
        overviews: dict[str, Overview] = {}
        seen_ids: set[str] = set()
        for url in urls:
            article = self.archive.card_at(url)
            if article is None or article.url is None or article.id in seen_ids:
                continue
            if overview := self._load(article.id):
                overviews[url] = overview
                seen_ids.add(article.id)
        return overviews

    def record(self, team: str, channel: str, ts: str, overviews: Mapping[str, Overview]) -> str:
        """Record which articles are shown below a message, so that they can be updated there.

        Returns the key of the record.
        """
        key = f"{UnfurlPayload.kind}/{channel}/{ts}"
        # All claims, not only the visible ones: the total is shown, and if a visible claim is
        # removed the next one takes its place.
        claims = [hit.claim.id for overview in overviews.values() for hit in overview.claims]
        self.outbox.record_claims(
            team=team,
            channel=channel,
            ts=ts,
            key=key,
            payload=UnfurlPayload(
                {url: overview.article.id for url, overview in overviews.items()}
            ),
            claims=claims,
            now=self.now(),
        )
        return key

    def current_overviews(self, articles: Mapping[str, str]) -> dict[str, Overview | None]:
        """Return the current overview of each article id, by URL; None if there is nothing to
        show any more."""
        return {url: self._load(article_id) for url, article_id in articles.items()}

    def _load(self, article_id: str) -> Overview | None:
        try:
            overview = self.overviews.load(article_id)
        except NotFoundError:
            return None
        is_shown = overview.claims and not overview.article.review
        return overview if is_shown else None
