"""Mentions, direct messages, the assistant's pane and the shortcut of a message: who is answered
where, and once."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from datetime import time
from typing import Any

import pytest

from bot.model import Document
from bot.newsroom import Newsroom
from bot.slack.app import client_of
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, TEAM
from bot.slack.messages.worker import worker_of
from bot.slack.surfaces.answers import talk_blocks
from tests.slack import blockkit
from tests.slack.desk import Desk, read
from tests.slack.front import Front, Json

_numbers = itertools.count(1)


@pytest.fixture
async def front(newsroom: Newsroom) -> AsyncIterator[Front]:
    async with Front().opened(newsroom) as opened:
        yield opened


@pytest.fixture
def place() -> Json:
    """A place of its own for each test: in one channel there is a message a second."""
    number = next(_numbers)
    return {"channel": f"C9TALK{number}", "ts": f"1000.{number}"}


def mention(front: Front, place: Json, text: str, **more: Any) -> Json:
    return front.event("app_mention", **place, text=f"<@{BOT}> {text}", **more)


def written(front: Front, place: Json, text: str, **more: Any) -> Json:
    there = place | {"channel": f"D{place['channel']}"}
    return front.event("message", **there, text=text, channel_type="im", **more)


async def posted(front: Front, number: int = 1) -> list[Json]:
    for _ in range(500):
        if len(sent := front.called("chat.postMessage")) >= number:
            return sent
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was posted")


def actions(message: Json) -> list[str]:
    return [
        element["action_id"]
        for block in message["blocks"]
        for element in block.get("elements", [])
        if "action_id" in element
    ]


async def test_a_mention_is_answered_in_its_thread_for_everybody(desk: Desk) -> None:
    answer = await desk.says(f"<@{BOT}> harbour")
    (asked,) = [one for one in await desk.messages() if not one.get("bot_id")]
    assert answer["thread_ts"] == asked["ts"]
    assert "ephemeral_to" not in answer
    words = read(answer)
    assert "harbour · " in words.splitlines()[-1]
    assert words.endswith("everyone here can see this")
    assert actions(answer).count("context") == 3
    assert "share" not in actions(answer)

    alone = await desk.answer_to_click(answer, "answer_all", person=BOB)
    assert alone["ephemeral_to"] == BOB
    assert {"next", "filter"} <= set(actions(alone))

    nothing = await desk.says(f"photosynthesis <@{BOT}>", thread_ts=asked["ts"])
    assert read(nothing).startswith("Nothing on photosynthesis in ")
    assert nothing["thread_ts"] == asked["ts"]
    helped = await desk.says(f"<@{BOT}>")
    assert helped["ephemeral_to"] == ALICE
    assert "@Claimdesk yuan ruble" in read(helped)


async def test_a_direct_message_is_answered_like_a_command(desk: Desk) -> None:
    opened = await client_of(desk.settings).conversations_open(users=ALICE)
    answer = await desk.says("harbour", channel=opened["channel"]["id"])
    assert "harbour · " in read(answer)
    assert "everyone" not in read(answer)
    assert "thread_ts" not in answer
    alone = await desk.answer_to_click(answer, "answer_all")
    assert "next" in actions(alone)


async def test_help_is_there_for_whoever_writes_nothing_else(front: Front, place: Json) -> None:
    await front.deliver(written(front, place, "Help"))
    assert (await posted(front))[0]["text"].startswith("Write what you are looking for")


async def test_one_message_is_answered_once(front: Front, place: Json) -> None:
    event = mention(front, place, "yuan")
    await asyncio.gather(front.deliver(event), front.deliver(event | {"event_id": "EvOther"}))
    await posted(front)
    edited = mention(front, place, "ruble", edited={"user": ALICE, "ts": "9.9"})
    await front.deliver(edited)
    await front.quiet()
    [sent] = front.called("chat.postMessage")
    assert "yuan · " in sent["text"].splitlines()[-1]
    assert (sent["channel"], sent["thread_ts"]) == (place["channel"], place["ts"])
    assert blockkit.problems(sent["blocks"]) == []


async def test_what_is_not_written_to_the_bot_by_somebody_is_passed_over(
    front: Front, place: Json
) -> None:
    deliveries = [
        mention(front, place, "yuan", bot_id="B1"),
        mention(front, place, "yuan", subtype="bot_message"),
        written(front, place, "yuan", subtype="message_changed"),
        written(front, place, "yuan", subtype="message_deleted"),
        written(front, place, "yuan", bot_id="B0BOT"),
        front.event("message", **place, text="yuan", channel_type="channel"),
        front.event("message", **place, text="yuan", channel_type="group"),
    ]
    for delivery in deliveries:
        assert (await front.deliver(delivery)).status == 200
    await front.quiet()
    assert {method for method, _ in front.calls} <= {"users.info"}


async def test_what_cant_be_read_is_told_to_whoever_wrote_it_alone(
    front: Front, place: Json
) -> None:
    await front.deliver(mention(front, place, "after:never"))
    assert (await front.words())[0].startswith("I can't read after:never.")
    [sent] = front.called("chat.postEphemeral")
    assert (sent["channel"], sent["user"]) == (place["channel"], ALICE)


async def test_an_answer_that_slack_does_not_take_is_told(
    front: Front, newsroom: Newsroom, place: Json
) -> None:
    front.answers["chat.postMessage"] = {"ok": False, "error": "is_archived"}
    await front.deliver(mention(front, place, "yuan"))
    for _ in range(500):
        if told := front.called("chat.postEphemeral"):
            break
        await asyncio.sleep(0.01)
    words = told[0]["text"]
    assert words.startswith("The answer was not posted: Slack says this channel is archived.")
    letters = [
        one.id for one in newsroom.store.dead_letters.of(TEAM) if one.channel == place["channel"]
    ]
    assert newsroom.delivery.outbox.drop_letters(letters) == 1


@pytest.mark.parametrize("value", ["", "1.2.3", "9999.9", "../1", "1000.1 OR 1"])
async def test_a_forged_button_leads_nowhere(front: Front, value: str) -> None:
    await front.deliver(front.press("answer_all", value))
    assert (await front.words())[0].startswith("I no longer have this answer.")


async def test_what_would_find_something_is_a_button_below_an_empty_answer(
    front: Front, place: Json
) -> None:
    await front.deliver(mention(front, place, "yuan after:2030"))
    [nothing] = await posted(front)
    assert "2 claims without after:2030-01-01." in nothing["text"]
    assert "asked_instead_0" in str(nothing["blocks"])
    there = {"channel": {"id": place["channel"]}}
    await front.deliver(front.press("asked_instead_0", f"{place['ts']}:0", **there))
    assert "yuan · " in (await front.words(2))[0]
    await front.deliver(front.press("asked_instead_0", f"{place['ts']}:7", **there))
    assert (await front.words(3))[1].startswith("This button no longer works")


async def test_the_button_shows_only_what_was_asked_for_in_its_own_channel(
    front: Front, place: Json
) -> None:
    await front.deliver(mention(front, place, "yuan"))
    await posted(front)
    elsewhere = front.press("answer_all", place["ts"])
    await front.deliver(elsewhere)
    assert (await front.words(2))[0].startswith("I no longer have this answer.")
    there = front.press("answer_all", place["ts"], channel={"id": place["channel"]})
    await front.deliver(there)
    assert "yuan · " in (await front.words(3))[1]


async def test_an_answer_is_mended_with_its_claims(reading: Newsroom, place: Json) -> None:
    story = "The wall has moved by a hand's breadth, said Ingrid Solvane, the harbour master."
    (outcome,) = reading.intake.articles.ingest(
        [Document(text=story, origin="https://post.example/1")]
    )
    reading.updates.catch_up_if_free()
    async with Front().opened(reading) as front:
        await front.deliver(mention(front, place, "wall"))
        [sent] = await posted(front)
        assert "hand's breadth" in sent["text"]
        assert "*wall*" in sent["blocks"][0]["text"]["text"]
        for _ in range(200):
            one = reading.store.outbox.by_key(TEAM, f"answer/{place['channel']}/{place['ts']}")
            if one and one.ts:
                break
            await front.quiet()
        reading.intake.articles.remove([outcome.id], reason="the outlet has retracted it")
        await worker_of(reading, front.client, TEAM).run_due()
        [mended] = front.called("chat.update")
    assert mended["ts"] == "1.0"
    assert mended["text"].startswith("This claim was removed here, with its article, on ")
    assert "hand's breadth" not in str(mended)


# -- the assistant's pane


async def test_the_pane_greets_with_three_prompts_and_shows_that_it_searches(
    front: Front, place: Json
) -> None:
    channel = f"D{place['channel']}"
    thread = {"user_id": ALICE, "channel_id": channel, "thread_ts": "5.5", "context": {}}
    told = front.event("assistant_thread_started")
    await front.deliver(
        told | {"event": {"type": told["event"]["type"], "assistant_thread": thread}}
    )
    [greeting] = await posted(front)
    assert (greeting["channel"], greeting["thread_ts"]) == (channel, "5.5")
    for _ in range(200):
        if asked := front.called("assistant.threads.setSuggestedPrompts"):
            break
        await front.quiet()
    assert [set(one) for one in asked[0]["prompts"]] == [{"title", "message"}] * 3

    await front.deliver(written(front, place, "photosynthesis", thread_ts="5.5"))
    answer = (await posted(front, 2))[1]
    assert answer["thread_ts"] == "5.5"
    (status,) = front.called("assistant.threads.setStatus")
    assert (status["channel_id"], status["thread_ts"]) == (channel, "5.5")
    assert status["status"] == "is searching …"
    # A copy that another process has answered is delivered to this one.
    again = written(front, place, "photosynthesis", thread_ts="5.5")
    await front.deliver(again)
    await front.quiet()
    assert len(front.called("assistant.threads.setStatus")) == 1


async def test_where_there_is_no_pane_a_thread_is_answered_all_the_same(
    front: Front, place: Json
) -> None:
    front.answers["assistant.threads.setStatus"] = {"ok": False, "error": "unknown_method"}
    await front.deliver(written(front, place, "after:never", thread_ts="5.5"))
    assert (await front.words())[0].startswith("I can't read after:never.")
    assert front.called("assistant.threads.setStatus")[-1]["status"] == ""


def test_each_prompt_finds_or_is_read(newsroom: Newsroom) -> None:
    for prompt in talk_blocks.prompts():
        assert newsroom.search.find(prompt["message"]).read_as


# -- the shortcut of a message


def called_on(front: Front, text: str, **message: Any) -> Json:
    on = {"type": "message", "user": BOB, "ts": "7.1", "text": text, **message}
    return front.shortcut() | {
        **{"type": "message_action", "callback_id": "find_this_claim", "message": on},
        **{"channel": {"id": NEWSROOM}, "response_url": f"{front.url}/hook"},
    }


async def test_the_claim_of_a_message_is_found_for_whoever_asks(
    front: Front, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    said = newsroom.search.find("yuan", limit=1).hits[0].claim.text
    await front.deliver(called_on(front, said))
    [told] = await front.words()
    assert said.split("…")[0][:60] in told.replace("\u2060", "").replace("\u200b", "")
    assert front.shown[0]["response_type"] == "ephemeral"
    assert said[:40] not in caplog.text


async def test_a_message_finds_what_comes_close_to_it_and_says_so(front: Front) -> None:
    message = "pretty sure that solvane woman said no ship can berth til the wall's declared safe"
    await front.deliver(called_on(front, message))
    [told] = await front.words()
    assert "may say something else, or the opposite" in told
    assert "No vessel will berth" in told
    assert "Watch this for me" not in str(front.shown[0])


async def test_a_message_about_something_else_can_be_changed(front: Front) -> None:
    await front.deliver(called_on(front, "lunch at 1? or in:guardian"))
    [told] = await front.words()
    assert told.startswith("Nothing comes close to “lunch at 1 or in guardian” in ")
    assert "Change search" in str(front.shown[0])


async def through_url(front: Front, number: int) -> None:
    for _ in range(500):
        if len(front.shown) == number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(front.calls)


async def test_in_a_thread_it_is_answered_in_the_thread(front: Front) -> None:
    await front.deliver(called_on(front, "yuan", thread_ts="6.0"))
    await front.words()
    [sent] = front.called("chat.postEphemeral")
    assert (sent["channel"], sent["thread_ts"], sent["user"]) == (NEWSROOM, "6.0", ALICE)
    front.answers["chat.postEphemeral"] = {"ok": False, "error": "not_in_channel"}
    await front.deliver(called_on(front, "yuan", thread_ts="6.0"))
    await through_url(front, 1)
    await front.deliver(called_on(front, "yuan", thread_ts="7.1"))  # its own head
    await through_url(front, 2)
    assert len(front.called("chat.postEphemeral")) == 2


async def test_a_message_that_is_no_query_is_read_word_by_word(front: Front) -> None:
    await front.deliver(called_on(front, "before:the OR yuan"))
    assert "I can't read" not in (await front.words())[0]
    await front.deliver(called_on(front, "<https://post.example/1>"))
    assert (await front.words(2))[1] == "There is nothing in this message to search for."


@pytest.mark.parametrize("text", ["yuan OR", "OR yuan before:the OR", "yuan " * 9000])
async def test_what_joins_nothing_and_what_is_too_long_is_searched_all_the_same(
    front: Front, text: str
) -> None:
    await front.deliver(called_on(front, text))
    [told] = await front.words()
    assert "I can't read" not in told
    assert "characters" not in told
    assert "yuan" in told


# -- shut out


async def test_that_the_bot_was_removed_is_said_to_the_operator(
    front: Front, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    removed = front.event("app_uninstalled")
    del removed["event"]["user"]
    revoked = front.event("tokens_revoked", tokens={"oauth": [ALICE], "bot": [BOT]})
    del revoked["event"]["user"]
    others = front.event("tokens_revoked", tokens={"oauth": [ALICE]})
    del others["event"]["user"]
    try:
        for delivery, why in [(others, None), (removed, "removed"), (revoked, "revoked my token")]:
            await front.deliver(delivery)
            await front.quiet()
            assert (why or "nothing") in newsroom.store.channels.failures().get(TEAM, "nothing")
        assert caplog.text.count("nothing can be posted in workspace") == 2
    finally:
        with newsroom.store.database.write() as connection:
            newsroom.store.channels.clear_failure(connection, TEAM)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("channel_archive", "is_archived"),
        ("group_deleted", "channel_not_found"),
        ("channel_left", "not_in_channel"),
    ],
)
async def test_a_channel_that_is_lost_has_its_digest_paused(
    front: Front, newsroom: Newsroom, place: Json, kind: str, why: str
) -> None:
    channel = place["channel"]
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=channel, at=time(8, 30), zone="UTC", person=ALICE
    )
    event = front.event(kind, channel=channel)
    del event["event"]["user"]
    await front.deliver(event)
    for _ in range(200):
        stands = newsroom.store.ledger.subscription(TEAM, channel)
        if stands and stands.stopped:
            break
        await front.quiet()
    assert stands
    assert stands.stopped == why
    newsroom.store.ledger.unsubscribe(TEAM, channel)
