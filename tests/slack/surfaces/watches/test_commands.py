"""/watch, its buttons and its modal, over a stub of Slack and once in the local Slack."""

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
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from bot.store import FiledArticle, schema
from tests.slack.desk import read
from tests.slack.slack_stub import Json, SlackStub, member
from tests.slack.surfaces.watches.test_blocks import submit

MEMBER = {"ok": True, "channel": {"id": NEWSROOM, "is_member": True}}
BY_BOB = {"user": {"id": BOB, "team_id": TEAM}, "user_id": BOB}


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom of a few claims, without admins."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as opened:
        opened.open()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
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
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [claim])], arrival="single", now=newsroom.now
    )


async def type_command(stub: SlackStub, typed: str, **more: Any) -> str:
    return read(await stub.answer_to(stub.command(typed, "/watch", **more)))


def submission(stub: SlackStub, view: Json, **written: str) -> Json:
    known = {name: view[name] for name in ("private_metadata", "blocks")}
    state = submit(view, **written)["state"]
    return stub.submission("watch_edit", **known, state=state)


async def test_a_watch_is_set_listed_paused_resumed_and_ended(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    said = await type_command(stub, "yuan  ruble")
    assert said.startswith(
        f"I'll post new claims about yuan ruble in <#{NEWSROOM}> as they come in. First check: now."
    )
    assert "to you alone" in await type_command(stub, "dm by:roe")
    assert "to you alone" in await type_command(stub, "gas", channel_id="D1")
    there = newsroom.store.watches.for_person(TEAM, person=ALICE)
    assert [(one.query, one.channel) for one in there] == [
        *(("yuan ruble", NEWSROOM), ("by:roe", ALICE), ("gas", ALICE)),
    ]
    assert there[0].zone == "Europe/London"
    listed = await type_command(stub, "list")
    assert listed.count("nothing found yet") == 3
    assert "is paused" in await type_command(stub, "pause 1")
    assert "paused · nothing found" in await type_command(stub, "LIST")
    assert "is running again" in await type_command(stub, "resume #1")
    for _ in range(2):
        assert "is paused" in read(await stub.answer_to(stub.press("watch_pause", there[1].id)))
    assert "type `/watch dm by:roe`" in await type_command(stub, "end 2")
    assert "no such watch" in (await type_command(stub, "end 2")).casefold()


@pytest.mark.parametrize("typed", ["", "help", "?"])
async def test_help_says_what_to_type(stub: SlackStub, typed: str) -> None:
    assert "/watch dm yuan ruble" in await type_command(stub, typed)


async def test_words_like_a_command_can_be_watched(stub: SlackStub, newsroom: Newsroom) -> None:
    for typed in ("pause fire", "end of war", "dm", "list prices"):
        await type_command(stub, typed)
    queries = [one.query for one in newsroom.store.watches.for_person(TEAM, person=ALICE)]
    assert queries == ["pause fire", "end of war", "dm", "list prices"]


async def test_invalid_queries_are_refused(stub: SlackStub, newsroom: Newsroom) -> None:
    assert "I can't read after:never" in await type_command(stub, "after:never")
    assert "too long" in await type_command(
        stub, "The lock leaks today. The mayor denies all of it."
    )
    stub.answers["conversations.info"] = {"ok": True, "channel": {"is_member": False}}
    said = await type_command(stub, "yuan")
    assert "The watch was not set: I'm not in this channel. Invite me" in said
    stub.answers["conversations.info"] = {"ok": False, "error": "channel_not_found"}
    assert "Nothing was changed" in await type_command(stub, "yuan")
    assert newsroom.store.watches.for_person(TEAM, person=ALICE) == []


async def test_a_broad_watch_needs_confirmation(stub: SlackStub, newsroom: Newsroom) -> None:
    file(newsroom, "a1-1", "the harbour is closed")
    newsroom.updates.catch_up()
    asked = await stub.answer_to(stub.command("dm lang:en", "/watch"))
    assert "is broad: it would have found 1 claim in the last 24 hours." in read(asked)
    assert newsroom.store.watches.for_person(TEAM, person=ALICE) == []
    (button,) = asked["blocks"][-1]["elements"]
    press = stub.press(button["action_id"], button["value"])
    assert "no longer" in read(await stub.answer_to({**press, **BY_BOB}))
    said = await stub.answer_to(stub.press(button["action_id"], button["value"]))
    assert "to you alone" in read(said)
    assert said["replace_original"]
    assert [one.query for one in newsroom.store.watches.for_person(TEAM, person=ALICE)] == [
        "lang:en"
    ]


async def test_a_confirmed_broad_watch_alerts_where_it_was_typed(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    asked = await stub.answer_to(stub.command("lang:en", "/watch"))
    (button,) = asked["blocks"][-1]["elements"]
    press = stub.press(button["action_id"], button["value"])
    # The bot is not in the channel, so it has asked in a direct message.
    directly = {**press, "channel": {"id": "D1", "name": "directmessage"}}
    assert f"that match lang:en in <#{NEWSROOM}>" in read(await stub.answer_to(directly))
    assert [one.channel for one in newsroom.store.watches.for_person(TEAM, person=ALICE)] == [
        NEWSROOM
    ]
    # A channel that nobody has asked about in this way is none.
    forged = button["value"].partition(":")[0] + ":C09"
    said = read(await stub.answer_to(stub.press(button["action_id"], forged)))
    assert "no longer" in said
    assert len(newsroom.store.watches.for_person(TEAM, person=ALICE)) == 1


async def test_only_members_of_a_channel_can_watch_there(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "yuan")
    (watch,) = newsroom.store.watches.for_person(TEAM, person=ALICE)
    view = await stub.view_opened_by(stub.command("edit 1", "/watch"))
    newsroom.watches.pause(watch)
    stub.answers["conversations.members"] = {"ok": True, "members": [BOB]}
    # A channel's id that was searched for is remembered as queries are.
    conversation = newsroom.store.conversations.begin(TEAM, ALICE, newsroom.now())
    kept = [conversation.remember(text) for text in ("gas", "C09SECRET")]
    at_home = stub.press("watch_resume", watch.id)
    at_home.pop("channel")
    for body in (
        stub.press("watch_anyway", ":".join(kept)),
        at_home,
        submission(stub, view, query="evil"),
    ):
        said = read(await stub.answer_to(body))
        assert said.startswith("You can only have a watch in a channel that you are in.")
    [after] = newsroom.store.watches.for_person(TEAM, person=ALICE)
    assert (after.query, after.state) == ("yuan", "paused")


async def test_a_watch_is_changed_in_its_modal(stub: SlackStub, newsroom: Newsroom) -> None:
    await type_command(stub, "yuan")
    (watch,) = newsroom.store.watches.for_person(TEAM, person=ALICE)
    view = await stub.view_opened_by(stub.command("edit 1", "/watch"))
    refused = await stub.deliver(submission(stub, view, query="after:never", quiet="x"))
    errors = json.loads(refused.body)["errors"]
    assert set(errors) == {"query", "quiet"}
    changed = submission(stub, view, query="ruble", where="dm", pace="daily", at="8:30")
    said = read(await stub.answer_to(changed))
    assert "I'll post new claims about ruble to you alone once a day, at 08:30" in said
    (after,) = newsroom.store.watches.for_person(TEAM, person=ALICE)
    assert (after.id, after.query, after.channel) == (watch.id, "ruble", ALICE)
    view = await stub.view_opened_by(stub.press("watch_edit", watch.id))
    stub.answers["conversations.info"] = {"ok": True, "channel": {"is_member": False}}
    said = read(await stub.answer_to(submission(stub, view, where="channel")))
    assert "The watch was not changed: I'm not in this channel." in said
    newsroom.watches.end(after)
    assert "no such watch" in read(await stub.answer_to(submission(stub, view))).casefold()


async def test_a_change_in_the_home_tab_updates_the_tab(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "yuan")
    (watch,) = newsroom.store.watches.for_person(TEAM, person=ALICE)
    press = stub.press("watch_edit", watch.id)
    press.pop("channel"), press.pop("response_url")
    home = {"container": {"type": "view"}, "view": {"type": "home", "id": "VHOME"}}
    view = await stub.view_opened_by({**press, **home})
    await stub.deliver(submission(stub, view, query="ruble"))
    for _ in range(200):
        if stub.called("views.publish"):
            break
        await stub.wait_until_idle()
    [shown] = stub.called("views.publish")
    assert "*1* ruble" in read(shown["view"])
    assert len(stub.shown) == 1


async def test_only_its_owner_and_admins_change_a_watch(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "yuan")
    (watch,) = newsroom.store.watches.for_person(TEAM, person=ALICE)
    view = await stub.view_opened_by(stub.command("edit 1", "/watch"))
    people.clear_cache()
    stub.answers["users.info"] = member(BOB)
    bob = {"user_id": BOB}
    for typed in ("pause 1", "resume 1", "end 1", "edit 1"):
        assert "Only whoever set a watch" in await type_command(stub, typed, **bob)
    for body in (
        stub.press("watch_end", watch.id),
        stub.press("watch_edit", watch.id),
        submission(stub, view, query="evil"),
    ):
        said = read(await stub.answer_to({**body, **BY_BOB}))
        assert said.startswith(
            "Only whoever set a watch, and admins in its channel, can change it."
        )
    assert newsroom.store.watches.for_person(TEAM, person=ALICE) == [watch]
    assert "set by <@" in await type_command(stub, "list", **bob)
    assert "Edit" not in str(
        (await stub.answer_to(stub.command("list", "/watch", **bob)))["blocks"]
    )
    people.clear_cache()
    stub.answers["users.info"] = member(BOB, is_admin=True)
    # Not from where they do not see it.
    assert "Only whoever set" in await type_command(stub, "pause 1", channel_id="C09", **bob)
    assert "is paused" in await type_command(stub, "pause 1", **bob)


async def test_private_watches_are_hidden_from_others(stub: SlackStub, newsroom: Newsroom) -> None:
    await type_command(stub, "dm secret story")
    stub.answers["users.info"] = member(BOB, is_admin=True)
    for typed in ("list", "pause 1", "edit 1", "end 1"):
        assert "secret" not in await type_command(stub, typed, user_id=BOB)
    assert "secret" in await type_command(stub, "list")


@pytest.mark.parametrize("action", ["watch_pause", "watch_end", "watch_edit", "watch_anyway"])
@pytest.mark.parametrize("value", ["", "x:here", "0123456789abcdef", "'; DROP TABLE watches; --"])
async def test_a_forged_value_is_refused_politely(stub: SlackStub, action: str, value: str) -> None:
    said = read(await stub.answer_to(stub.press(action, value)))
    assert "no longer" in said or "no such watch" in said.casefold()
    assert "(ref" not in said


async def test_the_question_of_an_answer_is_watched_without_its_days(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    file(newsroom, "a1-1", "the harbour stays closed")
    answer = await stub.answer_to(stub.command("what did jane roe say about the harbour last week"))
    elements = [one for block in answer["blocks"] for one in block.get("elements", ())]
    (button,) = (one for one in elements if one.get("action_id") == "watch_search")
    await stub.answer_to(stub.press("watch_search", button["value"]))
    (watch,) = newsroom.store.watches.for_person(TEAM, person=ALICE)
    assert watch.query == '~harbour by:"jane roe"'


async def test_an_alert_is_posted_updated_and_can_pause_its_watch(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "harbour")
    file(newsroom, "a1-1", "the harbour stays closed for a week because of the storm")
    worker = make_worker(newsroom, stub.client, TEAM)
    await worker.run_due()
    [posted] = stub.called("chat.postMessage")
    words = read(posted)
    assert "\n> the *harbour* stays closed for a week because of the storm" in words
    assert 'New for this channel\'s watch "harbour"' in words
    assert posted["channel"] == NEWSROOM
    file(newsroom, "a2-1", "the harbour stays closed for a week because of the storm")
    await worker.run_due()
    assert len(stub.called("chat.postMessage")) == 1
    [mended] = stub.called("chat.update")
    assert "also in Outlet a2" in str(mended["blocks"])
    [watch] = newsroom.store.watches.for_person(TEAM, person=ALICE)
    assert "is paused" in read(await stub.answer_to(stub.press("watch_pause", watch.id)))


async def test_a_moved_watch_hides_its_query_in_old_alerts(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "harbour")
    file(newsroom, "a1-1", "the harbour stays closed, and so does the market")
    file(newsroom, "a2-1", "a harbour is a market")
    worker = make_worker(newsroom, stub.client, TEAM)
    await worker.run_due()
    view = await stub.view_opened_by(stub.command("edit 1", "/watch"))
    await stub.answer_to(submission(stub, view, query="market secrecy", where="dm"))
    newsroom.store.archive.remove(
        ["a2"], reason="x", block_reimport=True, removed_at=newsroom.now()
    )
    await worker.run_due()
    mended = stub.called("chat.update")
    assert mended
    for one in mended:
        assert one["channel"] == NEWSROOM
        assert "New for watch 1 · matched: harbour" in read(one)
        assert "secrecy" not in str(one)
        assert "*market*" not in read(one)


async def test_alerts_stop_for_people_who_lost_access(stub: SlackStub, newsroom: Newsroom) -> None:
    await type_command(stub, "dm harbour")
    people.clear_cache()
    stub.answers["users.info"] = member(is_restricted=True)
    file(newsroom, "a1-1", "the harbour stays closed for a week")
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert newsroom.store.watches.by_number(TEAM, 1).state == "paused"
    assert "stays closed" not in str(stub.called("chat.postMessage"))


async def test_an_unknown_person_does_not_block_other_messages(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "dm harbour")
    people.clear_cache()
    stub.answers["users.info"] = {"ok": False, "error": "user_not_found"}
    file(newsroom, "a1-1", "the harbour stays closed for a week")
    for _ in range(MAX_RENDER_ATTEMPTS + 1):
        await make_worker(newsroom, stub.client, TEAM).run_due()
        waiting = newsroom.store.outbox.next_in_channel(TEAM, ALICE)
        if waiting is None or waiting.kind != "alert":
            break
        with newsroom.store.database.write() as connection:
            connection.execute(sa.update(schema.outbox).values(due_at=newsroom.now()))
            connection.execute(sa.update(schema.jobs).values(due_at=newsroom.now()))
    assert newsroom.store.watches.by_number(TEAM, 1).state == "paused"


async def test_an_alert_waits_while_its_person_is_unknown(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "dm harbour")
    people.clear_cache()
    stub.answers["users.info"] = 500
    file(newsroom, "a1-1", "the harbour stays closed for a week")
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert not stub.called("chat.postMessage")
    assert newsroom.store.watches.by_number(TEAM, 1).state == "active"
    waiting = newsroom.store.outbox.next_in_channel(TEAM, ALICE)
    assert waiting
    assert waiting.due_at > newsroom.now()


async def test_a_gone_channel_pauses_its_watch_and_notifies_once(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    await type_command(stub, "harbour")
    stub.answers["chat.postMessage"] = {"ok": False, "error": "is_archived"}
    for n in range(2):
        file(newsroom, f"a{n}-1", f"the harbour holds {n} ships and no more")
    await make_worker(newsroom, stub.client, TEAM).run_due()
    stub.answers["chat.postMessage"] = {"ok": True, "ts": "2.0", "channel": "D1"}
    newsroom.store.channels.pause(TEAM, newsroom.now(), None)
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert newsroom.store.watches.by_number(TEAM, 1).state == "paused"
    told = [one for one in stub.called("chat.postMessage") if one["channel"] == ALICE]
    assert len({one["text"] for one in told}) == 1
    assert "because I couldn't post what it found" in told[-1]["text"]
    assert f"<#{NEWSROOM}>: " in told[-1]["text"]
    assert "archived" in told[-1]["text"]
