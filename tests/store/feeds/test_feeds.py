"""Feeds, their entries and the hosts they are on: one contract for both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Feed
from bot.store import Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
GAP = timedelta(seconds=5)
DAY = timedelta(days=1)
URL = "https://tidewaterpost.example/feed"


@pytest.fixture
def store(database_url: str) -> Store:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


def a_feed(id_: str = "f00d", **known: object) -> Feed:
    values = {
        "id": id_,
        "url": URL,
        "added_as": URL,
        "added_by": "slack",
        "added_at": NOON,
        "interval_seconds": 3600,
        "team": "T1",
        "person": "U1",
    }
    return Feed(**values | known)


def taken(store: Store, now: datetime, kind: str = "poll", team: str | None = None) -> list[str]:
    """The jobs of a kind that are due; each is done at once."""
    keys = []
    while job := store.jobs.take("w", now=now, lease=DAY, kinds=[kind], team=team):
        keys.append(job.key)
        store.jobs.complete(job)
    return keys


def settle(store: Store, feed: Feed, entries: dict[str, str], **more: object) -> bool:
    values = {"next_at": NOON + DAY, "notice": None, "now": NOON}
    return store.feeds.record_poll(feed, entries, **values | more)


def test_an_added_feed_round_trips_and_is_polled_at_once(store: Store) -> None:
    feed = a_feed(outlet="The Tidewater Post", full_text=True, language="en", title="Post")
    assert store.feeds.add(feed)
    assert store.feeds.feed("f00d") == store.feeds.by_address(URL) == feed
    assert store.feeds.all() == [feed]
    assert taken(store, NOON) == ["f00d"]


def test_unlisted_entries_are_forgotten(store: Store) -> None:
    store.feeds.add(a_feed())
    settle(store, a_feed(), {"listed": "1", "dropped": "1"})
    for month in (1, 2, 3, 4):
        settle(store, a_feed(), {"listed": "1"}, now=NOON + month * 30 * DAY)
    both = {"listed": "1", "dropped": "1"}
    assert store.feeds.changed_entries("f00d", both) == {"dropped"}


def test_an_unlisted_feed_is_not_polled_until_relisted(store: Store) -> None:
    feed = a_feed(etag='"7"', failures=2, failing_since=NOON, failure="503", kept_out=3)
    store.feeds.add(feed)
    taken(store, NOON)
    store.feeds.unlist("f00d")
    store.feeds.ensure_poll_jobs(now=NOON)
    assert taken(store, NOON + 9 * DAY) == []
    store.feeds.relist("f00d")
    assert store.feeds.feed("f00d") == feed
    store.feeds.ensure_poll_jobs(now=NOON)
    assert taken(store, NOON) == ["f00d"]
    store.feeds.pause("f00d")
    for change in (store.feeds.unlist, store.feeds.relist):
        change("f00d")
        assert store.feeds.feed("f00d").state == "paused"


def test_people_change_only_settings(store: Store) -> None:
    store.feeds.add(a_feed())
    store.feeds.save_settings(a_feed(outlet="Post", person="U2", etag='"7"', state="paused"))
    assert store.feeds.feed("f00d") == a_feed(outlet="Post", person="U2")


def test_active_feeds_without_a_job_get_one(store: Store) -> None:
    for id_ in ("lost", "failed", "waiting", "paused"):
        store.feeds.add(a_feed(id_))
    store.feeds.pause("paused")
    jobs = {}
    while job := store.jobs.take("w", now=NOON, lease=DAY, kinds=["poll"]):
        jobs[job.key] = job
    store.jobs.complete(jobs["lost"])
    store.jobs.complete(jobs["paused"])
    store.jobs.fail(jobs["failed"], failure="a bug")
    store.jobs.complete(jobs["waiting"], again_at=NOON + 9 * DAY)
    store.feeds.ensure_poll_jobs(now=NOON)
    assert sorted(taken(store, NOON)) == ["failed", "lost"]
    assert taken(store, NOON + 9 * DAY) == ["waiting"]


def test_a_host_gets_one_request_per_gap(store: Store) -> None:
    assert store.hosts.reserve("a.example:443", now=NOON, gap=GAP) is None
    assert store.hosts.reserve("a.example:443", now=NOON, gap=GAP) == NOON + GAP
    assert store.hosts.reserve("b.example:443", now=NOON, gap=GAP) is None
    assert store.hosts.reserve("a.example:443", now=NOON + GAP, gap=GAP) is None


def test_a_clock_set_back_blocks_no_host(store: Store) -> None:
    store.hosts.reserve("a.example:443", now=NOON + 900 * DAY, gap=GAP)
    assert store.hosts.reserve("a.example:443", now=NOON, gap=GAP) is None
    # Another machine's clock may be a little behind.
    assert store.hosts.reserve("a.example:443", now=NOON - GAP / 2, gap=GAP) == NOON + GAP


def test_only_one_of_many_reserves_a_host(store: Store) -> None:
    got: list[datetime | None] = []
    threads = [
        threading.Thread(
            target=lambda: got.append(store.hosts.reserve("a.example:443", now=NOON, gap=GAP))
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got, key=bool) == [None, *[NOON + GAP] * 5]


def test_a_poll_and_a_person_can_change_a_feed_at_once(store: Store) -> None:
    store.feeds.add(a_feed())
    store.feeds.save_settings(a_feed(outlet="Post"))
    settle(store, replace(a_feed(), etag='"7"'), {})
    assert store.feeds.feed("f00d") == a_feed(outlet="Post", etag='"7"')
