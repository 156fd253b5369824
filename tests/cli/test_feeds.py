"""Feeds and addresses from the terminal: real processes, a site on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.cli import feeds
from bot.ingest.fetch.addresses import with_hashed_query
from bot.newsroom import Newsroom
from bot.store import Store
from tests.cli.program import claimdesk
from tests.outlet_site import PAGE, Page, entry, open_site, rss


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "config").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_WORKER_WAIT", 0.1)


def test_feed_add_says_when_no_worker_runs(data: Path) -> None:
    with open_site() as site:
        (data / "config" / "bot.yml").write_text(f"fetch: {{allowed: ['{site.address}']}}\n")
        site.pages["/feed"] = Page(rss(site, entry(1)))
        added = claimdesk(data, "feed", "add", f"{site.url}/feed")
        assert "No worker is running, so nothing reads it yet." in added.out
        assert "within minutes" not in added.out
        again = claimdesk(data, "feed", "add", f"{site.url}/feed")
        assert "is already on the list" in again.out
        assert "No worker" not in again.out


def test_feed_add_sees_that_a_worker_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_WORKER_WAIT", 30.0)
    with (
        open_site() as site,
        Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom,
    ):
        (data / "config" / "bot.yml").write_text(f"fetch: {{allowed: ['{site.address}']}}\n")
        site.pages["/feed"] = Page(rss(site, entry(1)))
        # Taken between the first look and the second, as by a worker's next look.
        monkeypatch.setattr(
            feeds.time, "sleep", lambda _: newsroom.delivery.jobs.take("w", ["poll"], None)
        )
        added = claimdesk(data, "feed", "add", f"{site.url}/feed")
    assert "Its articles will come in within minutes." in added.out
    assert "No worker" not in added.out


def test_feeds_are_added_polled_and_listed_and_addresses_are_read(data: Path) -> None:
    with open_site() as site:
        settings = f"fetch: {{allowed: ['{site.address}']}}\nfeeds: {{gap_seconds: 0}}\n"
        (data / "config" / "bot.yml").write_text(settings)
        site.pages["/feed"] = Page(rss(site, entry(1), entry(2)))
        site.pages["/harbour"] = Page(PAGE.format(title="Harbour closed"))
        url = f"{site.url}/feed?api_key=S3CRET"

        added = claimdesk(data, "feed", "add", url, "--outlet", "Vellmouth Courier")
        assert added.out.startswith("Added Vellmouth Courier: 2 articles, all in full.")

        polled = claimdesk(data, "feed", "poll")
        assert (polled.code, "1 polled: 1 read, 0 failed; 2 new" in polled.err) == (0, True)
        [feed] = claimdesk(data, "feed", "list", "--json").lines
        assert (feed["outlet"], feed["failures"]) == ("Vellmouth Courier", 0)
        assert feed["url"] == feed["added_as"] == with_hashed_query(url)
        found = Store(f"sqlite:///{data}/claimdesk.sqlite3").archive.entries()
        shown = claimdesk(data, "article", next(iter(found)).article_id)
        assert f"from          {with_hashed_query(url)}#" in shown.out
        assert "S3CRET" not in shown.out

        site.pages["/feed"] = Page("", 500)
        failed = claimdesk(data, "feed", "poll", url)
        assert failed.code == 1
        assert failed.err.count("Vellmouth Courier: ") == failed.err.count("500") == 1
        waits = claimdesk(data, "feed", "poll")
        assert (waits.code, "0 polled: 0 read, 0 failed; 1 skipped" in waits.err) == (0, True)
        assert "1 of 1 can't be read" in claimdesk(data, "doctor").out

        read = claimdesk(data, "ingest", "--json", f"{site.url}/harbour", f"{site.url}/nowhere")
        assert read.code == 1
        [good, bad] = read.lines
        assert [one["status"] for one in good["articles"]] == ["new"]
        assert (bad["articles"], bad["error"]["why"]) == ([], "there is nothing at this address")
