"""Who is let in, and what whoever is not hears of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.gate import access, people
from bot.slack.local import ALICE, NEWSROOM, TEAM
from tests.slack.slack_stub import Json, SlackStub, member

GUEST = member(is_restricted=True)
STRANGER = member(team_id="T9ELSEWHERE")
MEMBERS = PeopleSettings()


@pytest.fixture
def settings(newsroom: Newsroom) -> Iterator[Newsroom]:
    before = newsroom.settings
    yield newsroom
    newsroom.settings = before


@pytest.fixture
async def stub(settings: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(settings) as opened:
        yield opened


def only(newsroom: Newsroom, **chosen: Any) -> None:
    newsroom.settings = replace(newsroom.settings, people=PeopleSettings(**chosen))


@pytest.mark.parametrize(
    ("known", "chosen", "begins"),
    [
        (member(), {}, None),
        (GUEST, {}, "I only answer members of this workspace, not guests."),
        (member(is_ultra_restricted=True), {}, "I only answer members"),
        (GUEST, {"users": ("everyone",)}, None),
        (GUEST, {"users": ("members", ALICE)}, None),
        (STRANGER, {}, "I only answer people in this workspace."),
        (STRANGER, {"users": ("everyone",)}, "I only answer people in this workspace."),
        (STRANGER, {"strangers": True}, None),
        (member(team_id=None), {}, "I only answer people in this workspace."),
        (member(team_id="T9", enterprise_user={"teams": ["T9", TEAM]}), {}, None),
        (member(), {"users": ("U02BOB",)}, "I only answer people who"),
        (member(), {"users": (ALICE,)}, None),
        (member(), {"users": ("S1DESK",)}, None),
        (member(), {"users": ("S2OTHER",)}, "I only answer people who"),
    ],
)
async def test_settings_decide_who_may_use_the_bot(
    stub: SlackStub, known: Json, chosen: Json, begins: str | None
) -> None:
    stub.answers["users.info"] = known
    stub.answers["usergroups.users.list"] = {"ok": True, "users": [ALICE]}
    if chosen.get("users") == ("S2OTHER",):
        stub.answers["usergroups.users.list"] = {"ok": True, "users": []}
    settings = PeopleSettings(**chosen)
    told = await access.denial_reason(stub.client, settings, ALICE, TEAM)
    assert told is None if begins is None else str(told).startswith(begins)


DELIVERIES = (*("command", "help", "digest", "button", "shortcut", "mention", "direct message"),)


def deliveries(stub: SlackStub) -> dict[str, Json]:
    return {
        "command": stub.command(),
        "help": stub.command("help"),
        "digest": stub.command("off", "/digest"),
        "button": stub.press("context", "c1"),
        "shortcut": stub.shortcut(),
        "mention": stub.event("app_mention", text="<@U0BOT> yuan"),
        "direct message": stub.event("message", channel_type="im", channel="D1", text="yuan"),
    }


@pytest.mark.parametrize("known", [GUEST, STRANGER])
@pytest.mark.parametrize("kind", DELIVERIES)
async def test_an_unauthorised_person_hears_one_sentence(
    stub: SlackStub, kind: str, known: Json
) -> None:
    stub.answers["users.info"] = known
    acknowledged = await stub.deliver(deliveries(stub)[kind])
    assert (acknowledged.status, acknowledged.body) == (200, "")
    [told] = await stub.words()
    assert told.startswith("I only answer ")
    await stub.wait_until_idle()
    assert len(await stub.words()) == 1
    assert {name for name, _ in stub.calls} <= {
        "users.info", "chat.postEphemeral", "chat.postMessage",
    }  # fmt: skip
    assert all(one["response_type"] == "ephemeral" for one in stub.shown)


async def test_an_unauthorised_person_gets_no_menu_or_modal(stub: SlackStub) -> None:
    stub.answers["users.info"] = GUEST
    assert (await stub.deliver(stub.options())).body == '{"options": []}'
    sent = await stub.deliver(stub.submission("withdraw"))
    assert '"response_action": "update"' in sent.body
    assert "not guests" in sent.body
    await stub.wait_until_idle()
    assert {name for name, _ in stub.calls} == {"users.info"}


async def test_the_home_tab_shows_refused_people_the_same_sentence(stub: SlackStub) -> None:
    stub.answers["users.info"] = GUEST
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    await stub.wait_until_idle()
    [published] = stub.called("views.publish")
    assert published["user_id"] == ALICE
    assert "not guests" in str(published["view"])


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "link_shared", "links": []},
        {"kind": "message", "channel_type": "channel", "text": "so much for the yuan"},
        {"kind": "reaction_added"},
    ],
)
async def test_only_requests_are_answered_with_a_refusal(stub: SlackStub, event: Json) -> None:
    stub.answers["users.info"] = GUEST
    assert (await stub.deliver(stub.event(**event))).status == 200
    await stub.wait_until_idle()
    assert {name for name, _ in stub.calls} == {"users.info"}
    assert not stub.shown


async def test_a_person_is_looked_up_once(stub: SlackStub) -> None:
    for _ in range(5):
        await stub.deliver(stub.command("help"))
    assert len(await stub.words(5)) == 5
    assert len(stub.called("users.info")) == 1


async def test_a_member_who_becomes_a_guest_is_refused_within_a_minute(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(people._people, "_clock", lambda: now)
    await stub.deliver(stub.command("help"))
    assert "/claim yuan ruble" in (await stub.words())[0]
    stub.answers["users.info"] = GUEST
    now = 60.0
    await stub.deliver(stub.command("help"))
    assert (await stub.words(2))[1].startswith("I only answer members of this workspace")


async def test_nobody_is_looked_up_if_everyone_may(stub: SlackStub, settings: Newsroom) -> None:
    only(settings, users=("everyone",))
    await stub.deliver(stub.command("help"))
    await stub.deliver(stub.press("next", "x:1"))
    assert len(await stub.words(2)) == 2
    assert not stub.called("users.info")


async def test_strangers_are_always_looked_up(stub: SlackStub, settings: Newsroom) -> None:
    only(settings, users=("everyone",))
    stub.answers["users.info"] = member("U9", team_id="T9")
    press = stub.press("next", "x:1", user={"id": "U9", "team_id": "T9"})
    await stub.deliver(press)
    await stub.deliver(stub.event("app_mention", user="U9") | {"is_ext_shared_channel": True})
    told = await stub.words(2)
    assert all(one.startswith("I only answer people in this workspace.") for one in told)
    only(settings, users=("everyone",), strangers=True)
    await stub.deliver(press | {"trigger_id": "another"})
    await stub.words(3)
    assert stub.shown[-1]["text"].startswith("I no longer have this answer")


@pytest.mark.parametrize("kind", ["command", "shortcut"])
async def test_deliveries_of_other_workspaces_are_ignored(
    stub: SlackStub, settings: Newsroom, kind: str
) -> None:
    only(settings, users=("everyone",), strangers=True)
    stub.answers["users.info"] = {"ok": False, "error": "user_not_found"}
    there = {"team_id": "T9", "team": {"id": "T9"}, "user": {"id": "U9", "team_id": "T9"}}
    delivery = {"command": stub.command, "shortcut": stub.shortcut}[kind]()
    await stub.deliver(delivery | there)
    [told] = await stub.words()
    assert told.startswith("I couldn't check with Slack who you are")
    assert not stub.called("views.open")


async def test_a_slow_lookup_does_not_delay_the_acknowledgement(stub: SlackStub) -> None:
    stub.held["users.info"] = asyncio.Event()
    acknowledged = await stub.deliver(stub.command("help"))
    assert (acknowledged.status, acknowledged.body) == (200, "")
    assert not stub.shown
    stub.held["users.info"].set()
    [told] = await stub.words()
    assert "/claim yuan ruble" in told


async def test_a_modal_does_not_wait_for_a_slow_lookup(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "LOOKUP_TIMEOUT_IN_ACK", 0.05)
    stub.held["users.info"] = asyncio.Event()
    sent = await stub.deliver(stub.submission("withdraw"))
    assert "I couldn't check with Slack who you are" in sent.body
    assert (await stub.deliver(stub.options())).body == '{"options": []}'
    stub.held["users.info"].set()


@pytest.mark.parametrize("fault", [429, 500, "cut", {"ok": False, "error": "missing_scope"}, [1]])
async def test_a_person_who_cannot_be_looked_up_is_refused(
    stub: SlackStub, fault: Any, caplog: pytest.LogCaptureFixture
) -> None:
    stub.answers["users.info"], stub.headers = fault, {"Retry-After": "60"}
    await stub.deliver(stub.command())
    [told] = await stub.words()
    assert told.startswith("I couldn't check with Slack who you are, so I can't answer yet: ")
    reference = told.rpartition("(ref ")[2].rstrip(")")
    assert f"ref {reference}" in caplog.text
    sent = await stub.deliver(stub.submission("withdraw"))
    assert "I couldn't check with Slack who you are" in sent.body


async def test_a_repeated_delivery_is_handled_once(stub: SlackStub) -> None:
    command, press = stub.command("help"), stub.press("next", "gone")
    for body in (command, command, press, press):
        assert (await stub.deliver(body)).status == 200
    mention = stub.event("app_mention")
    stub.answers["users.info"] = GUEST
    people.clear_cache()
    await stub.deliver(mention)
    await stub.deliver(mention)
    await stub.words(3)
    await stub.wait_until_idle()
    assert len(await stub.words(3)) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"authorizations": [{"team_id": "T9"}]},
        {"event": {"type": "app_mention", "user": ALICE, "bot_id": "B1", "channel": NEWSROOM}},
        {"event": {"type": "message", "subtype": "bot_message", "channel": "D1"}},
        {"event": {"type": "channel_rename", "channel": {"id": NEWSROOM}}},
    ],
)
async def test_deliveries_for_others_or_from_bots_are_ignored(
    stub: SlackStub, changed: Json
) -> None:
    stub.answers["users.info"] = GUEST  # or it would be let in and passed over then
    answered = await stub.deliver(stub.event("app_mention") | changed)
    assert answered.status == 200
    await stub.wait_until_idle()
    assert not stub.calls


async def test_modals_of_other_workspaces_are_ignored(
    stub: SlackStub, caplog: pytest.LogCaptureFixture
) -> None:
    await stub.deliver(stub.submission("withdraw", app_installed_team_id="T9"))
    await stub.wait_until_idle()
    assert not stub.calls
    assert "ignored a delivery for another workspace (T9)" in caplog.text


async def test_results_belong_to_our_workspace(stub: SlackStub, settings: Newsroom) -> None:
    only(settings, strangers=True)
    conversation = settings.store.conversations.begin(TEAM, ALICE, settings.now())
    answer_id = conversation.remember("yuan")
    theirs = {"team": {"id": "T9"}, "user": {"id": ALICE, "team_id": "T9"}}
    stub.answers["users.info"] = STRANGER
    await stub.deliver(stub.press("next", f"{answer_id}:0", **theirs))
    [told] = await stub.words()
    assert "yuan" in told


async def test_an_uninstall_reaches_the_bot(
    stub: SlackStub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    body = stub.event("tokens_revoked", user=None, channel=None) | {"authorizations": []}
    assert (await stub.deliver(body)).status == 200
    assert not stub.calls


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_an_uninstall_elsewhere_is_ignored(
    stub: SlackStub, newsroom: Newsroom, kind: str
) -> None:
    body = stub.event(kind, user=None, channel=None, tokens={"bot": ["U9"]})
    await stub.deliver(body | {"authorizations": [], "team_id": "T9"})
    await stub.wait_until_idle()
    assert newsroom.store.channels.failures() == {}
