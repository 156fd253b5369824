"""Freshness and problems of the newsroom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.newsroom import Newsroom
from bot.store import ArrivalCounts
from bot.store.delivery.payloads import TextPayload
from tests.outlet_site import OutletSite, Page, entry, rss


@pytest.fixture
def newsroom(reading: Newsroom, tmp_path: Path) -> Newsroom:
    article = tmp_path / "leak.txt"
    article.write_text("The lock leaks, Jane Roe said.")
    assert [
        one.status for done in reading.intake.files.ingest([article]) for one in done.outcomes
    ] == ["new"]
    reading.open()
    return reading


def follow(newsroom: Newsroom, site: OutletSite, path: str) -> str:
    """Add a feed that can be read, and return its id."""
    site.pages[path] = Page(rss(site, entry(1)))
    return newsroom.feeds.add(f"{site.url}{path}", added_by="cli").feed.id


def test_freshness_reports_coverage_and_arrivals(
    newsroom: Newsroom, clock: Any, site: OutletSite
) -> None:
    arrived = clock.now
    fresh = newsroom.health.freshness()
    assert (fresh.coverage.articles, fresh.active_feeds, fresh.polled_at) == (1, 0, None)
    assert fresh.arrivals == ArrivalCounts(arrived, 1, fresh.coverage.claims)
    first, second = (follow(newsroom, site, path) for path in ("/one", "/two"))
    clock.advance(days=2)
    newsroom.polls.poll(first)
    fresh = newsroom.health.freshness()
    assert (fresh.active_feeds, fresh.polled_at) == (2, clock.now)
    assert fresh.arrivals.articles == 1
    for feed in (first, second):
        newsroom.feeds.pause(newsroom.store.feeds.feed(feed).url)
    assert (newsroom.health.freshness().active_feeds, newsroom.health.freshness().polled_at) == (
        0,
        None,
    )


def test_problems_are_reported_by_workspace(
    newsroom: Newsroom, clock: Any, site: OutletSite
) -> None:
    trouble = newsroom.health.problems("T1")
    assert (trouble.failing_feeds, trouble.dead_letters, trouble.access_error) == ((), (), None)
    feeds = [follow(newsroom, site, path) for path in ("/one", "/two", "/well")]
    for path in ("/two", "/one"):
        site.pages[path] = Page("gone", status=500)
        clock.advance(hours=1)
        newsroom.polls.poll(feeds[0 if path == "/one" else 1])
    for team, key in (("T1", "k1"), ("T2", "k2")):
        newsroom.store.outbox.add(
            None,
            team=team,
            channel="C1",
            key=key,
            payload=TextPayload("x"),
            now=newsroom.now(),
        )
        one = newsroom.store.outbox.by_key(team, key)
        assert one
        newsroom.delivery.outbox.give_up(one, "dead", "archived", None)
    newsroom.delivery.outbox.pause("T2", timedelta(hours=1), "token_revoked")
    clock.advance(days=1)
    trouble = newsroom.health.problems("T1")
    assert [feed.id for feed in trouble.failing_feeds] == [feeds[1], feeds[0]]
    assert [letter.key for letter in trouble.dead_letters] == ["k1"]
    assert trouble.overdue_jobs
    assert trouble.overdue_by > timedelta(hours=20)
    assert trouble.access_error is None
    assert newsroom.health.problems("T2").access_error == "token_revoked"


def test_corrections_wait_in_their_order_in_their_workspace(newsroom: Newsroom, clock: Any) -> None:
    claim = newsroom.search.find("lock").hits[0].claim
    by: dict[str, Any] = {"person": "U1", "person_name": "Ann", "reason": "see there"}
    for team, press, name in (("T1", "p1", "Roe"), ("T2", "p2", "Jane"), ("T1", "p3", "The lock")):
        clock.advance(minutes=1)
        changes = {"speaker": name}
        newsroom.corrections.correct(
            team=team, press=press, claim_id=claim.id, changes=changes, is_accepted=False, **by
        )
    assert [one.press for one in newsroom.health.pending_corrections("T1")] == ["p1", "p3"]
    newsroom.corrections.decide(
        newsroom.health.pending_corrections("T1")[0].id, "declined", person="U2", person_name="Bo"
    )
    assert [one.press for one in newsroom.health.pending_corrections("T1")] == ["p3"]
