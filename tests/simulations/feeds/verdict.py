"""Compare the final store with what the simulation published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from bot.newsroom import Newsroom
from bot.store.schema import articles, feeds, jobs, versions
from tests.simulations.feeds.printing import wire_text
from tests.simulations.feeds.server import RETRY_AFTER
from tests.simulations.feeds.timeline import DAY, MINUTE, START, Feed, Story, Timeline
from tests.simulations.record import Record, was_withdrawn
from tests.simulations.stories import DOCKET

NOTIFIED_AFTER = 10 * MINUTE
"""How long a feed must fail before its owner is told."""


@dataclass
class StoredStory:
    """What the store has of one docket and outlet."""

    shown: list[Any] = field(default_factory=list)
    versions: list[Any] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """The versions that its texts name, as often as they were there for a reader to see; those
        that never were, once: an embargo that is moved brings the same text again."""
        seen = [one.text for one in self.versions if one.left_at]
        seen += [one.text for one in self.shown]
        unseen = {one.text for one in self.versions} - set(seen)
        found = (DOCKET.search(text) for text in (*seen, *unseen))
        return [int(one[2]) for one in found if one]


class Verdict:
    """Lists the deviations, and counts the comparisons."""

    def __init__(self, newsroom: Newsroom, timeline: Timeline, record: Record, port: int) -> None:
        self._newsroom, self._timeline, self._record = newsroom, timeline, record
        self._port = port
        self._at = timeline.quiet_until
        self.counts: Counter[str] = Counter()
        self._kept = self._read()

    def faults(self) -> Iterator[str]:
        """Everything that is not as it should be."""
        for stories in self._timeline.stories.values():
            for story in stories:
                yield from (f"story {story.number}: {one}" for one in self._story(story))
            if len(stories) > 1:
                yield from self._copies(stories)
        for item in sorted({one.item for one in self._timeline.deliveries}):
            yield from (f"item {item} of the wire: {one}" for one in self._item(item))
        for feed in self._timeline.feeds:
            yield from (f"feed {feed.number}: {one}" for one in self._feed(feed))
        yield from self._told()
        yield from self._manners()
        yield from self._rest()

    def _read(self) -> dict[tuple[int, str | None], StoredStory]:
        kept: dict[tuple[int, str | None], StoredStory] = defaultdict(StoredStory)
        owners: dict[str, set[tuple[int, str | None]]] = defaultdict(set)
        hostile = f"http://{self._timeline.feeds[-1].host}:"
        with self._newsroom.store.database.read() as connection:
            for row in connection.execute(sa.select(articles)):
                if row.origin.startswith(hostile):
                    self.counts["shown of the hostile feed"] += 1
                elif found := DOCKET.search(row.text):
                    key = (int(found[1]), row.outlet)
                    kept[key].shown.append(row)
                    owners[row.id].add(key)
            for row in connection.execute(sa.select(versions)):
                if row.document["origin"].startswith(hostile):
                    continue
                if found := DOCKET.search(row.text):
                    key = (int(found[1]), row.document.get("outlet"))
                    kept[key].versions.append(row)
                    owners[row.article_id].add(key)
        self._mixed = {one: keys for one, keys in owners.items() if len(keys) > 1}
        return kept

    # -- stories

    def _story(self, story: Story) -> Iterator[str]:
        feed = self._timeline.feeds[story.feed]
        if feed.is_hostile:
            return
        kept = self._kept.get((story.tells, feed.outlet)) or StoredStory()
        told = self._record.tellings(story.number)
        settled = [one for one in told if one.is_settled]
        if len(kept.shown) > 1:
            yield f"it is there {len(kept.shown)} times"
        if not told:
            if kept.shown or kept.versions:
                yield "it is there, and no feed has told it"
            return
        if was_withdrawn(story, told, is_excerpt=feed.full_text):
            self.counts["killed"] += 1
            if kept.shown:
                yield "it was taken back, and is shown"
            return
        if not settled or any(one.is_kill for one in told):
            self.counts["maybe"] += 1
            return
        may_count = self._record.candidates(story.number)
        if all(one.embargo and one.embargo > self._at for one in may_count):
            self.counts["still under embargo"] += 1
            if kept.shown:
                yield "it is under an embargo, and is shown"
            return
        self.counts["shown"] += 1
        if not kept.shown:
            states = [(one.number, one.state, one.reason) for one in kept.versions]
            yield f"it is missing; of it are kept {states}"
            return
        yield from self._words(story, feed, kept.shown[0], {one.version for one in may_count})
        yield from self._versions(story, feed, kept)
        yield from self._hour(story, kept.shown[0])

    def _words(self, story: Story, feed: Feed, row: Any, last: set[int]) -> Iterator[str]:
        if feed.full_text and story.page in ("open", "late"):
            if feed.gone is None or story.page == "open":
                wanted = ["\n\n".join(story.text(v)) for v in range(1, len(story.versions) + 1)]
                is_last = row.text in (wanted if feed.gone else wanted[-1:])
                self.counts["read from their page"] += 1
                if row.excerpt or not is_last:
                    yield f"its page was not read to the end: {row.text!r}, excerpt {row.excerpt}"
            return
        parts = 1 if feed.full_text else None
        self.counts["excerpts"] += bool(parts)
        if row.text not in {"\n\n".join(story.text(version)[:parts]) for version in last}:
            yield f"its text is {row.text!r}, not that of version {last}"
        if row.excerpt != feed.full_text:
            yield f"it is marked as an excerpt: {row.excerpt}"

    def _versions(self, story: Story, feed: Feed, kept: StoredStory) -> Iterator[str]:
        told = self._record.tellings(story.number)
        numbers, may = Counter(kept.numbers), {one.version for one in told}
        must = {one.version for one in told if one.is_settled}
        if feed.full_text:
            # The page is read later than the feed, and may be ahead of it.
            may |= set(range(1, len(story.versions) + 1))
            must = set()
        elif any(count > 1 for count in numbers.values()):
            yield f"it has a version twice: {sorted(numbers.elements())}"
        self.counts["versions"] += len(numbers)
        if not must <= set(numbers) <= may:
            yield f"its versions are {sorted(numbers)}, told were {sorted(must)} of {sorted(may)}"

    def _hour(self, story: Story, row: Any) -> Iterator[str]:
        """An article's arrival is when it was first shown."""
        if not story.embargoes:
            return
        self.counts["released"] += 1
        arrived = _seconds(row.arrived_at)
        before = [one for one in self._record.tellings(story.number) if one.at <= arrived + 1]
        earliest = min((one.embargo or 0.0 for one in before), default=0.0)
        if arrived < earliest - 0.001:
            yield f"it was shown at {arrived}, its embargo ended at {earliest} at the earliest"

    def _copies(self, stories: Sequence[Story]) -> Iterator[str]:
        rows = [
            row
            for story in stories
            if not self._timeline.feeds[story.feed].is_hostile
            for row in self._kept[story.tells, self._timeline.feeds[story.feed].outlet].shown
        ]
        if len(rows) < 2:
            return
        self.counts["copies in several feeds"] += 1
        firsts = [row for row in rows if row.copy_of is None]
        if len(firsts) != 1 or {row.copy_of for row in rows} - {None, firsts[0].id}:
            yield f"docket {stories[0].tells}: {len(firsts)} of {len(rows)} copies are a first one"

    # -- the wire

    def _item(self, item: int) -> Iterator[str]:
        came = self._record.delivered(item)
        sent = [one for one in self._timeline.deliveries if one.item == item]
        if len(came) < len(sent):
            yield "not all of its files were taken in"
            return
        kept = StoredStory()
        for (docket, _), one in self._kept.items():
            if docket == item:
                kept.shown += one.shown
                kept.versions += one.versions
        if any(one.is_kill for one in came):
            self.counts["items killed"] += 1
            if kept.shown:
                yield "it was killed, and is shown"
            return
        self.counts["items shown"] += 1
        head = max(came, key=lambda one: one.revision)
        if [row.text for row in kept.shown] != [wire_text(item, head.revision)]:
            yield f"it is shown {len(kept.shown)} times, or not in version {head.revision}"
            return
        if sorted(kept.numbers) != sorted(one.revision for one in came):
            yield f"its versions are {sorted(kept.numbers)}"
        arrived = _seconds(kept.shown[0].arrived_at)
        if arrived < min(one.embargo or 0.0 for one in came):
            yield f"it was shown at {arrived}, before its time"

    # -- feeds

    def _feed(self, feed: Feed) -> Iterator[str]:
        url = f"http://{feed.host}:{self._port}{feed.path}"
        with self._newsroom.store.database.read() as connection:
            row = connection.execute(sa.select(feeds).where(feeds.c.added_as == url)).one()
        if feed.gone is not None:
            self.counts["feeds gone"] += 1
            asked = [a for a in self._record.answers if a.get("feed") == feed.number]
            settled = [p for p in self._record.polls if p.feed == feed.number]
            if row.state != "gone":
                yield f"it is gone, and {row.state}"
            if [a for a in asked if a["what"] == "feed" and a["at"] > settled[-1].at]:
                yield "it was polled after it was gone"
            return
        if row.state != "active" or row.failing_since:
            yield f"it is {row.state}, failing since {row.failing_since}: {row.failure}"
        if feed.moved is not None:
            self.counts["feeds moved"] += 1
            if not row.url.endswith(feed.new_path):
                yield f"it has moved, and is polled at {row.url}"
        elif row.url != url:
            yield f"it has not moved, and is polled at {row.url}"

    def _told(self) -> Iterator[str]:
        """Compare what owners were told with what they should have been, by a rule of our own."""
        wanted: Counter[tuple[int, str, int]] = Counter()
        for feed in self._timeline.feeds:
            for what, at in _news([p for p in self._record.polls if p.feed == feed.number]):
                wanted[feed.number, what, int(at // DAY)] += 1
        told: Counter[tuple[int, str, int]] = Counter()
        for one in self._record.answers:
            if one["what"] == "told":
                text = one["text"]
                what = (
                    "gone"
                    if " is gone" in text
                    else "well"
                    if "It had failed" in text
                    else "broken"
                )
                told[int(one["person"][1:]), what, int(one["at"] // DAY)] += 1
        self.counts["told to owners"] = told.total()
        self.counts["told to owners twice"] = (told - wanted).total()
        if missing := set(wanted) - set(told):
            yield f"owners were not told: {sorted(missing)}"
        if invented := set(told) - set(wanted):
            yield f"owners were told without reason: {sorted(invented)}"

    def _manners(self) -> Iterator[str]:
        """Whether hosts were asked as they want to be."""
        gap = self._newsroom.settings.feeds.gap_seconds
        hosts: dict[str, list[tuple[float, str]]] = defaultdict(list)
        limited: dict[int, float] = {}
        ended = {(one.feed, one.at) for one in self._record.polls}
        for one in self._record.answers:
            if one["what"] == "told":
                continue
            feed, path = self._timeline.feeds[one["feed"]], one["path"]
            self.counts["requests"] += 1
            if path.startswith("/private/"):
                yield f"{path} was asked for, though robots.txt disallows it"
            # Where a feed has moved from, its new place is asked in the same turn.
            is_moved = path.startswith("/moved/") and hosts[feed.host]
            is_led_to = is_moved and hosts[feed.host][-1] == (one["at"], feed.path)
            if not is_led_to and not path.startswith("/elsewhere/"):
                hosts[feed.host].append((one["at"], path))
            if one["what"] != "feed":
                continue
            if one["at"] < limited.get(feed.number, 0.0):
                yield f"feed {feed.number} was asked at {one['at']}, before it wanted to be"
            if one["told"] in ("limited", "unavailable") and (feed.number, one["at"]) in ended:
                limited[feed.number] = one["at"] + RETRY_AFTER
        for host, asked in hosts.items():
            for (before, first), (after, second) in pairwise(asked):
                if after - before < gap - 0.001:
                    yield f"{host} was asked for {first} and {second} at {before} and {after}"

    # -- the rest

    def _rest(self) -> Iterator[str]:
        newsroom = self._newsroom
        if self._mixed:
            yield f"articles are two stories: {dict(list(self._mixed.items())[:5])}"
        newsroom.updates.catch_up()
        if newsroom.updates.difference() != (0, 0):
            yield f"the index differs from the store: {newsroom.updates.difference()}"
        with newsroom.store.database.read() as connection:
            failed = connection.execute(sa.select(jobs).where(jobs.c.state == "failed")).all()
            late = connection.execute(
                sa.select(jobs).where(jobs.c.due_at < newsroom.now(), jobs.c.state == "waiting")
            ).all()
        for job in (*failed, *late):
            yield f"job {job.kind} {job.key} {job.state}, due {job.due_at}: {job.failure}"
        self.counts["polls"] = len(self._record.polls)


def _news(polls: Sequence[Any]) -> Iterator[tuple[str, float]]:
    """What the owner of a feed should hear of its polls, and when."""
    since = told_at = None
    for poll in polls:
        if poll.failure is None:
            if since is not None and told_at is not None and told_at >= since:
                yield "well", poll.at
            since = None
            continue
        if "removed for good" in poll.failure:
            yield "gone", poll.at
            return
        since = poll.at if since is None else since
        is_new_day = told_at is None or poll.at // DAY > told_at // DAY
        if is_new_day and poll.at - since >= NOTIFIED_AFTER:
            told_at = poll.at
            yield "broken", poll.at


def _seconds(at: datetime) -> float:
    return (at - START).total_seconds()
