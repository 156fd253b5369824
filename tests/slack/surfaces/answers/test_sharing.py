"""Sharing from a direct message: a modal asks in which channel, over a stub of Slack."""

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
from tests.hand_clock import Clock
from tests.slack.desk import read
from tests.slack.front import Front, Json

DIRECT = "D0ALICE"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    clock = Clock(datetime(2026, 11, 25, 7, tzinfo=UTC))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text="The mills are shut.", title="Mills")
        claim = Claim(id="c1", article_id="a", kind="statement", text="The mills are shut.")
        opened.store.archive.file([FiledArticle(article, [claim])], arrival="single", now=clock)
        opened.updates.catch_up()
        yield opened


@pytest.fixture
async def front(newsroom: Newsroom) -> AsyncIterator[Front]:
    people.forget()
    channels.forget()
    async with Front().opened(newsroom) as opened:
        opened.answers["conversations.info"] = {"ok": True, "channel": {"is_member": True}}
        opened.answers["conversations.members"] = {"ok": True, "members": [ALICE, BOB]}
        yield opened


def press(front: Front, claim_id: str = "c1") -> Json:
    place = {"type": "message", "message_ts": "1.5", "channel_id": DIRECT}
    return front.press("share", claim_id, channel={"id": DIRECT}, container=place)


def sending(front: Front, view: Json, channel: str | None) -> Json:
    sent = front.sending("share_where", private_metadata=view["private_metadata"])
    chosen = {"type": "conversations_select", "selected_conversation": channel}
    sent["view"]["state"] = {"values": {"channel": {"channel": chosen}}}
    return sent


def posted(front: Front) -> list[str]:
    return [one["channel"] for one in front.called("chat.postMessage")]


async def test_pressed_in_a_direct_message_it_asks_in_which_channel(front: Front) -> None:
    view = await front.view_opened_by(press(front))
    assert "The mills are shut." in read(view)
    assert view["blocks"][-1]["element"]["type"] == "conversations_select"
    assert posted(front) == []
    front.answers["chat.postMessage"] = {"ok": True, "ts": "2.0", "channel": PLANNING}
    told = await front.answer_to(sending(front, view, PLANNING))
    assert read(told) == f"Shared in <#{PLANNING}>."
    [shared] = front.called("chat.postMessage")
    assert (shared["channel"], shared.get("thread_ts")) == (PLANNING, None)
    assert f"shared by <@{ALICE}>" in json.dumps(shared["blocks"])


async def test_sent_twice_it_is_shared_once_and_elsewhere_once_more(front: Front) -> None:
    view = await front.view_opened_by(press(front))
    for _ in range(2):
        told = await front.answer_to(sending(front, view, PLANNING))
    assert "was already shared from here" in read(told)
    await front.answer_to(sending(front, view, NEWSROOM))
    assert posted(front) == [PLANNING, NEWSROOM]


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
async def test_where_the_bot_or_the_person_is_not_nothing_is_shared(
    front: Front, answers: Json, words: str
) -> None:
    view = await front.view_opened_by(press(front))
    front.answers |= answers
    told = read(await front.answer_to(sending(front, view, PLANNING)))
    assert words in told
    assert len(posted(front)) == ("chat.postMessage" in answers)


@pytest.mark.parametrize("channel", [None, "", DIRECT, "U01BOB", "C1/../x"])
async def test_what_is_no_channel_is_told_at_its_input(front: Front, channel: str | None) -> None:
    view = await front.view_opened_by(press(front))
    told = await front.deliver(sending(front, view, channel))
    assert json.loads(told.body)["errors"] == {"channel": "Choose a channel."}
    await front.quiet()
    assert posted(front) == []


async def test_a_claim_that_is_not_there_is_told_before_anything_is_asked(front: Front) -> None:
    await front.deliver(press(front, "'; --"))
    [told] = await front.words()
    assert "no longer here" in told
    assert front.called("views.open") == []


async def test_in_a_channel_it_is_shared_there_without_a_question(front: Front) -> None:
    await front.deliver(front.press("share", "c1"))
    await front.quiet()
    assert posted(front) == [NEWSROOM]
    assert front.called("views.open") == []
