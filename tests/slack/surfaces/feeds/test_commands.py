"""/feed and /article over a stub of Slack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, TEAM
from bot.slack.messages.worker import make_worker
from tests.outlet_site import OutletSite, Page, entry, rss
from tests.slack.desk import Desk, read

pytestmark = pytest.mark.parametrize("local_slack", ["socket"], indirect=True)

ADMIN = {"ok": True, "user": {"id": ALICE, "is_admin": True}}


@pytest.fixture
def newsroom(reading: Newsroom, site: OutletSite) -> Newsroom:
    site.pages["/feed"] = Page(rss(site, entry(1), entry(2, excerpt="It moved. […]")))
    return reading


async def test_a_feed_is_added_listed_paused_and_removed(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    url = f"{site.url}/feed"
    added = await desk.final_answer_to_command(f"/feed add {url}")
    assert read(added).startswith(
        "Added The Tidewater Post: 2 articles. The feed has only the first"
    )
    assert added["ephemeral_to"] == ALICE
    assert "already on the list" in read(await desk.final_answer_to_command(f"/feed add <{url}>"))
    assert newsroom.feeds.all()[0].person == ALICE
    listed = read(await desk.answer_to_command("/feed list", person=BOB))
    assert listed.startswith(f"The Tidewater Post · {url} · not read yet")
    assert read(await desk.answer_to_command("/feed list TIDEWATER")) == listed
    assert read(await desk.answer_to_command("/feed list x7")).startswith(
        'No feed has "x7" in its name'
    )
    assert "is paused" in read(await desk.answer_to_command("/feed pause the tidewater post"))
    assert "paused" in read(await desk.answer_to_command("/feed list"))
    assert "read again" in read(await desk.answer_to_command(f"/feed resume {url}"))
    assert "Its articles stay" in read(await desk.answer_to_command(f"/feed remove {url}"))
    assert "There are no feeds yet" in read(await desk.answer_to_command("/feed list"))
    assert "no such feed" in read(await desk.answer_to_command(f"/feed pause {url}"))


async def test_only_admins_change_the_feeds(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    refused = await desk.answer_to_command(f"/feed add {site.url}/feed", person=BOB)
    assert read(refused).startswith("Only admins can change the feeds.")
    everyone = PeopleSettings(users=("everyone",))
    newsroom.settings = replace(newsroom.settings, people=everyone)
    desk.faults["users.info"] = {"ok": True, "user": {"id": ALICE, "is_admin": False}}
    assert "Only admins" in read(await desk.answer_to_command("/feed remove x"))
    people.clear_cache()
    desk.faults["users.info"] = ADMIN
    assert "no such feed" in read(await desk.answer_to_command("/feed remove x"))
    people.clear_cache()
    desk.faults["users.info"] = "missing_scope"
    assert "The feeds were not changed" in read(await desk.answer_to_command("/feed remove x"))
    assert newsroom.feeds.all() == []


async def test_a_page_that_is_not_a_feed_is_not_added(desk: Desk, site: OutletSite) -> None:
    answer = await desk.final_answer_to_command(f"/feed add {site.url}/nowhere")
    assert read(answer).startswith(f"I couldn't read {site.url}/nowhere : there is nothing")
    for typed in ("/feed", "/feed help", "/feed add", "/feed frobnicate x"):
        assert "/feed add tidewaterpost.example/feed" in read(await desk.answer_to_command(typed))
    nonsense = read(await desk.answer_to_command("/feed add harbours"))
    assert nonsense.startswith('"harbours" is not a web address.')


async def test_the_owner_is_notified_when_a_feed_is_gone(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    from bot.slack.app import make_client

    await desk.final_answer_to_command(f"/feed add {site.url}/feed")
    worker = make_worker(newsroom, make_client(desk.settings), TEAM)
    await worker.run_due()
    assert newsroom.store.archive.coverage().articles == 2
    site.pages["/feed"] = Page("", 410)
    newsroom.feeds.resume(f"{site.url}/feed")
    await worker.run_due()
    await worker.run_due()
    assert newsroom.store.jobs.counts() == []
    [told] = [sent for sent in desk.called("chat.postMessage") if sent["channel"] == ALICE]
    assert "The feed The Tidewater Post" in told["text"]
    assert "is gone: " in told["text"]
