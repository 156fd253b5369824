"""Feeds and addresses from the terminal: real processes, a site on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import claimdesk
from tests.outlet_site import PAGE, Page, entry, open_site, rss


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "config").mkdir(parents=True)
    return tmp_path / "data"


def test_feeds_are_added_polled_and_listed_and_addresses_are_read(data: Path) -> None:
    with open_site() as site:
        settings = f"fetch: {{allowed: ['{site.address}']}}\nfeeds: {{gap_seconds: 0}}\n"
        (data / "config" / "bot.yml").write_text(settings)
        site.pages["/feed"] = Page(rss(site, entry(1), entry(2)))
        site.pages["/harbour"] = Page(PAGE.format(title="Harbour closed"))
        url = f"{site.url}/feed"

        added = claimdesk(data, "feed", "add", url, "--outlet", "Vellmouth Courier")
        assert added.out.startswith("Vellmouth Courier · 2 entries, 2 with full text.")

        polled = claimdesk(data, "feed", "poll")
        assert (polled.code, "1 polled, 0 failed" in polled.err) == (0, True)
        [feed] = claimdesk(data, "feed", "list", "--json").lines
        assert (feed["url"], feed["outlet"], feed["failures"]) == (url, "Vellmouth Courier", 0)

        site.pages["/feed"] = Page("", 500)
        failed = claimdesk(data, "feed", "poll", url)
        assert failed.code == 1
        assert "Vellmouth Courier: " in failed.err
        assert "1 of 1 cannot be read" in claimdesk(data, "doctor").out

        read = claimdesk(data, "ingest", "--json", f"{site.url}/harbour", f"{site.url}/nowhere")
        assert read.code == 1
        [good, bad] = read.lines
        assert [one["status"] for one in good["articles"]] == ["new"]
        assert (bad["articles"], bad["error"]["why"]) == ([], "there is nothing at this address")
