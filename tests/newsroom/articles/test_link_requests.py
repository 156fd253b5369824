"""Addresses that people ask for: read in turn, by the process that was asked or by a worker."""

from __future__ import annotations

import pytest

from bot.errors import StoppingError
from bot.model import ArticleCard, viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.slack.messages.worker import make_worker
from bot.store import Job
from tests.outlet_site import PAGE, OutletSite, Page


@pytest.fixture
def url(site: OutletSite) -> str:
    site.pages["/harbour"] = Page(PAGE.format(title="Harbour closed"))
    return f"{site.url}/harbour"


def request(newsroom: Newsroom, url: str, person: str = "U1") -> str:
    return newsroom.intake.link_requests.add(url, team="T1", person=person, needs_review=False)


def taken(newsroom: Newsroom, key: str) -> Job:
    job = newsroom.intake.link_requests.take(key)
    assert job
    return job


def stored(newsroom: Newsroom, url: str) -> ArticleCard | None:
    return newsroom.articles.overviews.find_by_url(url)


def stop(url: str, *, brought_by: str, anyway: bool) -> IngestResult:
    raise StoppingError("the article was not read to its end", subject=url)


def test_the_process_that_was_asked_has_the_outcome(reading: Newsroom, url: str) -> None:
    job = taken(reading, request(reading, url))
    [outcome] = reading.intake.link_requests.read(job).outcomes
    assert outcome.status == "new"
    assert reading.store.jobs.counts() == []


def test_a_person_has_one_article_read_at_a_time(reading: Newsroom, url: str) -> None:
    first, second = request(reading, url), request(reading, f"{url}/2")
    another = request(reading, url, person="U2")
    job = taken(reading, first)
    assert reading.intake.link_requests.take(second) is None
    assert reading.intake.link_requests.is_open(second)
    taken(reading, another)
    reading.intake.link_requests.read(job)
    assert not reading.intake.link_requests.is_open(first)
    taken(reading, second)


async def test_a_worker_reads_what_was_left_when_the_process_stopped(
    reading: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = taken(reading, request(reading, url))
    with monkeypatch.context() as patch:
        patch.setattr(reading.intake.links, "ingest", stop)
        with pytest.raises(StoppingError):
            reading.intake.link_requests.read(job)
    assert stored(reading, url) is None
    await make_worker(reading, None, None).run_due()
    assert stored(reading, url)
    assert reading.store.jobs.counts() == []


async def test_a_worker_that_stops_leaves_the_article_for_the_next(
    reading: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = taken(reading, request(reading, url))
    reading.delivery.jobs.release(job)
    with monkeypatch.context() as patch:
        patch.setattr(reading.intake.links, "ingest", stop)
        worker = make_worker(reading, None, None)
        patch.setattr(worker, "_start_due", limited(worker._start_due))
        await worker.run_due()
    assert reading.store.jobs.failing() == []
    await make_worker(reading, None, None).run_due()
    assert stored(reading, url)


def limited(start_due, calls=2):  # type: ignore[no-untyped-def]
    """Let a worker look for due jobs only so often, since what it gives back is due at once."""

    async def start() -> bool:
        nonlocal calls
        calls -= 1
        return calls > 0 and await start_due()

    return start


def test_a_failure_is_the_answer_and_not_tried_again(
    reading: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: str, *, brought_by: str, anyway: bool) -> IngestResult:
        raise ZeroDivisionError

    job = taken(reading, request(reading, url))
    monkeypatch.setattr(reading.intake.links, "ingest", fail)
    with pytest.raises(ZeroDivisionError):
        reading.intake.link_requests.read(job)
    assert reading.store.jobs.counts() == []


async def test_what_a_worker_cannot_read_is_listed(reading: Newsroom, site: OutletSite) -> None:
    job = taken(reading, request(reading, f"{site.url}/nothing"))
    reading.delivery.jobs.release(job)
    await make_worker(reading, None, None).run_due()
    [failing] = reading.store.jobs.failing()
    assert failing.kind == "article"
    assert failing.failure
    assert "there is nothing at this address" in failing.failure


async def test_a_worker_files_an_article_for_who_asked(reading: Newsroom, url: str) -> None:
    requests = reading.intake.link_requests
    key = requests.add(url, team="T1", person="U1", needs_review=True)
    reading.delivery.jobs.release(taken(reading, key))
    await make_worker(reading, None, None).run_due()
    viewer = viewer_key("T1", "U1")
    assert stored(reading, url) is None
    article = reading.articles.overviews.find_by_url(url, viewer)
    assert article
    assert (article.review, article.brought_by) == (("unreviewed",), (viewer,))
