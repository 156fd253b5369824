"""Compare the final store with everything that the simulation published."""

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
from tests.simulations.record import Poll, Record, was_withdrawn
from tests.simulations.stories import DOCKET

NOTIFIED_AFTER = 10 * MINUTE
"""How long a feed must fail before its owner is notified."""


@dataclass
class StoredStory:
    """The stored articles and versions of one docket and outlet."""

    shown: list[Any] = field(default_factory=list)
    versions: list[Any] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """Return the version numbers in the texts, once for each time that readers saw them.

        Versions that nobody saw count once: moving an embargo files the same text again.
        """
        seen = [version.text for version in self.versions if version.left_at]
        seen += [article.text for article in self.shown]
        unseen = {version.text for version in self.versions} - set(seen)
        matches = (DOCKET.search(text) for text in (*seen, *unseen))
        return [int(match[2]) for match in matches if match]


class Verdict:
    """Finds deviations, and counts the comparisons."""

    def __init__(self, newsroom: Newsroom, timeline: Timeline, record: Record, port: int) -> None:
        self._newsroom, self._timeline, self._record = newsroom, timeline, record
        self._port = port
        self.counts: Counter[str] = Counter()
        self._stored = self._read_store()

    def faults(self) -> Iterator[str]:
        """Return a description of every deviation."""
        for stories in self._timeline.stories.values():
            for story in stories:
                yield from (f"story {story.number}: {fault}" for fault in self._check_story(story))
            if len(stories) > 1:
                yield from self._check_copies(stories)
        for item in sorted({delivery.item for delivery in self._timeline.deliveries}):
            yield from (f"item {item} of the wire: {fault}" for fault in self._check_item(item))
        for feed in self._timeline.feeds:
            yield from (f"feed {feed.number}: {fault}" for fault in self._check_feed(feed))
        yield from self._check_notices()
        yield from self._check_requests()
        yield from self._check_index_and_jobs()

    def _read_store(self) -> dict[tuple[int, str | None], StoredStory]:
        """Return everything stored by docket and outlet, without the hostile feed's articles."""
        stored: dict[tuple[int, str | None], StoredStory] = defaultdict(StoredStory)
        owners: dict[str, set[tuple[int, str | None]]] = defaultdict(set)
        hostile = f"http://{self._timeline.feeds[-1].host}:"
        with self._newsroom.store.database.read() as connection:
            for row in connection.execute(sa.select(articles)):
                if row.origin.startswith(hostile):
                    self.counts["shown of the hostile feed"] += 1
                elif match := DOCKET.search(row.text):
                    key = (int(match[1]), row.outlet)
                    stored[key].shown.append(row)
                    owners[row.id].add(key)
            for row in connection.execute(sa.select(versions)):
                if row.document["origin"].startswith(hostile):
                    continue
                if match := DOCKET.search(row.text):
                    key = (int(match[1]), row.document.get("outlet"))
                    stored[key].versions.append(row)
                    owners[row.article_id].add(key)
        self._mixed = {article_id: keys for article_id, keys in owners.items() if len(keys) > 1}
        return stored

    # -- stories

    def _check_story(self, story: Story) -> Iterator[str]:
        feed = self._timeline.feeds[story.feed]
        if feed.is_hostile:
            return
        stored = self._stored.get((story.text_of, feed.outlet)) or StoredStory()
        served = self._record.servings(story.number)
        if len(stored.shown) > 1:
            yield f"it is stored {len(stored.shown)} times"
        if not served:
            if stored.shown or stored.versions:
                yield "it is stored, and no feed has served it"
            return
        if was_withdrawn(story, served, is_excerpt=feed.full_text):
            self.counts["killed"] += 1
            if stored.shown:
                yield "it was withdrawn, and is shown"
            return
        if not any(serving.is_settled for serving in served) or any(s.is_kill for s in served):
            self.counts["maybe"] += 1
            return
        candidates = self._record.candidates(story.number)
        if all(s.embargo and s.embargo > self._timeline.quiet_until for s in candidates):
            self.counts["still under embargo"] += 1
            if stored.shown:
                yield "it is under an embargo, and is shown"
            return
        self.counts["shown"] += 1
        if not stored.shown:
            states = [(v.number, v.state, v.reason) for v in stored.versions]
            yield f"it is missing; its stored versions are {states}"
            return
        yield from self._check_text(story, feed, stored.shown[0], {s.version for s in candidates})
        yield from self._check_versions(story, feed, stored)
        yield from self._check_arrival(story, stored.shown[0])

    def _check_text(self, story: Story, feed: Feed, row: Any, last: set[int]) -> Iterator[str]:
        if feed.full_text and story.page in ("open", "late"):
            if feed.gone is None or story.page == "open":
                texts = ["\n\n".join(story.text(v)) for v in range(1, len(story.versions) + 1)]
                is_current = row.text in (texts if feed.gone else texts[-1:])
                self.counts["read from their page"] += 1
                if row.excerpt or not is_current:
                    yield f"its page was not read to the end: {row.text!r}, excerpt {row.excerpt}"
            return
        parts = 1 if feed.full_text else None
        self.counts["excerpts"] += bool(parts)
        if row.text not in {"\n\n".join(story.text(version)[:parts]) for version in last}:
            yield f"its text is {row.text!r}, not the text of version {last}"
        if row.excerpt != feed.full_text:
            yield f"it is marked as an excerpt: {row.excerpt}"

    def _check_versions(self, story: Story, feed: Feed, stored: StoredStory) -> Iterator[str]:
        served = self._record.servings(story.number)
        numbers, allowed = Counter(stored.numbers), {serving.version for serving in served}
        required = {serving.version for serving in served if serving.is_settled}
        if feed.full_text:
            # The page is read later than the feed, and may be ahead of it.
            allowed |= set(range(1, len(story.versions) + 1))
            required = set()
        elif any(count > 1 for count in numbers.values()):
            yield f"it has a version twice: {sorted(numbers.elements())}"
        self.counts["versions"] += len(numbers)
        if not required <= set(numbers) <= allowed:
            served_versions = f"{sorted(required)} of {sorted(allowed)}"
            yield f"its versions are {sorted(numbers)}, served were {served_versions}"

    def _check_arrival(self, story: Story, row: Any) -> Iterator[str]:
        """Check that an article arrived (was first shown) after its embargo."""
        if not story.embargoes:
            return
        self.counts["released"] += 1
        arrived = _seconds(row.arrived_at)
        served = [s for s in self._record.servings(story.number) if s.at <= arrived + 1]
        earliest = min((serving.embargo or 0.0 for serving in served), default=0.0)
        if arrived < earliest - 0.001:
            yield f"it was shown at {arrived}, its embargo ended at {earliest} at the earliest"

    def _check_copies(self, stories: Sequence[Story]) -> Iterator[str]:
        rows = [
            row
            for story in stories
            if not self._timeline.feeds[story.feed].is_hostile
            for row in self._stored[story.text_of, self._timeline.feeds[story.feed].outlet].shown
        ]
        if len(rows) < 2:
            return
        self.counts["copies in several feeds"] += 1
        originals = [row for row in rows if row.copy_of is None]
        if len(originals) != 1 or {row.copy_of for row in rows} - {None, originals[0].id}:
            docket = stories[0].text_of
            yield f"docket {docket}: {len(originals)} of {len(rows)} copies are originals"

    # -- the wire

    def _check_item(self, item: int) -> Iterator[str]:
        ingested = self._record.delivered(item)
        files = [file for file in self._timeline.deliveries if file.item == item]
        if len(ingested) < len(files):
            yield "not all of its files were ingested"
            return
        stored = StoredStory()
        for (docket, _), story in self._stored.items():
            if docket == item:
                stored.shown += story.shown
                stored.versions += story.versions
        if any(file.is_kill for file in ingested):
            self.counts["items killed"] += 1
            if stored.shown:
                yield "it was killed, and is shown"
            return
        self.counts["items shown"] += 1
        latest = max(file.revision for file in ingested)
        if [row.text for row in stored.shown] != [wire_text(item, latest)]:
            yield f"it is shown {len(stored.shown)} times, or not in version {latest}"
            return
        if sorted(stored.numbers) != sorted(file.revision for file in ingested):
            yield f"its versions are {sorted(stored.numbers)}"
        arrived = _seconds(stored.shown[0].arrived_at)
        if arrived < min(file.embargo or 0.0 for file in ingested):
            yield f"it was shown at {arrived}, before its embargo ended"

    # -- feeds

    def _check_feed(self, feed: Feed) -> Iterator[str]:
        url = f"http://{feed.host}:{self._port}{feed.path}"
        with self._newsroom.store.database.read() as connection:
            row = connection.execute(sa.select(feeds).where(feeds.c.added_as == url)).one()
        if feed.gone is not None:
            self.counts["feeds gone"] += 1
            requests = [a for a in self._record.answers if a.get("feed") == feed.number]
            polls = [poll for poll in self._record.polls if poll.feed == feed.number]
            if row.state != "gone":
                yield f"it is gone, and {row.state}"
            if any(r["what"] == "feed" and r["at"] > polls[-1].at for r in requests):
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

    def _check_notices(self) -> Iterator[str]:
        """Compare the notices that owners got with those that they should have got."""
        expected: Counter[tuple[int, str, int]] = Counter()
        for feed in self._timeline.feeds:
            polls = [poll for poll in self._record.polls if poll.feed == feed.number]
            for state, at in _expected_notices(polls):
                expected[feed.number, state, int(at // DAY)] += 1
        sent: Counter[tuple[int, str, int]] = Counter()
        for entry in self._record.answers:
            if entry["what"] == "notice":
                state = _state_in(entry["text"])
                sent[int(entry["person"][1:]), state, int(entry["at"] // DAY)] += 1
        self.counts["notices to owners"] = sent.total()
        self.counts["notices sent twice"] = (sent - expected).total()
        if missing := set(expected) - set(sent):
            yield f"owners were not told: {sorted(missing)}"
        if unfounded := set(sent) - set(expected):
            yield f"owners were told without reason: {sorted(unfounded)}"

    def _check_requests(self) -> Iterator[str]:
        """Check that sites were asked no more often than they allow."""
        gap = self._newsroom.settings.feeds.gap_seconds
        hosts: dict[str, list[tuple[float, str]]] = defaultdict(list)
        retry_from: dict[int, float] = {}
        finished = {(poll.feed, poll.at) for poll in self._record.polls}
        for request in self._record.answers:
            if request["what"] == "notice":
                continue
            feed, path = self._timeline.feeds[request["feed"]], request["path"]
            self.counts["requests"] += 1
            if path.startswith("/private/"):
                yield f"{path} was asked for, though robots.txt disallows it"
            # A permanent redirect is followed at once, without a gap.
            is_moved = path.startswith("/moved/") and hosts[feed.host]
            is_redirected = is_moved and hosts[feed.host][-1] == (request["at"], feed.path)
            if not is_redirected and not path.startswith("/elsewhere/"):
                hosts[feed.host].append((request["at"], path))
            if request["what"] != "feed":
                continue
            if request["at"] < retry_from.get(feed.number, 0.0):
                yield f"feed {feed.number} was asked at {request['at']}, before Retry-After"
            if (
                request["outcome"] in ("limited", "unavailable")
                and (feed.number, request["at"]) in finished
            ):
                retry_from[feed.number] = request["at"] + RETRY_AFTER
        for host, requests in hosts.items():
            for (before, first), (after, second) in pairwise(requests):
                if after - before < gap - 0.001:
                    yield f"{host} was asked for {first} and {second} at {before} and {after}"

    # -- the rest

    def _check_index_and_jobs(self) -> Iterator[str]:
        newsroom = self._newsroom
        if self._mixed:
            yield f"articles mix two stories: {dict(list(self._mixed.items())[:5])}"
        newsroom.updates.catch_up()
        if not (difference := newsroom.updates.difference()).is_empty:
            yield f"the index differs from the store: {difference}"
        with newsroom.store.database.read() as connection:
            failed = connection.execute(sa.select(jobs).where(jobs.c.state == "failed")).all()
            late = connection.execute(
                sa.select(jobs).where(jobs.c.due_at < newsroom.now(), jobs.c.state == "waiting")
            ).all()
        for job in (*failed, *late):
            yield f"job {job.kind} {job.key} {job.state}, due {job.due_at}: {job.failure}"
        self.counts["polls"] = len(self._record.polls)


def _state_in(notice: str) -> str:
    if " is gone" in notice:
        return "gone"
    return "well" if "It had failed" in notice else "broken"


def _expected_notices(polls: Sequence[Poll]) -> Iterator[tuple[str, float]]:
    """Return what a feed's owner should be told about its polls, and when."""
    failing_since = told_at = None
    for poll in polls:
        if poll.failure is None:
            if failing_since is not None and told_at is not None and told_at >= failing_since:
                yield "well", poll.at
            failing_since = None
            continue
        if "removed for good" in poll.failure:
            yield "gone", poll.at
            return
        failing_since = poll.at if failing_since is None else failing_since
        is_new_day = told_at is None or poll.at // DAY > told_at // DAY
        if is_new_day and poll.at - failing_since >= NOTIFIED_AFTER:
            told_at = poll.at
            yield "broken", poll.at


def _seconds(at: datetime) -> float:
    return (at - START).total_seconds()
