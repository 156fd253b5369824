"""The Home tab: published when somebody opens it and after each press in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.local import ALICE, BOB, NEWSROOM, PLANNING, TEAM
from bot.slack.surfaces.home import tab as home
from bot.store.delivery.payloads import TextPayload
from tests.slack.desk import Desk, Json, read
from tests.slack.slack_stub import SlackStub, member

SECRET = "C09SECRET"


@pytest.fixture(autouse=True)
def _no_channel_is_known() -> None:
    channels.clear_cache()


@pytest.fixture
def set_up(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newsroom with a watch and digests of Bob, one of them in a private channel."""
    before = newsroom.settings
    newsroom.settings = replace(before, people=PeopleSettings())
    for one in newsroom.store.corrections.find(
        state="suggested"
    ):  # of other tests: Home shows only a few
        newsroom.corrections.decide(one.id, "declined", person=BOB, person_name="the test")
    for channel, person in ((NEWSROOM, BOB), (SECRET, BOB), (PLANNING, ALICE)):
        digest: Json = {"team": TEAM, "channel": channel, "zone": "Europe/London"}
        newsroom.digests.subscriptions.subscribe(**digest, at=time(8, 30), person=person)
    elsewhere = {"team": "T9", "channel": "C9", "zone": "UTC", "person": ALICE}
    newsroom.digests.subscriptions.subscribe(**elsewhere, at=time(9))
    watch = newsroom.watches.add(
        team=TEAM, person=BOB, channel=BOB, query="secret yuan", zone="UTC"
    )
    yield newsroom
    newsroom.settings = before
    newsroom.watches.end(watch)
    for team, channel in ((TEAM, SECRET), (TEAM, PLANNING), (TEAM, NEWSROOM), ("T9", "C9")):
        newsroom.store.ledger.unsubscribe(team, channel)


@pytest.fixture
async def stub(set_up: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(set_up) as opened:
        opened.answers["conversations.info"] = {"ok": True, "channel": {"is_private": False}}
        yield opened


async def published(stub: SlackStub, number: int = 1) -> Json:
    for _ in range(200):
        if len(sent := stub.called("views.publish")) >= number:
            return sent[number - 1]
        await stub.wait_until_idle()
    raise AssertionError("no Home tab was published")


def press(stub: SlackStub, action: str, value: str, **more: Any) -> Json:
    """Return what Slack sends when a button in the Home tab is pressed."""
    body = stub.press(action, value)
    body.pop("channel"), body.pop("response_url")
    view = {"type": "home", "id": "VHOME", "callback_id": ""}
    return {**body, "container": {"type": "view", "view_id": "VHOME"}, "view": view, **more}


async def test_the_home_tab_shows_only_what_the_person_may_see(stub: SlackStub) -> None:
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    sent = await published(stub)
    assert sent["user_id"] == ALICE
    said = read(sent["view"])
    assert f"<#{PLANNING}>" in said
    assert "secret yuan" not in said
    assert "For admins" not in said
    assert "<#C9>" not in said
    assert stub.shown == []


@pytest.mark.parametrize("asked", [{"is_private": True}, {}, {"is_private": False, "is_im": True}])
async def test_only_its_owner_sees_a_private_channels_digest(stub: SlackStub, asked: Json) -> None:
    stub.answers["conversations.info"] = {"ok": True, "channel": asked}
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    said = read((await published(stub))["view"])
    assert SECRET not in said
    assert NEWSROOM not in said
    assert f"<#{PLANNING}>" in said
    await stub.deliver(stub.event("app_home_opened", tab="home", user=BOB))
    assert f"<#{SECRET}>" in read((await published(stub, 2))["view"])


@pytest.mark.parametrize("known", [{"is_restricted": True}, {"team_id": "T9OTHER"}])
async def test_guests_see_only_their_own_digests(
    stub: SlackStub, set_up: Newsroom, known: Json
) -> None:
    stub.answers["users.info"] = member("U04OTHER", **known)
    every = set_up.store.ledger.subscriptions(TEAM)
    assert await home.find_visible_subscriptions(stub.client, every, "U04OTHER") == []
    own = replace(every[0], channel="COWN", person="U04OTHER")
    assert await home.find_visible_subscriptions(stub.client, [*every, own], "U04OTHER") == [own]


async def test_slack_is_asked_about_a_limited_number_of_channels(
    stub: SlackStub, set_up: Newsroom
) -> None:
    [template] = [one for one in set_up.store.ledger.subscriptions(TEAM) if one.channel == NEWSROOM]
    every = [replace(template, channel=f"C{n}") for n in range(home.MAX_CHANNELS + 30)]
    own = replace(template, channel="COWN", person=ALICE)
    seen = await home.find_visible_subscriptions(stub.client, [*every, own], ALICE)
    assert [one.channel for one in seen[:2]] == ["COWN", "C0"]
    assert len(stub.called("conversations.info")) == len(seen) - 1 == home.MAX_CHANNELS


async def test_the_home_tab_works_without_slacks_lookups(
    stub: SlackStub,
) -> None:
    stub.answers["conversations.info"] = stub.answers["users.info"] = 500
    only_everyone = PeopleSettings(users=("everyone",))
    stub.newsroom.settings = replace(stub.newsroom.settings, people=only_everyone)
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    said = read((await published(stub))["view"])
    assert f"<#{PLANNING}>" in said
    assert NEWSROOM not in said
    assert "times in UTC" in said


async def test_opening_the_messages_tab_publishes_nothing(stub: SlackStub) -> None:
    await stub.deliver(stub.event("app_home_opened", tab="messages"))
    await stub.wait_until_idle()
    assert not stub.called("views.publish")


async def test_an_admin_retries_or_drops_dead_letters(stub: SlackStub, set_up: Newsroom) -> None:
    stub.answers["users.info"] = member(is_admin=True)
    for key in ("k1", "k2"):
        set_up.store.outbox.add(
            None,
            team=TEAM,
            channel=NEWSROOM,
            key=key,
            payload=TextPayload("x"),
            now=set_up.now(),
        )
        one = set_up.store.outbox.by_key(TEAM, key)
        assert one
        set_up.delivery.outbox.give_up(one, "dead", "archived", None)
    ids = [str(one.id) for one in set_up.store.dead_letters.find(TEAM)]
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    assert "2 messages were not posted" in read((await published(stub))["view"])
    await stub.deliver(press(stub, "home_drop", ids[0]))
    assert "1 message was not posted" in read((await published(stub, 2))["view"])
    await stub.deliver(press(stub, "home_retry", ids[1]))
    assert "not posted" not in read((await published(stub, 3))["view"])
    await stub.deliver(press(stub, "home_retry", ids[1]))
    [told] = await stub.words()
    assert told


@pytest.mark.parametrize("value", ["7", "", "x", "9" * 40, "²"])
async def test_only_admins_with_valid_values_change_dead_letters(
    stub: SlackStub, value: str
) -> None:
    stub.answers["users.info"] = member(is_admin=value != "7")
    await stub.deliver(press(stub, "home_retry", value))
    [told] = await stub.words()
    assert told.startswith("Only admins" if value == "7" else "This button no longer works")
    assert not stub.called("views.publish")


async def test_a_refused_home_tab_is_reported(stub: SlackStub) -> None:
    stub.answers["views.publish"] = {"ok": False, "error": "ratelimited"}
    await stub.deliver(stub.event("app_home_opened", tab="home", channel="D1"))
    [told] = await stub.words()
    assert told.startswith("The Home tab was not shown: Slack asks me to slow down.")


async def test_home_opens_shows_pauses_a_watch_and_opens_the_form(
    desk: Desk, set_up: Newsroom
) -> None:
    opened = await desk.open_home(person=BOB)
    assert "secret yuan" in read(opened)
    assert f"<#{NEWSROOM}>" in read(opened)
    [watch] = set_up.store.watches.for_person(TEAM, person=BOB)
    await desk.press_at_home("watch_pause", watch.id, person=BOB)
    assert "paused" in read((await desk.call_of("views.publish", 2, user_id=BOB))["view"])
    known = await desk.messages()
    await desk.press_at_home("home_find", "form", person=BOB)
    assert (await desk.call_of("views.open"))["view"]["callback_id"] == "claim_form"
    words = {"words": {"form_words": {"value": "yuan ruble"}}}
    became = await desk.submit_values(words, person=BOB)
    assert "direct message" in read(became["stack"][0])
    answer = await desk.call_of("chat.postMessage")
    assert answer["channel"] == BOB
    assert await desk.messages() == known


async def test_a_correction_is_decided_in_the_home_tab(stub: SlackStub, set_up: Newsroom) -> None:
    stub.answers["users.info"] = member(is_admin=True)
    claim = set_up.search.find("port type:indirect", limit=1).hits[0].claim
    by: Json = {"person": BOB, "person_name": "Bob", "reason": "see the lead", "is_accepted": False}
    changes = {"speaker": "Ida Marsh"}
    made = set_up.corrections.correct(
        team=TEAM, press="at home", claim_id=claim.id, changes=changes, **by
    )
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    assert "Ida Marsh" in read((await published(stub))["view"])
    stub.answers["users.info"] = member("U03EVE")
    await stub.deliver(stub.event("app_home_opened", tab="home", user="U03EVE"))
    assert "Ida Marsh" not in read((await published(stub, 2))["view"])
    view = await stub.view_opened_by(press(stub, "correction_accept", made.id))
    await stub.deliver(
        stub.submission(view["callback_id"], private_metadata=view["private_metadata"])
    )
    assert "Ida Marsh" not in read((await published(stub, 3))["view"])
    assert set_up.corrections.lookup.correction(made.id).state == "accepted"
    set_up.corrections.decide(made.id, "undone", person=BOB, person_name="Bob")
