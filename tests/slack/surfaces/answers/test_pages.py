"""An answer comes first, and what its buttons need is stored afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import Future

import pytest

from bot.errors import NotFoundError, StoreError
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, TEAM
from bot.store import Conversation, Conversations
from bot.words import say
from tests.slack.slack_stub import SlackStub


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def test_an_answer_is_shown_before_its_queries_are_stored(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_before: list[int] = []
    save = Conversation.save

    def record_and_save(self: Conversation) -> Future[None]:
        shown_before.append(len(stub.shown))
        return save(self)

    monkeypatch.setattr(Conversation, "save", record_and_save)
    await stub.answer_to(stub.command("photosynthesis"))
    await stub.wait_until_idle()
    assert shown_before == [1]


async def test_an_answer_that_cannot_be_stored_says_that_its_buttons_fail(
    stub: SlackStub, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Conversations, rows: object, give_up_at: float) -> None:
        raise StoreError("the store cannot be used", cause="database or disk is full")

    monkeypatch.setattr(Conversations, "_write", fail)
    answer = await stub.answer_to(stub.command("photosynthesis"))
    assert "Nothing on photosynthesis" in answer["text"]
    assert (await stub.words(2))[1] == say("answers.not_saved")
    # Until the bot is restarted they work, for whoever asked.
    (answer_id,) = {
        element["value"].partition(":")[0]
        for block in answer["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "change_search"
    }
    assert newsroom.store.conversations.recall(TEAM, ALICE, answer_id) == "photosynthesis"
    with pytest.raises(NotFoundError):
        newsroom.store.conversations.recall(TEAM, "UOTHER", answer_id)
