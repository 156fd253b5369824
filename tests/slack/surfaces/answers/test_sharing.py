"""Sharing from a direct message, where a modal asks for a channel; over a stub of Slack."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM, PLANNING
from bot.store import FiledArticle
from tests.manual_clock import ManualClock
from tests.slack.desk import Desk, read
from tests.slack.slack_stub import Json, SlackStub

DIRECT = "D0ALICE"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    clock = ManualClock(datetime(2026, 11, 25, 7, tzinfo=UTC))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text="The mills are shut.", title="Mills")
        claim = Claim(id="c1", article_id="a", kind="statement", text="The mills are shut.")
        opened.store.archive.apply_steps(
            [FiledArticle(article, [claim])], arrival="single", now=clock
        )
        opened.updates.catch_up()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    channels.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
        opened.answers["conversations.info"] = {"ok": True, "channel": {"is_member": True}}
        opened.answers["conversations.members"] = {"ok": True, "members": [ALICE, BOB]}
        yield opened


def press_share(stub: SlackStub, claim_id: str = "c1") -> Json:
    place = {"type": "message", "message_ts": "1.5", "channel_id": DIRECT}
    return stub.press("share", claim_id, channel={"id": DIRECT}, container=place)


def submission(stub: SlackStub, view: Json, channel: str | None) -> Json:
    sent = stub.submission("share", private_metadata=view["private_metadata"])
    chosen = {"type": "conversations_select", "selected_conversation": channel}
    sent["view"]["state"] = {"values": {"channel": {"channel": chosen}}}
    return sent


def posted(stub: SlackStub) -> list[str]:
    return [one["channel"] for one in stub.called("chat.postMessage")]


async def test_in_a_direct_message_sharing_asks_for_a_channel(stub: SlackStub) -> None:
    view = await stub.view_opened_by(press_share(stub))
    assert "The mills are shut." in read(view)
    assert view["blocks"][-1]["element"]["type"] == "conversations_select"
    assert posted(stub) == []
    stub.answers["chat.postMessage"] = {"ok": True, "ts": "2.0", "channel": PLANNING}
    told = await stub.answer_to(submission(stub, view, PLANNING))
    assert read(told) == f"Shared in <#{PLANNING}>."
    [shared] = stub.called("chat.postMessage")
    assert (shared["channel"], shared.get("thread_ts")) == (PLANNING, None)
    assert f"shared by <@{ALICE}>" in json.dumps(shared["blocks"])


async def test_a_modal_shares_once_per_channel(stub: SlackStub) -> None:
    view = await stub.view_opened_by(press_share(stub))
    for _ in range(2):
        told = await stub.answer_to(submission(stub, view, PLANNING))
    assert "was already shared from here" in read(told)
    await stub.answer_to(submission(stub, view, NEWSROOM))
    assert posted(stub) == [PLANNING, NEWSROOM]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"conversations.info": {"ok": True, "channel": {"is_member": False}}}, "I'm not in this"),
        ({"conversations.members": {"ok": True, "members": [BOB]}}, "You can only share in"),
        ({"conversations.info": {"ok": False, "error": "channel_not_found"}}, "I'm not in this"),
        ({"conversations.members": 500}, "The claim was not shared"),
        ({"chat.postMessage": {"ok": False, "error": "is_archived"}}, "this channel is archived"),
    ],
)
async def test_sharing_needs_the_bot_and_the_person_in_the_channel(
    stub: SlackStub, answers: Json, words: str
) -> None:
    view = await stub.view_opened_by(press_share(stub))
    stub.answers |= answers
    told = read(await stub.answer_to(submission(stub, view, PLANNING)))
    assert words in told
    assert len(posted(stub)) == ("chat.postMessage" in answers)


@pytest.mark.parametrize("channel", [None, "", DIRECT, "U01BOB", "C1/../x"])
async def test_an_invalid_channel_is_an_error_at_its_input(
    stub: SlackStub, channel: str | None
) -> None:
    view = await stub.view_opened_by(press_share(stub))
    told = await stub.deliver(submission(stub, view, channel))
    assert json.loads(told.body)["errors"] == {"channel": "Choose a channel."}
    await stub.wait_until_idle()
    assert posted(stub) == []


async def test_a_missing_claim_is_reported_before_the_modal_opens(stub: SlackStub) -> None:
    await stub.deliver(press_share(stub, "no-such-claim"))
    [told] = await stub.words()
    assert "no longer here" in told
    assert stub.called("views.open") == []


@pytest.mark.parametrize(
    ("name", "thread", "button"),
    [
        ("newsroom", {}, "Post in #newsroom"),
        ("a-channel-with-a-long-name", {}, "Post in channel"),
        ("privategroup", {}, "Post in channel"),
        ("newsroom", {"thread_ts": "1.1"}, "Post in thread"),
    ],
)
async def test_what_is_shared_is_shown_first(
    stub: SlackStub, name: str, thread: Json, button: str
) -> None:
    place = {"type": "message", "message_ts": "1.5", "channel_id": NEWSROOM, **thread}
    channel = {"id": NEWSROOM, "name": name}
    view = await stub.view_opened_by(stub.press("share", "c1", container=place, channel=channel))
    assert view["submit"]["text"] == button
    assert posted(stub) == []
    await stub.deliver(stub.submission("share", private_metadata=view["private_metadata"]))
    await stub.wait_until_idle()
    [message] = stub.called("chat.postMessage")
    assert message.get("thread_ts") == thread.get("thread_ts")
    *blocks, withdraw = message["blocks"]
    assert blocks == view["blocks"][1:]
    assert withdraw["elements"][0]["text"]["text"] == "Withdraw"


@pytest.mark.parametrize("action", ["share", "cite"])
async def test_what_has_changed_since_it_was_shown_is_not_posted(
    stub: SlackStub, newsroom: Newsroom, action: str
) -> None:
    view = await stub.view_opened_by(stub.press(action, "c1"))
    newsroom.corrections.correct_article(
        **{"team": "T1", "press": "9", "article_id": "a", "changes": {"outlet": "The Courier"}},
        **{"reason": "so", "person": ALICE, "person_name": "alice", "is_accepted": True},
    )
    told = stub.submission(action, private_metadata=view["private_metadata"])
    words = read(await stub.answer_to(told))
    assert "has changed since you looked at it. Nothing was posted. Look at it again" in words
    assert posted(stub) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("cut", "Slack hasn't said yet whether the first was posted; I'm checking."),
        ({"ok": False, "error": "ratelimited"}, "The first isn't posted yet. I'll post it"),
        ({"ok": True, "ts": "2.0", "channel": NEWSROOM}, "was already shared from here"),
    ],
)
async def test_a_second_press_is_told_what_became_of_the_first(
    stub: SlackStub, answer: Json | str, words: str
) -> None:
    stub.answers["chat.postMessage"] = answer
    place = {"type": "message", "message_ts": "1.5", "channel_id": NEWSROOM}
    await stub.post(stub.press("share", "c1", container=place))
    await stub.wait_until_idle()
    stub.shown.clear()
    await stub.post(stub.press("share", "c1", container=place))
    await stub.wait_until_idle()
    assert words in read(stub.shown[0])
    assert posted(stub) == [NEWSROOM]


async def test_a_second_press_in_slack_hears_that_the_first_is_checked(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim mills")
    desk.faults["chat.postMessage"] = "500"
    first = read(await desk.answer_to_post(answer, "share"))
    assert "I'll check whether it was posted" in first
    second = read(await desk.answer_to_post(answer, "share"))
    assert second.strip() == "Slack hasn't said yet whether the first was posted; I'm checking."
    assert len(desk.called("chat.postMessage")) == 1
