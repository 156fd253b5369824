"""What was asked of Slack, kept for a while."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bot.errors import SlackError

Value = TypeVar("Value")


class AsyncCache(Generic[Value]):
    """Answers by what was asked, `most` of them, each as good as new for so many `seconds`.

    Whoever asks while an answer is on its way waits for the same one. An answer that is older
    stands in where Slack gives none now, for `in_need` seconds.
    """

    def __init__(
        self,
        seconds: float,
        *,
        in_need: float,
        most: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._in_need, self._most, self._clock = seconds, in_need, most, clock
        self._answers: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        self._asked: dict[Hashable, asyncio.Task[Value]] = {}

    async def get(self, key: Hashable, ask: Callable[[], Awaitable[Value]]) -> Value:
        """The answer to a key, asked for with `ask` where none is fresh. Raises SlackError."""
        if (answer := self._younger(key, self._seconds)) is not None:
            return answer
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(self._ask(key, ask))
        try:
            # Whoever gives up waiting leaves the others their answer.
            return await asyncio.shield(self._asked[key])
        except SlackError:
            if (answer := self._younger(key, self._in_need)) is not None:
                return answer
            raise

    def forget(self) -> None:
        """Let all be asked anew."""
        self._answers.clear()

    async def _ask(self, key: Hashable, ask: Callable[[], Awaitable[Value]]) -> Value:
        try:
            answer = await ask()
        finally:
            del self._asked[key]
        self._answers[key] = self._clock(), answer
        self._answers.move_to_end(key)
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)
        return answer

    def _younger(self, key: Hashable, seconds: float) -> Value | None:
        at, answer = self._answers.get(key, (float("-inf"), None))
        return answer if self._clock() - at < seconds else None
