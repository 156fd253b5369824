"""/watch, its buttons and its modal: over a stub of Slack, and once in the local one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import config
from bot.delivery.outbox import MAX_RENDER_ATTEMPTS
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack.app import client_of
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.messages.worker import worker_of
from bot.store import Filed, schema
from tests.slack.desk import Desk, read
from tests.slack.front import Front, Json, member
from tests.slack.surfaces.watches.test_blocks import sent

MEMBER = {"ok": True, "channel": {"id": NEWSROOM, "is_member": True}}
BY_BOB = {"user": {"id": BOB, "team_id": TEAM}, "user_id": BOB}


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom of few claims, in which nobody is named as an admin."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as opened:
        opened.open()
        yield opened


@pytest.fixture
async def front(newsroom: Newsroom) -> AsyncIterator[Front]:
    people.forget()
    async with Front().opened(newsroom) as opened:
        opened.answers["conversations.info"] = MEMBER
        opened.answers["conversations.members"] = {"ok": True, "members": [ALICE]}
        yield opened


def file(newsroom: Newsroom, claim_id: str, text: str) -> None:
    known: dict[str, Any] = {"kind": "attribution", "speaker": "Jane Roe", "source": "Jane Roe"}
    article_id = claim_id.partition("-")[0]
    claim = Claim(id=claim_id, article_id=article_id, text=text, cue="said", **known)
    article = Article(
        id=article_id, origin=article_id, text=text, outlet=f"Outlet {article_id}", language="en"
    )
    newsroom.store.archive.file([Filed(article, [claim])], arrival="single", now=newsroom.now)


async def types(front: Front, typed: str, **more: Any) -> str:
    return read(await front.answer_to(front.command(typed, "/watch", **more)))


def sending(front: Front, view: Json, **written: str) -> Json:
    known = {name: view[name] for name in ("private_metadata", "blocks")}
    state = sent(view, **written)["state"]
    return front.sending("watch_edit", **known, state=state)


async def test_a_watch_is_set_listed_paused_resumed_and_ended(
    front: Front, newsroom: Newsroom
) -> None:
    said = await types(front, "yuan  ruble")
    assert said.startswith(
        f"I'll post new claims about yuan ruble in <#{NEWSROOM}> as they come in. First check: now."
    )
    assert "to you alone" in await types(front, "dm by:roe")
    assert "to you alone" in await types(front, "gas", channel_id="D1")
    there = newsroom.store.watches.of(TEAM, person=ALICE)
    assert [(one.query, one.channel) for one in there] == [
        *(("yuan ruble", NEWSROOM), ("by:roe", ALICE), ("gas", ALICE)),
    ]
    assert there[0].zone == "Europe/London"
    listed = await types(front, "list")
    assert listed.count("nothing found yet") == 3
    assert "is paused" in await types(front, "pause 1")
    assert "paused · nothing found" in await types(front, "LIST")
    assert "is running again" in await types(front, "resume #1")
    for _ in range(2):
        assert "is paused" in read(await front.answer_to(front.press("watch_pause", there[1].id)))
    assert "type `/watch dm by:roe`" in await types(front, "end 2")
    assert "no such watch" in (await types(front, "end 2")).casefold()


@pytest.mark.parametrize("typed", ["", "help", "?"])
async def test_help_says_what_to_type(front: Front, typed: str) -> None:
    assert "/watch dm yuan ruble" in await types(front, typed)


async def test_what_looks_like_a_command_is_watched_all_the_same(
    front: Front, newsroom: Newsroom
) -> None:
    for typed in ("pause fire", "end of war", "dm", "list prices"):
        await types(front, typed)
    queries = [one.query for one in newsroom.store.watches.of(TEAM, person=ALICE)]
    assert queries == ["pause fire", "end of war", "dm", "list prices"]


async def test_what_cannot_be_watched_is_told(front: Front, newsroom: Newsroom) -> None:
    assert "I can't read after:never" in await types(front, "after:never")
    assert "too long" in await types(front, "The lock leaks today. The mayor denies all of it.")
    front.answers["conversations.info"] = {"ok": True, "channel": {"is_member": False}}
    said = await types(front, "yuan")
    assert "The watch was not set: I'm not in this channel. Invite me" in said
    front.answers["conversations.info"] = {"ok": False, "error": "channel_not_found"}
    assert "Nothing was changed" in await types(front, "yuan")
    assert newsroom.store.watches.of(TEAM, person=ALICE) == []


async def test_a_broad_watch_is_asked_for_twice(front: Front, newsroom: Newsroom) -> None:
    file(newsroom, "a1-1", "the harbour is closed")
    newsroom.updates.catch_up()
    asked = await front.answer_to(front.command("dm lang:en", "/watch"))
    assert "is broad: it would have found 1 claim in the last 24 hours." in read(asked)
    assert newsroom.store.watches.of(TEAM, person=ALICE) == []
    (button,) = asked["blocks"][-1]["elements"]
    press = front.press(button["action_id"], button["value"])
    assert "no longer" in read(await front.answer_to({**press, **BY_BOB}))
    said = await front.answer_to(front.press(button["action_id"], button["value"]))
    assert "to you alone" in read(said)
    assert said["replace_original"]
    assert [one.query for one in newsroom.store.watches.of(TEAM, person=ALICE)] == ["lang:en"]


async def test_a_broad_watch_is_told_where_it_was_asked_for_wherever_it_is_confirmed(
    front: Front, newsroom: Newsroom
) -> None:
    asked = await front.answer_to(front.command("lang:en", "/watch"))
    (button,) = asked["blocks"][-1]["elements"]
    press = front.press(button["action_id"], button["value"])
    # The bot is not in the channel, so it has asked in a direct message.
    directly = {**press, "channel": {"id": "D1", "name": "directmessage"}}
    assert f"that match lang:en in <#{NEWSROOM}>" in read(await front.answer_to(directly))
    assert [one.channel for one in newsroom.store.watches.of(TEAM, person=ALICE)] == [NEWSROOM]
    # A channel that nobody has asked about in this way is none.
    forged = button["value"].partition(":")[0] + ":C09"
    said = read(await front.answer_to(front.press(button["action_id"], forged)))
    assert "no longer" in said
    assert len(newsroom.store.watches.of(TEAM, person=ALICE)) == 1


async def test_who_is_not_in_a_channel_has_no_watch_there(front: Front, newsroom: Newsroom) -> None:
    await types(front, "yuan")
    (watch,) = newsroom.store.watches.of(TEAM, person=ALICE)
    view = await front.view_opened_by(front.command("edit 1", "/watch"))
    newsroom.watches.pause(watch)
    front.answers["conversations.members"] = {"ok": True, "members": [BOB]}
    # A channel's id that was searched for is remembered as queries are.
    kept = [
        newsroom.store.conversations.remember(TEAM, ALICE, one, newsroom.now())
        for one in ("gas", "C09SECRET")
    ]
    at_home = front.press("watch_resume", watch.id)
    at_home.pop("channel")
    for body in (
        front.press("watch_anyway", ":".join(kept)),
        at_home,
        sending(front, view, query="evil"),
    ):
        said = read(await front.answer_to(body))
        assert said.startswith("You can only have a watch in a channel that you are in.")
    [after] = newsroom.store.watches.of(TEAM, person=ALICE)
    assert (after.query, after.state) == ("yuan", "paused")


async def test_a_watch_is_changed_in_its_modal(front: Front, newsroom: Newsroom) -> None:
    await types(front, "yuan")
    (watch,) = newsroom.store.watches.of(TEAM, person=ALICE)
    view = await front.view_opened_by(front.command("edit 1", "/watch"))
    refused = await front.deliver(sending(front, view, query="after:never", quiet="x"))
    errors = json.loads(refused.body)["errors"]
    assert set(errors) == {"query", "quiet"}
    changed = sending(front, view, query="ruble", where="dm", pace="daily", at="8:30")
    said = read(await front.answer_to(changed))
    assert "I'll post new claims about ruble to you alone once a day, at 08:30" in said
    (after,) = newsroom.store.watches.of(TEAM, person=ALICE)
    assert (after.id, after.query, after.channel) == (watch.id, "ruble", ALICE)
    view = await front.view_opened_by(front.press("watch_edit", watch.id))
    front.answers["conversations.info"] = {"ok": True, "channel": {"is_member": False}}
    said = read(await front.answer_to(sending(front, view, where="channel")))
    assert "The watch was not changed: I'm not in this channel." in said
    newsroom.watches.end(after)
    assert "no such watch" in read(await front.answer_to(sending(front, view))).casefold()


async def test_what_is_changed_from_the_home_tab_is_shown_there(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "yuan")
    (watch,) = newsroom.store.watches.of(TEAM, person=ALICE)
    press = front.press("watch_edit", watch.id)
    press.pop("channel"), press.pop("response_url")
    home = {"container": {"type": "view"}, "view": {"type": "home", "id": "VHOME"}}
    view = await front.view_opened_by({**press, **home})
    await front.deliver(sending(front, view, query="ruble"))
    for _ in range(200):
        if front.called("views.publish"):
            break
        await front.quiet()
    [shown] = front.called("views.publish")
    assert "*1* ruble" in read(shown["view"])
    assert len(front.shown) == 1


async def test_only_its_owner_and_admins_change_a_watch(front: Front, newsroom: Newsroom) -> None:
    await types(front, "yuan")
    (watch,) = newsroom.store.watches.of(TEAM, person=ALICE)
    view = await front.view_opened_by(front.command("edit 1", "/watch"))
    people.forget()
    front.answers["users.info"] = member(BOB)
    bob = {"user_id": BOB}
    for typed in ("pause 1", "resume 1", "end 1", "edit 1"):
        assert "Only whoever set a watch" in await types(front, typed, **bob)
    for body in (
        front.press("watch_end", watch.id),
        front.press("watch_edit", watch.id),
        sending(front, view, query="evil"),
    ):
        said = read(await front.answer_to({**body, **BY_BOB}))
        assert said.startswith(
            "Only whoever set a watch, and admins in its channel, can change it."
        )
    assert newsroom.store.watches.of(TEAM, person=ALICE) == [watch]
    assert "set by <@" in await types(front, "list", **bob)
    assert "Edit" not in str(
        (await front.answer_to(front.command("list", "/watch", **bob)))["blocks"]
    )
    people.forget()
    front.answers["users.info"] = member(BOB, is_admin=True)
    # Not from where they do not see it.
    assert "Only whoever set" in await types(front, "pause 1", channel_id="C09", **bob)
    assert "is paused" in await types(front, "pause 1", **bob)


async def test_nobody_sees_what_another_watches_alone(front: Front, newsroom: Newsroom) -> None:
    await types(front, "dm secret story")
    front.answers["users.info"] = member(BOB, is_admin=True)
    for typed in ("list", "pause 1", "edit 1", "end 1"):
        assert "secret" not in await types(front, typed, user_id=BOB)
    assert "secret" in await types(front, "list")


@pytest.mark.parametrize("action", ["watch_pause", "watch_end", "watch_edit", "watch_anyway"])
@pytest.mark.parametrize("value", ["", "x:here", "0123456789abcdef", "'; DROP TABLE watches; --"])
async def test_a_value_that_is_not_ours_is_told_kindly(
    front: Front, action: str, value: str
) -> None:
    said = read(await front.answer_to(front.press(action, value)))
    assert "no longer" in said or "no such watch" in said.casefold()
    assert "(ref" not in said


async def test_what_is_found_is_posted_grows_and_is_paused_from_there(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "harbour")
    file(newsroom, "a1-1", "the harbour stays closed for a week because of the storm")
    worker = worker_of(newsroom, front.client, TEAM)
    await worker.run_due()
    [posted] = front.called("chat.postMessage")
    words = read(posted)
    assert "\n> the *harbour* stays closed for a week because of the storm" in words
    assert 'New for this channel\'s watch "harbour"' in words
    assert posted["channel"] == NEWSROOM
    file(newsroom, "a2-1", "the harbour stays closed for a week because of the storm")
    await worker.run_due()
    assert len(front.called("chat.postMessage")) == 1
    [mended] = front.called("chat.update")
    assert "also in Outlet a2" in str(mended["blocks"])
    [watch] = newsroom.store.watches.of(TEAM, person=ALICE)
    assert "is paused" in read(await front.answer_to(front.press("watch_pause", watch.id)))


async def test_where_it_told_before_nobody_reads_what_it_watches_by_now(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "harbour")
    file(newsroom, "a1-1", "the harbour stays closed, and so does the market")
    file(newsroom, "a2-1", "a harbour is a market")
    worker = worker_of(newsroom, front.client, TEAM)
    await worker.run_due()
    view = await front.view_opened_by(front.command("edit 1", "/watch"))
    await front.answer_to(sending(front, view, query="market secrecy", where="dm"))
    newsroom.store.archive.remove(["a2"], reason="x", barred=True, removed_at=newsroom.now())
    await worker.run_due()
    mended = front.called("chat.update")
    assert mended
    for one in mended:
        assert one["channel"] == NEWSROOM
        assert "New for watch 1 · matched: harbour" in read(one)
        assert "secrecy" not in str(one)
        assert "*market*" not in read(one)


async def test_who_may_not_use_the_bot_any_more_is_told_nothing_that_it_finds(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "dm harbour")
    people.forget()
    front.answers["users.info"] = member(is_restricted=True)
    file(newsroom, "a1-1", "the harbour stays closed for a week")
    await worker_of(newsroom, front.client, TEAM).run_due()
    assert newsroom.store.watches.by_number(TEAM, 1).state == "paused"
    assert "stays closed" not in str(front.called("chat.postMessage"))


async def test_of_whom_slack_knows_nothing_does_not_hold_up_what_else_is_told(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "dm harbour")
    people.forget()
    front.answers["users.info"] = {"ok": False, "error": "user_not_found"}
    file(newsroom, "a1-1", "the harbour stays closed for a week")
    for _ in range(MAX_RENDER_ATTEMPTS + 1):
        await worker_of(newsroom, front.client, TEAM).run_due()
        waiting = newsroom.store.outbox.next_in_channel(TEAM, ALICE)
        if waiting is None or waiting.kind != "alert":
            break
        with newsroom.store.database.write() as connection:
            connection.execute(sa.update(schema.outbox).values(due_at=newsroom.now()))
            connection.execute(sa.update(schema.jobs).values(due_at=newsroom.now()))
    assert newsroom.store.watches.by_number(TEAM, 1).state == "paused"


async def test_where_slack_does_not_say_who_it_is_what_is_found_waits(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "dm harbour")
    people.forget()
    front.answers["users.info"] = 500
    file(newsroom, "a1-1", "the harbour stays closed for a week")
    await worker_of(newsroom, front.client, TEAM).run_due()
    assert not front.called("chat.postMessage")
    assert newsroom.store.watches.by_number(TEAM, 1).state == "active"
    waiting = newsroom.store.outbox.next_in_channel(TEAM, ALICE)
    assert waiting
    assert waiting.due_at > newsroom.now()


async def test_a_channel_that_is_gone_pauses_the_watch_and_its_owner_hears_once(
    front: Front, newsroom: Newsroom
) -> None:
    await types(front, "harbour")
    front.answers["chat.postMessage"] = {"ok": False, "error": "is_archived"}
    for n in range(2):
        file(newsroom, f"a{n}-1", f"the harbour holds {n} ships and no more")
    await worker_of(newsroom, front.client, TEAM).run_due()
    front.answers["chat.postMessage"] = {"ok": True, "ts": "2.0", "channel": "D1"}
    newsroom.store.channels.pause(TEAM, newsroom.now(), None)
    await worker_of(newsroom, front.client, TEAM).run_due()
    assert newsroom.store.watches.by_number(TEAM, 1).state == "paused"
    told = [one for one in front.called("chat.postMessage") if one["channel"] == ALICE]
    assert len({one["text"] for one in told}) == 1
    assert "because I couldn't post what it found" in told[-1]["text"]
    assert f"<#{NEWSROOM}>: " in told[-1]["text"]
    assert "archived" in told[-1]["text"]


@pytest.mark.parametrize("local_slack", ["socket"], indirect=True)
async def test_a_watch_in_the_local_slack(desk: Desk, newsroom: Newsroom) -> None:
    begun = await desk.types("/watch quay")
    assert begun["ephemeral_to"] == ALICE
    file(newsroom, "w1-1", "the quay wall has moved")
    known = await desk.messages()
    await worker_of(newsroom, client_of(desk.settings), TEAM).run_due()
    alert = await desk._next(known, NEWSROOM)
    assert "\n> the *quay* wall has moved" in read(alert)
    paused = await desk.answer_to_click(alert, "watch_pause")
    assert paused["ephemeral_to"] == ALICE
    await desk.clicks(await desk.types("/watch list"), "watch_edit")
    await desk.call_of("views.open")
    saved = await desk.answer_to_sending(query="quay OR wall")
    assert "Watch 1 was changed" in read(saved)
    assert newsroom.store.watches.by_number(TEAM, 1).query == "quay OR wall"
    assert "has ended" in read(await desk.answer_to_click(saved, "watch_end"))
