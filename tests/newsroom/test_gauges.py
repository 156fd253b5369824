from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.metrics_core import Metric

from bot.errors import StoreError
from bot.newsroom import Newsroom
from bot.newsroom.gauges import StoreGauges
from bot.newsroom.readiness import IndexLag
from bot.store.delivery.payloads import TextPayload
from tests.outlet_site import OutletSite, Page, entry, rss


def gauges_of(newsroom: Newsroom) -> StoreGauges:
    store = newsroom.store
    return StoreGauges(
        counts=store.delivery_counts,
        jobs=store.jobs,
        feeds=store.feeds,
        channels=store.channels,
        queue=newsroom.delivery.jobs,
        lag=IndexLag(),
        folder=newsroom.settings.data,
        now=newsroom.now,
    )


def samples(families: Any) -> dict[str, float]:
    """Return the samples by name and values of labels: "claimdesk_feeds active"."""
    shown: list[Metric] = list(families)
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in shown
        for sample in family.samples
    }


def test_jobs_and_messages_show_how_long_they_wait(reading: Newsroom, clock: Any) -> None:
    store = reading.store
    store.jobs.add("chart", "a", due_at=clock.now)
    store.jobs.add("chart", "b", due_at=clock.now + timedelta(days=1))
    payload = TextPayload("News.", ())
    store.outbox.add(None, team="T1", channel="C1", key="k", payload=payload, now=clock.now)
    clock.advance(hours=1)
    shown = samples(gauges_of(reading).collect())
    assert shown["claimdesk_jobs chart waiting"] == 2
    assert shown["claimdesk_overdue_jobs"] == 2  # the message has a job, too
    assert shown["claimdesk_overdue_job_seconds"] == 3600
    assert shown["claimdesk_outbox_messages waiting"] == 1
    assert shown["claimdesk_outbox_messages dead"] == 0
    assert shown["claimdesk_outbox_wait_seconds"] == 3600
    assert shown["claimdesk_paused_workspaces"] == 0
    store.channels.pause("T1", clock.now + timedelta(days=1), "invalid_auth")
    assert samples(gauges_of(reading).collect())["claimdesk_paused_workspaces"] == 1


def test_feeds_are_counted_by_state(reading: Newsroom, clock: Any, site: OutletSite) -> None:
    assert "claimdesk_feed_poll_age_seconds" not in samples(gauges_of(reading).collect())
    urls = [f"{site.url}/{name}" for name in ("well", "ill", "idle")]
    for url in urls:
        site.pages[url.removeprefix(site.url)] = Page(rss(site, entry(1)))
        reading.feeds.add(url, added_by="cli")
    site.pages["/ill"] = Page("broken", status=500)
    reading.feeds.pause(urls[2])
    clock.advance(hours=1)
    for feed in reading.feeds.all():
        if feed.state == "active":
            reading.polls.poll(feed.id)
    clock.advance(minutes=10)
    shown = samples(gauges_of(reading).collect())
    states = {state: shown[f"claimdesk_feeds {state}"] for state in ("active", "failing", "paused")}
    assert states == {"active": 1, "failing": 1, "paused": 1}
    assert shown["claimdesk_feed_poll_age_seconds"] == 600
    assert shown["claimdesk_feed_news_age_seconds"] == 600


def test_what_cannot_be_read_is_left_out(
    reading: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise StoreError("the store cannot be used", cause="no server")

    gauges = gauges_of(reading)
    monkeypatch.setattr(gauges.feeds, "all", refuse)
    shown = samples(gauges.collect())
    assert not any(name.startswith("claimdesk_feed") for name in shown)
    assert shown["claimdesk_disk_free_bytes"] > 0
    assert "some metrics are missing: the store cannot be used: no server" in caplog.messages


def test_extractions_are_timed(reading: Newsroom) -> None:
    seconds: list[float] = []
    del reading.extractions.extractor  # that of the tests is shared
    reading.extractions.observe = seconds.append
    path = reading.settings.data / "leak.txt"
    path.write_text("The lock leaks, Jane Roe said.")
    assert len(list(reading.intake.files.ingest([path]))) == 1
    assert len(seconds) == 1
    assert seconds[0] > 0
