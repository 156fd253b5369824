"""Ingesting articles by URL."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bot.articles.sites import Sites
from bot.config import FeedSettings, KnownName
from bot.newsroom import Newsroom
from bot.newsroom.articles import links
from bot.newsroom.articles.article_intake import IngestResult
from tests.outlet_site import PAGE, OutletSite, Page
from tests.reopen import reopen


@pytest.fixture
def url(site: OutletSite) -> str:
    site.pages["/harbour"] = Page(PAGE.format(title="Harbour closed"))
    return f"{site.url}/harbour"


def test_article_at_a_url_is_filed(reading: Newsroom, url: str) -> None:
    read = reading.intake.links.ingest(f" {url} ")
    [outcome] = read.outcomes
    assert (outcome.status, outcome.title, read.errors) == ("new", "Harbour closed", ())
    hits = reading.articles.overviews.load(outcome.id).hits
    assert hits[0].claim.speaker == "Ingrid Solvane"
    kinds = [hit.claim.kind for hit in hits]
    assert kinds == sorted(kinds)  # what somebody said comes before the article's own voice
    assert len(kinds) > len(set(kinds)) > 1
    assert reading.store.archive.article(outcome.id).url == url


def test_read_again_it_is_unchanged_or_another_version(
    reading: Newsroom, url: str, site: OutletSite
) -> None:
    [first] = reading.intake.links.ingest(url).outcomes
    [again] = reading.intake.links.ingest(f"{url}?utm_source=slack#top").outcomes
    assert (again.status, again.id) == ("unchanged", first.id)
    moved = PAGE.format(title="Harbour closed").replace("Twenty-six", "Forty")
    site.pages["/harbour"] = Page(moved)
    [changed] = reading.intake.links.ingest(url).outcomes
    assert (changed.status, changed.id) == ("updated", first.id)


def test_removed_article_stays_out(reading: Newsroom, url: str) -> None:
    [first] = reading.intake.links.ingest(url).outcomes
    reading.intake.articles.remove([first.id], reason="ours")
    assert [one.status for one in reading.intake.links.ingest(url).outcomes] == ["withdrawn"]
    assert [one.status for one in reading.intake.links.ingest(url, reingest=True).outcomes] != [
        "withdrawn"
    ]


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (Page("", 404), "missing"),
        (Page("Log in.", 401), "forbidden"),
        (Page("Pay.", 402), "forbidden"),
        (Page("", 500), "server"),
        (Page("", 302, {"Location": "http://169.254.169.254/latest"}), "refused"),
    ],
)
def test_url_without_article_gives_a_reason(
    reading: Newsroom, site: OutletSite, page: Page, kind: str
) -> None:
    site.pages["/harbour"] = page
    read = reading.intake.links.ingest(f"{site.url}/harbour")
    assert [error.kind for error in read.errors] == [kind]
    assert read.outcomes == ()


def test_robots_txt_is_obeyed(reading: Newsroom, url: str, site: OutletSite) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /\n")
    assert [error.kind for error in reading.intake.links.ingest(url).errors] == ["robots"]
    assert site.paths == []


def test_unreachable_robots_txt_names_the_typed_url(reading: Newsroom, site: OutletSite) -> None:
    [error] = reading.intake.links.ingest("http://169.254.169.254/latest").errors
    assert error.subject == "http://169.254.169.254/latest"
    assert error.cause == "its host is not on the public internet"
    site.pages["/robots.txt"] = Page("", 503)
    [error] = reading.intake.links.ingest(f"{site.url}/harbour").errors
    assert (error.kind, error.status, error.subject) == ("server", 503, f"{site.url}/harbour")
    assert error.cause == "its robots.txt cannot be read: the site answered with status 503"


def test_page_without_article_is_reported(reading: Newsroom, site: OutletSite) -> None:
    site.pages["/"] = Page("<!doctype html><html><body><nav><a href=/a>A</a></nav></body></html>")
    read = reading.intake.links.ingest(f"{site.url}/?token=secret")
    assert read.outcomes == ()
    assert read.errors
    assert read.errors[0].cause
    assert read.errors[0].subject == f"{site.url}/"  # what follows may be secret, and is logged


@pytest.mark.parametrize("is_one_outlet", [False, True])
def test_a_page_cannot_give_itself_out_as_another_outlets(
    reading: Newsroom, url: str, site: OutletSite, is_one_outlet: bool
) -> None:
    if is_one_outlet:
        reading.sites = Sites([("tidewaterpost.example", site.address)])
    head = '<head><link rel="canonical" href="https://tidewaterpost.example/lead">'
    site.pages["/harbour"] = Page(PAGE.format(title="False").replace("<head>", head))
    [outcome] = reading.intake.links.ingest(url).outcomes
    told = "https://tidewaterpost.example/lead" if is_one_outlet else url
    assert reading.store.archive.article(outcome.id).url == told


def test_concurrent_requests_share_one_fetch(
    reading: Newsroom, url: str, site: OutletSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, waiting, may_answer = site.pages["/harbour"], threading.Semaphore(0), threading.Event()

    class Awaited(Future[IngestResult]):
        def result(self, timeout: float | None = None) -> IngestResult:
            waiting.release()
            return super().result(timeout)

    def late() -> Page:
        may_answer.wait(50)
        return page

    monkeypatch.setattr(links, "Future", Awaited)
    site.pages["/harbour"] = late
    with ThreadPoolExecutor(4) as threads:
        reads = [threads.submit(reading.intake.links.ingest, url) for _ in range(4)]
        try:
            assert all(waiting.acquire(timeout=40) for _ in range(3))
        finally:
            may_answer.set()
        outcomes = [read.result().outcomes for read in reads]
    assert outcomes.count(outcomes[0]) == 4
    assert site.paths.count("/harbour") == 1
    assert reading.store.archive.coverage().articles == 1


def test_busy_host_is_reported(reading: Newsroom, url: str) -> None:
    reopen(reading, feeds=FeedSettings(gap_seconds=600))
    assert reading.intake.links.ingest(url).outcomes
    [error] = reading.intake.links.ingest(url).errors
    assert error.kind == "limited"


def test_the_outlet_is_known_by_its_domain(reading: Newsroom, url: str) -> None:
    known = KnownName("Vellmouth Courier", domains=("127.0.0.1",))
    reopen(reading, outlets=(known,))
    assert [one.outlet for one in reading.intake.links.ingest(url).outcomes] == [
        "Vellmouth Courier"
    ]
