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
from tests.slack.front import Front, Json, member

GUEST = member(is_restricted=True)
STRANGER = member(team_id="T9ELSEWHERE")
MEMBERS = PeopleSettings()


@pytest.fixture
def settings(newsroom: Newsroom) -> Iterator[Newsroom]:
    before = newsroom.settings
    yield newsroom
    newsroom.settings = before


@pytest.fixture
async def front(settings: Newsroom) -> AsyncIterator[Front]:
    async with Front().opened(settings) as opened:
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
async def test_the_settings_say_who_may_use_the_bot(
    front: Front, known: Json, chosen: Json, begins: str | None
) -> None:
    front.answers["users.info"] = known
    front.answers["usergroups.users.list"] = {"ok": True, "users": [ALICE]}
    if chosen.get("users") == ("S2OTHER",):
        front.answers["usergroups.users.list"] = {"ok": True, "users": []}
    settings = PeopleSettings(**chosen)
    told = await access.why_not(front.client, settings, ALICE, TEAM)
    assert told is None if begins is None else str(told).startswith(begins)


DELIVERIES = (
    *("command", "help", "digest", "button", "shortcut"),
    *("mention", "direct message", "assistant"),
)


def deliveries(front: Front) -> dict[str, Json]:
    return {
        "command": front.command(),
        "help": front.command("help"),
        "digest": front.command("off", "/digest"),
        "button": front.press("context", "c1"),
        "shortcut": front.shortcut(),
        "mention": front.event("app_mention", text="<@U0BOT> yuan"),
        "direct message": front.event("message", channel_type="im", channel="D1", text="yuan"),
        "assistant": front.event(
            "assistant_thread_started",
            user=None,
            channel=None,
            assistant_thread={"user_id": ALICE, "channel_id": "D1", "thread_ts": "3.3"},
        ),
    }


@pytest.mark.parametrize("known", [GUEST, STRANGER])
@pytest.mark.parametrize("kind", DELIVERIES)
async def test_who_may_not_hears_one_sentence_and_nothing_else(
    front: Front, kind: str, known: Json
) -> None:
    front.answers["users.info"] = known
    acknowledged = await front.deliver(deliveries(front)[kind])
    assert (acknowledged.status, acknowledged.body) == (200, "")
    [told] = await front.words()
    assert told.startswith("I only answer ")
    await front.quiet()
    assert len(await front.words()) == 1
    assert {name for name, _ in front.calls} <= {
        "users.info", "chat.postEphemeral", "chat.postMessage",
    }  # fmt: skip
    assert all(one["response_type"] == "ephemeral" for one in front.shown)


async def test_who_may_not_gets_no_choices_and_no_modal(front: Front) -> None:
    front.answers["users.info"] = GUEST
    assert (await front.deliver(front.options())).body == '{"options": []}'
    sent = await front.deliver(front.sending("withdraw"))
    assert '"response_action": "update"' in sent.body
    assert "not guests" in sent.body
    await front.quiet()
    assert {name for name, _ in front.calls} == {"users.info"}


async def test_who_may_not_sees_the_same_sentence_in_the_home_tab(front: Front) -> None:
    front.answers["users.info"] = GUEST
    await front.deliver(front.event("app_home_opened", tab="home"))
    await front.quiet()
    [published] = front.called("views.publish")
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
async def test_nobody_is_spoken_to_who_has_not_turned_to_the_bot(front: Front, event: Json) -> None:
    front.answers["users.info"] = GUEST
    assert (await front.deliver(front.event(**event))).status == 200
    await front.quiet()
    assert {name for name, _ in front.calls} == {"users.info"}
    assert not front.shown


async def test_a_person_is_asked_for_once_and_answered_each_time(front: Front) -> None:
    for _ in range(5):
        await front.deliver(front.command("help"))
    assert len(await front.words(5)) == 5
    assert len(front.called("users.info")) == 1


async def test_where_everybody_may_nobody_is_asked_for(front: Front, settings: Newsroom) -> None:
    only(settings, users=("everyone",))
    await front.deliver(front.command("help"))
    await front.deliver(front.press("next", "x:1"))
    assert len(await front.words(2)) == 2
    assert not front.called("users.info")


async def test_strangers_are_asked_for_also_where_everybody_here_may(
    front: Front, settings: Newsroom
) -> None:
    only(settings, users=("everyone",))
    front.answers["users.info"] = member("U9", team_id="T9")
    press = front.press("next", "x:1", user={"id": "U9", "team_id": "T9"})
    await front.deliver(press)
    await front.deliver(front.event("app_mention", user="U9") | {"is_ext_shared_channel": True})
    told = await front.words(2)
    assert all(one.startswith("I only answer people in this workspace.") for one in told)
    only(settings, users=("everyone",), strangers=True)
    await front.deliver(press | {"trigger_id": "another"})
    await front.words(3)
    assert front.shown[-1]["text"].startswith("I no longer have this answer")


@pytest.mark.parametrize("kind", ["command", "shortcut"])
async def test_nothing_is_shown_in_another_workspace_where_the_app_is_too(
    front: Front, settings: Newsroom, kind: str
) -> None:
    only(settings, users=("everyone",), strangers=True)
    front.answers["users.info"] = {"ok": False, "error": "user_not_found"}
    there = {"team_id": "T9", "team": {"id": "T9"}, "user": {"id": "U9", "team_id": "T9"}}
    delivery = {"command": front.command, "shortcut": front.shortcut}[kind]()
    await front.deliver(delivery | there)
    [told] = await front.words()
    assert told.startswith("I couldn't check with Slack who you are")
    assert not front.called("views.open")


async def test_it_is_acknowledged_before_slack_has_said_who_it_is(front: Front) -> None:
    front.held["users.info"] = asyncio.Event()
    acknowledged = await front.deliver(front.command("help"))
    assert (acknowledged.status, acknowledged.body) == (200, "")
    assert not front.shown
    front.held["users.info"].set()
    [told] = await front.words()
    assert "/claim yuan ruble" in told


async def test_a_modal_is_not_kept_waiting_for_slack(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "AT_MOST", 0.05)
    front.held["users.info"] = asyncio.Event()
    sent = await front.deliver(front.sending("withdraw"))
    assert "I couldn't check with Slack who you are" in sent.body
    assert (await front.deliver(front.options())).body == '{"options": []}'
    front.held["users.info"].set()


@pytest.mark.parametrize("fault", [429, 500, "cut", {"ok": False, "error": "missing_scope"}, [1]])
async def test_whom_slack_says_nothing_of_is_refused_kindly(
    front: Front, fault: Any, caplog: pytest.LogCaptureFixture
) -> None:
    front.answers["users.info"], front.headers = fault, {"Retry-After": "60"}
    await front.deliver(front.command())
    [told] = await front.words()
    assert told.startswith("I couldn't check with Slack who you are, so I can't answer yet: ")
    reference = told.rpartition("(ref ")[2].rstrip(")")
    assert f"ref {reference}" in caplog.text
    sent = await front.deliver(front.sending("withdraw"))
    assert "I couldn't check with Slack who you are" in sent.body


async def test_a_delivery_that_comes_twice_is_handled_once(front: Front) -> None:
    command, press = front.command("help"), front.press("next", "gone")
    for body in (command, command, press, press):
        assert (await front.deliver(body)).status == 200
    mention = front.event("app_mention")
    front.answers["users.info"] = GUEST
    people.forget()
    await front.deliver(mention)
    await front.deliver(mention)
    await front.words(3)
    await front.quiet()
    assert len(await front.words(3)) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"authorizations": [{"team_id": "T9"}]},
        {"event": {"type": "app_mention", "user": ALICE, "bot_id": "B1", "channel": NEWSROOM}},
        {"event": {"type": "message", "subtype": "bot_message", "channel": "D1"}},
        {"event": {"type": "channel_rename", "channel": {"id": NEWSROOM}}},
    ],
)
async def test_what_is_for_others_or_of_bots_is_passed_over(front: Front, changed: Json) -> None:
    front.answers["users.info"] = GUEST  # or it would be let in and passed over then
    answered = await front.deliver(front.event("app_mention") | changed)
    assert answered.status == 200
    await front.quiet()
    assert not front.calls


async def test_a_modal_that_was_opened_in_another_workspace_is_passed_over(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    await front.deliver(front.sending("withdraw", app_installed_team_id="T9"))
    await front.quiet()
    assert not front.calls
    assert "ignored a delivery for another workspace (T9)" in caplog.text


async def test_what_comes_of_it_is_this_workspaces_whoever_asks(
    front: Front, settings: Newsroom
) -> None:
    only(settings, strangers=True)
    answer_id = settings.store.conversations.remember(TEAM, ALICE, "yuan", settings.now())
    theirs = {"team": {"id": "T9"}, "user": {"id": ALICE, "team_id": "T9"}}
    front.answers["users.info"] = STRANGER
    await front.deliver(front.press("next", f"{answer_id}:0", **theirs))
    [told] = await front.words()
    assert "yuan" in told


async def test_the_bot_is_told_when_it_is_thrown_out(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    body = front.event("tokens_revoked", user=None, channel=None) | {"authorizations": []}
    assert (await front.deliver(body)).status == 200
    assert not front.calls


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_that_another_workspace_has_thrown_it_out_shuts_nobody_out(
    front: Front, newsroom: Newsroom, kind: str
) -> None:
    body = front.event(kind, user=None, channel=None, tokens={"bot": ["U9"]})
    await front.deliver(body | {"authorizations": [], "team_id": "T9"})
    await front.quiet()
    assert newsroom.store.channels.failures() == {}
