"""What a person types after /feed and /article, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import blockkit
import pytest
from desk import Desk, read

from bot import config
from bot.config import FeedSettings, FetchSettings, PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, BOB, TEAM
from bot.slack.worker import Worker
from tests.outlet_site import PAGE, OutletSite, Page, entry, open_site, rss

pytestmark = pytest.mark.parametrize("local_slack", ["socket"], indirect=True)

ADMIN = {"ok": True, "user": {"id": ALICE, "is_admin": True}}


@pytest.fixture
def site() -> Iterator[OutletSite]:
    with open_site() as opened:
        opened.pages["/feed"] = Page(rss(opened, entry(1), entry(2, excerpt="It moved. […]")))
        opened.pages["/harbour"] = Page(PAGE.format(title="Harbour closed"))
        yield opened


@pytest.fixture
def newsroom(tmp_path: Path, site: OutletSite) -> Iterator[Newsroom]:
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}),
        fetch=FetchSettings(allowed=(site.address,)),
        feeds=FeedSettings(gap_seconds=0),
        people=PeopleSettings(admins=(ALICE,)),
    )
    with Newsroom(settings) as opened:
        opened.open()
        yield opened


async def settled(desk: Desk, typed: str, *, person: str = ALICE) -> dict[str, Any]:
    """What a command is answered with once the reading is over. The local Slack shows it below what
    it is to replace."""
    known = [one["ts"] for one in await desk.messages()]
    await desk.types(typed, person=person)
    for _ in range(1000):
        new = [one for one in await desk.messages() if one["ts"] not in known]
        if over := [one for one in new if one.get("bot_id") and "Reading " not in read(one)]:
            desk.refused += blockkit.problems(over[0]["blocks"])
            return over[0]
        await asyncio.sleep(0.02)
    raise AssertionError("the bot did not come to an end")


async def test_a_feed_is_added_listed_paused_and_removed(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    url = f"{site.url}/feed"
    added = await settled(desk, f"/feed add {url}")
    assert read(added).startswith("The Tidewater Post · 2 entries, 1 with full text.")
    assert added["ephemeral_to"] == ALICE
    assert "on the list already" in read(await settled(desk, f"/feed add <{url}>"))
    assert newsroom.followed()[0].person == ALICE
    listed = read(await desk.types("/feed list", person=BOB))
    assert listed.startswith(f"The Tidewater Post · {url} · not read yet")
    assert "is paused" in read(await desk.types("/feed pause the tidewater post"))
    assert "paused" in read(await desk.types("/feed list"))
    assert "read again" in read(await desk.types(f"/feed resume {url}"))
    assert "Its articles stay" in read(await desk.types(f"/feed remove {url}"))
    assert "No feed is read yet" in read(await desk.types("/feed list"))
    assert "no such feed" in read(await desk.types(f"/feed pause {url}"))


async def test_only_admins_change_the_feeds(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    refused = await desk.types(f"/feed add {site.url}/feed", person=BOB)
    assert read(refused).startswith("Only admins may change which feeds are read.")
    newsroom.settings = replace(newsroom.settings, people=PeopleSettings())
    desk.faults["users.info"] = {"ok": True, "user": {"id": ALICE, "is_admin": False}}
    assert "Only admins" in read(await desk.types("/feed remove x"))
    desk.faults["users.info"] = ADMIN
    assert "no such feed" in read(await desk.types("/feed remove x"))
    desk.faults["users.info"] = "missing_scope"
    assert "The feeds were not changed" in read(await desk.types("/feed remove x"))
    assert newsroom.followed() == []


async def test_what_is_no_feed_is_not_added(desk: Desk, site: OutletSite) -> None:
    answer = await settled(desk, f"/feed add {site.url}/nowhere")
    assert read(answer).startswith(f"Not read: {site.url}/nowhere: there is nothing at this")
    for typed in ("/feed", "/feed help", "/feed add", "/feed add harbours", "/feed frobnicate x"):
        assert "/feed add https://" in read(await desk.types(typed))


async def test_the_worker_polls_and_tells_the_owner_when_a_feed_is_gone(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    from bot.slack.app import client_of

    await settled(desk, f"/feed add {site.url}/feed")
    worker = Worker(newsroom, client_of(desk.settings), TEAM)
    await worker.work_off()
    assert newsroom.coverage().articles == 2
    site.pages["/feed"] = Page("", 410)
    newsroom.resume_feed(f"{site.url}/feed")
    await worker.work_off()
    [told] = [sent for sent in desk.called("chat.postMessage") if sent["channel"] == ALICE]
    assert "The feed The Tidewater Post" in told["text"]
    assert "is gone: " in told["text"]


async def test_an_article_is_read_by_its_address(desk: Desk, site: OutletSite) -> None:
    answer = await settled(desk, f"/article {site.url}/harbour")
    first, claim, *_, last = filter(None, read(answer).splitlines())
    assert "Harbour closed" in first
    assert "The wall has moved by a hand's breadth" in claim
    assert last.startswith("read and filed · ")
    assert "claims" in last
    assert answer["ephemeral_to"] == ALICE
    again = await settled(desk, f"/article {site.url}/harbour", person=BOB)
    assert read(again).splitlines()[-1].startswith("known already, and unchanged · ")
    told = await desk.answer_to_click(again, "context", value="no-such-claim")
    assert "not there any more" in read(told)


async def test_why_an_address_gives_no_article_is_told(desk: Desk, site: OutletSite) -> None:
    site.pages["/paid"] = Page("Subscribe", 402)
    answer = await settled(desk, f"/article {site.url}/paid")
    assert read(answer).startswith(f"Not read: {site.url}/paid: it wants to be paid.")
    assert "(ref" not in read(answer)
    for typed in ("/article", "/article help", "/article harbour wall"):
        assert "/article https://" in read(await desk.types(typed))
