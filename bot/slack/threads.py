"""Threads for slow network work, so that it does not block quick answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

Result = TypeVar("Result")

MAX_THREADS = 8

_threads = ThreadPoolExecutor(MAX_THREADS, "waiting")  # none is started before it is needed


async def to_slow_thread(work: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
    """Run a function in one of these threads, as asyncio.to_thread does in the default ones."""
    done = partial(work, *arguments, **options)
    return await asyncio.get_running_loop().run_in_executor(_threads, done)
