"""How articles arrive: some in the feeds of a site, the others as files that are read in turns."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from tests.outlet_site import OutletSite, Page
from tests.simulations.chaos.installation import Done, Installation
from tests.simulations.chaos.stories import FEEDS, Story

INGEST_INTERVAL = 15.0
"""Seconds between two readings of the folder."""


class Outlets:
    """Publishes the stories that have arrived by now; `begin` begins the play."""

    def __init__(
        self, stories: Sequence[Story], site: OutletSite, system: Installation, inbox: Path
    ) -> None:
        self.exit_codes: Counter[int | None] = Counter()
        self._stories, self._site, self._system, self._inbox = stories, site, system, inbox
        self._began_at: float | None = None
        self._began = datetime.now(UTC)
        for number in range(FEEDS):
            site.pages[f"/feed/{number}"] = lambda n=number: self._feed(n)

    def begin(self) -> None:
        self._began_at, self._began = time.monotonic(), datetime.now(UTC)

    async def bring_files(self) -> None:
        """Read the files that have arrived, again and again, until cancelled."""
        while True:
            done = await self.ingest()
            self.exit_codes[done.code] += 1
            await asyncio.sleep(INGEST_INTERVAL)

    async def ingest(self) -> Done:
        """Read the files that have arrived."""
        return await self.ingest_now(self._arrived("file"))

    async def ingest_now(self, stories: Sequence[Story]) -> Done:
        """Read the files of some stories."""
        for story in stories:
            file = self._inbox / f"{story.number}.txt"
            if not file.exists():
                file.write_text("\n\n".join([story.title, *story.paragraphs]))
        return await self._system.claimdesk("ingest", self._inbox)

    def feed_url(self, number: int) -> str:
        """Return the address of a feed."""
        return f"{self._site.url}/feed/{number}"

    def _arrived(self, way: str) -> list[Story]:
        passed = -1.0 if self._began_at is None else time.monotonic() - self._began_at
        return [story for story in self._stories if story.way == way and story.at <= passed]

    def _feed(self, number: int) -> Page:
        stories = [story for story in self._arrived("feed") if story.feed == number]
        items = "".join(map(self._item, reversed(stories)))
        body = (
            '<?xml version="1.0"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>The Gazette {number}</title><link>{self._site.url}</link>"
            f"<language>en</language>{items}</channel></rss>"
        )
        return Page(body, headers={"Content-Type": "application/rss+xml"})

    def _item(self, story: Story) -> str:
        link = f"{self._site.url}/{story.number}"
        text = escape("".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs))
        published = format_datetime(self._began + timedelta(seconds=story.at))
        return (
            f"<item><title>{story.title}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{published}</pubDate><content:encoded>{text}</content:encoded></item>"
        )
