"""The worker posts what is due, once, and says when it could not: real store, local Slack."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import blockkit
import pytest
from conftest import Desk, shown

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack.app import client_of
from bot.slack.local import ALICE, PLANNING, TEAM, LocalSlack
from bot.slack.posting import DigestWorker

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


class Clock:
    now = MORNING - timedelta(hours=12)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(tmp_path: Path, clock: Clock) -> Iterator[Newsroom]:
    """A newsroom in whose channel #planning a digest is due at the clock's half past eight."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        opened.subscribe(team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=ALICE)
        article = Article(id="a", origin="a", text="<!channel> *Mills* pay.", title="Mills")
        claim = Claim(id="c", article_id="a", kind="statement", text=article.text)
        opened.store.archive.file([(article, [claim])], arrival="single", arrived_at=clock.now)
        clock.now = MORNING
        yield opened


@pytest.fixture(scope="module")
def quiet_slack(local_slack_folder: Path) -> Iterator[LocalSlack]:
    with LocalSlack(local_slack_folder) as running:
        yield running


@pytest.fixture
async def desk(quiet_slack: LocalSlack) -> AsyncIterator[Desk]:
    """The local Slack without a bot: the worker needs only the Web API."""
    async with contextlib.AsyncExitStack() as stack:
        yield await stack.enter_async_context(Desk(quiet_slack).opened())


def a_worker(desk: Desk, newsroom: Newsroom) -> DigestWorker:
    return DigestWorker(newsroom, client_of(desk.settings), TEAM)


def states(newsroom: Newsroom) -> list[str]:
    return [row.state for row in newsroom.store.ledger.rows(TEAM, PLANNING)]


async def test_a_due_digest_is_posted_and_recorded(desk: Desk, newsroom: Newsroom) -> None:
    await a_worker(desk, newsroom).post_due()
    (message,) = await desk.messages(PLANNING)
    assert blockkit.problems(message["blocks"]) == []
    assert message["blocks"][0]["text"]["text"].startswith("Claims of Tuesday 3 November · 1 from")
    for text in (shown(message), message["text"]):
        assert "<!channel>" not in text
    (sent,) = desk.called("chat.postMessage")
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    assert states(newsroom) == ["posted"]


async def test_two_workers_and_a_restart_in_the_same_minute_post_it_once(
    desk: Desk, newsroom: Newsroom
) -> None:
    workers = [a_worker(desk, newsroom) for _ in range(3)]
    await asyncio.gather(*(worker.post_due() for worker in workers))
    again = Newsroom(newsroom.settings, newsroom.now)
    await a_worker(desk, again).post_due()
    again.close()
    assert len(desk.called("chat.postMessage")) == 1


async def test_a_refusal_is_told_once_to_the_person_and_tried_again(
    desk: Desk, newsroom: Newsroom, clock: Clock
) -> None:
    worker = a_worker(desk, newsroom)
    desk.faults["chat.postMessage"] = "not_in_channel"
    await worker.post_due()
    assert [sent["channel"] for sent in desk.called("chat.postMessage")] == [PLANNING, ALICE]
    told = desk.called("chat.postMessage")[1]["text"]
    assert f"was not posted in <#{PLANNING}>" in told
    assert "Invite me with /invite" in told
    assert "come with the next digest" in told
    clock.now += timedelta(minutes=5)
    await worker.post_due()
    assert [sent["channel"] for sent in desk.called("chat.postMessage")][2:] == [PLANNING]
    del desk.faults["chat.postMessage"]
    clock.now += timedelta(minutes=5)
    await worker.post_due()
    assert states(newsroom) == ["posted"]
    assert len(await desk.messages(PLANNING)) == 1


async def test_when_slack_is_out_of_reach_it_is_tried_again(
    desk: Desk, newsroom: Newsroom, clock: Clock
) -> None:
    away = replace(desk.settings, api_url="http://127.0.0.1:9/api/")
    await DigestWorker(newsroom, client_of(away), TEAM).post_due()
    assert states(newsroom) == ["planned"]
    clock.now += timedelta(minutes=5)
    await a_worker(desk, newsroom).post_due()
    assert states(newsroom) == ["posted"]


async def test_when_slacks_answer_is_lost_it_is_never_posted_again(
    desk: Desk, newsroom: Newsroom, clock: Clock
) -> None:
    desk.faults["chat.postMessage"] = "500"
    await a_worker(desk, newsroom).post_due()
    del desk.faults["chat.postMessage"]
    for _ in range(3):
        clock.now += timedelta(minutes=30)
        await a_worker(desk, newsroom).post_due()
    assert states(newsroom) == ["uncertain"]
    assert len(desk.called("chat.postMessage")) == 1


async def test_a_worker_that_is_stopped_finishes_what_it_is_posting(
    desk: Desk, newsroom: Newsroom
) -> None:
    running = asyncio.create_task(a_worker(desk, newsroom).run())
    await desk.call_of("chat.postMessage")
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert states(newsroom) == ["posted"]
