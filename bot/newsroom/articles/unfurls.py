"""Use cases of links in channels: which articles they lead to, and where these are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.errors import NotFoundError
from bot.newsroom.articles.overview import Overview, Presenting

UNFURL: Literal["unfurl"] = "unfurl"
"""The kind of the messages of others below which articles are shown."""


class Unfurling(Presenting):
    """Show known articles below the links that lead to them, where a channel wants that."""

    def unfurls(self, team: str, channel: str) -> bool:
        """Whether links are unfurled in a channel."""
        return self.store.channels.unfurls(team, channel)

    def set_unfurls(self, team: str, channel: str, *, on: bool) -> None:
        """Say whether links are unfurled in a channel."""
        self.store.channels.set_unfurls(team, channel, on=on)

    def linked(self, urls: list[str]) -> dict[str, Overview]:
        """The articles at some addresses, by address as it is given, each once: those that are
        shown and in which claims were found."""
        found: dict[str, Overview] = {}
        for url in dict.fromkeys(urls):
            card = self.store.archive.card_at(url)
            if card and card.id not in {one.article.id for one in found.values()}:
                found |= self._at(url, card.id)
        return found

    def note_unfurled(self, team: str, channel: str, ts: str, shown: Mapping[str, Overview]) -> str:
        """Note below which message articles are shown, so that they are mended there; returns the
        key of what is noted."""
        key = f"{UNFURL}/{channel}/{ts}"
        # All of them: where one of the first goes, the next takes its place, and they are counted.
        claims = [hit.claim.id for one in shown.values() for hit in one.claims]
        self.store.outbox.note(
            team=team,
            channel=channel,
            ts=ts,
            key=key,
            kind=UNFURL,
            payload={"articles": {url: one.article.id for url, one in shown.items()}},
            claims=claims,
            now=self.now(),
        )
        return key

    def unfurled(self, articles: Mapping[str, str]) -> dict[str, Overview | None]:
        """What there is to show by now of articles, by address; None of those that are gone."""
        return {url: self._at(url, one).get(url) for url, one in articles.items()}

    def _at(self, url: str, article_id: str) -> dict[str, Overview]:
        try:
            found = self.overview(article_id)
        except NotFoundError:
            return {}
        return {url: found} if found.claims else {}
