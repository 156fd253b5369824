"""Check again and again, while the worker runs, that nothing is shown that must stay hidden."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from bot import config
from bot.newsroom import Newsroom
from bot.store.schema import articles, claims
from tests.simulations.clock import VirtualClock
from tests.simulations.feeds.timeline import HOUR, Story, Timeline
from tests.simulations.record import Record, was_withdrawn
from tests.simulations.stories import DOCKET

CHECK_INTERVAL = 0.3
"""Real seconds between two checks."""
SEARCHES_PER_CHECK = 3
"""How many of the hidden stories are searched for in each check."""

Shown = dict[tuple[int, str | None], str]
"""The ids of articles, by their outlet and the docket that their text names."""


class Observer:
    def __init__(self, folder: Path, timeline: Timeline) -> None:
        self._folder, self._timeline = folder, timeline
        self._clock = VirtualClock(folder / "clock")
        self._record = Record(folder, timeline)
        self._chance = random.Random(timeline.seed)
        self._hostile = timeline.feeds[-1].host
        self.checks = 0

    def check(self, newsroom: Newsroom) -> Iterator[str]:
        """Return a description of whatever is shown and should not be."""
        # The order matters: a poll that counts as finished was finished before the store is read,
        # and responses are read last so that none which could have changed it is missing.
        self._record.read_polls()
        shown = self._shown(newsroom)
        at = self._clock.seconds
        self._record.read_answers()
        hidden = [story for stories in self._timeline.stories.values() for story in stories
                  if self._is_hidden(story, at)]  # fmt: skip
        for story in hidden:
            outlet = self._timeline.feeds[story.feed].outlet
            if article_id := shown.get((story.text_of, outlet)):
                yield f"story {story.number} is shown as {article_id}"
        items = {delivery.item for delivery in self._timeline.deliveries}
        for item in filter(lambda item: self._is_item_hidden(item, at), items):
            if ids := [id_ for (docket, _), id_ in shown.items() if docket == item]:
                yield f"item {item} of the wire is shown as {ids[0]}"
        yield from self._search(newsroom, hidden)
        self.checks += 1

    def _shown(self, newsroom: Newsroom) -> Shown:
        query = sa.select(articles.c.id, articles.c.outlet, articles.c.text)
        query = query.where(~articles.c.origin.contains(self._hostile))
        orphans = sa.select(sa.func.count()).where(
            claims.c.article_id.not_in(sa.select(articles.c.id))
        )
        with newsroom.store.database.read() as connection:
            rows = connection.execute(query).all()
            assert connection.scalar(orphans) == 0
        dockets = [(DOCKET.search(row.text), row) for row in rows]
        return {(int(match[1]), row.outlet): row.id for match, row in dockets if match}

    def _is_hidden(self, story: Story, at: float) -> bool:
        """Tell whether a story was withdrawn, or is under an embargo whichever response counts."""
        if story.killed is None and not story.embargoes:
            return False
        served, feed = self._record.servings(story.number), self._timeline.feeds[story.feed]
        if was_withdrawn(story, served, is_excerpt=feed.full_text):
            return True
        candidates = self._record.candidates(story.number)
        return bool(candidates) and all(s.embargo and s.embargo > at for s in candidates)

    def _is_item_hidden(self, item: int, at: float) -> bool:
        """Tell whether an item of the wire was withdrawn, or is under an embargo."""
        ingested = self._record.delivered(item)
        if any(file.is_kill for file in ingested):
            return True
        hour = at // HOUR * HOUR
        files = [file for file in self._timeline.deliveries if file.item == item]
        pending = [file for file in files if file.at <= hour and file not in ingested]
        latest = [max(ingested, key=lambda file: file.revision)] if ingested else []
        embargoes = [file.embargo or 0.0 for file in (*latest, *pending)]
        return bool(embargoes) and min(embargoes) > at

    def _search(self, newsroom: Newsroom, hidden: list[Story]) -> Iterator[str]:
        """Search for some hidden stories as a person would."""
        for story in self._chance.sample(hidden, min(SEARCHES_PER_CHECK, len(hidden))):
            word = story.text(1)[1].split(" costs")[0].rpartition(" ")[2]
            outlet = self._timeline.feeds[story.feed].outlet
            for hit in newsroom.search.find(word, limit=5).hits:
                if word in hit.claim.text and hit.article.outlet == outlet:
                    if self._is_forged(newsroom, hit.article.id):
                        continue  # a forged copy is an article of its own
                    self._record.read_answers()  # the embargo may have ended meanwhile
                    if self._is_hidden(story, self._clock.seconds):
                        yield f"story {story.number} is found: {hit.claim.id}"

    def _is_forged(self, newsroom: Newsroom, article_id: str) -> bool:
        query = sa.select(articles.c.origin).where(articles.c.id == article_id)
        with newsroom.store.database.read() as connection:
            return self._hostile in (connection.scalar(query) or "")


def main() -> None:
    folder, seed, days, count = sys.argv[1:]
    timeline = Timeline(int(seed), float(days), int(count))
    observer = Observer(Path(folder), timeline)
    settings = config.load({"CLAIMDESK_DATA": f"{folder}/data"})
    clock = VirtualClock(Path(folder) / "clock")
    with (
        Newsroom(settings, clock) as newsroom,
        (Path(folder) / "seen.jsonl").open("a", buffering=1) as log,
    ):
        while not (Path(folder) / "done").exists():
            for fault in observer.check(newsroom):
                log.write(json.dumps({"at": clock.seconds, "fault": fault}) + "\n")
            time.sleep(CHECK_INTERVAL)
        log.write(json.dumps({"checks": observer.checks}) + "\n")


if __name__ == "__main__":
    main()
