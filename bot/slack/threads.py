"""Threads for slow network calls, so that these do not hold up quick answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

Result = TypeVar("Result")

MAX_THREADS = 8

_executor = ThreadPoolExecutor(MAX_THREADS, "waiting")  # threads are started only when needed
_running: set[Future[Any]] = set()


async def to_slow_thread(
    function: Callable[..., Result], *arguments: Any, **options: Any
) -> Result:
    """Run a function in a thread of this pool, as asyncio.to_thread does in the default pool."""
    running = _executor.submit(function, *arguments, **options)
    _running.add(running)
    running.add_done_callback(_running.discard)
    return await asyncio.wrap_future(running)


async def finish(timeout: float) -> None:
    """Wait up to `timeout` seconds for the functions that run in this pool."""
    await asyncio.to_thread(wait, list(_running), timeout)
