"""Polling feeds over HTTP, including failures."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

import pytest

from bot.config import FeedSettings, KnownName
from bot.errors import FetchError, IngestError, NotFoundError
from bot.model import Feed
from bot.newsroom import Newsroom
from bot.newsroom.feeds.entries import origin_of
from bot.newsroom.feeds.polls import FAILING_FEED_DELAY
from bot.newsroom.feeds.worker_limits import FAILING_SLOTS
from bot.store.delivery.payloads import FeedPayload
from tests.manual_clock import ManualClock
from tests.outlet_site import FULL_TEXT, PAGE, OutletSite, Page, entry, rss
from tests.reopen import reopen


@pytest.fixture
def feed(reading: Newsroom, site: OutletSite) -> Feed:
    """Return a feed of two stories that a person has added, not polled yet."""
    site.pages["/feed"] = Page(rss(site, entry(1), entry(2)), headers={"ETag": '"1"'})
    return reading.feeds.add(f"{site.url}/feed", added_by="slack", team="T1", person="U1").feed


def titles(newsroom: Newsroom) -> list[str]:
    hits = newsroom.search.find("port OR wall OR ships", limit=60).hits
    return sorted({hit.article.title for hit in hits})


def told(newsroom: Newsroom) -> list[dict[str, Any]]:
    """Return what a feed's owner has been told."""
    news = []
    while one := newsroom.store.outbox.next_in_channel("T1", "U1"):
        assert isinstance(one.payload, FeedPayload)
        news.append(asdict(one.payload) | {"person": one.channel})
        newsroom.delivery.outbox.drop(one)
    return news


def next_poll(newsroom: Newsroom) -> timedelta:
    """Return the time until the next poll of a feed."""
    late = newsroom.now() + timedelta(days=30)
    job = newsroom.store.jobs.take("w", now=late, lease=timedelta(1), kinds=["poll"])
    newsroom.delivery.jobs.complete(job, job.due_at)
    return job.due_at - newsroom.now()


def test_articles_get_the_feeds_outlet_and_dates(reading: Newsroom, feed: Feed) -> None:
    assert reading.polls.poll(feed.id).failure is None
    hit = reading.search.find("wall safe").hits[0]
    assert (hit.claim.speaker, hit.article.outlet) == ("Ingrid Solvane", "The Tidewater Post")
    assert titles(reading) == ["Story 1", "Story 2"]
    assert hit.article.published_on.isoformat() == "2026-11-03"
    polled = reading.store.feeds.feed(feed.id)
    assert (polled.etag, polled.title, polled.failures) == ('"1"', "The Tidewater Post", 0)


def test_polled_again_nothing_is_doubled_and_nothing_is_sent_again(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    for _ in range(3):
        reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 2
    [first, *others] = [one for one in site.requests if one.path == "/feed"][1:]
    assert "If-None-Match" not in first.headers
    assert [one.headers["If-None-Match"] for one in others] == ['"1"', '"1"']


def test_changed_entry_is_a_new_version(reading: Newsroom, feed: Feed, site: OutletSite) -> None:
    reading.polls.poll(feed.id)
    site.pages["/feed"] = Page(rss(site, entry(3), entry(1, ships=9), entry(2)))
    reading.polls.poll(feed.id)
    assert titles(reading) == ["Story 1", "Story 2", "Story 3"]
    denied = [hit.claim.text for hit in reading.search.find("ships Hollow Bay", limit=9).hits]
    assert sum("9 ships" in text for text in denied) == 1
    assert reading.store.archive.coverage().articles == 3


def test_unreadable_feed_fails_only_its_own_poll(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    whole = site.pages["/feed"]
    site.pages["/feed"] = Page(f"<rss>{'<b/>' * 300_000}</rss>")
    assert "its tags are longer or more" in (reading.polls.poll(feed.id).failure or "")
    site.pages["/feed"] = whole
    assert reading.polls.poll(feed.id).failure is None
    assert titles(reading) == ["Story 1", "Story 2"]


def test_repeated_poll_after_a_kill_duplicates_nothing(
    reading: Newsroom, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(reading.store.feeds, "record_poll", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 2
    assert reading.store.feeds.feed(feed.id).etag is None  # so that all is sent again
    reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 2
    assert reading.store.feeds.feed(feed.id).etag == '"1"'


def test_unfiled_entries_are_read_again(
    reading: Newsroom, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(reading.intake.articles, "ingest", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 0
    reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 2


def test_undated_entries_of_a_new_feed_are_not_news(
    reading: Newsroom, site: OutletSite, clock: ManualClock
) -> None:
    def undated(number: int) -> str:
        before, _, rest = entry(number).partition("<pubDate>")
        return before + rest.partition("</pubDate>")[2]

    def news() -> set[str]:
        since, until = clock.now - timedelta(1), clock.now + timedelta(1)
        arrived = reading.store.arrivals.claims_arrived(since, until, oldest_days=3)
        return {hit.article.title for hit in arrived}

    site.pages["/feed"] = Page(rss(site, undated(1), entry(2)))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli").feed
    reading.polls.poll(feed.id)
    assert news() == {"Story 2"}
    site.pages["/feed"] = Page(rss(site, undated(1), entry(2), undated(3)))
    reading.polls.poll(feed.id)
    assert news() == {"Story 2", "Story 3"}


def test_changed_guid_or_date_duplicates_nothing(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    reading.polls.poll(feed.id)
    again = entry(1).replace("<guid>{url}/1", "<guid>{url}/again/1")
    edited = entry(2).replace("Tue, 03 Nov", "Mon, 02 Nov")
    site.pages["/feed"] = Page(rss(site, again, edited))
    reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 2
    days = {h.article.title: h.article.published_on.day for h in reading.search.find("wall").hits}
    assert days == {"Story 1": 3, "Story 2": 2}
    site.pages["/feed"] = Page(rss(site, entry(3)))
    reading.polls.poll(feed.id)
    site.pages["/feed"] = Page(rss(site, entry(1), entry(3)))
    reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 3


def test_withdrawn_entry_is_not_found(reading: Newsroom, site: OutletSite) -> None:
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>The Tidewater Post</title>'
        "<id>urn:post</id><updated>2026-11-03T09:00:00Z</updated>{entry}</feed>"
    )
    story = (
        "<entry><id>urn:post:1</id><title>Story 1</title><updated>2026-11-03T08:00:00Z</updated>"
        f'<content type="html">{escape(FULL_TEXT.format(ships=3))}</content></entry>'
    )
    gone = '<at:deleted-entry ref="urn:post:1" when="2026-11-03T10:00:00Z"/>'
    site.pages["/feed"] = Page(atom.format(entry=story))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli").feed
    reading.polls.poll(feed.id)
    assert titles(reading) == ["Story 1"]
    for listed in (gone, story):  # once killed, it stays out when it is posted again
        site.pages["/feed"] = Page(atom.format(entry=listed))
        reading.polls.poll(feed.id)
        assert titles(reading) == []


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page("<!doctype html><title>Sorry</title><p>Down.", 200), "web page"),
        (Page("gone fishing", 404), "nothing at this address"),
        (Page("", 500), "500"),
        (Page("<rss><channel><title>A", 200), "cut off"),
        (Page("", 200), "it is empty"),
    ],
)
def test_a_broken_feed_loses_nothing_and_its_owner_hears(
    reading: Newsroom, feed: Feed, site: OutletSite, clock: ManualClock, page: Page, reason: str
) -> None:
    reading.polls.poll(feed.id)
    whole, site.pages["/feed"] = site.pages["/feed"], page
    clock.advance(hours=1)
    failing_since = clock.now
    for _ in range(3):
        assert reason in reading.polls.poll(feed.id).failure
        clock.advance(hours=1)
    [news] = told(reading)
    assert (news["person"], news["what"], news["label"]) == ("U1", "broken", "The Tidewater Post")
    assert news["since"] == failing_since.isoformat()
    assert reading.store.archive.coverage().articles == 2
    site.pages["/feed"] = whole
    assert reading.polls.poll(feed.id).failure is None
    assert [news["what"] for news in told(reading)] == ["well"]


def test_gone_feed_is_not_polled(reading: Newsroom, feed: Feed, site: OutletSite) -> None:
    site.pages["/feed"] = Page("", 410)
    reading.polls.poll(feed.id)
    assert [news["what"] for news in told(reading)] == ["gone"]
    asked = len(site.requests)
    reading.polls.poll(feed.id)
    assert len(site.requests) == asked


def test_permanent_redirect_is_followed(reading: Newsroom, feed: Feed, site: OutletSite) -> None:
    site.pages["/new"] = site.pages["/feed"]
    site.pages["/feed"] = Page("", 301, {"Location": "/new"})
    reading.polls.poll(feed.id)
    reading.polls.poll(feed.id)
    assert reading.store.feeds.feed(feed.id).url == f"{site.url}/new"
    assert site.paths[-3:] == ["/feed", "/new", "/new"]
    assert reading.store.feeds.by_address(feed.added_as).id == feed.id


def test_a_feed_has_moved_though_nothing_is_new_in_it(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    reading.polls.poll(feed.id)
    site.pages["/new"] = site.pages["/feed"]
    site.pages["/feed"] = Page("", 301, {"Location": "/new"})
    reading.polls.poll(feed.id)
    assert [one.path for one in site.requests[-2:]] == ["/feed", "/new"]
    assert reading.store.feeds.feed(feed.id).url == f"{site.url}/new"


def test_redirect_to_a_non_feed_is_not_recorded(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    site.pages["/parked"] = Page("<!doctype html><p>This domain is for sale.")
    site.pages["/feed"] = Page("", 301, {"Location": "/parked"})
    assert "web page" in reading.polls.poll(feed.id).failure
    assert reading.store.feeds.feed(feed.id).url == feed.url


def test_a_server_that_asks_for_time_gets_it(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    site.pages["/feed"] = Page("", 429, {"Retry-After": "7200"})
    reading.polls.poll(feed.id)
    assert next_poll(reading) == timedelta(hours=2)


def test_robots_txt_is_fetched_once_a_day(
    reading: Newsroom, feed: Feed, site: OutletSite, clock: ManualClock
) -> None:
    site.pages["/robots.txt"] = Page("User-agent: Claimdesk\nDisallow: /feed\n")
    reading.polls.poll(feed.id)  # what was asked when the feed was added still holds
    clock.advance(days=1)
    asked = len(site.requests)
    assert "robots.txt" in reading.polls.poll(feed.id).failure
    assert "robots.txt" in reading.polls.poll(feed.id).failure
    assert [one.path for one in site.requests[asked:]] == ["/robots.txt"]


def test_a_redirect_does_not_lead_around_robots_txt(reading: Newsroom, site: OutletSite) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /private\n")
    site.pages["/private"] = Page(rss(site, entry(1)))
    site.pages["/feed"] = Page("", 302, {"Location": "/private"})
    with pytest.raises(FetchError, match="robots"):
        reading.feeds.add(f"{site.url}/feed", added_by="cli")


def test_host_is_not_asked_twice_within_the_gap(
    reading: Newsroom, feed: Feed, site: OutletSite, clock: ManualClock
) -> None:
    reopen(reading, feeds=FeedSettings(gap_seconds=30))
    reading.delivery.jobs.complete(reading.delivery.jobs.take("w", ["poll"], None), None)
    reading.polls.poll(feed.id)
    asked = len(site.requests)
    clock.advance(seconds=10)
    assert reading.polls.poll(feed.id).failure is None
    assert len(site.requests) == asked
    assert next_poll(reading) == timedelta(seconds=20)


def test_feeds_of_a_busy_host_retry_at_different_times(
    reading: Newsroom, site: OutletSite, clock: ManualClock
) -> None:
    for n in range(5):
        site.pages[f"/{n}/feed"] = Page(rss(site, entry(n)))
        reading.feeds.add(f"{site.url}/{n}/feed", added_by="cli")
    reopen(reading, feeds=FeedSettings(gap_seconds=30))
    clock.advance(minutes=1)
    begun = []
    for _ in range(20):
        while job := reading.delivery.jobs.take("w", ["poll"], None):
            begun.append(clock.now)
            reading.polls.handle_poll_job(job)
            reading.delivery.jobs.complete(job, None)
        clock.advance(seconds=30)
    assert reading.store.archive.coverage().articles == 5
    assert len(begun) == 5 + 4  # nobody comes twice for nothing


def test_slow_site_does_not_block_other_jobs(reading: Newsroom, site: OutletSite) -> None:
    asked, answered = threading.Event(), threading.Event()

    def slow() -> Page:
        asked.set()
        assert answered.wait(60)
        return Page(rss(site, entry(1)))

    for name in ("slow", "other"):
        site.pages[f"/{name}"] = Page(rss(site, entry(1)))
        reading.feeds.add(f"{site.url}/{name}", added_by="cli")
    site.pages["/slow"] = slow
    first, second = (reading.delivery.jobs.take("w", ["poll"], None) for _ in range(2))
    with ThreadPoolExecutor(1) as threads:
        polling = threads.submit(reading.polls.handle_poll_job, first)
        assert asked.wait(60)
        before = len(site.requests)
        reading.polls.handle_poll_job(second)
        assert len(site.requests) == before
        answered.set()
        polling.result()
    reading.delivery.jobs.complete(second, None)
    [waiting] = [count.waiting for count in reading.store.jobs.counts() if count.kind == "poll"]
    assert waiting


def test_feeds_that_fail_leave_places_to_the_others(
    reading: Newsroom, feed: Feed, site: OutletSite, clock: ManualClock
) -> None:
    site.pages["/feed"] = Page("", 500)
    reading.polls.poll(feed.id)
    clock.advance(hours=1)
    asked = len(site.requests)
    job = reading.delivery.jobs.take("w", ["poll"], None)
    with ExitStack() as places:
        for _ in range(FAILING_SLOTS):
            places.enter_context(reading.polls.worker_limits.acquire_worker(has_failed=True))
        reading.polls.handle_poll_job(job)
    reading.delivery.jobs.complete(job, None)
    assert len(site.requests) == asked
    assert next_poll(reading) == FAILING_FEED_DELAY


def test_excerpt_page_is_read_only_if_wanted(reading: Newsroom, site: OutletSite) -> None:
    site.pages["/feed"] = Page(rss(site, entry(1, excerpt="The wall moved, Ida Marsh said. […]")))
    site.pages["/1"] = Page(PAGE.format(title="Story 1"))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli").feed
    reading.polls.poll(feed.id)
    [hit] = reading.search.find("wall").hits
    assert reading.store.archive.article(hit.article.id).excerpt
    assert reading.delivery.jobs.take("w", ["page"], None) is None
    assert "/1" not in site.paths


@pytest.fixture
def excerpts(reading: Newsroom, site: OutletSite) -> Feed:
    """Return a feed of one excerpt whose page is to be read, polled once."""
    site.pages["/feed"] = Page(rss(site, entry(1, excerpt="The wall moved, Ida Marsh said. […]")))
    site.pages["/1"] = Page(PAGE.format(title="The page's own title"))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli", full_text=True).feed
    reading.polls.poll(feed.id)
    return feed


def test_the_page_of_an_excerpt_takes_its_place(
    reading: Newsroom, site: OutletSite, excerpts: Feed
) -> None:
    job = reading.delivery.jobs.take("w", ["page"], None)
    reading.polls.handle_page_job(job)
    [hit] = reading.search.find("hand's breadth").hits
    article = reading.store.archive.article(hit.article.id)
    assert (article.excerpt, article.title, article.guid) == (False, "Story 1", f"{site.url}/1")
    assert "Ida Marsh" not in article.text
    assert article.published == "2026-11-03T01:30:00+00:00"
    assert reading.store.archive.coverage().articles == 1
    assert [
        (one.number, one.state) for one in reading.articles.histories.load(article.id).versions
    ] == [(1, "shown")]


def test_excerpt_does_not_replace_the_full_text(
    reading: Newsroom, site: OutletSite, excerpts: Feed
) -> None:
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    site.pages["/feed"] = Page(rss(site, entry(1, excerpt="A wall has moved, it is said. […]")))
    reading.polls.poll(excerpts.id)
    assert reading.search.find("hand's breadth").hits
    assert reading.store.archive.coverage().articles == 1


@pytest.mark.parametrize("status", [403, 404])
def test_where_a_page_is_closed_the_excerpt_stays(
    reading: Newsroom, site: OutletSite, excerpts: Feed, status: int
) -> None:
    site.pages["/1"] = Page("", status)
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    assert reading.search.find("Ida Marsh").hits


@pytest.mark.parametrize(
    "how",
    [
        {"status": "canceled"},
        {"status": "withheld"},
        {"embargo": datetime(2126, 11, 3, tzinfo=UTC)},
    ],
)
def test_withheld_page_leaves_the_excerpt(
    reading: Newsroom, excerpts: Feed, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    read = reading.fetches.read_documents
    monkeypatch.setattr(
        reading.fetches, "read_documents", lambda page: [replace(one, **how) for one in read(page)]
    )
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    assert reading.search.find("Ida Marsh").hits
    assert not reading.search.find("hand's breadth").hits


def test_shorter_page_does_not_replace_the_excerpt(reading: Newsroom, site: OutletSite) -> None:
    long = "The wall moved again in the night, Ida Marsh said in a statement on Monday. " * 20
    site.pages["/feed"] = Page(rss(site, entry(1, excerpt=f"{long} […]")))
    site.pages["/1"] = Page(PAGE.format(title="Subscribe to read on"))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli", full_text=True).feed
    reading.polls.poll(feed.id)
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    assert not reading.search.find("hand's breadth").hits
    assert reading.search.find("Ida Marsh").hits


def test_page_jobs_are_spaced_by_the_gap(
    reading: Newsroom, site: OutletSite, clock: ManualClock
) -> None:
    site.pages["/feed"] = Page(rss(site, *(entry(n, excerpt="Moved. […]") for n in (1, 2, 3))))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli", full_text=True).feed
    reopen(reading, feeds=FeedSettings(gap_seconds=60))
    clock.advance(minutes=1)
    reading.polls.poll(feed.id)
    due = []
    while job := reading.store.jobs.take(
        "w", now=clock.now + timedelta(1), lease=timedelta(1), kinds=["page"]
    ):
        due.append((job.due_at - clock.now).total_seconds())
        reading.delivery.jobs.complete(job, None)
    assert due == [0, 60, 120]


def test_temporary_page_failure_is_retried(
    reading: Newsroom, site: OutletSite, excerpts: Feed
) -> None:
    site.pages["/1"] = Page("", 503)
    with pytest.raises(FetchError):
        reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    assert reading.search.find("Ida Marsh").hits


def test_link_only_entry_gets_its_page(reading: Newsroom, site: OutletSite) -> None:
    link = f"<item><title>Story 1</title><link>{site.url}/1</link></item>"
    site.pages["/feed"] = Page(rss(site, link))
    site.pages["/1"] = Page(PAGE.format(title="Story 1"))
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli", full_text=True).feed
    reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 0
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    assert titles(reading) == ["Story 1"]


def test_outlet_precedence_is_newsroom_domain_feed(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    known = KnownName("Vellmouth Courier", domains=("127.0.0.1",))
    reopen(reading, outlets=(known,))
    reading.polls.poll(feed.id)
    assert {h.article.outlet for h in reading.search.find("wall").hits} == {"Vellmouth Courier"}
    site.pages["/feed"] = Page(rss(site, entry(3)))
    reading.store.feeds.save_settings(replace(feed, outlet="The Post"))
    reading.polls.poll(feed.id)
    outlets = {hit.article.title: hit.article.outlet for hit in reading.search.find("wall").hits}
    assert outlets["Story 3"] == "The Post"


def test_damaged_feed_is_fetched_in_full_next_time(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    whole = rss(site, entry(1), entry(2))
    cut = whole[: whole.index("<title>Story 2")]
    site.pages["/feed"] = Page(cut, headers={"ETag": '"cut"'})
    reading.polls.poll(feed.id)
    assert titles(reading) == ["Story 1"]
    assert reading.store.feeds.feed(feed.id).etag is None


# -- which feeds there are


def test_adding_a_feed_reports_its_entries(reading: Newsroom, site: OutletSite) -> None:
    short = entry(2, excerpt="Only the beginning …")
    site.pages["/feed"] = Page(rss(site, entry(1), short, entry(3)))
    found = reading.feeds.add(f"{site.url}/feed", added_by="slack", person="U1")
    assert (found.entries, found.full_text_count, found.feed.label) == (3, 2, "The Tidewater Post")
    again = reading.feeds.add(f"{site.url}/feed", added_by="slack", person="U2")
    assert (again.entries, again.feed.person) == (None, "U1")
    assert len(reading.feeds.all()) == 1


def test_a_page_leads_to_the_feed_that_it_names(reading: Newsroom, site: OutletSite) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.pages["/"] = Page(f"<!doctype html><html><head>{link}</head><body><p>News")
    site.pages["/feed"] = Page(rss(site, entry(1)))
    assert reading.feeds.add(site.url, added_by="cli").feed.url == f"{site.url}/feed"
    assert reading.feeds.add(f"{site.url}/", added_by="cli").entries is None


@pytest.mark.parametrize("page", [Page("", 404), Page("<!doctype html><p>Hello"), Page("{}")])
def test_non_feed_is_not_added(reading: Newsroom, site: OutletSite, page: Page) -> None:
    site.pages["/feed"] = page
    with pytest.raises(IngestError):
        reading.feeds.add(f"{site.url}/feed", added_by="cli")
    assert reading.feeds.all() == []


def test_feeds_are_paused_resumed_and_removed_by_address_or_name(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    reading.feeds.pause("the tidewater post")
    assert reading.polls.poll(feed.id).failure is None
    assert reading.store.archive.coverage().articles == 0
    reading.feeds.resume(f" {site.url}/feed ")
    reading.polls.poll(feed.id)
    assert reading.store.archive.coverage().articles == 2
    reading.feeds.remove(f"{site.url}/feed")
    assert reading.feeds.all() == []
    assert reading.store.archive.coverage().articles == 2
    assert reading.polls.poll(feed.id).failure is None
    with pytest.raises(NotFoundError, match="no such feed"):
        reading.feeds.pause("The Tidewater Post")


def list_in_yml(newsroom: Newsroom, *lines: str) -> None:
    folder = newsroom.settings.data / "config"
    folder.mkdir(exist_ok=True)
    (folder / "feeds.yml").write_text("feeds:\n" + "".join(f"  - {line}\n" for line in lines))


def of_yml(newsroom: Newsroom) -> list[Feed]:
    return [one for one in newsroom.feeds.all() if one.added_by == "config"]


def test_feeds_yml_decides_what_is_polled(reading: Newsroom, feed: Feed) -> None:
    url = "https://halyard.example/rss"
    list_in_yml(reading, f"{{url: {url}, outlet: Halyard, owner: U2}}")
    reading.feeds.sync_feeds_yml()
    [one] = of_yml(reading)
    assert (one.outlet, one.person, one.full_text) == ("Halyard", "U2", False)
    reading.feeds.pause("Halyard")
    list_in_yml(reading, f"{{url: {url}, full_text: true}}")
    reading.feeds.sync_feeds_yml()
    [two] = of_yml(reading)
    assert (two.state, two.outlet, two.full_text) == ("paused", None, True)
    with pytest.raises(NotFoundError, match=r"feeds\.yml"):
        reading.feeds.remove(url)
    list_in_yml(reading)
    reading.feeds.remove(url)
    assert reading.feeds.all() == [feed]  # what was added by hand stays


def test_listing_feeds_changes_nothing(reading: Newsroom, clock: ManualClock) -> None:
    url = "https://halyard.example/rss"
    list_in_yml(reading, f"{{url: {url}}}")
    assert [one.url for one in reading.feeds.all()] == [url]
    assert reading.store.feeds.all() == []
    reading.feeds.sync_feeds_yml()
    list_in_yml(reading)
    before = reading.store.feeds.all()
    reading.feeds.all()
    assert reading.store.feeds.all() == before


def test_all_processes_use_the_current_feeds_yml(reading: Newsroom, clock: ManualClock) -> None:
    url = "https://halyard.example/rss"
    with Newsroom(reading.settings, clock) as older:
        older.feeds.sync_feeds_yml()
        list_in_yml(reading, f"{{url: {url}}}")
        reading.feeds.pause(url)
        older.feeds.all()
        older.feeds.sync_feeds_yml()
    [one] = reading.store.feeds.all()
    assert (one.url, one.state) == (url, "paused")


def test_unlisted_feed_keeps_its_state(reading: Newsroom, site: OutletSite) -> None:
    site.pages["/feed"] = Page(rss(site, entry(1)), headers={"ETag": '"1"'})
    lines = (f"{{url: {site.url}/feed}}", "{url: https://halyard.example/rss}")
    list_in_yml(reading, *lines)
    reading.feeds.sync_feeds_yml()
    feed = reading.feeds.find(f"{site.url}/feed")
    reading.feeds.pause("https://halyard.example/rss")
    reading.polls.poll(feed.id)
    list_in_yml(reading)
    reading.feeds.sync_feeds_yml()
    assert sorted(one.state for one in of_yml(reading)) == ["paused", "unlisted"]
    assert reading.polls.poll(feed.id).skip_reason == "it is no longer in feeds.yml"
    with pytest.raises(NotFoundError, match="no longer in feeds"):
        reading.feeds.resume(f"{site.url}/feed")
    list_in_yml(reading, *lines)
    reading.feeds.sync_feeds_yml()
    back = {(one.state, one.etag) for one in of_yml(reading)}
    assert back == {("active", '"1"'), ("paused", None)}


def test_invalid_feeds_yml_changes_nothing(
    reading: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    list_in_yml(reading, "{url: https://halyard.example/rss}")
    reading.feeds.sync_feeds_yml()
    list_in_yml(reading, "{url: nonsense}")
    reading.feeds.sync_feeds_yml()
    assert [one.state for one in of_yml(reading)] == ["active"]
    assert "ignoring changes in feeds.yml for now" in caplog.text


def test_unlisted_feed_can_be_added_manually(reading: Newsroom, site: OutletSite) -> None:
    list_in_yml(reading, f"{{url: {site.url}/feed}}")
    reading.feeds.sync_feeds_yml()
    list_in_yml(reading)
    reading.feeds.sync_feeds_yml()
    added = reading.feeds.add(f"{site.url}/feed", added_by="slack", team="T1", person="U1").feed
    assert (added.state, added.added_by, added.person) == ("active", "slack", "U1")
    reading.feeds.sync_feeds_yml()
    assert reading.store.feeds.all() == [added]


# -- what polling tells


def test_poll_counts_outcomes_of_entries(reading: Newsroom, feed: Feed, site: OutletSite) -> None:
    assert reading.polls.poll(feed.id).counts == {"new": 2}
    site.pages["/feed"] = Page(rss(site, entry(1, ships=9), entry(2), entry(3)))
    assert reading.polls.poll(feed.id).counts == {"new": 1, "updated": 1}


def test_entries_that_stay_out_are_counted(
    reading: Newsroom, feed: Feed, site: OutletSite, caplog: pytest.LogCaptureFixture
) -> None:
    reading.polls.poll(feed.id)
    [one] = [h.article.id for h in reading.search.find("wall").hits if h.article.title == "Story 1"]
    reading.intake.articles.remove([one], reason="a mistake")
    site.pages["/feed"] = Page(rss(site, entry(1, ships=9), entry(2)))
    with caplog.at_level("INFO"):
        assert reading.polls.poll(feed.id).counts == {"kept out": 1}
    assert "left out 1 entries" in caplog.text
    assert reading.store.feeds.feed(feed.id).kept_out == 1


def test_skipped_poll_gives_a_reason(reading: Newsroom, feed: Feed, site: OutletSite) -> None:
    site.pages["/feed"] = Page("", 410)
    assert "removed for good" in reading.polls.poll(feed.id).failure
    asked = len(site.requests)
    gone = reading.polls.poll(feed.id)
    assert (gone.failure, "gone" in gone.skip_reason) == (None, True)
    reading.feeds.resume(feed.url)
    reading.feeds.pause(feed.url)
    assert reading.polls.poll(feed.id).skip_reason == "it is paused"
    assert len(site.requests) == asked


def test_retry_delay_is_respected_unless_ignored(
    reading: Newsroom, feed: Feed, site: OutletSite, clock: ManualClock
) -> None:
    site.pages["/feed"] = Page("", 429, {"Retry-After": "7200"})
    reading.polls.poll(feed.id, ignore_delay=False)
    assert (
        reading.delivery.jobs.take("w", ["poll"], None) is None
    )  # neither does a worker ask again
    asked = len(site.requests)
    clock.advance(minutes=119)
    assert "next polled at 14:00 UTC" in reading.polls.poll(feed.id, ignore_delay=False).skip_reason
    assert len(site.requests) == asked
    clock.advance(minutes=1)
    assert reading.polls.poll(feed.id, ignore_delay=False).failure
    assert reading.polls.poll(feed.id).failure
    assert len(site.requests) == asked + 2


def test_secret_in_a_feed_url_reaches_no_article(reading: Newsroom, site: OutletSite) -> None:
    own = entry(1).replace("<guid>{url}/1</guid>", '<guid isPermaLink="false">7</guid>')
    assert ">7</guid>" in own
    site.pages["/feed"] = Page(rss(site, own))
    one, other = (
        reading.feeds.add(f"{site.url}/feed?api_key={key}", added_by="cli").feed
        for key in ("S1", "S2")
    )
    assert reading.polls.poll(one.id).counts == {"new": 1}
    exported = "".join(reading.archive.export("csv"))
    [hit] = reading.search.find("wall").hits
    article = reading.store.archive.article(hit.article.id)
    assert article.guid == f"{origin_of(one)}#7"
    assert article.origin == f"{origin_of(one)}#{site.url}/1"
    assert "S1" not in exported
    assert origin_of(one) != origin_of(other)


def test_feed_redirected_to_another_feed_is_gone(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    site.pages["/new"] = site.pages["/feed"]
    other = reading.feeds.add(f"{site.url}/new", added_by="cli").feed
    site.pages["/feed"] = Page("", 301, {"Location": "/new"})
    assert "which is already read" in reading.polls.poll(feed.id).failure
    assert [news["what"] for news in told(reading)] == ["gone"]
    states = {one.id: one.state for one in reading.store.feeds.all()}
    assert states == {feed.id: "gone", other.id: "active"}


def test_url_redirecting_to_a_known_feed_adds_none(
    reading: Newsroom, feed: Feed, site: OutletSite
) -> None:
    site.pages["/short"] = Page("", 302, {"Location": "/feed"})
    found = reading.feeds.add(f"{site.url}/short", added_by="cli")
    assert (found.feed.id, found.entries) == (feed.id, None)
    assert len(reading.feeds.all()) == 1


def test_the_other_feeds_of_a_page_are_named(reading: Newsroom, site: OutletSite) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}">'
    links = link.format("feed") + link.format("sport")
    site.pages["/"] = Page(f"<!doctype html><html><head>{links}</head><body><p>News")
    site.pages["/feed"] = Page(rss(site, entry(1)))
    assert reading.feeds.add(site.url, added_by="cli").linked_feeds == (f"{site.url}/sport",)
