"""What the bot of today does with the old store from Tuesday's morning to Thursday's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.model import Document
from tests.outlet_site import PAGE, OutletSite, Page, entry, rss
from tests.slack.fake_slack import Json, Message
from tests.store.older_store.old_store import Desk, OldSlack, Place

NEWS = "“The harbour ferry passes the lighthouse, mill and school,” said Lucan Vye."
"""Comes in at one o'clock, and holds a word of each watch."""
WITHDRAWN = "empty boats", "silo is full", "moved by a hand"
"""What articles said that were withdrawn before the update, and the last after it."""


@dataclass
class Record:
    """What was seen: what was posted at each moment, by "day hour:minute"."""

    slack: OldSlack
    came: dict[str, list[Message]] = field(default_factory=dict)
    before: list[Json] = field(default_factory=list)
    """What `claimdesk outbox` and `claimdesk jobs` listed before the workers began."""
    after: list[Json] = field(default_factory=list)
    withdrawn: dict[str, list[set[str]]] = field(default_factory=dict)
    """The channels that say what was withdrawn: before the update, at 8:35 and at 8:40."""

    def places(self, *moments: str, kind: str) -> list[Place]:
        """Where messages of a kind were posted then."""
        new = [one for moment in moments for one in self.came[moment]]
        return sorted((one.channel, one.key) for one in new if (one.key or "").startswith(kind))

    def says(self, channel: str, key: str) -> str:
        """All that a message says, which stands there once."""
        [found] = [one for one in self.slack.accepted if (one.channel, one.key) == (channel, key)]
        return f"{found.sent}"


class Play:
    """Plays it, and writes down what is seen."""

    def __init__(self, desk: Desk, site: OutletSite) -> None:
        self._desk, self._site, self.record = desk, site, Record(desk.slack)

    async def play(self) -> Record:
        """Work through the days, with what people do in between."""
        desk, record = self._desk, self.record
        record.before = self._listed()
        self._say_where()
        async with desk.slack.running():
            await self._works("24 8:35")
            self._say_where()
            [hit] = desk.newsroom.search.find(WITHDRAWN[-1]).hits
            desk.newsroom.intake.articles.remove([hit.article.id], reason="wrong")
            await self._works("24 8:40")
            self._say_where()
            self._retry()
            for moment in ("24 8:45", "24 9:00", "24 9:50", "24 12:00"):
                await self._works(moment)
            article = Document(origin="new", text=NEWS, outlet="The Upland Echo")
            desk.newsroom.intake.articles.ingest([article])
            for moment in ("24 13:00", "24 14:00", "24 17:00", "24 18:00"):
                await self._works(moment)
            for moment in ("25 8:30", "25 9:00", "25 17:00", "26 8:30"):
                await self._works(moment)
        record.after = self._listed()
        return record

    async def _works(self, moment: str) -> None:
        day, _, hour = moment.partition(" ")
        since = len(self._desk.slack.new)
        await self._desk.works(int(day), *map(int, hour.split(":")))
        self.record.came[moment] = self._desk.slack.new[since:]

    def _retry(self) -> None:
        """Have all done after all that was given up, but one message; what failed can be read."""
        self._site.pages["/feed"] = Page("", headers={"ETag": '"one"'})
        self._site.pages["/whole"] = Page(rss(self._site, entry(1)))
        self._site.pages["/buoy"] = Page(PAGE.format(title="Buoy adrift"))
        letters = {one["channel"]: one["id"] for one in self.record.before if "channel" in one}
        delivery = self._desk.newsroom.delivery
        delivery.outbox.drop_dead_letters([letters.pop("C37DEAD")])
        delivery.outbox.retry_dead_letters(list(letters.values()))
        delivery.jobs.retry(None)

    def _listed(self) -> list[Json]:
        return [
            line
            for command in ("outbox", "jobs")
            for line in self._desk.runs(command, "--json").lines
        ]

    def _say_where(self) -> None:
        accepted: list[Any] = self._desk.slack.accepted
        for words in WITHDRAWN:
            channels = {one.channel for one in accepted if words in str(one.sent)}
            self.record.withdrawn.setdefault(words, []).append(channels)
