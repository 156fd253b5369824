"""A cache for answers from Slack."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bot.errors import SlackError

Value = TypeVar("Value")


class AsyncCache(Generic[Value]):
    """A cache of at most `max_entries` answers, each of which is fresh for `seconds`.

    Concurrent requests for one key share one call. If Slack fails, an answer up to `stale_seconds`
    old is used.
    """

    def __init__(
        self,
        seconds: float,
        *,
        stale_seconds: float,
        max_entries: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._stale_seconds = seconds, stale_seconds
        self._max_entries, self._clock = max_entries, clock
        self._answers: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        self._pending: dict[Hashable, asyncio.Task[Value]] = {}

    async def get(self, key: Hashable, fetch: Callable[[], Awaitable[Value]]) -> Value:
        """Return the answer for a key; call `fetch` if none is fresh. Raises SlackError."""
        if (answer := self._answer_younger_than(self._seconds, key)) is not None:
            return answer
        if key not in self._pending:
            self._pending[key] = asyncio.ensure_future(self._fetch(key, fetch))
        try:
            # If one caller is cancelled, the others still get the answer.
            return await asyncio.shield(self._pending[key])
        except SlackError:
            if (answer := self._answer_younger_than(self._stale_seconds, key)) is not None:
                return answer
            raise

    def clear(self) -> None:
        """Drop all answers."""
        self._answers.clear()

    async def _fetch(self, key: Hashable, fetch: Callable[[], Awaitable[Value]]) -> Value:
        try:
            answer = await fetch()
        finally:
            del self._pending[key]
        self._answers[key] = self._clock(), answer
        self._answers.move_to_end(key)
        if len(self._answers) > self._max_entries:
            self._answers.popitem(last=False)
        return answer

    def _answer_younger_than(self, seconds: float, key: Hashable) -> Value | None:
        stored_at, answer = self._answers.get(key, (float("-inf"), None))
        return answer if self._clock() - stored_at < seconds else None
