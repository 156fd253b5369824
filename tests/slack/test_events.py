"""Mentions, direct messages, the conversation with the bot and the message shortcut.

Each is answered once, and in the right place.
"""

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
from bot.slack.app import make_client
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.answers import talk_blocks
from tests.slack import blockkit
from tests.slack.desk import PATIENCE, Desk, controls, read
from tests.slack.slack_stub import Json, SlackStub
from tests.store.locks import locked

_numbers = itertools.count(1)


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


@pytest.fixture
def place() -> Json:
    """A channel for each test, since only one message per second is posted in a channel."""
    number = next(_numbers)
    return {"channel": f"C9TALK{number}", "ts": f"1000.{number}"}


def mention(stub: SlackStub, place: Json, text: str, **more: Any) -> Json:
    return stub.event("app_mention", **place, text=f"<@{BOT}> {text}", **more)


def written(stub: SlackStub, place: Json, text: str, **more: Any) -> Json:
    there = place | {"channel": f"D{place['channel']}"}
    return stub.event("message", **there, text=text, channel_type="im", **more)


async def posted(stub: SlackStub, number: int = 1) -> list[Json]:
    async with asyncio.timeout(PATIENCE):
        while len(sent := stub.called("chat.postMessage")) < number:
            await asyncio.sleep(0.01)
    return sent


def actions(message: Json) -> list[str]:
    return [control.name for control in controls(message["blocks"])]


async def test_a_mention_is_answered_in_its_thread_for_everybody(desk: Desk) -> None:
    answer = await desk.answer_to_message(f"<@{BOT}> harbour")
    (asked,) = [one for one in await desk.messages() if not one.get("bot_id")]
    assert answer["thread_ts"] == asked["ts"]
    assert "ephemeral_to" not in answer
    words = read(answer).rstrip()
    assert "harbour · " in words.splitlines()[-1]
    assert words.endswith("everyone here can see this")
    assert actions(answer).count("context") == 3
    assert "share" not in actions(answer)

    alone = await desk.answer_to_click(answer, "answer_all", person=BOB)
    assert alone["ephemeral_to"] == BOB
    assert {"next", "filter"} <= set(actions(alone))

    nothing = await desk.answer_to_message(f"photosynthesis <@{BOT}>", thread_ts=asked["ts"])
    assert read(nothing).startswith("Nothing on photosynthesis in ")
    assert nothing["thread_ts"] == asked["ts"]
    helped = await desk.answer_to_message(f"<@{BOT}>")
    assert helped["ephemeral_to"] == ALICE
    assert "@Claimdesk yuan ruble" in read(helped)


async def test_a_direct_message_is_answered_like_a_command(desk: Desk) -> None:
    opened = await make_client(desk.settings).conversations_open(users=ALICE)
    answer = await desk.answer_to_message("harbour", channel=opened["channel"]["id"])
    assert "harbour · " in read(answer)
    assert "everyone" not in read(answer)
    [asked] = [one for one in await desk.messages(opened["channel"]["id"]) if "bot_id" not in one]
    assert answer["thread_ts"] == asked["ts"]
    alone = await desk.answer_to_click(answer, "answer_all")
    assert "next" in actions(alone)


async def test_a_file_in_a_channel_is_sent_to_a_direct_message(
    stub: SlackStub, place: Json
) -> None:
    await stub.deliver(mention(stub, place, "", subtype="file_share", files=[{"id": "F1"}]))
    async with asyncio.timeout(PATIENCE):
        while not (told := stub.called("chat.postEphemeral")):
            await asyncio.sleep(0.01)
    assert "I read files only in a direct message" in told[0]["text"]


async def test_a_greeting_gets_help(stub: SlackStub, place: Json) -> None:
    await stub.deliver(written(stub, place, "Help"))
    assert (await posted(stub))[0]["text"].startswith("Write what you are looking for")


async def test_one_message_is_answered_once(stub: SlackStub, place: Json) -> None:
    event = mention(stub, place, "yuan")
    await asyncio.gather(stub.deliver(event), stub.deliver(event | {"event_id": "EvOther"}))
    await posted(stub)
    edited = mention(stub, place, "ruble", edited={"user": ALICE, "ts": "9.9"})
    await stub.deliver(edited)
    await stub.wait_until_idle()
    [sent] = stub.called("chat.postMessage")
    assert "yuan · " in sent["text"].splitlines()[-1]
    assert (sent["channel"], sent["thread_ts"]) == (place["channel"], place["ts"])
    assert blockkit.problems(sent["blocks"]) == []


async def test_messages_not_written_to_the_bot_are_ignored(stub: SlackStub, place: Json) -> None:
    deliveries = [
        mention(stub, place, "yuan", bot_id="B1"),
        mention(stub, place, "yuan", subtype="bot_message"),
        written(stub, place, "yuan", subtype="message_changed"),
        written(stub, place, "yuan", subtype="message_deleted"),
        written(stub, place, "yuan", bot_id="B0BOT"),
        stub.event("message", **place, text="yuan", channel_type="channel"),
        stub.event("message", **place, text="yuan", channel_type="group"),
    ]
    for delivery in deliveries:
        assert (await stub.deliver(delivery)).status == 200
    await stub.wait_until_idle()
    assert {method for method, _ in stub.calls} <= {"users.info"}


async def test_invalid_queries_are_answered_privately(stub: SlackStub, place: Json) -> None:
    await stub.deliver(mention(stub, place, "after:never"))
    assert (await stub.words())[0].startswith("I can't read after:never.")
    [sent] = stub.called("chat.postEphemeral")
    assert (sent["channel"], sent["user"]) == (place["channel"], ALICE)


async def test_a_refused_answer_is_reported(
    stub: SlackStub, newsroom: Newsroom, place: Json
) -> None:
    stub.answers["chat.postMessage"] = {"ok": False, "error": "is_archived"}
    await stub.deliver(mention(stub, place, "yuan"))
    async with asyncio.timeout(PATIENCE):
        while not (told := stub.called("chat.postEphemeral")):
            await asyncio.sleep(0.01)
    words = told[0]["text"]
    assert words.startswith("The answer was not posted: Slack says this channel is archived.")
    letters = [
        one.id for one in newsroom.store.dead_letters.find(TEAM) if one.channel == place["channel"]
    ]
    assert newsroom.delivery.outbox.drop_dead_letters(letters) == 1


@pytest.mark.parametrize("value", ["", "1.2.3", "9999.9", "../1", "1000.1 OR 1"])
async def test_a_forged_button_is_refused(stub: SlackStub, value: str) -> None:
    await stub.deliver(stub.press("answer_all", value))
    assert (await stub.words())[0].startswith("I no longer have this answer.")


async def test_an_empty_answer_has_buttons_for_better_queries(stub: SlackStub, place: Json) -> None:
    await stub.deliver(mention(stub, place, "yuan after:2030"))
    [nothing] = await posted(stub)
    assert "2 claims without after:2030-01-01." in nothing["text"]
    assert "asked_instead_0" in str(nothing["blocks"])
    there = {"channel": {"id": place["channel"]}}
    await stub.deliver(stub.press("asked_instead_0", f"{place['ts']}:0", **there))
    assert "yuan · " in (await stub.words(2))[0]
    await stub.deliver(stub.press("asked_instead_0", f"{place['ts']}:7", **there))
    assert (await stub.words(3))[1].startswith("This button no longer works")


async def test_the_button_shows_only_answers_of_its_channel(stub: SlackStub, place: Json) -> None:
    await stub.deliver(mention(stub, place, "yuan"))
    await posted(stub)
    elsewhere = stub.press("answer_all", place["ts"])
    await stub.deliver(elsewhere)
    assert (await stub.words(2))[0].startswith("I no longer have this answer.")
    there = stub.press("answer_all", place["ts"], channel={"id": place["channel"]})
    await stub.deliver(there)
    assert "yuan · " in (await stub.words(3))[1]


async def test_an_answer_is_updated_with_its_claims(reading: Newsroom, place: Json) -> None:
    story = "The wall has moved by a hand's breadth, said Ingrid Solvane, the harbour master."
    (outcome,) = reading.intake.articles.ingest(
        [Document(text=story, origin="https://post.example/1")]
    )
    reading.updates.catch_up_if_free()
    async with SlackStub().opened(reading) as stub:
        await stub.deliver(mention(stub, place, "wall"))
        [sent] = await posted(stub)
        assert "hand's breadth" in sent["text"]
        assert "*wall*" in sent["blocks"][0]["text"]["text"]
        for _ in range(200):
            one = reading.store.outbox.by_key(TEAM, f"answer/{place['channel']}/{place['ts']}")
            if one and one.ts:
                break
            await stub.wait_until_idle()
        reading.intake.articles.remove([outcome.id], reason="the outlet has retracted it")
        await make_worker(reading, stub.client, TEAM).run_due()
        [mended] = stub.called("chat.update")
    assert mended["ts"] == "1.0"
    assert mended["text"].startswith("This claim was removed here, with its article, on ")
    assert "hand's breadth" not in str(mended)


# -- the conversation with the bot


def opened(stub: SlackStub, place: Json) -> Json:
    return stub.event("app_home_opened", tab="messages", channel=f"D{place['channel']}")


async def test_whoever_opens_the_conversation_is_greeted_once(stub: SlackStub, place: Json) -> None:
    await stub.deliver(opened(stub, place))
    [greeting] = await posted(stub)
    assert greeting["channel"] == f"D{place['channel']}"
    assert greeting.get("thread_ts") is None
    await stub.wait_until_idle()
    await stub.deliver(opened(stub, place))
    async with asyncio.timeout(PATIENCE):
        while len(stub.called("assistant.threads.setSuggestedPrompts")) < 2:
            await stub.wait_until_idle()
    await stub.wait_until_idle()
    for asked in stub.called("assistant.threads.setSuggestedPrompts"):
        assert "thread_ts" not in asked
        assert [set(one) for one in asked["prompts"]] == [{"title", "message"}] * 3
    assert stub.called("chat.postMessage") == [greeting]
    assert stub.called("views.publish") == []


async def test_a_message_is_answered_in_its_thread(stub: SlackStub, place: Json) -> None:
    await stub.deliver(written(stub, place, "photosynthesis"))
    [answer] = await posted(stub)
    channel = f"D{place['channel']}"
    assert answer["thread_ts"] == place["ts"]
    (status,) = stub.called("assistant.threads.setStatus")
    assert (status["channel_id"], status["thread_ts"]) == (channel, place["ts"])
    assert status["status"] == "is searching …"
    # Another process has already answered this delivery.
    await stub.deliver(written(stub, place, "photosynthesis"))
    await stub.wait_until_idle()
    assert len(stub.called("assistant.threads.setStatus")) == 1


async def test_a_thread_is_answered_where_slack_has_no_agents(stub: SlackStub, place: Json) -> None:
    stub.answers["assistant.threads.setStatus"] = {"ok": False, "error": "unknown_method"}
    for number, thread in enumerate([{"thread_ts": "5.5"}, {}], 1):
        await stub.deliver(written(stub, place, "after:never", **thread))
        assert (await stub.words(number))[-1].startswith("I can't read after:never.")
        assert stub.called("assistant.threads.setStatus")[-1]["status"] == ""
        told = stub.called("chat.postEphemeral")[-1]
        assert told["thread_ts"] == thread.get("thread_ts", place["ts"])


def test_each_prompt_finds_something_or_is_understood(newsroom: Newsroom) -> None:
    for prompt in talk_blocks.prompts():
        assert newsroom.search.find(prompt["message"]).read_as


@pytest.mark.parametrize("by_mention", [True, False])
async def test_a_message_is_answered_privately_while_the_store_is_locked(
    stub: SlackStub, newsroom: Newsroom, place: Json, by_mention: bool
) -> None:
    deliver = mention if by_mention else written
    with locked(newsroom.settings.database_url):
        await stub.deliver(deliver(stub, place, "yuan"))
        [answer] = await stub.words()
    assert "rubles and yuan" in answer
    await stub.wait_until_idle()
    assert newsroom.store.outbox.by_key(TEAM, f"answer/{place['channel']}/{place['ts']}") is None


# -- the message shortcut


def called_on(stub: SlackStub, text: str, **message: Any) -> Json:
    on = {"type": "message", "user": BOB, "ts": "7.1", "text": text, **message}
    return stub.shortcut() | {
        **{"type": "message_action", "callback_id": "find_this_claim", "message": on},
        **{"channel": {"id": NEWSROOM}, "response_url": f"{stub.url}/hook"},
    }


async def test_a_message_shortcut_finds_its_claim(
    stub: SlackStub, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    said = newsroom.search.find("yuan", limit=1).hits[0].claim.text
    await stub.deliver(called_on(stub, said))
    [told] = await stub.words()
    assert said.split("…")[0][:60] in told.replace("\u2060", "").replace("\u200b", "")
    assert stub.shown[0]["response_type"] == "ephemeral"
    assert said[:40] not in caplog.text


async def test_a_message_shortcut_finds_similar_claims(stub: SlackStub) -> None:
    message = "pretty sure that solvane woman said no ship can berth til the wall's declared safe"
    await stub.deliver(called_on(stub, message))
    [told] = await stub.words()
    assert "No claim here has “pretty”" in told
    assert "No vessel will berth" in told
    assert "Watch this for me" not in str(stub.shown[0])


async def test_a_message_without_results_can_be_changed(stub: SlackStub) -> None:
    await stub.deliver(called_on(stub, "lunch at 1? or in:guardian"))
    [told] = await stub.words()
    assert told.startswith("Nothing comes close to “lunch at 1 or in guardian” in ")
    assert "Change search" in str(stub.shown[0])


async def through_url(stub: SlackStub, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(stub.shown) < number:
            await asyncio.sleep(0.01)


async def test_a_shortcut_in_a_thread_is_answered_there(stub: SlackStub) -> None:
    await stub.deliver(called_on(stub, "yuan", thread_ts="6.0"))
    await stub.words()
    [sent] = stub.called("chat.postEphemeral")
    assert (sent["channel"], sent["thread_ts"], sent["user"]) == (NEWSROOM, "6.0", ALICE)
    stub.answers["chat.postEphemeral"] = {"ok": False, "error": "not_in_channel"}
    await stub.deliver(called_on(stub, "yuan", thread_ts="6.0"))
    await through_url(stub, 1)
    await stub.deliver(called_on(stub, "yuan", thread_ts="7.1"))  # its own head
    await through_url(stub, 2)
    assert len(stub.called("chat.postEphemeral")) == 2


async def test_a_message_is_searched_as_plain_words(stub: SlackStub) -> None:
    await stub.deliver(called_on(stub, "before:the OR yuan"))
    assert "I can't read" not in (await stub.words())[0]
    await stub.deliver(called_on(stub, "<https://post.example/1>"))
    assert (await stub.words(2))[1] == "There is nothing in this message to search for."


@pytest.mark.parametrize("text", ["yuan OR", "OR yuan before:the OR", "yuan " * 9000])
async def test_loose_operators_and_long_messages_are_searched(stub: SlackStub, text: str) -> None:
    await stub.deliver(called_on(stub, text))
    [told] = await stub.words()
    assert "I can't read" not in told
    assert "characters" not in told
    assert "yuan" in told


# -- loss of access


async def test_the_bots_removal_is_reported_to_the_operator(
    stub: SlackStub, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    removed = stub.event("app_uninstalled")
    del removed["event"]["user"]
    revoked = stub.event("tokens_revoked", tokens={"oauth": [ALICE], "bot": [BOT]})
    del revoked["event"]["user"]
    others = stub.event("tokens_revoked", tokens={"oauth": [ALICE]})
    del others["event"]["user"]
    try:
        for delivery, why in [(others, None), (removed, "removed"), (revoked, "revoked my token")]:
            await stub.deliver(delivery)
            await stub.wait_until_idle()
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
async def test_a_lost_channels_digest_is_paused(
    stub: SlackStub, newsroom: Newsroom, place: Json, kind: str, why: str
) -> None:
    channel = place["channel"]
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=channel, at=time(8, 30), zone="UTC", person=ALICE
    )
    event = stub.event(kind, channel=channel)
    del event["event"]["user"]
    await stub.deliver(event)
    for _ in range(200):
        stands = newsroom.store.ledger.subscription(TEAM, channel)
        if stands and stands.stop_reason:
            break
        await stub.wait_until_idle()
    assert stands
    assert stands.stop_reason == why
    newsroom.store.ledger.unsubscribe(TEAM, channel)
