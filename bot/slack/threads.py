"""Threads for slow network calls, so that these do not hold up quick answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

Result = TypeVar("Result")

MAX_THREADS = 8

_executor = ThreadPoolExecutor(MAX_THREADS, "waiting")  # threads are started only when needed


async def to_slow_thread(
    function: Callable[..., Result], *arguments: Any, **options: Any
) -> Result:
    """Run a function in a thread of this pool, as asyncio.to_thread does in the default pool."""
    call = partial(function, *arguments, **options)
    return await asyncio.get_running_loop().run_in_executor(_executor, call)
