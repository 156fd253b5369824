"""Which sites are read: asked in the Home tab of an empty newsroom, and answered there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.gate import people, scopes
from bot.slack.local import BOB, TEAM
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.feeds.sites import CALLBACK, MAX_SITES
from tests.outlet_site import PAGE, OutletSite, Page, entry, rss
from tests.slack.desk import PATIENCE, Json, read
from tests.slack.slack_stub import SlackStub, member


@pytest.fixture
async def stub(reading: Newsroom, site: OutletSite) -> AsyncIterator[SlackStub]:
    site.pages["/feed"] = Page(rss(site, entry(1), entry(2, excerpt="It moved. […]")))
    site.pages["/2"] = Page(PAGE.format(title="The wall has moved"))
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.pages["/"] = Page(f"<html><head>{link}</head><body>The Post</body></html>")
    people.clear_cache()
    scopes.clear_cache()
    async with SlackStub().opened(reading) as opened:
        opened.answers["users.info"] = member()
        yield opened


def press_at_home(stub: SlackStub, person: str) -> Json:
    body = stub.press("home_sites", "form", user={"id": person, "team_id": TEAM})
    body.pop("channel"), body.pop("response_url")
    view = {"type": "home", "id": "VHOME", "callback_id": ""}
    return {**body, "container": {"type": "view", "view_id": "VHOME"}, "view": view}


def filled_in(stub: SlackStub, addresses: str, how: str = "") -> Json:
    values: Json = {"addresses": {"addresses": {"type": "plain_text_input", "value": addresses}}}
    if how:
        values["how"] = {"how": {"type": "static_select", "selected_option": {"value": how}}}
    return stub.submission(CALLBACK, state={"values": values})


async def home_of(stub: SlackStub, number: int) -> str:
    async with asyncio.timeout(PATIENCE):
        while len(homes := stub.called("views.publish")) < number:
            await asyncio.sleep(0.02)
    return read(homes[number - 1]["view"])


async def test_the_first_hour_leads_from_home_to_an_answer(
    stub: SlackStub, reading: Newsroom, site: OutletSite
) -> None:
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    assert (await home_of(stub, 1)).startswith("Which sites do you read?")
    view = await stub.view_opened_by(press_at_home(stub, "U01ALICE"))
    assert view["callback_id"] == CALLBACK
    acknowledged = await stub.deliver(filled_in(stub, f"{site.url}/\n{site.url}/none"))
    assert "I'm looking for their feeds" in str(acknowledged.body)
    added, failed = (await stub.words())[0].splitlines()
    assert added.startswith("Added The Tidewater Post: 2 articles. Where the feed has only")
    assert failed.startswith(f"I couldn't read {site.url}/none :")
    home = await home_of(stub, 2)
    assert home.startswith("I'm reading one site.")
    assert "Sites I read: The Tidewater Post" in home
    [feed] = reading.feeds.all()
    assert (feed.full_text, feed.person) == (True, "U01ALICE")
    await make_worker(reading, stub.client, TEAM).run_due()
    assert "articles searched" in read(await stub.answer_to(stub.command("wall")))
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    assert "claims* in 2 articles" in (await home_of(stub, 3)).splitlines()[0]


async def test_articles_can_be_read_as_the_feed_has_them(
    stub: SlackStub, reading: Newsroom, site: OutletSite
) -> None:
    await stub.deliver(filled_in(stub, f"{site.url}/feed", "short"))
    await stub.words()
    assert [feed.full_text for feed in reading.feeds.all()] == [False]


@pytest.mark.parametrize(
    ("addresses", "why"),
    [
        ("", "is not a web address"),
        ("halyard.example, the post", '"the" is not a web address'),
        (" ".join(f"a{n}.example" for n in range(MAX_SITES + 1)), "more than 10 addresses"),
    ],
)
async def test_a_bad_address_keeps_the_form_open(stub: SlackStub, addresses: str, why: str) -> None:
    acknowledged = await stub.deliver(filled_in(stub, addresses))
    assert '"response_action": "errors"' in str(acknowledged.body)
    assert why.replace('"', '\\"') in str(acknowledged.body)


async def test_only_admins_say_which_sites_are_read(stub: SlackStub, reading: Newsroom) -> None:
    reading.settings = replace(reading.settings, people=PeopleSettings(admins=("U09OTHER",)))
    await stub.deliver(press_at_home(stub, BOB))
    await stub.deliver(filled_in(stub, "halyard.example"))
    told = await stub.words(2)
    assert all(text.startswith("Only admins can change the feeds.") for text in told)
    assert stub.called("views.open") == []
    assert reading.feeds.all() == []
