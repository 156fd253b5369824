"""How much a person, and everybody together, may ask."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.newsroom import Newsroom
from bot.slack.gate import access
from bot.slack.gate.limits import LOOP_TURNS, MAX_WAIT, MIN_QUEUE, Limits, RateLimit
from bot.slack.local import ALICE, BOB
from bot.slack.surfaces.answers import pages
from bot.slack.threads import AnsweringThreads
from tests.slack.desk import PATIENCE, Desk, read
from tests.slack.slack_stub import SlackStub, member

TOO_FAST = "That's more than I can answer you at once."
OVERLOADED = "Too many questions just now. Try again in a few seconds."


@pytest.fixture
def strict(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newsroom in which each person has two requests and gets hardly any more."""
    before = newsroom.settings
    people = replace(before.people, requests_at_once=2, requests_a_second=0.001)
    newsroom.settings = replace(before, people=people)
    yield newsroom
    newsroom.settings = before


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


def test_a_person_may_ask_in_bursts_and_then_slowly() -> None:
    now = 0.0
    limit = RateLimit(3, 1.0, lambda: now)
    assert [limit.allows("U1") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("U2")
    now = 1.0
    assert [limit.allows("U1") for _ in range(2)] == [True, False]
    now = 1000.0
    assert [limit.allows("U1") for _ in range(5)] == [True, True, True, False, False]
    assert [limit.allows("U3", 0.25) for _ in range(13)] == [True] * 12 + [False]


async def test_a_person_over_the_limit_is_told_privately(strict: Newsroom, desk: Desk) -> None:
    await desk.answer_to_command("/claim harbour")
    await desk.answer_to_command("/claim help")
    told = await desk.answer_to_command("/claim yuan")
    assert read(told).startswith(TOO_FAST)
    assert told["ephemeral_to"] == ALICE
    assert "harbour · " in read(await desk.answer_to_command("/claim harbour", person=BOB))


async def test_a_press_over_the_limit_is_answered_once(strict: Newsroom, stub: SlackStub) -> None:
    for _ in range(6):
        await stub.deliver(stub.press("elsewhere", "gone"))
    await stub.wait_until_idle()
    told = [text for text in await stub.words(3) if text.startswith(TOO_FAST)]
    assert len(told) == 1


async def test_a_modal_over_the_limit_keeps_what_was_typed(
    strict: Newsroom, stub: SlackStub
) -> None:
    inputs = [{"type": "section", "block_id": "s"}, {"type": "input", "block_id": "reason"}]
    for _ in range(3):
        answer = await stub.deliver(stub.submission("told", blocks=inputs))
    assert answer.status == 200
    assert '"response_action": "errors"' in answer.body
    assert f'"reason": "{TOO_FAST}' in answer.body


@pytest.fixture(autouse=True)
def page_threads(monkeypatch: pytest.MonkeyPatch) -> AnsweringThreads:
    """Threads for searches that no other test has made busy: six, as on two CPUs."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    threads = AnsweringThreads("page")
    monkeypatch.setattr(access, "page_threads", threads)
    monkeypatch.setattr(pages, "page_threads", threads)
    return threads


@pytest.fixture(params=["answering", "page"])
def busy_threads(
    stub: SlackStub, page_threads: AnsweringThreads, request: pytest.FixtureRequest
) -> Iterator[AnsweringThreads]:
    """The bot's threads, with more calls waiting than they can do in two seconds."""
    threads = stub.app.threads if request.param == "answering" else page_threads
    may_end = threading.Event()
    for _ in range(400):
        threads.submit(may_end.wait)
    yield threads
    may_end.set()
    threads.shutdown()


async def test_more_questions_than_can_be_answered_are_refused_at_once(
    stub: SlackStub, busy_threads: AnsweringThreads
) -> None:
    command = await stub.deliver(stub.command("harbour"))
    assert OVERLOADED in command.body
    assert '"response_type": "ephemeral"' in command.body
    assert not stub.calls
    await stub.deliver(stub.event("message", channel_type="im", channel="D1", text="yuan"))
    assert await stub.words() == [OVERLOADED]


async def test_what_nobody_waits_for_is_handled_although_late(
    stub: SlackStub, busy_threads: AnsweringThreads
) -> None:
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    await stub.wait_until_idle()
    assert stub.called("views.publish")


def test_threads_that_are_busy_but_not_behind_refuse_nothing() -> None:
    threads = AnsweringThreads("answering")
    may_end = threading.Event()
    for _ in range(8):
        threads.submit(may_end.wait)
    assert threads.expected_wait() < 1
    may_end.set()
    threads.shutdown()
    assert threads.expected_wait() == 0


def test_calls_that_were_cancelled_do_not_count_as_waiting() -> None:
    threads, may_end = AnsweringThreads("answering"), threading.Event()
    calls = [threads.submit(may_end.wait) for _ in range(400)]
    assert threads.expected_wait() > 1
    for call in calls:
        call.cancel()
    assert threads.expected_wait() == 0
    may_end.set()
    threads.shutdown()
    assert threads.expected_wait() == 0


async def test_a_burst_is_refused_before_its_first_request_starts(
    newsroom: Newsroom, stub: SlackStub
) -> None:
    """The loop reads hundreds of requests before one of them gets into the line for a thread."""
    may_end = threading.Event()
    for _ in range(8):
        stub.app.threads.submit(may_end.wait)
    stub.answers["users.info"] = member(ALICE)
    commands = [stub.command("help", user_id=f"U{number}") for number in range(300)]
    told = await asyncio.gather(*map(stub.deliver, commands))
    may_end.set()
    assert sum(OVERLOADED in (answer.body or "") for answer in told) > 100
    assert OVERLOADED not in (told[0].body or "")
    await stub.wait_until_idle()
    async with asyncio.timeout(PATIENCE):  # how late the loop was is soon forgotten
        while OVERLOADED in ((await stub.deliver(stub.command("help"))).body or ""):
            await asyncio.sleep(0.1)


async def test_a_loop_that_is_late_with_many_requests_refuses_more(newsroom: Newsroom) -> None:
    limits = Limits(newsroom.settings.people, [], AnsweringThreads("answering"))
    command = {"command": "/claim"}
    assert limits.refusal("U1", command) is None
    time.sleep(2 * MAX_WAIT / LOOP_TURNS)
    assert limits.refusal("U2", command) is None, "it is late because of something else"
    with contextlib.ExitStack() as line:
        for _ in range(MIN_QUEUE):
            line.enter_context(limits.admit())
        assert limits.refusal("U2", command) == ("overloaded", OVERLOADED, False)
    assert limits.refusal("U2", command) is None
