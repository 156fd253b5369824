"""Answers and failures reach the person, in whichever way works."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.config import PeopleSettings
from bot.errors import StoreError
from bot.newsroom import Newsroom
from bot.slack import replies
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.parts import notice
from bot.slack.replies import Reply
from tests.slack.desk import Desk, read
from tests.slack.slack_stub import Json, SlackStub, member


@pytest.fixture
def everybody(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newsroom that is open to everybody, so that Slack is not asked who somebody is."""
    before = newsroom.settings
    newsroom.settings = replace(before, people=PeopleSettings(users=("everyone",), strangers=True))
    yield newsroom
    newsroom.settings = before


@pytest.fixture
async def stub(everybody: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(everybody) as opened:
        yield opened


CLOSED = [404, 410, 429, 500, "cut", {"ok": False, "error": "used_url"}]
"""Responses of a response_url that has expired, is used up or does not work."""


@pytest.mark.parametrize("closed", CLOSED)
async def test_a_closed_response_url_sends_the_answer_to_the_channel(
    stub: SlackStub, closed: Any
) -> None:
    stub.answers["hook"] = closed
    await stub.deliver(stub.command("help"))
    [told] = await stub.words()
    assert "/claim yuan ruble" in told
    [sent] = stub.called("chat.postEphemeral")
    assert (sent["channel"], sent["user"]) == (NEWSROOM, ALICE)
    assert sent["blocks"]


async def test_a_slow_response_url_times_out(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "RESPONSE_URL_TIMEOUT", 0.05)
    command = stub.command("help", response_url=f"{stub.url}/api/slow")
    stub.held["slow"] = asyncio.Event()
    await stub.deliver(command)
    assert "/claim yuan ruble" in (await stub.words())[0]
    assert stub.called("chat.postEphemeral")
    stub.held["slow"].set()


async def test_a_button_in_a_thread_is_answered_there(stub: SlackStub) -> None:
    stub.answers["hook"] = 404
    place = {"channel_id": NEWSROOM, "message_ts": "1.1", "thread_ts": "1.0"}
    await stub.deliver(stub.press("next", "gone", container=place))
    assert (await stub.words())[0].startswith("This button ")
    assert stub.called("chat.postEphemeral")[0]["thread_ts"] == "1.0"


async def test_outside_the_channel_the_bot_answers_directly(stub: SlackStub) -> None:
    stub.answers |= {"hook": 404, "chat.postEphemeral": {"ok": False, "error": "not_in_channel"}}
    await stub.deliver(stub.command("help"))
    for _ in range(200):
        if stub.called("chat.postMessage"):
            break
        await stub.wait_until_idle()
    [sent] = stub.called("chat.postMessage")
    assert sent["channel"] == ALICE
    assert "/claim yuan ruble" in sent["text"]


async def test_a_failure_that_cannot_be_reported_is_logged(
    stub: SlackStub, caplog: pytest.LogCaptureFixture
) -> None:
    stub.answers |= dict.fromkeys(("hook", "chat.postEphemeral", "chat.postMessage"), 500)
    await stub.deliver(stub.command("help"))
    for _ in range(200):
        if "could not tell a person" in caplog.text:
            break
        await stub.wait_until_idle()
    assert "The answer was not shown" in caplog.text
    assert "could not tell a person about a failure" in caplog.text


async def test_an_event_without_a_person_is_answered_nowhere(
    stub: SlackStub,
    newsroom: Newsroom,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(newsroom.store.ledger, "subscription", fails)
    event = {"type": "channel_deleted", "channel": NEWSROOM}
    body = {**stub.event("channel_deleted"), "event": event}
    await stub.deliver(body)
    for _ in range(100):
        if "a listener failed" in caplog.text:
            break
        await stub.wait_until_idle()
    assert "a listener failed" in caplog.text
    assert "could not tell" not in caplog.text
    assert stub.calls == []


async def test_an_event_is_answered_in_its_thread(stub: SlackStub) -> None:
    thread = stub.event("app_mention", thread_ts="1.0")
    await Reply(stub.client, thread).show(notice("Yes."), replace=False)
    [sent] = stub.called("chat.postEphemeral")
    assert (sent["channel"], sent["thread_ts"], sent["user"]) == (NEWSROOM, "1.0", ALICE)


# -- faults of each Slack method that a listener calls

FAULTS: dict[str, Any] = {
    "told to wait a minute": 429,
    "server error": 500,
    "connection lost": "cut",
    "token revoked": {"ok": False, "error": "token_revoked"},
    "something else": {"ok": False, "error": "fatal_error"},
    "no object": [1, 2],
}


def asking_for(stub: SlackStub, newsroom: Newsroom) -> dict[str, list[Json]]:
    """Return deliveries whose listeners call a method, by method."""
    claim_id = newsroom.search.find("yuan", limit=1).hits[0].claim.id
    article_id = newsroom.search.find("yuan", limit=1).hits[0].article.id
    on, feed = stub.command("on 08:30", "/digest"), stub.command("remove x", "/feed")
    withdraw = stub.press("withdraw", article_id)
    return {
        "users.info": [on, feed, withdraw],
        "conversations.info": [on],
        "views.open": [stub.press("context", claim_id), withdraw],
    }


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["users.info", "conversations.info", "views.open"])
async def test_a_fault_is_reported_with_its_log_reference(
    stub: SlackStub,
    everybody: Newsroom,
    caplog: pytest.LogCaptureFixture,
    method: str,
    fault: str,
) -> None:
    stub.answers |= {
        "users.info": member(is_admin=True),
        "conversations.info": {"ok": True, "channel": {"is_member": True}},
    }
    stub.headers = {"Retry-After": "60"}
    for delivery in asking_for(stub, everybody)[method]:
        people.clear_cache()
        before = len(stub.shown)
        stub.answers[method] = FAULTS[fault]
        await stub.deliver(delivery)
        told = (await stub.words(before + 1))[-1]
        assert " not " in told
        assert "wrong on my side" not in told
        reference = re.search(r"\(ref ([0-9a-f]{4})\)$", told)
        assert reference
        assert f"ref {reference[1]}" in caplog.text
    assert everybody.store.ledger.subscription(TEAM, NEWSROOM) is None


async def test_a_short_rate_limit_is_waited_out(stub: SlackStub, everybody: Newsroom) -> None:
    claim_id = everybody.search.find("yuan", limit=1).hits[0].claim.id
    stub.answers["views.open"], stub.headers = 429, {"Retry-After": "0"}
    await stub.deliver(stub.press("context", claim_id))
    [told] = await stub.words()
    assert "Slack asks me to slow down" in told
    assert len(stub.called("views.open")) == 3


async def test_an_error_before_the_acknowledgement_is_reported(
    stub: SlackStub, caplog: pytest.LogCaptureFixture
) -> None:
    metadata = '{"article": "a", "answer": ""}'
    broken = stub.submission("withdraw", private_metadata=metadata)  # without the reason
    acknowledged = await stub.deliver(broken)
    assert acknowledged.status == 200
    assert '"response_action": "update"' in acknowledged.body
    reference = re.search(r"\(ref ([0-9a-f]{4})\)", acknowledged.body)
    assert reference
    assert f"ref {reference[1]}" in caplog.text


async def test_only_admins_see_an_internal_cause(
    desk: Desk, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError(
            "the store cannot be used",
            cause="[Errno 28] No space left on device: '/srv/desk/store.sqlite3'",
            remedy="Check DATABASE_URL and whether its server runs.",
        )

    monkeypatch.setattr(newsroom.search, "find_rows", fail)
    told = read(await desk.answer_to_command("/claim harbour", person=BOB))
    assert told.startswith("That didn't work: something went wrong on my side.")
    assert not re.search(r"Errno|/srv|DATABASE|store", told)
    reference = re.search(r"\(ref ([0-9a-f]{4})\)$", told)
    assert reference

    # Nobody whom a delivery of another test may still look up.
    desk.faults["users.info"] = member("U0EDITOR", is_admin=True)
    home = read(await desk.open_home(person="U0EDITOR"))
    assert "No space left on device: '/srv/desk/store.sqlite3'. Check DATABASE_URL" in home
    assert f"(ref {reference[1]})" in home
    desk.faults["users.info"] = member("U0MEMBER")
    assert "No space left" not in read(await desk.open_home(person="U0MEMBER"))


def test_listeners_answer_only_through_reply() -> None:
    for path in Path(replies.__file__).parent.glob("*.py"):
        assert path.name == "replies.py" or "AsyncWebhookClient" not in path.read_text("utf-8")
