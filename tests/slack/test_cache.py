from __future__ import annotations

import asyncio

import pytest

from bot.errors import SlackError
from bot.slack.cache import AsyncCache


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Slack:
    """A fake Slack that answers with a growing number, or fails."""

    def __init__(self) -> None:
        self.asked, self.fails = 0, False

    async def __call__(self) -> int:
        self.asked += 1
        await asyncio.sleep(0)
        if self.fails:
            raise SlackError("no")
        return self.asked


async def test_a_fresh_answer_is_reused() -> None:
    clock, slack = Clock(), Slack()
    kept: AsyncCache[int] = AsyncCache(300, stale_seconds=3600, clock=clock)
    assert [await kept.get("a", slack) for _ in range(3)] == [1, 1, 1]
    clock.now += 300
    assert await kept.get("a", slack) == 2
    assert await kept.get("b", slack) == 3
    kept.clear()
    assert await kept.get("a", slack) == 4


async def test_concurrent_requests_share_one_call() -> None:
    slack = Slack()
    kept: AsyncCache[int] = AsyncCache(300, stale_seconds=3600)
    assert await asyncio.gather(*(kept.get("a", slack) for _ in range(9))) == [1] * 9


async def test_a_cancelled_caller_does_not_cancel_the_others() -> None:
    slack = Slack()
    kept: AsyncCache[int] = AsyncCache(300, stale_seconds=3600)
    first, second = (asyncio.ensure_future(kept.get("a", slack)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 1


async def test_a_stale_answer_is_used_if_slack_fails() -> None:
    clock, slack = Clock(), Slack()
    kept: AsyncCache[int] = AsyncCache(300, stale_seconds=3600, clock=clock)
    assert await kept.get("a", slack) == 1
    slack.fails = True
    clock.now += 3599
    assert await kept.get("a", slack) == 1
    clock.now += 1
    with pytest.raises(SlackError):
        await kept.get("a", slack)
    slack.fails = False
    assert await kept.get("a", slack) == 4


async def test_the_number_of_entries_is_limited() -> None:
    slack = Slack()
    kept: AsyncCache[int] = AsyncCache(300, stale_seconds=3600, max_entries=2)
    for key in ("a", "b", "c", "b"):
        await kept.get(key, slack)
    assert slack.asked == 3
    await kept.get("a", slack)
    assert slack.asked == 4
