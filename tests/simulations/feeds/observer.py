"""Looks again and again whether anything is shown that may not be, while the worker works."""

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

PAUSE = 0.3
"""Real seconds between two looks."""
ASKED = 3
"""Of the stories that may not be shown, how many are searched for at each look."""

Shown = dict[tuple[int, str | None], str]
"""The ids of articles, by the docket that their text names and their outlet."""


class Observer:
    def __init__(self, folder: Path, timeline: Timeline) -> None:
        self._folder, self._timeline = folder, timeline
        self._clock = VirtualClock(folder / "clock")
        self._record = Record(folder, timeline)
        self._chance = random.Random(timeline.seed)
        self._hostile = timeline.feeds[-1].host
        self.looks = 0

    def look(self, newsroom: Newsroom) -> Iterator[str]:
        """Say what is shown and should not be."""
        # In this order: what counts as done was done before what is shown is read, and an answer
        # that could change it is known afterwards.
        self._record.read_polls()
        shown = self._shown(newsroom)
        at = self._clock.at
        self._record.read_answers()
        hidden = [one for stories in self._timeline.stories.values() for one in stories
                  if self._is_hidden(one, at)]  # fmt: skip
        for story in hidden:
            outlet = self._timeline.feeds[story.feed].outlet
            if article := shown.get((story.tells, outlet)):
                yield f"story {story.number} is shown as {article}"
        items = {one.item for one in self._timeline.deliveries}
        held = [item for item in items if self._is_held(item, at)]
        for item in held:
            if ids := [one for (docket, _), one in shown.items() if docket == item]:
                yield f"item {item} of the wire is shown as {ids[0]}"
        yield from self._search(newsroom, hidden)
        self.looks += 1

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
        return {(int(found[1]), row.outlet): row.id for found, row in dockets if found}

    def _is_hidden(self, story: Story, at: float) -> bool:
        """Whether a story was taken back, or is under an embargo whichever answer counts."""
        if story.killed is None and not story.embargoes:
            return False
        told, feed = self._record.tellings(story.number), self._timeline.feeds[story.feed]
        if was_withdrawn(story, told, is_excerpt=feed.full_text):
            return True
        may_count = self._record.candidates(story.number)
        return bool(may_count) and all(one.embargo and one.embargo > at for one in may_count)

    def _is_held(self, item: int, at: float) -> bool:
        """The same of an item of the wire."""
        came = self._record.delivered(item)
        if any(one.is_kill for one in came):
            return True
        hour = at // HOUR * HOUR
        sent = [one for one in self._timeline.deliveries if one.item == item]
        coming = [one for one in sent if one.at <= hour and one not in came]
        heads = [max(came, key=lambda one: one.revision)] if came else []
        until = [one.embargo or 0.0 for one in (*heads, *coming)]
        return bool(until) and min(until) > at

    def _search(self, newsroom: Newsroom, hidden: list[Story]) -> Iterator[str]:
        """Search for some as a person would."""
        for story in self._chance.sample(hidden, min(ASKED, len(hidden))):
            word = story.text(1)[1].split(" costs")[0].rpartition(" ")[2]
            outlet = self._timeline.feeds[story.feed].outlet
            for hit in newsroom.search.find(word, limit=5).hits:
                if word in hit.claim.text and hit.article.outlet == outlet:
                    if self._is_forged(newsroom, hit.article.id):
                        continue  # a copy under the other's name is an article of its own
                    self._record.read_answers()  # its hour may have come meanwhile
                    if self._is_hidden(story, self._clock.at):
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
            for fault in observer.look(newsroom):
                log.write(json.dumps({"at": clock.at, "fault": fault}) + "\n")
            time.sleep(PAUSE)
        log.write(json.dumps({"looks": observer.looks}) + "\n")


if __name__ == "__main__":
    main()
