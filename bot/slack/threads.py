"""The threads that make answers, and those for slow network calls, which do not hold up answers."""

from __future__ import annotations

import asyncio
import contextvars
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, TypeVar

from bot.monitoring.metrics import Metrics

Result = TypeVar("Result")

MAX_THREADS = 8
FIRST_ESTIMATE, MAX_SAMPLE = 0.05, 1.0
"""Seconds that a call is assumed to take before any was measured, and the most that one counts
for: a single long one, such as indexing, says nothing about the others."""
WEIGHT = 0.05
"""The weight of the latest call in the average."""

_executor = ThreadPoolExecutor(MAX_THREADS, "waiting")  # threads are started only when needed
_running: set[Future[Any]] = set()


class AnsweringThreads(ThreadPoolExecutor):
    """Threads that know how long another call would have to wait for one of them."""

    def __init__(self, name: str) -> None:
        # As many as asyncio would start.
        self._size = min(32, (os.cpu_count() or 1) + 4)
        super().__init__(self._size, name)
        self._name = name
        self._lock = threading.Lock()
        self._waiting_count, self._average = 0, FIRST_ESTIMATE

    def submit(
        self, function: Callable[..., Result], /, *arguments: Any, **options: Any
    ) -> Future[Result]:
        """Run a function in a thread, in the caller's context, and measure how long it takes."""

        def run() -> Result:
            with self._lock:
                self._waiting_count -= 1
            started_at = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                self._measure(time.perf_counter() - started_at)

        with self._lock:
            self._waiting_count += 1
        future = super().submit(contextvars.copy_context().run, run)
        future.add_done_callback(self._forget_if_cancelled)
        return future

    def _forget_if_cancelled(self, future: Future[Any]) -> None:
        """Stop counting a call that was cancelled before a thread took it."""
        if future.cancelled():
            with self._lock:
                self._waiting_count -= 1

    def _measure(self, seconds: float) -> None:
        with self._lock:
            self._average += WEIGHT * (min(seconds, MAX_SAMPLE) - self._average)

    def show_in(self, metrics: Metrics) -> None:
        """Let metrics show how many calls wait for these threads, and for how long."""
        metrics.waiting_calls.labels(self._name).set_function(lambda: self._waiting_count)
        metrics.expected_wait.labels(self._name).set_function(self.expected_wait)

    def expected_wait(self, admitted_count: int = 0) -> float:
        """Return the seconds that a call would wait for a thread, behind those that wait already
        and those of requests that were admitted."""
        return (self._waiting_count + admitted_count) * self._average / self._size


page_threads = AnsweringThreads("page")
"""Threads for searches, so that requests that wait for a locked store do not delay them."""


async def to_slow_thread(
    function: Callable[..., Result], *arguments: Any, **options: Any
) -> Result:
    """Run a function in a thread of this pool, as asyncio.to_thread does in the default pool."""
    in_context = partial(contextvars.copy_context().run, function)
    running = _executor.submit(in_context, *arguments, **options)
    _running.add(running)
    running.add_done_callback(_running.discard)
    return await asyncio.wrap_future(running)


async def finish(timeout: float) -> None:
    """Wait up to `timeout` seconds for the functions that run in this pool."""
    await asyncio.to_thread(wait, list(_running), timeout)
